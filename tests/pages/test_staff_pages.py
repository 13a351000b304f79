"""The unit's and the supervisor's pages, the public list, and the verify page: every rung of the ladder."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.documents.models import OfficialDocument
from portal.jobs.outbox import run_due
from portal.privacy.models import PersonalDataAccess
from portal.units.models import Unit
from requests_app import actions
from tests.cast import Person, moment
from tests.factories.requests_app import (
    IDENTITY,
    NAME,
    PHONE,
    answered,
    handled,
    registered,
    submitted,
)

Team = dict[str, Person]


def test_staff_page_masks_the_applicant(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    page = clerk.client().get(reverse("workbench_requests:detail", args=[case.public_id])).content.decode()
    assert "梁*" in page
    for secret in (NAME, IDENTITY, PHONE):
        assert secret not in page


def test_reveal_needs_reason_and_leaves_a_row(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    browser = clerk.client()
    url = reverse("workbench_requests:reveal", args=[case.public_id])
    browser.post(url, {"field": "all", "reason": " "})
    assert PersonalDataAccess.objects.count() == 0
    page = browser.post(url, {"field": "all", "reason": "电话联系申请人确认收到日"}).content.decode()
    assert NAME in page
    assert PersonalDataAccess.objects.filter(subject=case.public_id, account=clerk.account).count() >= 1


def test_clerk_reads_what_is_asked_for_without_a_reason_and_others_do_not(
    office: Unit, clerk: Person, supervisor: Person
) -> None:
    case = handled(office, clerk, description="包括各小区的投资金额。")
    url = reverse("workbench_requests:detail", args=[case.public_id])
    page = clerk.client().get(url).content.decode()
    assert "包括各小区的投资金额。" in page
    assert NAME not in page
    assert '<option value="description">' not in page
    assert "包括各小区的投资金额。" not in supervisor.client().get(url).content.decode()
    assert PersonalDataAccess.objects.count() == 0


def test_reveal_by_supervisor_is_refused(office: Unit, clerk: Person, supervisor: Person) -> None:
    case = handled(office, clerk)
    url = reverse("workbench_requests:reveal", args=[case.public_id])
    response = supervisor.client().post(url, {"field": "all", "reason": "想看看是谁"})
    assert response.status_code == 403
    assert PersonalDataAccess.objects.count() == 0


@pytest.mark.parametrize("name", ["workbench:inbox", "supervision:board"])
def test_staff_pages_send_guests_to_login_and_refuse_citizens(
    office: Unit, citizen: Person, client: Client, name: str
) -> None:
    assert client.get(reverse(name)).url.startswith(reverse("account_login"))
    assert citizen.client().get(reverse(name)).status_code == 403


def test_board_is_for_supervisors_only(office: Unit, clerk: Person, supervisor: Person) -> None:
    assert clerk.client().get(reverse("supervision:board")).status_code == 403
    assert supervisor.client().get(reverse("supervision:board")).status_code == 200


def test_case_of_other_unit_is_404_for_its_clerk(office: Unit, clerk: Person, outsider: Person) -> None:
    case = handled(office, clerk)
    browser = outsider.client()
    detail, step, reveal = (
        reverse("workbench_requests:detail", args=[case.public_id]),
        reverse("workbench_requests:step", args=[case.public_id, "assign"]),
        reverse("workbench_requests:reveal", args=[case.public_id]),
    )
    assert [browser.get(detail).status_code, browser.post(detail).status_code] == [404, 405]
    assert [browser.get(step).status_code, browser.post(step).status_code] == [404, 404]
    peek = browser.post(reveal, {"field": "all", "reason": "随便看看吧"})
    assert [browser.get(reveal).status_code, peek.status_code] == [405, 404]


def test_supervisor_reads_but_cannot_act(office: Unit, clerk: Person, supervisor: Person) -> None:
    case = registered(office, clerk)
    browser = supervisor.client()
    assert browser.get(reverse("workbench_requests:detail", args=[case.public_id])).status_code == 200
    url = reverse("workbench_requests:step", args=[case.public_id, "assign"])
    response = browser.post(url, {"officer": clerk.account.pk, "version": case.version})
    assert response.status_code == 409
    assert "您不能办理" in response.content.decode()


def test_step_in_wrong_state_says_so(office: Unit, clerk: Person) -> None:
    case = submitted(office)
    url = reverse("workbench_requests:step", args=[case.public_id, "submit-reply"])
    response = clerk.client().post(url, {"version": case.version})
    assert response.status_code == 409


def test_step_from_stale_page_says_what_changed(office: Unit, clerk: Person) -> None:
    case = submitted(office)
    url = reverse("workbench_requests:step", args=[case.public_id, "register"])
    data = {"channel": "online", "received_on": "2026-02-10", "evidence": "确认", "version": case.version - 1}
    response = clerk.client().post(url, data)
    assert response.status_code == 409
    page = response.content.decode()
    assert "办理“提交申请”" in page and "已填写的内容保留在下方" in page


def test_unknown_verb_is_404(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    assert clerk.client().get(f"/workbench/requests/{case.public_id}/explode/").status_code == 404


def test_steps_without_csrf_token_are_refused(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(clerk.account, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("workbench_requests:step", args=[case.public_id, "submit-reply"])
    assert browser.post(url, {}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_inbox_takes_the_same_number_of_queries(
    office: Unit, clerk: Person, django_assert_max_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        handled(office, clerk)
    browser = clerk.client()
    with django_assert_max_num_queries(8):
        assert browser.get(reverse("workbench:inbox")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_released_list_takes_at_most_eight_queries(
    office: Unit, team: Team, client: Client, django_assert_max_num_queries: Any, rows: int
) -> None:
    from requests_app.actions.release import suggested_text

    for _ in range(rows):
        case = answered(office, team)
        actions.propose_release(
            case=case, text=suggested_text(case), actor=team["clerk"].actor, at=moment("2026-03-09")
        )
        actions.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-09"))
        actions.release(case=case, actor=team["publisher"].actor, at=moment("2026-03-09"))
    with django_assert_max_num_queries(8):
        page = client.get(reverse("releases:list"))
    assert page.content.decode().count("老旧小区改造项目清单") >= rows
    assert page["Cache-Control"].startswith("public")
    assert "Cookie" not in page.get("Vary", "")


def test_pages_with_a_session_are_never_cached(office: Unit, citizen: Person) -> None:
    browser = citizen.client()
    for name in ("home", "releases:list", "requests:mine"):
        assert browser.get(reverse(name))["Cache-Control"] == "private, no-store"


def test_verify_shows_no_personal_data_and_compares_bytes(
    office: Unit, clerk: Person, client: Client
) -> None:
    case = registered(office, clerk)
    run_due()
    paper = OfficialDocument.objects.get(case=case, kind="receipt")
    assert paper.file is not None
    page = client.get(reverse("verify_code", args=[paper.verify_code])).content.decode()
    assert paper.number in page
    assert NAME not in page
    good = SimpleUploadedFile("a.pdf", paper.file.read())
    bad = SimpleUploadedFile("b.pdf", paper.file.read()[:-1] + b"x")
    code = {"code": paper.verify_code}
    assert client.post(reverse("verify"), code | {"file": good}).context["matches"] == "original"
    assert client.post(reverse("verify"), code | {"file": bad}).context["matches"] == ""
    assert client.get(reverse("verify_code", args=["AAAABBBBCCCC"])).status_code == 404
