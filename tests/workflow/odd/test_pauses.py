"""A stopped clock has a cause that lasts (条例第三十条、第三十三条; 国办函〔2020〕109号; ADR 16).

Received 10 February 2026, due 16 March; 14 and 28 February are worked, 15 to 23 February is 春节.
"""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.actors import PARTY
from portal.core.errors import InvalidInput, StepRefused
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.choices import ConsultState, State
from requests_app.models import AfterPaymentRule, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import handled, registered, signed
from tests.workflow.test_fee import WAYS, charged
from tests.workflow.test_third_party import confirm, consult

Team = dict[str, Person]


def charge(case: DisclosureRequest, clerk: Person, on: str) -> None:
    """A fee for 250 pages is told."""
    facts = {"tariff": "by_page", "count": 250, "earlier": 0, "reason": "共250页", "ways": WAYS}
    actions.charge_fee(case=case, actor=clerk.actor, at=moment(on), **facts)


def test_fee_charged_and_taken_back_four_times_moves_nothing(office: Unit, clerk: Person) -> None:
    """Nobody but the office stood in the way: due on 16 March, as before."""
    case = handled(office, clerk)
    for told, back in (
        ("2026-02-24", "2026-02-27"),
        ("2026-02-28", "2026-03-04"),
        ("2026-03-04", "2026-03-09"),
        ("2026-03-10", "2026-03-13"),
    ):
        charge(case, clerk, told)
        actions.cancel_fee(case=case, comment="再核", actor=clerk.actor, at=moment(back))
        assert case.due_on == date(2026, 3, 16)


def test_consultation_that_is_no_longer_needed_moves_nothing(office: Unit, team: Team) -> None:
    """条例第三十四条: only an approver who did not ask ends it so, and the time counts."""
    case = handled(office, team["clerk"])
    for asked_on, ended_on in (("2026-02-24", "2026-02-27"), ("2026-02-28", "2026-03-05")):
        entry, _ = consult(case, team["clerk"], on=asked_on, kind="joint_maker")
        facts = {"consultation": entry, "result": ConsultState.CANCELLED, "reason": "不需要了"}
        with pytest.raises(StepRefused, match="须由签发人决定"):
            actions.close_consultation(case=case, actor=team["clerk"].actor, at=moment(ended_on), **facts)
        actions.close_consultation(case=case, actor=team["approver"].actor, at=moment(ended_on), **facts)
        assert case.due_on == date(2026, 3, 16)


def test_help_of_another_unit_is_the_clerks_to_end(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24", kind="assistant")
    facts = {"consultation": entry, "result": ConsultState.CANCELLED, "reason": "已查到"}
    actions.close_consultation(case=case, actor=clerk.actor, at=moment("2026-02-25"), **facts)
    assert case.due_on == date(2026, 3, 16)


@pytest.mark.parametrize("day", [date(2026, 2, 27), date(2026, 3, 3), date(2026, 5, 8), date(2062, 12, 10)])
def test_term_of_correction_is_reasonable(office: Unit, clerk: Person, day: date) -> None:
    """条例第三十条: 合理的补正期限, here 5 to 30 working days from 26 February: 4 March to 9 April."""
    case = handled(office, clerk)
    with pytest.raises(InvalidInput) as refused:
        actions.request_correction(
            case=case, unclear="年度", correct_by=day, actor=clerk.actor, at=moment("2026-02-26", 23)
        )
    assert refused.value.field == "correct_by"
    assert case.due_on == date(2026, 3, 16)


def test_term_of_reasons_is_reasonable(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    for day in (date(2026, 2, 27), date(2062, 12, 10)):
        with pytest.raises(InvalidInput) as refused:
            actions.ask_reasons(
                case=case, finding="46件", answer_by=day, actor=clerk.actor, at=moment("2026-02-26")
            )
        assert refused.value.field == "answer_by"


def test_term_that_ends_on_a_saturday_ends_on_monday(office: Unit, clerk: Person) -> None:
    """民法典第二百零三条: picked Saturday 21 March, told and ended Monday 23 March."""
    case = handled(office, clerk)
    actions.request_correction(
        case=case, unclear="年度", correct_by=date(2026, 3, 21), actor=clerk.actor, at=moment("2026-02-26")
    )
    assert queries.correction_of(case).correct_by == date(2026, 3, 23)  # type: ignore[union-attr]
    with pytest.raises(StepRefused, match="2026年3月23日"):
        actions.lapse(case=case, actor=clerk.actor, at=moment("2026-03-22"))


def test_payment_ends_every_pause_from_its_own_day(office: Unit, clerk: Person) -> None:
    """Told 2 March, receipt entered as 10 March, paid 4 March: with `resume` due 19 March, with `restart` 1 April."""
    for rule, due in (("resume", date(2026, 3, 19)), ("restart", date(2026, 4, 1))):
        AfterPaymentRule.objects.update(after_payment=rule)
        case = charged(office, clerk, case={"delivery": "post"})
        actions.record_fee_receipt(
            case=case,
            received_on=date(2026, 3, 10),
            evidence="签收单",
            actor=clerk.actor,
            at=moment("2026-03-10"),
        )
        actions.pay_fee(
            case=case,
            paid_on=date(2026, 3, 4),
            evidence="缴款书",
            actor=clerk.actor,
            at=moment("2026-03-11"),
        )
        assert case.due_on == due
        assert case.fees.get().received_on == date(2026, 3, 4), "received by then, at the latest"


def test_opinion_ends_every_pause_from_its_own_day(office: Unit, clerk: Person) -> None:
    """Asked 24 February, opinion of 27 February, receipt entered as 10 March: four days stand still, due 20 March."""
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24")
    confirm(case, entry, "2026-03-10")
    actions.take_opinion(
        case=case,
        consultation=entry,
        opinion="agree",
        reason="",
        answered_on=date(2026, 2, 27),
        actor=clerk.actor,
        at=moment("2026-03-11"),
    )
    entry.refresh_from_db()
    assert (case.due_on, entry.received_on) == (date(2026, 3, 20), date(2026, 2, 27))


def test_extension_is_spent_when_the_period_begins_anew(office: Unit, team: Team) -> None:
    """Law silent, decided in ADR 16: extended before the correction, corrected 2 March: due 30 March, and may be extended."""
    clerk, approver = team["clerk"].actor, team["approver"].actor
    case = handled(office, team["clerk"])
    actions.request_extension(case=case, days=20, reason="多", actor=clerk, at=moment("2026-02-11"))
    actions.extend(case=case, actor=approver, at=moment("2026-02-11"))
    assert case.due_on == date(2026, 4, 14)
    actions.request_correction(
        case=case, unclear="年度", correct_by=date(2026, 3, 19), actor=clerk, at=moment("2026-02-12")
    )
    actions.correct(
        case=case, text="2025", corrected_on=date(2026, 3, 2), actor=clerk, at=moment("2026-03-02")
    )
    assert case.due_on == date(2026, 3, 30)
    actions.request_extension(case=case, days=20, reason="多", actor=clerk, at=moment("2026-03-20"))
    actions.extend(case=case, actor=approver, at=moment("2026-03-20"))
    assert case.due_on == date(2026, 4, 28)


def test_extension_and_delay_together_stay_within_sixty_days(office: Unit, team: Team) -> None:
    """条例第三十三条、第三十五条: not 20 + 20 + 60."""
    clerk, approver = team["clerk"].actor, team["approver"].actor
    case = handled(office, team["clerk"])
    actions.ask_reasons(
        case=case, finding="46件", answer_by=date(2026, 3, 6), actor=clerk, at=moment("2026-02-24")
    )
    actions.give_reasons(case=case, text="研究", actor=clerk, at=moment("2026-02-25"))
    actions.request_extension(case=case, days=20, reason="多", actor=clerk, at=moment("2026-02-25"))
    actions.extend(case=case, actor=approver, at=moment("2026-02-25"))
    facts = {"verdict": "reasonable", "note": "合理", "later_days": 60}
    actions.judge_reasons(case=case, actor=clerk, at=moment("2026-02-26"), **facts)
    with pytest.raises(StepRefused, match="合计不能超过60个工作日"):
        actions.postpone(case=case, actor=approver, at=moment("2026-02-26"))


def test_after_a_delay_nothing_is_extended(office: Unit, team: Team) -> None:
    clerk, approver = team["clerk"].actor, team["approver"].actor
    case = handled(office, team["clerk"])
    actions.ask_reasons(
        case=case, finding="46件", answer_by=date(2026, 3, 6), actor=clerk, at=moment("2026-02-24")
    )
    actions.give_reasons(case=case, text="研究", actor=clerk, at=moment("2026-02-25"))
    facts = {"verdict": "reasonable", "note": "合理", "later_days": 30}
    actions.judge_reasons(case=case, actor=clerk, at=moment("2026-02-26"), **facts)
    actions.postpone(case=case, actor=approver, at=moment("2026-02-26"))
    with pytest.raises(StepRefused, match="第三十五条"):
        actions.request_extension(case=case, days=20, reason="多", actor=clerk, at=moment("2026-02-27"))


def test_signed_reply_is_not_extended(office: Unit, team: Team) -> None:
    case = signed(office, team)
    with pytest.raises(StepRefused, match="不能办理“申请延期”"):
        actions.request_extension(
            case=case, days=20, reason="多", actor=team["clerk"].actor, at=moment("2026-03-06")
        )


def test_late_word_of_a_silent_party_is_heard_and_moves_no_clock(office: Unit, clerk: Person) -> None:
    """Received 25 February, silent to 17 March, spoke on 19 March: due 9 April either way."""
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24")
    confirm(case, entry, "2026-02-25")
    actions.close_consultation(
        case=case,
        consultation=entry,
        result="silent",
        reason="",
        actor=clerk.actor,
        at=moment("2026-03-18"),
    )
    assert case.due_on == date(2026, 4, 9)
    actions.take_opinion(
        case=case,
        consultation=entry,
        opinion="refuse",
        reason="商业秘密",
        actor=PARTY,
        at=moment("2026-03-19"),
    )
    entry.refresh_from_db()
    assert (entry.is_objection, case.due_on) == (True, date(2026, 4, 9))


def test_pieces_before_count_by_the_month_of_receipt(office: Unit, clerk: Person) -> None:
    """国办函〔2020〕109号, ten free a month: of twenty in March ten pay 100 yuan each; 27 February counts in February."""
    march = [registered(office, clerk, on=f"2026-03-{day:02d}") for day in range(2, 22)]
    assert [queries.pieces_before(case) for case in march] == list(range(20))
    february = [registered(office, clerk, on=f"2026-02-{day:02d}") for day in range(2, 14)]
    late = registered(office, clerk, on="2026-02-27")
    assert queries.pieces_before(late) == len(february)


def test_pieces_before_are_pieces_not_requests(office: Unit, clerk: Person) -> None:
    first = handled(office, clerk, on="2026-03-02")
    facts = {"tariff": "by_piece", "count": 12, "earlier": 0, "reason": "12项", "ways": WAYS}
    actions.charge_fee(case=first, actor=clerk.actor, at=moment("2026-03-03"), **facts)
    second = handled(office, clerk, on="2026-03-04")
    assert queries.pieces_before(second) == 12
    page = clerk.client().get(f"/workbench/requests/{second.public_id}/charge-fee/")
    assert page.context["form"].initial["earlier"] == 12


def test_officer_who_left_keeps_nothing(office: Unit, team: Team) -> None:
    """In correction, payment, review and after signing too."""
    case = signed(office, team)
    actions.assign(
        case=case,
        officer=team["reviewer"].account,
        actor=team["approver"].actor,
        at=moment("2026-03-06"),
    )
    assert (case.officer_id, case.state) == (team["reviewer"].account.pk, State.SIGNED)
