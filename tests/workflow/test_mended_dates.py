"""Dates that a mended rule changes: listed, and mended one case at a time by somebody who may decide (ADR 0016)."""

from __future__ import annotations

from datetime import date
from io import StringIO

import time_machine
from django.core.management import call_command

from portal.cases.ledger import verify_cases
from portal.cases.mending import mended_dates
from portal.cases.models import Case, EventPayload
from portal.holidays.calendars import calendar
from portal.messaging.models import Message
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import CorrectionNotice, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import handled
from tests.workflow.test_recount import told_to_correct, words

Team = dict[str, Person]


def run(*arguments: str) -> tuple[int, str, str]:
    """(exit code, what was printed, what was complained of)."""
    out, complaints = StringIO(), StringIO()
    try:
        call_command("mended_dates", *arguments, stdout=out, stderr=complaints)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), complaints.getvalue()
    return 0, out.getvalue(), complaints.getvalue()


def miscounted(office: Unit, clerk: Person, *, closed: bool = False) -> DisclosureRequest:
    """Received 2026-02-10, due 2026-03-16 (条例第三十三条), but stored a day earlier as an older rule had it."""
    case = handled(office, clerk, on="2026-02-10")
    if closed:
        actions.withdraw(case=case, reason="来函撤回", actor=clerk.actor, at=moment("2026-02-12"))
    Case._base_manager.filter(pk=case.pk).update(due_on=date(2026, 3, 13))
    case.refresh_from_db()
    return case


def test_mended_dates_lists_open_and_closed_and_changes_nothing(office: Unit, team: Team) -> None:
    """条例第三十三条: stored 2026-03-13, by the rules 2026-03-16; a correction term stored 2026-12-14, 15 wd are 12-15."""
    opened, closed = miscounted(office, team["clerk"]), miscounted(office, team["clerk"], closed=True)
    corrected = told_to_correct(office, team["clerk"])
    CorrectionNotice.objects.update(correct_by=date(2026, 12, 14))
    code, out, _ = run()
    assert code == 0
    assert out.splitlines() == [
        f"{opened.number}  市政府办公室  在办  办理期限：登记为2026年3月13日，按现行规则为2026年3月16日",
        f"{closed.number}  市政府办公室  已办结  办理期限：登记为2026年3月13日，按现行规则为2026年3月16日",
        f"{corrected.number}  市政府办公室  在办  补正期限：登记为2026年12月14日，按现行规则为2026年12月15日",
        "共3件、3个日期与现行规则不一致。",
    ]
    opened.refresh_from_db()
    assert opened.due_on == date(2026, 3, 13)
    assert not opened.events.filter(kind="recompute").exists()


@time_machine.travel("2026-02-20 10:00+08:00", tick=False)
def test_apply_mends_one_case_and_tells_the_applicant(office: Unit, team: Team, citizen: Person) -> None:
    """条例第三十三条: due 2026-03-13 becomes 2026-03-16, by the approver, with the reason sealed."""
    case, other = miscounted(office, team["clerk"]), miscounted(office, team["clerk"])
    by = team["approver"].account.email
    code, out, _ = run("--apply", str(case.number), "--by", by, "--reason", "收到日的次日起算")
    assert (code, out.strip()) == (0, "因期限计算规则更正，到期日由2026年3月13日调整为2026年3月16日。")
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.due_on, case.act_by, other.due_on) == (
        date(2026, 3, 16),
        date(2026, 3, 16),
        date(2026, 3, 13),
    )
    event = case.events.get(kind="recompute")
    assert (event.actor_id, event.facts["why"]) == (team["approver"].account.pk, "因期限计算规则更正")
    assert EventPayload.objects.get(event=event).text == "收到日的次日起算"
    assert set(words("答复期限调整")) == {
        "因期限计算规则更正，您的申请的答复期限由2026年3月13日调整为2026年3月16日。"
    }
    assert [entry.case.pk for entry in mended_dates(calendar())] == [other.pk]
    assert [finding.case for finding in verify_cases()] == [other.number]


@time_machine.travel("2026-03-20 10:00+08:00", tick=False)
def test_apply_to_a_closed_case_tells_nobody(office: Unit, team: Team) -> None:
    """Stored 2026-03-13, mended to 2026-03-16 with an event; the answer is out, nobody waits for the date."""
    case = miscounted(office, team["clerk"], closed=True)
    before = Message.objects.count()
    code, _, _ = run("--apply", str(case.number), "--by", team["approver"].account.email, "--reason", "更正")
    case.refresh_from_db()
    assert (code, case.due_on, Message.objects.count()) == (0, date(2026, 3, 16), before)
    assert list(verify_cases()) == []


@time_machine.travel("2026-02-20 10:00+08:00", tick=False)
def test_apply_is_refused_for_the_wrong_person_and_without_a_reason(
    office: Unit, team: Team, outsider: Person, supervisor: Person
) -> None:
    case = miscounted(office, team["clerk"])
    number, approver = str(case.number), team["approver"].account.email
    for by in (team["clerk"], outsider):
        code, _, said = run("--apply", number, "--by", by.account.email, "--reason", "更正")
        assert (code, said.strip()) == (2, "更正期限须由承办机关的审批人或者监督员决定。")
    assert run("--apply", number, "--by", approver)[2].strip() == "请写明更正期限的理由"
    assert run("--apply", "G9", "--by", approver, "--reason", "更正")[2].strip() == "没有编号为“G9”的办件。"
    assert run("--apply", number, "--by", "nobody@example.org", "--reason", "更正")[0] == 2
    case.refresh_from_db()
    assert case.due_on == date(2026, 3, 13)
    assert run("--apply", number, "--by", supervisor.account.email, "--reason", "更正")[0] == 0
    code, _, said = run("--apply", number, "--by", approver, "--reason", "再更正")
    assert (code, said.strip()) == (2, "本件的期限与现行规则一致，不需要更正。")


def test_mended_dates_says_so_where_everything_agrees(office: Unit, clerk: Person) -> None:
    handled(office, clerk, on="2026-02-10")
    assert run()[1].strip() == "没有与现行规则不一致的日期。"
