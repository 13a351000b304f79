"""The units' annual reports: handed in frozen, checked against the log, merged into the city's, published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.ledger import verify_cases
from portal.core.errors import InvalidInput, StepRefused
from portal.holidays.calendars import forget
from portal.messaging.models import Message
from portal.search.queries import search
from portal.supervision.digests import send_digests
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app.actions.annual import fill
from requests_app.annual import checks
from requests_app.annual.entered import Texts
from requests_app.annual.rows import (
    CARRIED_FORWARD,
    CARRIED_OVER,
    COLUMN_TITLES,
    HANDLED,
    HANDLED_ROWS,
    NEW,
    PARTS,
    REMEDY_COLUMN_TITLES,
    REMEDY_ROW_TITLES,
    TOTAL,
)
from requests_app.annual.snapshot import Snapshot, merged, of_json
from requests_app.returns import actions, queries
from requests_app.returns.choices import State
from requests_app.returns.models import AnnualReturn
from tests.cast import Person, moment, person, post_step
from tests.factories.annual import GIVEN, answer, by_post
from tests.factories.calendar import recounted

Team = dict[str, Person]
YEAR, AT = 2025, moment("2026-01-20")
WORDS = Texts("全年公开信息120条。", "个别答复超过期限，已经改进。", "")


def filled(unit: Unit, clerk: Person, *, texts: Texts = WORDS, rules: int = 2) -> None:
    """What a unit types in."""
    fill(
        unit=unit,
        year=YEAR,
        values={"rules_made": Decimal(rules)},
        texts=texts,
        actor=clerk.actor,
        at=AT,
    )


@pytest.fixture
def asked(office: Unit, team: Team) -> None:
    """Two requests of 2025: one answered, one that goes over the year's end."""
    answer(office, team, GIVEN, on="2025-03-03", done="2025-03-14")
    answer(office, team, GIVEN, on="2025-12-22", done="2026-01-12")


@pytest.fixture
def handed_in(asked: None, office: Unit, team: Team) -> AnnualReturn:
    """The office's report."""
    filled(office, team["clerk"])
    return actions.submit(unit=office, year=YEAR, reason="", actor=team["approver"].actor, at=AT)


def test_what_is_handed_in_is_frozen(handed_in: AnnualReturn, office: Unit, team: Team) -> None:
    kept = queries.snapshot_of(handed_in)
    assert kept.table2[NEW, TOTAL] == 2
    assert (kept.table2[HANDLED, TOTAL], kept.table2[CARRIED_FORWARD, TOTAL]) == (1, 1)
    assert kept.values["rules_made"] == 2
    assert queries.differences_of(handed_in) == []
    by_post(office, team["clerk"], received="2025-11-03", entered_on="2026-02-02")
    (new, *rest) = queries.differences_of(handed_in)
    assert (new.row, new.handed_in, new.now) == (NEW, 2, 3)
    assert {entry.row for entry in rest} == {NEW, CARRIED_FORWARD}
    assert queries.snapshot_of(handed_in).table2[NEW, TOTAL] == 2
    assert list(verify_cases()) == []


def test_handing_in_is_the_leaders_and_wants_a_whole_report(
    asked: None, office: Unit, team: Team, outsider: Person
) -> None:
    facts: dict[str, Any] = {"unit": office, "year": YEAR, "reason": "", "at": AT}
    with pytest.raises(InvalidInput, match="总体情况"):
        actions.submit(actor=team["approver"].actor, **facts)
    filled(office, team["clerk"])
    for wrong in (team["clerk"], outsider):
        with pytest.raises(StepRefused):
            actions.submit(actor=wrong.actor, **facts)
    with pytest.raises(InvalidInput, match="尚未结束"):
        actions.submit(**{**facts, "year": 2026}, actor=team["approver"].actor)
    actions.submit(actor=team["approver"].actor, **facts)
    with pytest.raises(StepRefused):
        actions.submit(actor=team["approver"].actor, **facts)


def test_a_broken_identity_wants_a_reason_that_stays(
    asked: None, office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(office, team["clerk"])
    monkeypatch.setattr("requests_app.annual.report.checks.broken", lambda *args: ["“自然人”列不相等。"])
    facts: dict[str, Any] = {"unit": office, "year": YEAR, "actor": team["approver"].actor, "at": AT}
    with pytest.raises(InvalidInput, match="写明原因"):
        actions.submit(reason=" ", **facts)
    case = actions.submit(reason="上年有一件转入", **facts)
    version = case.versions.get()
    assert (version.reason, version.data["broken"]) == ("上年有一件转入", ["“自然人”列不相等。"])


def test_sent_back_and_handed_in_again_keeps_both_versions(
    handed_in: AnnualReturn, office: Unit, team: Team, supervisor: Person
) -> None:
    with pytest.raises(StepRefused):
        actions.send_back(case=handed_in, reason="x", actor=team["clerk"].actor, at=AT)
    actions.send_back(case=handed_in, reason="文字过于简单", actor=supervisor.actor, at=AT)
    assert (handed_in.state, handed_in.internal_due_on) == (State.RETURNED, date(2026, 1, 23))
    told = Message.objects.filter(subject__contains="退回修改")
    assert told.count() == 2
    assert {"2026年1月23日" in row.body and "文字过于简单" in row.body for row in told} == {True}
    filled(office, team["clerk"], rules=5)
    again = actions.submit(
        unit=office, year=YEAR, reason="", actor=team["approver"].actor, at=moment("2026-01-22")
    )
    assert again.pk == handed_in.pk
    assert [of_json(row.data).values["rules_made"] for row in again.versions.order_by("number")] == [2, 5]
    actions.accept_return(case=again, actor=supervisor.actor, at=moment("2026-01-23"))
    assert again.state == State.ACCEPTED
    actions.send_back(case=again, reason="x", actor=supervisor.actor, at=moment("2026-01-23"))
    assert again.state == State.RETURNED, "also when it was accepted, until it is public"


def _housing_team(housing: Unit) -> Team:
    roles = {
        "clerk": Role.CLERK,
        "reviewer": Role.REVIEWER,
        "secrecy": Role.SECRECY_REVIEWER,
        "approver": Role.APPROVER,
        "publisher": Role.PUBLISHER,
    }
    return {name: person(f"housing-{name}", housing, role) for name, role in roles.items()}


def test_the_citys_report_is_the_sum_and_names_who_is_missing(
    handed_in: AnnualReturn, office: Unit, housing: Unit, team: Team, supervisor: Person
) -> None:
    others = _housing_team(housing)
    answer(housing, others, GIVEN, on="2025-06-02", done="2025-06-10")
    filled(housing, others["clerk"], rules=7)
    other = actions.submit(unit=housing, year=YEAR, reason="", actor=others["approver"].actor, at=AT)
    with pytest.raises(InvalidInput, match="没有接受"):
        actions.merge(year=YEAR, texts=WORDS, actor=supervisor.actor, at=AT)
    actions.accept_return(case=handed_in, actor=supervisor.actor, at=AT)
    city = actions.merge(year=YEAR, texts=WORDS, actor=supervisor.actor, at=AT)
    assert housing.short_name in city.missing
    actions.accept_return(case=other, actor=supervisor.actor, at=AT)
    leader = team["approver"].actor
    with pytest.raises(StepRefused, match="重新汇总"):
        actions.publish(case=city, missing_reason="x", actor=leader, at=AT)
    city = actions.merge(year=YEAR, texts=WORDS, actor=supervisor.actor, at=AT)
    whole = of_json(city.data)
    parts = [queries.snapshot_of(case) for case in (handed_in, other)]
    for key in whole.table2:
        assert whole.table2[key] == sum(part.table2[key] for part in parts)
    assert (whole.table2[NEW, TOTAL], whole.values["rules_made"]) == (3, 9)
    assert housing.short_name not in city.missing
    with pytest.raises(InvalidInput, match="没有汇入"):
        actions.publish(case=city, missing_reason="", actor=leader, at=AT)
    with pytest.raises(StepRefused):
        actions.publish(case=city, missing_reason="机构改革", actor=supervisor.actor, at=AT)
    actions.publish(case=city, missing_reason="机构改革，另行公布", actor=leader, at=moment("2026-03-20"))
    assert {row.state for row in AnnualReturn.objects.all()} == {State.PUBLISHED}
    education = Unit.objects.get(code="education")
    clerk, signer = person("edu-clerk", education, Role.CLERK), person("edu", education, Role.APPROVER)
    filled(education, clerk)
    late = actions.submit(unit=education, year=YEAR, reason="", actor=signer.actor, at=moment("2026-03-23"))
    actions.accept_return(case=late, actor=supervisor.actor, at=moment("2026-03-24"))
    assert late.state == State.PUBLISHED, "what comes after the city's report is public at once"
    with pytest.raises(StepRefused):
        actions.merge(year=YEAR, texts=WORDS, actor=supervisor.actor, at=moment("2026-03-21"))
    assert list(verify_cases()) == []


def test_last_year_is_what_was_handed_in_for_it(handed_in: AnnualReturn, office: Unit, team: Team) -> None:
    assert queries.now_of(office, YEAR + 1).broken == ()
    by_post(office, team["clerk"], received="2025-11-03", entered_on="2026-02-02")
    broken = queries.now_of(office, YEAR + 1).broken
    assert len(broken) == 2, broken
    assert "上年结转" in broken[0]


def test_personal_numbers_do_not_become_public(asked: None, office: Unit, team: Team) -> None:
    filled(office, team["clerk"], texts=Texts("请联系13812345678。", "无。", ""))
    with pytest.raises(InvalidInput, match="个人信息"):
        actions.submit(unit=office, year=YEAR, reason="", actor=team["approver"].actor, at=AT)


def test_units_that_are_waited_for_are_told_once_a_week_and_supervisors_once(
    handed_in: AnnualReturn, housing: Unit, team: Team, supervisor: Person
) -> None:
    others = _housing_team(housing)
    Message.objects.all().delete()
    assert actions.remind_on_time(at=moment("2026-01-09")) == 0
    assert actions.remind_on_time(at=moment("2026-01-12")) == 2
    assert actions.remind_on_time(at=moment("2026-01-14")) == 0
    assert actions.remind_on_time(at=moment("2026-01-19")) == 2
    assert {row.account_id for row in Message.objects.all()} == {
        others["clerk"].account.pk,
        others["approver"].account.pk,
    }
    assert actions.remind(year=YEAR, actor=supervisor.actor, at=moment("2026-01-19")) == 2
    assert actions.remind(year=YEAR, actor=supervisor.actor, at=moment("2026-01-19")) == 0
    assert actions.remind_on_time(at=moment("2026-02-02")) > 0
    told = Message.objects.get(account=supervisor.account)
    assert "没有按期报送" in told.subject
    before = Message.objects.count()
    actions.remind_on_time(at=moment("2026-02-02"))
    assert Message.objects.count() == before
    assert actions.remind_on_time(at=moment("2026-03-10")) == 0


def test_collection_puts_those_first_that_are_waited_for(
    handed_in: AnnualReturn, office: Unit, supervisor: Person
) -> None:
    lines = queries.collection(YEAR, date(2026, 2, 3))
    assert lines[-1].unit == office
    assert (lines[0].state_label, lines[0].late_days) == ("未报送", 3)
    assert lines[-1].late_days == 0
    assert {line.late_days for line in queries.collection(YEAR, date(2026, 1, 31))} == {0}


def test_the_unit_is_told_and_the_supervisor_reminded_in_the_morning(
    handed_in: AnnualReturn, team: Team, supervisor: Person
) -> None:
    send_digests(at=moment("2026-01-21"))
    told = Message.objects.get(account=supervisor.account, key__startswith="digest:2026-01-21")
    assert "待核对的年度报告1件" in told.body
    actions.accept_return(case=handed_in, actor=supervisor.actor, at=AT)
    mine = Message.objects.filter(subject__contains="已接受")
    assert {row.account_id for row in mine} == {team["clerk"].account.pk, team["approver"].account.pk}
    send_digests(at=moment("2026-01-22"))
    assert not Message.objects.filter(
        account=supervisor.account, key__startswith="digest:2026-01-22", body__contains="年度报告"
    ).exists()


def test_against_the_log_shows_which_unit_differs_now(
    handed_in: AnnualReturn, office: Unit, team: Team, supervisor: Person, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    page = f"{reverse('workbench_returns:collection')}?year={YEAR}"
    watching = supervisor.client()
    assert "格不同" not in watching.get(f"{page}&against=log").content.decode()
    by_post(office, team["clerk"], received="2025-11-03", entered_on="2026-02-02")
    assert "4格不同" in watching.get(f"{page}&against=log").content.decode()
    assert "格不同" not in watching.get(page).content.decode()


def test_published_reports_are_found(
    handed_in: AnnualReturn, office: Unit, team: Team, supervisor: Person
) -> None:
    actions.accept_return(case=handed_in, actor=supervisor.actor, at=AT)
    city = actions.merge(
        year=YEAR, texts=Texts("开通城市体检专栏。", "问题。", ""), actor=supervisor.actor, at=AT
    )
    assert search("城市体检").hits == []
    actions.publish(
        case=city, missing_reason="机构改革", actor=team["approver"].actor, at=moment("2026-03-20")
    )
    assert [hit.entry.url for hit in search("城市体检").hits] == [reverse("annual_reports:city", args=[YEAR])]
    (own,) = search("个别答复超过期限").hits
    assert own.entry.url == reverse("annual_reports:unit", args=[YEAR, office.code])
    assert Client().get(own.entry.url).status_code == 200


numbers = st.integers(0, 50)


@st.composite
def snapshots(draw: Any) -> Snapshot:
    """A report that keeps the identities."""
    table2 = {}
    for column in PARTS:
        handled = {row.code: draw(numbers) for row in HANDLED_ROWS}
        over, forward = draw(numbers), draw(numbers)
        total = sum(handled.values())
        over = min(over, total + forward)
        table2 |= {(code, column): number for code, number in handled.items()}
        table2 |= {
            (HANDLED, column): total,
            (CARRIED_FORWARD, column): forward,
            (CARRIED_OVER, column): over,
            (NEW, column): total + forward - over,
        }
    rows = {row for row, _ in table2}
    table2 |= {(row, TOTAL): sum(table2[row, column] for column in PARTS) for row in rows}
    table3 = {}
    for kind in REMEDY_ROW_TITLES:
        results = {code: draw(numbers) for code in REMEDY_COLUMN_TITLES if code != TOTAL}
        table3 |= {(kind, code): number for code, number in results.items()}
        table3[kind, TOTAL] = sum(results.values())
    return Snapshot("甲", YEAR, {}, Texts(), table2, table3, ())


@given(st.lists(snapshots(), max_size=4))
def test_a_sum_of_reports_that_hold_holds(parts: list[Snapshot]) -> None:
    whole = merged("市", YEAR, Texts(), parts)
    assert whole.broken == ()
    assert all(whole.table2[NEW, column] >= 0 for column in COLUMN_TITLES)
    assert of_json(whole.as_json()) == whole
    assert all(checks.within(part.table2, part.table3) == [] for part in parts)


def test_pages(
    asked: None,
    office: Unit,
    team: Team,
    supervisor: Person,
    outsider: Person,
    citizen: Person,
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    collection = reverse("workbench_returns:collection")
    submit = f"{reverse('workbench_returns:submit')}?year={YEAR}&unit={office.code}"
    leader, watching = team["approver"].client(), supervisor.client()
    for wrong in (citizen, team["clerk"]):
        assert wrong.client().get(collection).status_code == 403
    assert office.short_name in watching.get(collection).content.decode()
    assert outsider.client().get(submit).status_code == 404
    assert leader.post(submit, {"reason": ""}).status_code == 400
    filled(office, team["clerk"])
    assert team["clerk"].client().post(submit, {"reason": ""}).status_code == 409
    assert leader.get(submit).status_code == 200
    assert leader.post(submit, {"reason": ""}).status_code == 302
    case = AnnualReturn.objects.get()
    page = reverse("workbench_returns:detail", args=[case.public_id])
    assert "与办理记录一致" in watching.get(page).content.decode()
    assert outsider.client().get(page).status_code == 404
    back = reverse("workbench_returns:step", args=[case.public_id, "send-back"])
    accept = reverse("workbench_returns:step", args=[case.public_id, "accept-return"])
    assert watching.post(back, {"reason": ""}).status_code == 400
    assert leader.post(accept).status_code == 403
    assert watching.get(reverse("workbench_returns:remind")).status_code == 405
    assert watching.post(reverse("workbench_returns:remind"), {"year": YEAR}).status_code == 302
    assert watching.get(back).status_code == 200
    assert post_step(watching, accept).status_code == 302
    merge = f"{reverse('workbench_returns:merge')}?year={YEAR}"
    assert watching.post(merge, {"overview": "", "problems": ""}).status_code == 400
    done = watching.post(merge, {"overview": "全市情况。", "problems": "问题。"})
    assert done.status_code == 302
    browser = Client()
    public = reverse("annual_reports:city", args=[YEAR])
    own = reverse("annual_reports:unit", args=[YEAR, office.code])
    assert browser.get(public).status_code == browser.get(own).status_code == 404
    assert outsider.client().get(done.url).status_code == 404
    assert leader.post(done.url, {"missing_reason": ""}).status_code == 400
    assert watching.post(done.url, {"missing_reason": "x"}).status_code == 409
    assert leader.post(done.url, {"missing_reason": "机构改革"}).status_code == 302
    text = browser.get(public).content.decode()
    assert "全市情况。" in text
    assert "本报告未包括" in text
    assert office.short_name in text
    assert browser.get(own).status_code == 200
    assert browser.get(reverse("annual_reports:unit", args=[YEAR, "housing"])).status_code == 404
    found = browser.get(public, {"format": "json"}).json()
    assert found["table2"][f"{NEW}.{TOTAL}"] == 2
    assert browser.get(public, {"format": "xlsx"}).getvalue()[:2] == b"PK"
    paper = browser.get(public, {"format": "pdf"}).getvalue()
    assert paper.startswith(b"%PDF")
    monkeypatch.setattr("requests_app.annual.snapshot.render_pdf", lambda page: pytest.fail("drawn twice"))
    assert browser.get(public, {"format": "pdf"}).getvalue() == paper
    assert str(YEAR) in browser.get(reverse("annual_reports:years")).content.decode()


def test_day_to_hand_in_again_moves_and_the_unit_is_told(handed_in: AnnualReturn, supervisor: Person) -> None:
    """Sent back on 2026-01-20: 3 wd end on 01-23; with 01-21 off on Monday 01-26."""
    actions.send_back(case=handed_in, reason="过于简单", actor=supervisor.actor, at=moment("2026-01-20"))
    assert handed_in.internal_due_on == date(2026, 1, 23)
    recounted(date(2026, 1, 21), at=moment("2026-01-20", 15))
    handed_in.refresh_from_db()
    assert handed_in.internal_due_on == date(2026, 1, 26)
    told = Message.objects.filter(subject__contains="重新报送期限调整")
    assert {"2026年1月26日" in row.body for row in told} == {True}
    forget()
