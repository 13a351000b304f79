"""Supervision: figures that never change, misses foreseen, orders that must be answered."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from notices.reports import actions as reports
from portal.cases.ledger import verify_cases
from portal.cases.models import Case
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.core.moments import begin_of
from portal.holidays.calendars import calendar
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.supervision import actions, figures, health, queries
from portal.supervision.choices import State
from portal.supervision.digests import send_digests
from portal.supervision.models import FiguresMonth, StepPace, SupervisionOrder
from portal.units.models import Unit
from requests_app import actions as requests
from requests_app.actions.parties import Party
from tests.cast import Person, moment, person, post_step
from tests.factories.requests_app import answered, handled

Team = dict[str, Person]


def reported(on: str, key: str) -> Any:
    return reports.report_error(
        page="/notices/", sort="words", text="错字", key=key, actor=GUEST, at=moment(on)
    )


def fixed(case: Any, team: Team, on: str) -> None:
    reports.fix_error(case=case, answer="已改", actor=team["clerk"].actor, at=moment(on))


@pytest.fixture
def history(office: Unit, team: Team) -> list[Any]:
    """Five reports of March: two in time, one late, one answered in April, one open."""
    cases = [reported("2026-03-02", f"k{number}") for number in range(3)]
    fixed(cases[0], team, "2026-03-03")
    fixed(cases[1], team, "2026-03-05")
    fixed(cases[2], team, "2026-03-12")
    later = reported("2026-03-30", "k3")
    open_ = reported("2026-03-31", "k4")
    fixed(later, team, "2026-04-01")
    return [*cases, later, open_]


MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def test_a_month_is_what_the_log_said_at_its_end(history: list[Any], office: Unit) -> None:
    (line,) = figures.lines_of(MARCH)
    assert (line.unit_id, line.kind) == (office.pk, "error_report")
    assert (line.received, line.closed, line.in_time, line.open, line.overdue) == (5, 3, 2, 2, 0)
    assert line.workdays == 1 + 3 + 8
    total = figures.totals([[line]], "")[""]
    assert (total.rate, total.average, total.late) == (66.7, 4.0, 1)
    (april,) = figures.lines_of(APRIL)
    assert (april.received, april.closed, april.open, april.overdue) == (0, 1, 1, 1)


def test_figures_equal_an_independent_count_of_the_raw_log(history: list[Any]) -> None:
    """Counted again from the raw rows, without the fold: these clocks have neither pauses nor extensions."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT c.case_id, c.kind, c."on", c.days, e.at FROM cases_clockentry c JOIN cases_caseevent e ON e.id = c.event_id'
        )
        rows = [(*row[:4], row[4] if row[4].tzinfo else row[4].replace(tzinfo=UTC)) for row in cursor]
    days, end = calendar(), begin_of(APRIL)
    starts = {row[0]: (row[2], row[3]) for row in rows if row[1] == "start" and row[4] < end}
    stops = {row[0]: row[2] for row in rows if row[1] == "stop" and row[4] < end}
    counted = Counter(received=sum(MARCH <= day < APRIL for day, _ in starts.values()), closed=len(stops))
    counted["in_time"] = sum(
        days.between(starts[key][0], day) <= starts[key][1] for key, day in stops.items()
    )
    counted["workdays"] = sum(days.between(starts[key][0], day) for key, day in stops.items())
    (line,) = figures.lines_of(MARCH)
    assert {name: getattr(line, name) for name in counted} == dict(counted)


def test_a_month_that_runs_on_is_as_it_stands_today(history: list[Any], monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-04-02"))
    (april,) = figures.lines_of(APRIL)
    assert (april.open, april.overdue) == (1, 0)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-04-08"))
    (april,) = figures.lines_of(APRIL)
    assert (april.open, april.overdue) == (1, 1)


def test_a_frozen_month_never_changes(history: list[Any], team: Team) -> None:
    with pytest.raises(InvalidInput):
        figures.freeze_month(month=MARCH, at=moment("2026-03-31"))
    frozen = figures.freeze_month(month=MARCH, at=moment("2026-04-01"))
    before = figures.lines_of(MARCH)
    fixed(history[4], team, "2026-04-20")
    assert figures.lines_of(MARCH) == before
    FiguresMonth.objects.all().delete()
    assert figures.lines_of(MARCH) == before
    assert figures.freeze_month(month=MARCH, at=moment("2026-05-01")).sha256 == frozen.sha256


def test_what_was_overdue_at_a_months_end_stays_so(history: list[Any], office: Unit, team: Team) -> None:
    days, later = calendar(), date(2026, 6, 1)
    assert figures.overdue_at(MARCH, days, later) == []
    open_ = history[4]
    assert figures.overdue_at(APRIL, days, later) == [(open_.pk, office.pk, open_.due_on)]
    fixed(open_, team, "2026-05-06")
    assert figures.overdue_at(APRIL, days, later) == [(open_.pk, office.pk, open_.due_on)]
    assert figures.overdue_at(date(2026, 5, 1), days, later) == []


def test_kinds_of_replies_are_counted_by_the_month_of_the_reply(office: Unit, team: Team) -> None:
    answered(office, team)
    withdrawn = handled(office, team["clerk"], on="2026-03-02")
    requests.withdraw(case=withdrawn, reason="不需要了", actor=GUEST, at=moment("2026-03-10"))
    months = [(date(2026, number, 1), date(2026, number + 1, 1)) for number in range(1, 6)]
    found = [row for first, end in months for row in figures.outcomes("disclosure", first, end)]
    assert sorted(found) == [("予以公开", 1), ("申请人已撤回", 1)]
    assert figures.outcomes("disclosure", date(2026, 1, 1), date(2027, 1, 1)) == sorted(found)
    assert figures.outcomes("letter", date(2026, 1, 1), date(2027, 1, 1)) == []


def test_the_board_says_since_when_and_why_a_clock_stands_still(
    office: Unit, team: Team, supervisor: Person, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-16"))
    running = handled(office, team["clerk"], on="2026-03-02")
    case = handled(office, team["clerk"], on="2026-03-03")
    requests.request_correction(
        case=case,
        unclear="请明确年度",
        correct_by=date(2026, 4, 1),
        actor=team["clerk"].actor,
        at=moment("2026-03-06"),
    )
    found = queries.standings([running.pk, case.pk])
    assert (found[running.pk].since, found[running.pk].why) == (date(2026, 3, 2), "")
    assert found[case.pk].since == date(2026, 3, 6)
    assert found[case.pk].why
    page = supervisor.client().get(reverse("supervision:board"), {"due": ""}).content.decode()
    assert f"停止计算：{found[case.pk].why}" in page
    assert "自2026年3月2日" in page
    requests.correct(case=case, text="2025年度", actor=GUEST, at=moment("2026-03-12"))
    assert queries.standings([case.pk])[case.pk].why == ""


def test_the_board_says_nothing_of_a_wait_that_was_called_off(office: Unit, team: Team) -> None:
    clerk = team["clerk"].actor
    case = handled(office, team["clerk"], on="2026-03-02")
    facts = {"tariff": "by_page", "count": 250, "earlier": 0, "reason": "共250页", "ways": "到窗口缴纳"}
    requests.charge_fee(case=case, actor=clerk, at=moment("2026-03-03"), **facts)
    assert queries.standings([case.pk])[case.pk].why
    requests.cancel_fee(case=case, comment="不再收费", actor=clerk, at=moment("2026-03-05"))
    assert queries.standings([case.pk])[case.pk].why == ""


def test_the_board_says_that_a_party_is_waited_for_after_a_correction_came(office: Unit, team: Team) -> None:
    clerk = team["clerk"].actor
    case = handled(office, team["clerk"], on="2026-03-02")
    asked = Party("third_party", "云南某某公司", "合同", "post", address="红塔区1号")
    requests.consult(case=case, party=asked, actor=clerk, at=moment("2026-03-03"))
    waits = queries.standings([case.pk])[case.pk].why
    requests.request_correction(
        case=case, unclear="请明确年度", correct_by=date(2026, 4, 1), actor=clerk, at=moment("2026-03-06")
    )
    requests.correct(case=case, text="2025年度", actor=GUEST, at=moment("2026-03-12"))
    assert waits
    assert queries.standings([case.pk])[case.pk].why == waits


def test_all_months_that_are_over_are_frozen_once(history: list[Any]) -> None:
    assert figures.freeze_past(at=moment("2026-05-01")) == 2
    assert figures.freeze_past(at=moment("2026-05-02")) == 0
    assert list(FiguresMonth.objects.values_list("month", flat=True)) == [APRIL, MARCH]


def test_a_case_counts_for_who_held_it_at_the_months_end(office: Unit, housing: Unit, team: Team) -> None:
    case = reported("2026-03-30", "k")
    reports.pass_on_report(
        case=case, unit=housing, reason="由其维护", actor=team["clerk"].actor, at=moment("2026-04-01")
    )
    assert [line.unit_id for line in figures.lines_of(MARCH)] == [office.pk]
    assert [line.unit_id for line in figures.lines_of(APRIL)] == [housing.pk]


def test_misses_are_foreseen(office: Unit, team: Team) -> None:
    for number in range(5):
        fixed(reported("2026-03-02", f"k{number}"), team, "2026-03-05")
    days = calendar()
    assert figures.renew_pace(at=moment("2026-03-09"), days=days) == 1
    assert StepPace.objects.get().usual == 3
    early, late = reported("2026-03-10", "early"), reported("2026-03-09", "late")
    today = date(2026, 3, 10)
    found = figures.predicted_misses(queries.open_cases(), today, days)
    assert [case.pk for case in found] == [late.pk]
    assert figures.predicted_misses(queries.open_cases(), today + timedelta(days=10), days).count() == 0
    assert early.due_on == date(2026, 3, 13)


def test_an_order_is_a_paper_answered_by_a_day(
    history: list[Any], office: Unit, team: Team, supervisor: Person
) -> None:
    target = Case.objects.get(pk=history[4].pk)
    with pytest.raises(StepRefused, match="监督员"):
        actions.issue_order(
            sort="supervise",
            demand="请办理",
            target=target,
            actor=team["clerk"].actor,
            at=moment("2026-04-07"),
        )
    with pytest.raises(InvalidInput, match="要求"):
        actions.issue_order(
            sort="supervise", demand=" ", target=target, actor=supervisor.actor, at=moment("2026-04-07")
        )
    order = actions.issue_order(
        sort="supervise",
        demand="请立即办理。",
        target=target,
        actor=supervisor.actor,
        at=moment("2026-04-07"),
    )
    run_due()
    assert order.due_on == date(2026, 4, 14)
    paper = order.documents.get()
    assert paper.kind == "supervision_order" and paper.number and paper.file is not None
    target.refresh_from_db()
    assert target.events.filter(kind="supervise_by_supervisor").count() == 1
    assert target.state == history[4].state
    assert Message.objects.filter(account_id=team["clerk"].account.pk, subject__contains="督办").exists()
    with pytest.raises(StepRefused):
        actions.report_back(case=order, report="办了", actor=supervisor.actor, at=moment("2026-04-08"))
    actions.report_back(case=order, report="已经办理。", actor=team["clerk"].actor, at=moment("2026-04-08"))
    actions.return_order(case=order, reason="没有说明原因", actor=supervisor.actor, at=moment("2026-04-09"))
    assert SupervisionOrder.objects.get().due_on == date(2026, 4, 16)
    actions.report_back(
        case=order, report="人员更替，已补办。", actor=team["clerk"].actor, at=moment("2026-04-10")
    )
    actions.close_order(
        case=order,
        verdict="已办理",
        accountability="对经办人批评教育",
        actor=supervisor.actor,
        at=moment("2026-04-13"),
    )
    assert order.state == State.CLOSED
    assert list(verify_cases()) == []
    assert "批评教育" not in str(list(order.events.values_list("facts", flat=True)))


def test_an_order_to_a_unit_as_such(office: Unit, housing: Unit, supervisor: Person) -> None:
    order = actions.issue_order(
        sort="correct",
        demand="栏目长期未更新。",
        unit=housing,
        actor=supervisor.actor,
        at=moment("2026-04-07"),
    )
    assert order.unit == housing and order.documents.get().kind == "correction_order"
    with pytest.raises(NotFound):
        queries.find_order(person("elsewhere").actor, order.public_id)
    actions.recall_order(case=order, reason="已更新", actor=supervisor.actor, at=moment("2026-04-08"))
    assert order.state == State.RECALLED
    with pytest.raises(InvalidInput, match="单位"):
        actions.issue_order(sort="remind", demand="x", actor=supervisor.actor, at=moment("2026-04-07"))


def test_everyone_sees_the_figures(
    history: list[Any], office: Unit, client: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-04-20"))
    page = client.get(reverse("statistics")).content.decode()
    assert "办理统计" in page and office.short_name in page and "网页纠错" in page
    rows = client.get(reverse("statistics"), {"format": "json", "year": "2026"}).json()["rows"]
    whole = next(row for row in rows if row["unit"] == "全市" and row["kind"] == "合计")
    assert (whole["received"], whole["closed"], whole["in_time"], whole["overdue"]) == (5, 4, 3, 1)
    text = client.get(reverse("statistics"), {"format": "csv"}).content.decode("utf-8-sig")
    assert text.startswith("机关,业务,收到")
    for query in ({"year": "x"}, {"year": "9999"}, {"year": "1800"}, {"format": "pdf"}):
        assert client.get(reverse("statistics"), query).status_code == 200


def test_pages_of_supervision(
    history: list[Any], office: Unit, team: Team, supervisor: Person, citizen: Person, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-04-20"))
    watching, clerk = supervisor.client(), team["clerk"].client()
    for name in ("board", "counts", "circular", "system", "seen", "orders", "new_order"):
        assert watching.get(reverse(f"supervision:{name}")).status_code == 200, name
        assert citizen.client().get(reverse(f"supervision:{name}")).status_code == 403, name
    for name in ("board", "counts", "circular", "system", "seen", "new_order"):
        assert clerk.get(reverse(f"supervision:{name}")).status_code == 403, name
    assert watching.get(reverse("supervision:counts")).json()["overdue"] == 1
    assert (
        watching.get(reverse("supervision:board"), {"due": "predicted", "kind": "error_report"}).status_code
        == 200
    )
    assert (
        watching.get(reverse("supervision:circular"), {"period": "2026-03", "format": "xlsx"}).content[:2]
        == b"PK"
    )
    paper = watching.get(reverse("supervision:circular"), {"period": "2026-Q1", "format": "pdf"})
    assert paper.content[:4] == b"%PDF"
    quarter = watching.get(reverse("supervision:circular"), {"period": "2026-Q1"}).content.decode()
    assert "2026年第一季度" in quarter
    for asked in ("2026-Q9", "x-Q1", "2030-Q1", "2026-99", "x"):
        assert watching.get(reverse("supervision:circular"), {"period": asked}).status_code == 200
    assert "66.7" in watching.get(reverse("supervision:circular"), {"period": "2026-03"}).content.decode()
    assert watching.get(reverse("supervision:seen"), {"subject": "nonsense"}).status_code == 400
    new = reverse("supervision:new_order")
    target = history[4].public_id
    assert watching.post(f"{new}?case={target}", {"sort": "remind", "demand": ""}).status_code == 400
    made = watching.post(f"{new}?case={target}", {"sort": "remind", "demand": "请办理"})
    assert made.status_code == 302
    assert clerk.get(made["location"]).status_code == 200
    step = f"{made['location']}report-back/"
    assert clerk.get(step).status_code == 200
    assert clerk.post(step, {"report": ""}).status_code == 400
    assert post_step(clerk, step, {"report": "已办"}).status_code == 302
    assert clerk.get(f"{made['location']}paper/").status_code == 404
    close = f"{made['location']}close-order/"
    assert post_step(clerk, close, {"verdict": "x"}).status_code == 409
    assert post_step(watching, close, {"verdict": "属实"}).status_code == 302
    assert "监督部门催办" in clerk.get(reverse("workbench_reports:detail", args=[target])).content.decode()


def test_the_state_of_the_system_names_what_is_wrong(office: Unit, settings: Any, tmp_path: Any) -> None:
    settings.PORTAL_BACKUP_DIR = tmp_path / "none"
    found = {row.title: row for row in health.readings(moment("2026-04-20"))}
    assert not found["最近备份"].good and "没有备份" in found["最近备份"].value
    assert found["台账保护（数据库触发器）"].good
    assert not next(iter(health.readings(moment("2026-04-20")))).good


def test_the_morning_list_comes_once_and_only_on_working_days(
    history: list[Any], team: Team, supervisor: Person, citizen: Person
) -> None:
    assert send_digests(at=moment("2026-04-11", 8)) == 0
    assert send_digests(at=moment("2026-04-07", 8)) > 0
    assert send_digests(at=moment("2026-04-07", 9)) == 0
    own = Message.objects.get(
        account_id=team["clerk"].account.pk, channel="site", subject__startswith="今日待办"
    )
    assert own.body == "逾期1件"
    assert Message.objects.filter(account_id=supervisor.account.pk, body__contains="逾期1件").exists()
    assert not Message.objects.filter(account_id=citizen.account.pk).exists()
