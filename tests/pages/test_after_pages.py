"""The applicant's pages after the answer, and the files that only the unit may fetch."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from portal.core.actors import GUEST
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import answered, answers, handled

Team = dict[str, Person]
NOW = time_machine.travel(moment("2026-03-09"), tick=False)


@pytest.fixture
def mine(office: Unit, team: Team, citizen: Person) -> DisclosureRequest:
    """An answered request of the citizen's."""
    case = answered(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(applicant=citizen.account)
    return DisclosureRequest.objects.get(pk=case.pk)


@NOW
def test_page_shows_the_last_days_of_the_remedies(mine: DisclosureRequest, citizen: Person) -> None:
    page = citizen.client().get(f"/requests/{mine.public_id}/").content.decode()
    assert "答复于 2026年3月6日送达" in page
    assert "申请行政复议：最晚 <strong>2026年5月6日</strong>" in page
    assert "提起行政诉讼：最晚 <strong>2026年9月7日</strong>" in page


@NOW
def test_rating_needs_a_mark_and_keeps_the_words(mine: DisclosureRequest, citizen: Person) -> None:
    url, browser = f"/requests/{mine.public_id}/rate/", citizen.client()
    bad = browser.post(url, {"words": "办得很快", "version": mine.version})
    assert bad.status_code == 400
    assert "请选择满意程度" in bad.content.decode()
    assert "办得很快" in bad.content.decode()
    assert browser.post(url, {"mark": "5", "words": "办得很快", "version": mine.version}).status_code == 302
    again = browser.post(url, {"mark": "1", "version": mine.version + 1})
    assert again.status_code == 409
    assert "已经评价" in again.content.decode()


@NOW
def test_suggestion_and_wish_to_correct_go_to_the_unit(
    mine: DisclosureRequest, citizen: Person, team: Team
) -> None:
    browser = citizen.client()
    browser.post(f"/requests/{mine.public_id}/suggest/", {"version": mine.version})
    bad = browser.post(f"/requests/{mine.public_id}/fix/", {"wrong": "面积有误", "version": mine.version + 1})
    assert bad.status_code == 400
    assert "面积有误" in bad.content.decode()
    facts = {"wrong": "面积有误", "evidence": "产权证", "version": mine.version + 1}
    assert browser.post(f"/requests/{mine.public_id}/fix/", facts).status_code == 302
    page = team["clerk"].client().get(f"/workbench/requests/{mine.public_id}/").content.decode()
    assert "处理更正要求" in page
    assert "面积有误" in page
    page = team["approver"].client().get(f"/workbench/requests/{mine.public_id}/").content.decode()
    assert "决定是否纳入主动公开" in page


@NOW
@pytest.mark.parametrize("step", ["rate", "suggest", "fix", "reasons", "correct", "withdraw"])
def test_own_step_of_somebody_else_is_not_found(mine: DisclosureRequest, team: Team, step: str) -> None:
    url = f"/requests/{mine.public_id}/{step}/"
    assert Client().get(url).status_code == 404
    assert Client().post(url, {"version": 1}).status_code == 404
    assert team["clerk"].client().get(url).status_code == 404


@NOW
def test_step_that_does_not_fit_is_refused_with_a_sentence(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    answer = citizen.client().post(f"/requests/{case.public_id}/suggest/", {"version": case.version})
    assert answer.status_code == 409
    assert "本件现为“办理中”" in answer.content.decode()


@NOW
def test_word_file_and_case_file_are_the_units_own(
    mine: DisclosureRequest, citizen: Person, outsider: Person, team: Team
) -> None:
    paper = mine.documents.get(kind="disclose_reply")
    base = f"/workbench/requests/{mine.public_id}"
    word = f"{base}/documents/{paper.public_id}/docx/"
    assert team["clerk"].client().get(word)["Content-Type"].endswith("wordprocessingml.document")
    assert outsider.client().get(word).status_code == 404
    assert citizen.client().get(word).status_code == 403
    assert team["clerk"].client().get(f"{base}/case-file/").status_code == 404, "not ordered yet"
    actions.archive(case=mine, actor=team["clerk"].actor, at=moment("2026-03-09"))
    waiting = team["clerk"].client().get(f"{base}/case-file/", follow=True)
    assert "卷宗正在制作" in waiting.content.decode()
    assert outsider.client().get(f"{base}/case-file/").status_code == 404


@NOW
def test_old_form_token_is_told_in_chinese(mine: DisclosureRequest, citizen: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(citizen.account, backend="django.contrib.auth.backends.ModelBackend")
    answer = strict.post(f"/requests/{mine.public_id}/rate/", {"mark": "5", "version": mine.version})
    assert answer.status_code == 403
    assert "页面已过期，没有提交成功" in answer.content.decode()


@NOW
def test_account_that_opens_a_guests_request_by_code_may_act_on_it(office: Unit, citizen: Person) -> None:
    sent = actions.submit(
        unit=office, answers=answers(), key="guest-then-account-01", actor=GUEST, at=moment("2026-03-06")
    )
    browser = citizen.client()
    url = f"/requests/{sent.case.public_id}/withdraw/"
    assert browser.post(url, {"version": sent.case.version}).status_code == 404, "not without the code"
    browser.post("/requests/track/", {"number": sent.case.number, "code": sent.code})
    assert browser.post(url, {"version": sent.case.version}).status_code == 302
    assert DisclosureRequest.objects.get(pk=sent.case.pk).state == "withdrawn"
