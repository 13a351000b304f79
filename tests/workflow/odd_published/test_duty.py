"""Duty reading: no gap between signed lists, every unit's reader notes, changes of the rota stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from notices import actions as notices
from notices.choices import Holds
from notices.models import AliveRule, Column
from notices.queries.enforcement import enforcement_periods, missing_periods
from notices.reports.actions import note_finding
from notices.watch import actions, queries
from notices.watch.choices import Health
from notices.watch.models import DutyLog, DutyTurn
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person
from tests.factories.notices import answers, approved, published

Team = dict[str, Person]


def signed(office: Unit, team: Team, day: str, hour: int) -> None:
    clerk = team["clerk"].actor
    log = actions.open_log(unit=office, actor=clerk, at=moment(day, hour))
    actions.sign_log(case=log, note="未发现问题", actor=clerk, at=moment(day, hour))


def test_a_log_that_nobody_signed_leaves_no_gap(office: Unit, team: Team) -> None:
    """Signed on Tuesday 3 March at nine; out on Tuesday at four; Wednesday's log is begun only; Thursday's list has it."""
    signed(office, team, "2026-03-03", 9)
    case = approved(office, team)
    notices.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    actions.open_log(unit=office, actor=team["clerk"].actor, at=moment("2026-03-04", 9))
    thursday = queries.morning_list(office, moment("2026-03-05", 9))
    assert (thursday.since, [row.title for row in thursday.published]) == (date(2026, 3, 3), [case.title])
    assert queries.days_without_log(office, date(2026, 3, 5)) == [date(2026, 3, 4)]
    far = queries.morning_list(office, moment("2026-04-20", 9))
    assert [row.title for row in far.published] == [case.title]


def test_the_morning_list_tells_the_published_column(office: Unit, team: Team) -> None:
    case = published(office, team)
    notices.revise(case=case, reason="附表有误", actor=team["clerk"].actor, at=moment("2026-03-05"))
    notices.edit_item(
        case=case,
        answers=answers(office, entry="profile", title="没有审过"),
        actor=team["clerk"].actor,
        at=moment("2026-03-05", 11),
    )
    row = queries.morning_list(office, moment("2026-03-05", 12)).published[0]
    assert (row.title, row.column.entry) == ("关于部分片区停水的通告", "notices")


def test_a_revision_is_late_after_three_days_not_before(office: Unit, team: Team) -> None:
    """Changed on Monday 1 June: late from Friday 5 June on."""
    case = published(office, team)
    notices.revise(case=case, reason="附表有误", actor=team["clerk"].actor, at=moment("2026-06-01"))
    for day, late in (("2026-06-02", []), ("2026-06-04", []), ("2026-06-05", [case.pk])):
        assert [row.pk for row in queries.morning_list(office, moment(day)).late] == late, day


@pytest.mark.parametrize("role", [Role.CLERK, Role.PUBLISHER, Role.REVIEWER])
def test_readers_of_every_unit_note_what_they_find(office: Unit, housing: Unit, role: Role) -> None:
    reader = person("reader", housing, role)
    case = note_finding(
        page="/notices/", sort="link", text="坏", key=f"k{role}", actor=reader.actor, at=moment("2026-03-04")
    )
    assert (case.unit.code, case.events.get().unit_id) == ("city-office", office.pk)
    page = reader.client().get(reverse("workbench_watch:morning")).content.decode()
    assert "登记发现的问题" in page
    finding = {"page": "/notices/", "sort": "link", "text": "坏"}
    assert reader.client().post(reverse("workbench_watch:finding"), finding).status_code == 302


def test_who_does_not_read_notes_nothing(office: Unit, housing: Unit, citizen: Person) -> None:
    leader = person("leader", housing, Role.APPROVER)
    assert "登记发现的问题" not in leader.client().get(reverse("workbench_watch:morning")).content.decode()
    for who in (leader, citizen):
        with pytest.raises(StepRefused):
            note_finding(
                page="/notices/", sort="link", text="坏", key="k", actor=who.actor, at=moment("2026-03-04")
            )


def test_a_changed_turn_stays_in_the_record(office: Unit, team: Team) -> None:
    day, leader = date(2026, 3, 5), team["approver"].actor
    for who in ("clerk", "reviewer", "reviewer"):
        actions.put_turn(
            unit=office, day=day, account=team[who].account, actor=leader, at=moment("2026-03-04")
        )
    rows = list(DutyTurn.objects.order_by("pk").values_list("account__display_name", "replaced_at"))
    assert rows == [("clerk", moment("2026-03-04")), ("reviewer", None)]
    assert queries.duty_of(office, day).account == team["reviewer"].account
    with pytest.raises(InvalidInput, match="已经过去"):
        actions.put_turn(
            unit=office, day=day, account=team["clerk"].account, actor=leader, at=moment("2026-03-06")
        )


def test_days_without_a_name_and_other_signers_are_told(office: Unit, team: Team) -> None:
    """Thursday 5 March to Wednesday 11 March: five working days, one of them taken."""
    actions.put_turn(
        unit=office,
        day=date(2026, 3, 5),
        account=team["reviewer"].account,
        actor=team["approver"].actor,
        at=moment("2026-03-04"),
    )
    assert queries.days_without_reader(office, date(2026, 3, 5)) == [
        date(2026, 3, 6),
        date(2026, 3, 9),
        date(2026, 3, 10),
        date(2026, 3, 11),
    ]
    signed(office, team, "2026-03-05", 9)
    assert DutyLog.objects.get().events.get(kind="sign_log").facts["instead_of"] == "reviewer"


def test_one_log_a_day_is_held_by_the_database(office: Unit, team: Team) -> None:
    log = actions.open_log(unit=office, actor=team["clerk"].actor, at=moment("2026-03-04"))
    assert log.key == f"{office.pk}:2026-03-04"
    other = DutyLog(unit=office, title="再来一个", day=log.day, key=log.key, created_at=moment("2026-03-04"))
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


@pytest.fixture
def enforcing(office: Unit, team: Team) -> Unit:
    """The office keeps a column of enforcement results."""
    notices.load_catalogue()
    Column.objects.filter(holds=Holds.ENFORCEMENT).update(is_open=False)
    Column.objects.create(unit=office, entry="penalties", title="行政处罚", holds="enforcement")
    return office


def test_a_correction_in_april_is_no_result_of_april(enforcing: Unit, team: Team) -> None:
    case = published(enforcing, team, entry="penalties", route="business")
    notices.revise(case=case, reason="错字", actor=team["clerk"].actor, at=moment("2026-04-07"))
    for who, act in (
        ("clerk", notices.submit_item),
        ("reviewer", notices.review_item),
        ("secrecy", notices.clear_item),
        ("approver", notices.approve_item),
        ("publisher", notices.publish_item),
    ):
        act(case=case, actor=team[who].actor, at=moment("2026-04-08"))
    states = {
        row.period.title: row.count for row in enforcement_periods(enforcing, 2026, moment("2026-05-05"))
    }
    assert (states["2026年3月"], states["2026年4月"]) == (1, 0)


def test_a_december_without_results_is_seen_in_january(
    enforcing: Unit, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month in range(1, 12):
        notices.explain_period(
            unit=enforcing,
            begins_on=date(2026, month, 1),
            reason="没有处罚决定",
            actor=team["approver"].actor,
            at=moment("2026-12-01"),
        )
    assert missing_periods([enforcing], moment("2026-12-31"))[12:] == []
    now = moment("2027-01-05")
    assert [state.period.title for _, state in missing_periods([enforcing], now)] == ["2026年12月"]
    assert len(queries.morning_list(enforcing, now).enforcement) == 1
    check = next(row for row in queries.inspection_sheet(now) if row.code == "enforcement")
    assert check.health == Health.RED and "缺1个期间：" in check.words and "2026年12月" in check.words
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    page = team["clerk"].client().get(reverse("workbench_notices:enforcement")).content.decode()
    assert "2026年12月：缺" in page, page[-3000:]
    new = Column.objects.get(entry="penalties")
    assert f"{reverse('workbench_notices:new')}?column={new.pk}" in page


def test_the_sheet_keeps_the_days_of_the_rule_table(office: Unit, team: Team) -> None:
    published(office, team, entry="news-work")

    def red_on(code: str) -> date | None:
        return next(row.red_on for row in queries.inspection_sheet(moment("2026-03-05")) if row.code == code)

    assert (red_on("home"), red_on("news")) == (date(2026, 3, 19), date(2026, 3, 19))
    AliveRule.objects.filter(code="home").update(days=7)
    AliveRule.objects.filter(code="news").update(days=10)
    assert (red_on("home"), red_on("news")) == (date(2026, 3, 12), date(2026, 3, 15))


def test_a_letter_of_long_ago_turns_nothing_red_in_the_past(office: Unit) -> None:
    from portal.cases.models import Case
    from tests.factories.mailbox import submitted

    old = submitted()
    Case.objects.filter(pk=old.pk).update(received_on=date(2025, 2, 10))
    check = next(row for row in queries.inspection_sheet(moment("2026-06-01")) if row.code == "letters")
    assert (check.health, check.red_on) == (Health.GOOD, None)
    Case.objects.filter(pk=old.pk).update(received_on=date(2026, 3, 2))
    check = next(row for row in queries.inspection_sheet(moment("2026-06-01")) if row.code == "letters")
    assert (check.health, check.red_on) == (Health.SOON, date(2026, 3, 2) + timedelta(days=93))
