"""What is unclear is corrected (art. 30), many requests are explained (art. 35)."""

from __future__ import annotations

from datetime import date

from tests.oracle.model.counting import LONGEST, Period
from tests.oracle.model.facts import ABANDONED, CORRECTING, HANDLING, REGISTERED, SIGNED, WAITING, World
from tests.oracle.model.giving import due_date, end, give, notice, tell
from tests.oracle.model.people import APPROVER, CLERK
from tests.oracle.model.steps import LAWFUL, Unsaid, effect, first, in_states, lawful, only, unless

TELL_WITHIN, SHORTEST, LONGEST_TERM = 7, 5, 30


def own_or_clerk(world: World, who: str) -> str:
    """The applicant does it, or a clerk enters what came on paper."""
    if world.is_in_own_case(who):
        return Unsaid("the applicant at the desk, in the own case")
    return LAWFUL if world.is_applicant(who) else only(world, who, CLERK)


@lawful("request_correction")
def _request(world: World, who: str, *, correct_by: date) -> str:
    """Once, within 7 working days of receipt; a term between 5 and 30 working days (art. 30; ADR 16, pauses)."""
    request = world.request
    since = world.days.between(request.received_on, world.today) if request.received_on else 0
    term = world.days.between(world.today, world.days.no_rest(correct_by))
    return first(
        in_states(world, HANDLING),
        only(world, who, CLERK),
        unless(request.correction is None, "told once already (art. 30)"),
        unless(since <= TELL_WITHIN, "later than 7 working days after receipt (art. 30)"),
        unless(correct_by > world.today, "a term that has ended"),
        unless(SHORTEST <= term <= LONGEST_TERM, f"a term of {term} working days (ADR 16)"),
    )


@effect("request_correction")
def _requested(world: World, who: str, *, correct_by: date) -> None:
    world.request.state = CORRECTING
    term = world.days.between(world.today, world.days.no_rest(correct_by))
    world.request.correction = notice(world, "correction_notice", term)


@lawful("correct")
def _correct(world: World, who: str, *, on: date) -> str:
    """The correction came on a day between the notice and today; not before the notice was received."""
    told = world.request.correction
    received = told.received_on if told else None
    return first(
        in_states(world, CORRECTING),
        own_or_clerk(world, who),
        unless(on <= world.today, "a day to come"),
        unless(told is None or on >= told.told_on, "before the notice"),
        unless(received is None or on >= received, "before the receipt of the notice (ADR 16)"),
    )


@effect("correct")
def _corrected(world: World, who: str, *, on: date) -> None:
    """The whole period begins anew with the receipt of the correction (art. 30); an extension may be given again."""
    request = world.request
    assert request.correction is not None
    request.correction.answered_on, request.correction.state = on, "answered"
    request.state, request.period = HANDLING, Period(on)
    request.wish = None  # given or only asked for, it is spent (ADR 16, pauses)
    tell(world, "applicant?")


@lawful("lapse")
def _lapse(world: World, who: str) -> str:
    """Not corrected in time: abandoned; nothing lapses that nobody received (ADR 16, receipt)."""
    told = world.request.correction
    last = told.last_day(world.days) if told else None
    return first(
        in_states(world, CORRECTING),
        only(world, who, CLERK),
        unless(last is not None, "the notice was not received (ADR 16)"),
        unless(last is None or world.today > last, "the term still runs (art. 30)"),
    )


@effect("lapse")
def _lapsed(world: World, who: str) -> None:
    end(world, ABANDONED, "other_abandoned")
    give(world, "lapse_notice")


@lawful("flag")
def _flag(world: World, who: str) -> str:
    """Plainly not to be disclosed: three working days (制度 art. 14 (2)); only the sign, not the statutory period."""
    return first(
        in_states(world, REGISTERED, HANDLING),
        only(world, who, CLERK),
        Unsaid("flagged twice") if world.request.obvious else LAWFUL,
    )


@effect("flag")
def _flagged(world: World, who: str) -> None:
    world.request.obvious = True


@lawful("ask_reasons")
def _ask(world: World, who: str, *, answer_by: date) -> str:
    """Number or frequency plainly beyond reason (art. 35), asked once."""
    return first(
        in_states(world, HANDLING),
        only(world, who, CLERK),
        Unsaid("asked before") if world.request.reasons else LAWFUL,
        unless(answer_by > world.today, "a term that has ended"),
        Unsaid("how long the term is, no rule says")
        if not 5 <= world.days.between(world.today, answer_by) <= 30
        else LAWFUL,
    )


@effect("ask_reasons")
def _asked(world: World, who: str, *, answer_by: date) -> None:
    term = world.days.between(world.today, world.days.no_rest(answer_by))
    world.request.reasons, world.request.verdict = notice(world, "reasons_notice", term), ""


@lawful("give_reasons")
def _give(world: World, who: str) -> str:
    asked = world.request.reasons
    return first(
        in_states(world, HANDLING),
        own_or_clerk(world, who),
        unless(asked is not None and asked.state == WAITING, "nothing asked (art. 35)"),
    )


@effect("give_reasons")
def _given(world: World, who: str) -> None:
    assert world.request.reasons is not None
    world.request.reasons.state, world.request.reasons.answered_on = "given", world.today
    tell(world, "applicant?")


@lawful("judge_reasons")
def _judge(world: World, who: str, *, verdict: str, later: int) -> str:
    """Reasonable or not, of what was said; silent only after a term that ran (art. 35; ADR 16, receipt)."""
    asked = world.request.reasons
    state = asked.state if asked else ""
    last = asked.last_day(world.days) if asked else None
    silent = verdict == "silent"
    period = world.request.period
    extended = period.extended if period else 0
    return first(
        in_states(world, HANDLING),
        only(world, who, CLERK),
        unless(asked is not None, "nothing asked"),
        unless(state == (WAITING if silent else "given"), "nothing said, or said already (art. 35)"),
        unless(not silent or last is not None, "the notice was not received (ADR 16)"),
        unless(not silent or last is None or world.today > last, "the term still runs"),
        unless(verdict in ("reasonable", "unreasonable", "silent"), "no such verdict"),
        unless(later == 0 or verdict == "reasonable", "later only if reasonable (art. 35)"),
        unless(later + extended <= LONGEST, "more than 60 working days (ADR 16)"),
    )


@effect("judge_reasons")
def _judged(world: World, who: str, *, verdict: str, later: int) -> None:
    request = world.request
    assert request.reasons is not None
    request.reasons.state, request.verdict, request.later_days = "judged", verdict, later
    tell(world, "applicant?")


@lawful("postpone")
def _postpone(world: World, who: str) -> str:
    """Reasonable but not to be managed in time: a later date, within 60 working days with the extension (ADR 16)."""
    request, period = world.request, world.request.period
    already = period is not None and period.postponed > 0
    due_on = due_date(world)
    return first(
        in_states(world, HANDLING),
        only(world, who, APPROVER),
        unless(request.later_days > 0 and not already, "no later date was asked for (art. 35)"),
        unless(
            period is None or request.later_days + period.extended <= LONGEST,
            "more than 60 working days (ADR 16)",
        ),
        Unsaid("after the due date") if due_on is not None and world.today > due_on else LAWFUL,
    )


@effect("postpone")
def _postponed(world: World, who: str) -> None:
    request = world.request
    assert request.period is not None
    request.period.postponed += request.later_days
    request.later_days = 0
    request.was_extended = True
    give(world, "postponement_notice")


BEFORE_SIGNING = ("registered", HANDLING, CORRECTING, "awaiting_payment", "reviewing", "clearing", "signing")


@lawful("request_extension")
def _wish(world: World, who: str, *, count: int) -> str:
    """At most 20 working days, once a period, before it ends and before the reply is signed (art. 33; ADR 16)."""
    return first(_more_time(world, count), only(world, who, CLERK),
                 unless(world.request.wish is None or world.request.wish_unsaid, "asked already"),
                 _wish_of_before(world))  # fmt: skip


def _wish_of_before(world: World) -> str:
    return (
        Unsaid("what becomes of a wish when the request is answered anew")
        if world.request.wish_unsaid
        else LAWFUL
    )


def _more_time(world: World, count: int) -> str:
    request, period = world.request, world.request.period
    due_on = due_date(world)
    return first(
        unless(request.state in BEFORE_SIGNING, f"nothing is extended in {request.state} (ADR 16)"),
        Unsaid("before somebody has it in hand") if request.state == REGISTERED else LAWFUL,
        Unsaid("while the applicant has to act") if request.state in (CORRECTING, "awaiting_payment") else "",
        unless(1 <= count <= 20, "more than 20 working days (art. 33)"),
        unless(period is None or period.extended == 0, "extended already (art. 33)"),
        unless(period is None or period.postponed == 0, "after 延迟答复 no extension (ADR 16)"),
        unless(due_on is None or world.today <= due_on, "the period has ended (art. 33)"),
    )


@effect("request_extension")
def _wished(world: World, who: str, *, count: int) -> None:
    world.request.wish, world.request.wish_unsaid = (count, who), False


@lawful("extend")
def _extend(world: World, who: str) -> str:
    """With the consent of the head of the disclosure office, who is not the one who asks (art. 33)."""
    wish = world.request.wish
    return first(
        only(world, who, APPROVER),
        unless(wish is not None, "nobody asked"),
        _wish_of_before(world),
        unless(wish is None or wish[1] != who, "asked for it (four eyes)"),
        _more_time(world, wish[0]) if wish else LAWFUL,
    )


@effect("extend")
def _extended(world: World, who: str) -> None:
    request = world.request
    assert request.wish is not None and request.period is not None
    request.period.extended, request.wish = request.wish[0], None
    request.was_extended = True
    give(world, "extension_notice")


@lawful("refuse_extension")
def _refuse(world: World, who: str) -> str:
    request = world.request
    return first(
        only(world, who, APPROVER),
        unless(request.wish is not None, "nobody asked"),
        _wish_of_before(world),
        unless(request.state in (*BEFORE_SIGNING, SIGNED), f"not in {request.state}"),
        Unsaid("signed already") if request.state == SIGNED else LAWFUL,
        Unsaid("in another state")
        if request.state in (REGISTERED, CORRECTING, "awaiting_payment")
        else LAWFUL,
        Unsaid("asked for it oneself") if request.wish and request.wish[1] == who else LAWFUL,
    )


@effect("refuse_extension")
def _refused(world: World, who: str) -> None:
    world.request.wish = None
