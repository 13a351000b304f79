"""A refused second try loses nothing: the words, what changed, and the version that works (docs/adr/0016).

Received 10 February 2026, due 16 March.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from portal.core.actors import PARTY
from portal.core.errors import StaleCase, StepRefused
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.actions.reply import ReplyText
from requests_app.choices import ReplyKind
from requests_app.models import Consultation, DisclosureRequest, Reply
from tests.cast import Person, moment
from tests.factories.mailbox import Hands, staffed  # noqa: F401  fixtures
from tests.factories.mailbox import submitted as letter
from tests.factories.requests_app import handled, registered

Team = dict[str, Person]
WORDS = "清单共12项，见附表。" * 100


@pytest.fixture(autouse=True)
def _march() -> Any:
    with time_machine.travel(moment("2026-03-02", 12), tick=False):
        yield


def searched(case: DisclosureRequest, clerk: Person) -> None:
    """Somebody else records a search: an internal step."""
    actions.record_search(
        case=DisclosureRequest.objects.get(pk=case.pk),
        searched_on=date(2026, 3, 2),
        place="档案室",
        words="清单",
        result="查到",
        found=True,
        actor=clerk.actor,
        at=moment("2026-03-02"),
    )


def shown_version(page: str) -> int:
    """The version in the form."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return int(found[1])


def staff_url(case: DisclosureRequest, verb: str) -> str:
    return reverse("workbench_requests:step", args=[case.public_id, verb])


def test_stale_page_keeps_the_words_says_what_changed_and_works_the_second_time(
    office: Unit, clerk: Person
) -> None:
    case = handled(office, clerk)
    browser = clerk.client()
    typed = {"kind": "disclose", "body": WORDS, "position": 1, "version": case.version}
    searched(case, clerk)
    first = browser.post(staff_url(case, "draft-reply"), typed)
    page = first.content.decode()
    assert first.status_code == 409
    assert "clerk已于3月2日 10:00办理“记录检索”。已填写的内容保留在下方" in page
    assert WORDS in page
    assert "刷新" not in page.split("<form method")[0].split("errors-title")[1]
    second = browser.post(staff_url(case, "draft-reply"), {**typed, "version": shown_version(page)})
    assert second.status_code == 302
    assert Reply.objects.get(request=case).items.get().body == WORDS


@pytest.mark.parametrize("version", ["", "x", None])
def test_staff_post_without_a_version_is_refused_and_keeps_the_words(
    office: Unit, clerk: Person, version: str | None
) -> None:
    case = handled(office, clerk)
    browser = clerk.client()
    typed: dict[str, Any] = {"kind": "disclose", "body": WORDS, "position": 1}
    sent = typed if version is None else {**typed, "version": version}
    first = browser.post(staff_url(case, "draft-reply"), sent)
    page = first.content.decode()
    assert first.status_code == 400
    assert "没有带上所见内容的版本" in page and WORDS in page
    assert not Reply.objects.filter(request=case).exists()
    second = browser.post(staff_url(case, "draft-reply"), {**typed, "version": shown_version(page)})
    assert second.status_code == 302


def test_letter_page_shares_the_second_try(hands: Hands) -> None:
    case = letter()
    browser = hands.office_clerk.client()
    url = reverse("workbench_mailbox:step", args=[case.public_id, "decline"])
    missing = browser.post(url, {"reason": "petition", "note": "请依法逐级走访"})
    assert missing.status_code == 400
    assert "没有带上所见内容的版本" in missing.content.decode()
    assert "请依法逐级走访" in missing.content.decode()


def own_url(case: DisclosureRequest, name: str) -> str:
    return reverse(f"requests:{name}", args=[case.public_id])


def test_applicants_step_does_not_collide_with_an_internal_one(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    seen = case.version
    searched(case, clerk)
    gone = citizen.client().post(own_url(case, "withdraw"), {"version": seen})
    assert gone.status_code == 302
    assert DisclosureRequest.objects.get(pk=case.pk).state == "withdrawn"


def test_applicants_step_collides_with_what_concerns_the_applicant_and_names_no_officer(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    """条例第三十三条: the period was extended meanwhile, which is shown; the unit is named, not the approver."""
    case = registered(office, clerk, actor=citizen.actor)
    seen = case.version
    actions.assign(case=case, officer=clerk.account, actor=clerk.actor, at=moment("2026-03-02", 11))
    first = citizen.client().post(own_url(case, "withdraw"), {"version": seen})
    page = first.content.decode()
    assert first.status_code == 409
    assert f"{office.short_name}已于3月2日 11:00办理“分办”" in page
    assert "clerk" not in page
    second = citizen.client().post(own_url(case, "withdraw"), {"version": shown_version(page)})
    assert second.status_code == 302


def test_applicants_reasons_stay_typed_on_a_stale_page(office: Unit, clerk: Person, citizen: Person) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    actions.ask_reasons(
        case=case, finding="46件", answer_by=date(2026, 3, 20), actor=clerk.actor, at=moment("2026-02-27")
    )
    typed: dict[str, Any] = {"text": "课题研究需要。" * 50, "version": case.version - 1}
    first = citizen.client().post(own_url(case, "give_reasons"), typed)
    assert first.status_code == 409
    assert typed["text"] in first.content.decode()
    again = {**typed, "version": shown_version(first.content.decode())}
    assert citizen.client().post(own_url(case, "give_reasons"), again).status_code == 302


def test_refused_step_tells_the_applicant_no_officer_and_no_third_party(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    searched(case, clerk)
    case.refresh_from_db()
    with pytest.raises(StepRefused) as refused:
        actions.rate(case=case, mark=5, words="", actor=citizen.actor, at=moment("2026-03-02"))
    assert "clerk" not in refused.value.sentence
    assert "检索" not in refused.value.sentence


def test_party_is_not_told_the_state_of_the_request(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    party = Party("third_party", "张三丰建材店", "合同", "in_person")
    actions.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-02-24"))
    actions.withdraw(case=case, reason="书面撤回", actor=clerk.actor, at=moment("2026-02-25"))
    asked = Consultation.objects.get(request=case)
    Consultation.objects.filter(pk=asked.pk).update(state="waiting")
    with pytest.raises(StepRefused) as refused:
        actions.take_opinion(
            case=case, consultation=asked, opinion="agree", reason="", actor=PARTY, at=moment("2026-02-26")
        )
    assert "撤回" not in refused.value.sentence


def test_stale_step_carries_the_version_that_works(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    seen = case.version
    searched(case, clerk)
    with pytest.raises(StaleCase) as stale:
        actions.assign(
            case=case, officer=clerk.account, actor=clerk.actor, at=moment("2026-03-02"), seen_version=seen
        )
    assert stale.value.version == DisclosureRequest.objects.get(pk=case.pk).version


def test_refused_step_shows_the_case_as_it_is(office: Unit, clerk: Person) -> None:
    """The unit has no reviewer: refused after the step was taken and rolled back; the page tells the state that is kept."""
    case = handled(office, clerk)
    text = ReplyText(ReplyKind.DISCLOSE, "见附件")
    actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-02"))
    client, step = clerk.client(), reverse("workbench_requests:step", args=[case.public_id, "submit-reply"])
    kept = DisclosureRequest.objects.get(pk=case.pk).state_label()
    for _ in range(2):
        refused = client.post(step, {"version": case.version})
        shown = refused.content.decode()
        assert (refused.status_code, "没有审核人" in shown) == (409, True)
        assert f"<dt>状态</dt><dd>{kept}</dd>" in shown
