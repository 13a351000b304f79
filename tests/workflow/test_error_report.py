"""我要纠错: reported on any public page, answered by whoever keeps it within three working days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from notices import actions as notices
from notices.reports import actions, queries
from notices.reports.choices import Origin, State
from notices.reports.models import ErrorReport
from portal.cases.ledger import verify_cases
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, StepRefused
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.units.models import Unit
from tests.cast import Person, moment, person, post_step
from tests.factories.notices import approved

Team = dict[str, Person]


def published(office: Unit, team: Team) -> Any:
    case = approved(office, team)
    notices.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    return case


def report(page: str = "/notices/", key: str = "k1", **changes: Any) -> ErrorReport:
    facts = {"sort": "words", "text": "“按步就班”应为“按部就班”。", "email": "li@example.org"}
    return actions.report_error(
        page=page, key=key, actor=GUEST, at=moment("2026-03-06"), **{**facts, **changes}
    )


def test_goes_to_who_keeps_the_page_and_the_reporter_is_told(office: Unit, team: Team) -> None:
    item = published(office, team)
    page = reverse("notices:article", args=[item.public_id])
    case = report(page)
    assert (case.unit, case.item_id, case.due_on) == (office, item.pk, date(2026, 3, 11))
    assert Message.objects.filter(account_id=team["clerk"].account.pk, subject__contains="纠错").exists()
    with pytest.raises(InvalidInput, match="处理结果"):
        actions.fix_error(case=case, answer=" ", actor=team["clerk"].actor, at=moment("2026-03-09"))
    actions.fix_error(case=case, answer="已更正。", actor=team["clerk"].actor, at=moment("2026-03-09"))
    run_due()
    assert case.state == State.FIXED
    told = Message.objects.filter(channel="mail", subject__contains="已更正")
    assert [row.address for row in told] == ["li@example.org"]
    with pytest.raises(StepRefused):
        actions.find_no_error(case=case, answer="再答", actor=team["clerk"].actor, at=moment("2026-03-09"))
    assert list(verify_cases()) == []


def test_the_same_form_twice_is_one_report(office: Unit) -> None:
    assert report().pk == report().pk
    assert report(key="k2").pk != report().pk
    assert ErrorReport.objects.count() == 2


@pytest.mark.parametrize(
    "page",
    ["", "https://elsewhere.example/", "/no/such/page/", "/workbench/", "javascript:x", "/" + "a" * 400],
)
def test_only_public_pages_of_this_site(office: Unit, page: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        report(page)
    assert refused.value.field == "page"
    assert ErrorReport.objects.count() == 0


def test_a_full_address_is_taken_as_its_path(office: Unit, settings: Any) -> None:
    settings.SITE_URL = "https://www.example.gov.cn"
    assert report("https://www.example.gov.cn/notices/?page=2").page == "/notices/"


def test_handed_to_another_unit_within_the_same_clock(office: Unit, team: Team) -> None:
    case = report()
    other = Unit.objects.exclude(pk=office.pk).filter(is_active=True).first() or Unit.objects.create(
        code="other", name="另一局", short_name="另一局"
    )
    actions.pass_on_report(
        case=case, unit=other, reason="由该局维护", actor=team["clerk"].actor, at=moment("2026-03-09")
    )
    case = ErrorReport.objects.get(pk=case.pk)
    assert (case.unit_id, case.due_on) == (other.pk, date(2026, 3, 11))
    with pytest.raises(StepRefused):
        actions.fix_error(case=case, answer="已改", actor=team["clerk"].actor, at=moment("2026-03-09"))


def test_found_on_duty(office: Unit, team: Team) -> None:
    case = actions.note_finding(
        page="/notices/",
        sort="link",
        text="附件打不开",
        key="d1",
        actor=team["clerk"].actor,
        at=moment("2026-03-06"),
    )
    assert (case.origin, case.unit) == (Origin.DUTY, office)
    with pytest.raises(StepRefused):
        actions.note_finding(
            page="/notices/", sort="link", text="x", key="d2", actor=GUEST, at=moment("2026-03-06")
        )


def test_the_page_of_a_unit_belongs_to_it(office: Unit) -> None:
    assert queries.owner_of(reverse("notices:unit", args=[office.code])).unit == office
    assert queries.owner_of("/guide/").unit == office


def test_pages(office: Unit, citizen: Person, team: Team, client: Any, settings: Any) -> None:
    new = reverse("reports:new")
    page = client.get("/notices/").content.decode()
    assert f'href="{new}?page=/notices/"' in page
    assert 'value="/notices/"' in client.get(f"{new}?page=/notices/").content.decode()
    assert client.post(new, {"page": "/notices/", "sort": "words", "text": "错"}).status_code == 400
    browser = citizen.client()
    refused = browser.post(new, {"page": "/nowhere/", "sort": "words", "text": "留下的字"})
    assert refused.status_code == 400 and "留下的字" in refused.content.decode()
    made = browser.post(new, {"page": "/notices/", "sort": "words", "text": "错字", "key": "form-1"})
    assert made.status_code == 302
    status = client.get(made["location"]).content.decode()
    assert "最迟答复日期" in status and "错字" not in status
    case = ErrorReport.objects.get()
    clerk = team["clerk"].client()
    assert "错字" not in clerk.get(reverse("workbench_reports:list")).content.decode()
    detail = clerk.get(reverse("workbench_reports:detail", args=[case.public_id])).content.decode()
    assert "错字" in detail and "已更正" in detail
    step = reverse("workbench_reports:step", args=[case.public_id, "fix-error"])
    assert clerk.post(step, {"answer": ""}).status_code == 400
    assert post_step(clerk, step, {"answer": "改好了"}).status_code == 302
    assert "改好了" in client.get(made["location"]).content.decode()
    stranger = person("other-clerk")
    assert stranger.client().get(reverse("workbench_reports:detail", args=[case.public_id])).status_code in (
        403,
        404,
    )
