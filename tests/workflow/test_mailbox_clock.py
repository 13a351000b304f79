"""The reply clock: supplements, extensions, the reminder ladder, a second round; dates counted by hand."""

from __future__ import annotations

import pytest
import time_machine

from mailbox import actions, queries
from mailbox.choices import Rung, State
from mailbox.models import Letter, Reminder, Term
from mailbox.tasks import send_reminders as job
from portal.cases.ledger import verify_cases
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.messaging.models import Message
from tests.cast import moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    Hands,
    accepted,
    answered,
    day,
    dissatisfied,
    handled,
    in_review,
    staffed,
    submitted,
)


def asked(hands: Hands, *, on: str = "2026-02-12", until: str = "2026-02-26", **options: object) -> Letter:
    """Accepted on 10 February (due 2 March), the writer asked to add something."""
    case = handled(hands, **options)  # type: ignore[arg-type]
    actions.ask_supplement(
        case=case, asked="具体位置", answer_by=day(until), actor=hands.clerk.actor, at=moment(on)
    )
    return case


def test_supplement_stops_the_clock_until_it_comes(hands: Hands) -> None:
    """11 February is the first day; 12 to 24 February are not counted: 25, 26, 27, 28, 2–6 March are days 2 to 10."""
    case = asked(hands)
    assert (case.state, case.phase) == (State.AWAITING_SUPPLEMENT, "paused")
    actions.supplement(case=case, text="某路与某街交叉口", actor=actions.WRITER, at=moment("2026-02-24"))
    assert (case.state, case.due_on) == (State.HANDLING, day("2026-03-06"))


def test_supplement_after_its_day_pauses_no_longer_than_asked(hands: Hands) -> None:
    """12 to 26 February not counted: 27, 28 February, 2–6, 9, 10 March are days 2 to 10."""
    case = asked(hands)
    assert case.due_on == day("2026-03-10"), "at the latest"
    actions.supplement(case=case, text="某路口", actor=actions.WRITER, at=moment("2026-03-04"))
    assert case.due_on == day("2026-03-10")


def test_continue_without_only_after_the_day(hands: Hands) -> None:
    case = asked(hands)
    with pytest.raises(StepRefused, match="尚未届满"):
        actions.continue_without(case=case, actor=hands.clerk.actor, at=moment("2026-02-26"))
    actions.continue_without(case=case, actor=hands.clerk.actor, at=moment("2026-02-27"))
    assert (case.state, case.due_on) == (State.HANDLING, day("2026-03-10"))
    assert list(verify_cases()) == []


def test_supplement_empty_or_on_an_impossible_day_is_refused(hands: Hands) -> None:
    case = asked(hands)
    with pytest.raises(InvalidInput):
        actions.supplement(case=case, text=" ", actor=actions.WRITER, at=moment("2026-02-24"))
    for came_on in ("2026-02-11", "2026-02-25"):
        with pytest.raises(InvalidInput) as refused:
            actions.supplement(
                case=case,
                text="某路口",
                came_on=day(came_on),
                actor=hands.clerk.actor,
                at=moment("2026-02-24"),
            )
        assert refused.value.field == "came_on"


def test_second_supplement_is_its_own_pause(hands: Hands) -> None:
    case = asked(hands)
    actions.supplement(case=case, text="某路口", actor=actions.WRITER, at=moment("2026-02-12", 16))
    assert case.due_on == day("2026-03-03"), "one day not counted"
    actions.ask_supplement(
        case=case, asked="照片", answer_by=day("2026-02-27"), actor=hands.clerk.actor, at=moment("2026-02-24")
    )
    actions.supplement(case=case, text="见附件", actor=actions.WRITER, at=moment("2026-02-25"))
    assert case.due_on == day("2026-03-05")
    assert case.supplements.count() == 2


# more time ----------------------------------------------------------------------------------------------------


def wished(hands: Hands, days: int = 5) -> Letter:
    """A letter due on 2 March for which more time is asked."""
    case = handled(hands)
    actions.request_extension(
        case=case, days=days, reason="需要现场勘查", actor=hands.clerk.actor, at=moment("2026-02-27")
    )
    return case


def test_extension_is_approved_by_a_leader_and_told(hands: Hands) -> None:
    """Ten days end on 2 March; five more are 3, 4, 5, 6, 9 March."""
    case = wished(hands)
    actions.extend(case=case, actor=hands.approver.actor, at=moment("2026-02-28"))
    assert (case.due_on, case.term_days) == (day("2026-03-09"), 15)
    paper = OfficialDocument.objects.get(case=case, kind="mailbox_extension")
    assert (paper.facts["reason"], paper.facts["due_on"]) == ("需要现场勘查", "2026年3月9日")
    assert Message.objects.filter(key__startswith=f"{case.public_id}:extended").exists()
    assert list(verify_cases()) == []


def test_extension_beyond_the_longest_is_refused(hands: Hands) -> None:
    case = handled(hands)
    with pytest.raises(InvalidInput, match="合计最长15个工作日，现为10个工作日，最多再延长5个"):
        actions.request_extension(
            case=case, days=6, reason="x", actor=hands.clerk.actor, at=moment("2026-02-27")
        )


def test_extension_twice_or_too_late_is_refused(hands: Hands) -> None:
    case = wished(hands, days=2)
    actions.extend(case=case, actor=hands.approver.actor, at=moment("2026-02-28"))
    with pytest.raises(InvalidInput, match="已经延期一次"):
        actions.request_extension(
            case=case, days=1, reason="x", actor=hands.clerk.actor, at=moment("2026-03-02")
        )
    late = handled(hands)
    with pytest.raises(InvalidInput, match="期限已过"):
        actions.request_extension(
            case=late, days=1, reason="x", actor=hands.clerk.actor, at=moment("2026-03-03")
        )


def test_extension_approved_by_the_asker_is_refused(hands: Hands) -> None:
    from portal.units.access import actor_for
    from portal.units.actions import appoint
    from portal.units.choices import Role
    from tests.cast import SINCE

    case = wished(hands)
    appoint(account=hands.clerk.account, unit=hands.unit, role=Role.APPROVER, starts_on=SINCE)
    both = actor_for(hands.clerk.account, day("2026-02-28"))
    with pytest.raises(StepRefused, match="不同人员"):
        actions.extend(case=case, actor=both, at=moment("2026-02-28"))


def test_extension_refused_leaves_the_period(hands: Hands) -> None:
    case = wished(hands)
    actions.refuse_extension(case=case, actor=hands.approver.actor, at=moment("2026-02-28"))
    assert case.due_on == day("2026-03-02")
    with pytest.raises(StepRefused, match="没有待批准"):
        actions.extend(case=case, actor=hands.approver.actor, at=moment("2026-02-28", 11))


def test_pause_and_extension_add_up(hands: Hands) -> None:
    """12–24 February paused: the ten days end on 6 March; three more are 9, 10, 11 March."""
    case = asked(hands)
    actions.supplement(case=case, text="某路口", actor=actions.WRITER, at=moment("2026-02-24"))
    actions.request_extension(case=case, days=3, reason="x", actor=hands.clerk.actor, at=moment("2026-02-25"))
    actions.extend(case=case, actor=hands.approver.actor, at=moment("2026-02-25", 11))
    assert case.due_on == day("2026-03-11")


def test_term_changed_by_an_administrator_counts_from_then_on(hands: Hands) -> None:
    before = accepted(hands, simple=True)
    Term.objects.filter(code="reply_simple").update(days=3, source="市里新规定")
    after = accepted(hands, case=submitted(), simple=True)
    assert (before.due_on, after.due_on) == (day("2026-02-24"), day("2026-02-13"))


# the ladder ---------------------------------------------------------------------------------------------------


def rungs(case: Letter) -> list[tuple[str, str]]:
    """Every reminder of a letter: rung and day."""
    return [(row.rung, f"{row.sent_at:%m-%d}") for row in Reminder.objects.filter(letter=case)]


def test_ladder_climbs_each_rung_once_around_the_spring_festival(hands: Hands) -> None:
    """A simple letter accepted on 11 February is due on 25 February (12, 13, 14 worked, 24, 25).

    Three working days before is 13 February, one before is 24 February; the day after is the 26th, five after it
    is 4 March (26, 27, 28 worked, 2, 3 March are one to five: 3 March).
    """
    case = handled(hands, on="2026-02-11", simple=True)
    assert case.due_on == day("2026-02-25")
    for number in range(11, 29):
        actions.send_reminders(at=moment(f"2026-02-{number:02d}", 9))
        actions.send_reminders(at=moment(f"2026-02-{number:02d}", 15))
    for number in range(1, 10):
        actions.send_reminders(at=moment(f"2026-03-{number:02d}", 9))
    assert rungs(case) == [
        (Rung.YELLOW, "02-13"),
        (Rung.ORANGE, "02-24"),
        (Rung.RED, "02-26"),
        (Rung.LEADER, "03-03"),
    ]
    assert list(verify_cases()) == []


def test_ladder_around_the_national_day(hands: Hands) -> None:
    """Due on 10 October (a worked Saturday): 29, 30 September, 8, 9, 10 October are the five days."""
    case = handled(hands, on="2026-09-28", simple=True)
    assert case.due_on == day("2026-10-10")
    for text in ("2026-09-29", "2026-09-30", "2026-10-05", "2026-10-08", "2026-10-09", "2026-10-12"):
        actions.send_reminders(at=moment(text, 9))
    assert rungs(case) == [(Rung.YELLOW, "09-30"), (Rung.ORANGE, "10-09"), (Rung.RED, "10-12")]


def test_papers_of_the_ladder_are_internal_and_name_nobody(hands: Hands) -> None:
    case = handled(hands, simple=True)
    actions.send_reminders(at=moment("2026-03-04", 9))
    papers = OfficialDocument.objects.filter(case=case, kind__in=["mailbox_urge", "mailbox_supervise"])
    assert [(p.kind, p.addressee, p.number) for p in papers] == [
        ("mailbox_urge", "玉溪市住房和城乡建设局", "玉政办督〔2026〕1号"),
        ("mailbox_supervise", "玉溪市住房和城乡建设局主要负责人", "玉政办督〔2026〕2号"),
    ]
    assert papers[1].facts["late"] == 7, "25, 26, 27, 28 February, 2, 3, 4 March"
    assert case.name not in str([p.facts for p in papers])
    told = Message.objects.filter(key__contains="remind-leader").values_list("account", flat=True)
    assert list(told) == [hands.approver.account.pk]


def test_ladder_leaves_a_letter_alone_while_its_writer_is_waited_for(hands: Hands) -> None:
    case = asked(hands, simple=True, until="2026-02-25")
    actions.send_reminders(at=moment("2026-02-25", 9))
    assert rungs(case) == []
    actions.send_reminders(at=moment("2026-02-26", 9))
    assert rungs(case) == [(Rung.YELLOW, "02-26")], "due on 3 March: 27, 28 February, 2, 3 March are left"


def test_ladder_begins_anew_with_a_new_due_date(hands: Hands) -> None:
    case = handled(hands, simple=True)
    actions.send_reminders(at=moment("2026-02-13", 9))
    actions.request_extension(case=case, days=5, reason="x", actor=hands.clerk.actor, at=moment("2026-02-14"))
    actions.extend(case=case, actor=hands.approver.actor, at=moment("2026-02-14", 11))
    actions.send_reminders(at=moment("2026-02-26", 9))
    assert rungs(case) == [(Rung.YELLOW, "02-13"), (Rung.YELLOW, "02-26")], (
        "due on 24 February, then on 2 March"
    )


def test_reminders_of_answered_letters_do_not_go_out(hands: Hands) -> None:
    case = answered(hands, at="2026-02-12")
    actions.send_reminders(at=moment("2026-03-20", 9))
    assert rungs(case) == []


@time_machine.travel(moment("2026-03-04", 9), tick=False)
def test_job_runs_twice_without_a_second_reminder(hands: Hands) -> None:
    case = handled(hands, simple=True)
    job()
    job()
    assert rungs(case) == [(Rung.RED, "03-04"), (Rung.LEADER, "03-04")]


# a second round -----------------------------------------------------------------------------------------------


def test_rehandling_has_a_period_of_its_own(hands: Hands) -> None:
    """Extended and answered, then again from 4 March: ten days end on 18 March; 15 with five more on 25 March."""
    case = wished(hands)
    actions.extend(case=case, actor=hands.approver.actor, at=moment("2026-02-28"))
    answered(hands, case=case, at="2026-03-03")
    assert dissatisfied(case, on="2026-03-04") is False
    assert (case.state, case.round, case.phase, case.closed_on) == (State.HANDLING, 2, "in_progress", None)
    assert (case.due_on, case.term_days, case.received_on) == (day("2026-03-18"), 10, day("2026-02-10"))
    clock = queries.round_clock(case, as_of=day("2026-03-05"))
    assert clock is not None
    assert (clock.is_running, clock.remaining, clock.due_on) == (True, 9, day("2026-03-18"))
    actions.request_extension(case=case, days=5, reason="x", actor=hands.clerk.actor, at=moment("2026-03-10"))
    actions.extend(case=case, actor=hands.approver.actor, at=moment("2026-03-10", 11))
    assert case.due_on == day("2026-03-25")
    assert list(verify_cases()) == []


def test_rehandled_letter_is_answered_anew(hands: Hands) -> None:
    case = answered(hands)
    dissatisfied(case, on="2026-02-25")
    in_review(hands, case=case, at="2026-02-26", body="已重新核实并修复。")
    actions.review_reply(case=case, actor=hands.reviewer.actor, at=moment("2026-02-26", 14))
    actions.sign_reply(case=case, actor=hands.approver.actor, at=moment("2026-02-26", 15))
    actions.answer(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-27"))
    assert (case.state, case.closed_on) == (State.ANSWERED, day("2026-02-27"))
    assert [reply.round for reply in case.replies.all()] == [1, 2]
    assert OfficialDocument.objects.filter(case=case, kind="mailbox_reply").count() == 2
    stopped = queries.round_clock(case, as_of=day("2026-03-20"))
    assert stopped is not None
    assert (stopped.stopped_on, stopped.elapsed) == (day("2026-02-27"), 2)
