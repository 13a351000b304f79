"""The answer: drafted, seen by four pairs of eyes, signed, sent (arts. 33, 36, 37)."""

from __future__ import annotations

from datetime import date

from tests.oracle.model.facts import (
    ANSWERED,
    ASSISTANT,
    CLEARING,
    HANDLING,
    REVIEWING,
    SENDING,
    SIGNED,
    SIGNING,
    WAITING,
    Answer,
    Matter,
    Paper,
    World,
)
from tests.oracle.model.giving import end, give, tell
from tests.oracle.model.people import APPROVER, CLERK, PUBLISHER, REVIEWER, SECRECY, all_different
from tests.oracle.model.report import row_of
from tests.oracle.model.steps import LAWFUL, Unsaid, effect, first, in_states, lawful, only, unless

GIVES = ("disclose", "partial", "already_public")
WITHHOLDS = ("refuse", "partial")
THIRD_PARTY = "third_party"


def _work_before(world: World, matter: Matter) -> str:
    """Some answers follow something else: a correction, a search, reasons (arts. 30, 35, 36 (4))."""
    request = world.request
    if matter.kind == "unclear":
        corrected = request.correction is not None and request.correction.answered_on is not None
        return unless(corrected, "unclear only after a correction (art. 30)")
    if matter.kind == "not_held":
        return unless(request.searched, "not held only after a search (art. 36 (4))")
    if matter.reason == "duplicate":
        return "nothing was answered before (art. 36 (6))"
    if matter.reason == "excessive":
        judged = request.verdict in ("unreasonable", "silent")
        return unless(judged, "excessive only after reasons that are not reasonable (art. 35)")
    return LAWFUL


@lawful("draft")
def _draft(world: World, who: str, *, position: int, kind: str, ground: str, reason: str) -> str:
    """A clerk writes what is answered to one matter, or writes it anew."""
    matters = world.request.answer.matters
    return first(
        in_states(world, HANDLING),
        only(world, who, CLERK),
        unless(1 <= position <= len(matters) + 1, "no such matter"),
        _work_before(world, Matter(kind, ground, reason)),
    )


@effect("draft")
def _drafted(world: World, who: str, *, position: int, kind: str, ground: str, reason: str) -> None:
    answer = world.request.answer
    matter = Matter(kind, ground, reason)
    if position == len(answer.matters) + 1:
        answer.matters.append(matter)
    else:
        answer.matters[position - 1] = matter
    answer.drafters.add(who)
    answer.last_drafter = who


@lawful("drop")
def _drop(world: World, who: str, *, position: int) -> str:
    matters = world.request.answer.matters
    return first(
        in_states(world, HANDLING),
        only(world, who, CLERK),
        unless(1 <= position <= len(matters), "no such matter"),
        unless(len(matters) > 1, "one matter stays"),
    )


@effect("drop")
def _dropped(world: World, who: str, *, position: int) -> None:
    world.request.answer.matters.pop(position - 1)
    world.request.answer.drafters.add(who)
    world.request.answer.last_drafter = who


def _parties_heard(world: World) -> str:
    """Nobody is waited for, nobody's objection is passed over, and a decision to disclose discloses (art. 32; ADR 16)."""
    request = world.request
    matters = request.answer.matters
    waits = [party for party in request.parties if party.state == WAITING]
    if any(party.kind != ASSISTANT for party in waits):
        return "an opinion is outstanding (arts. 32, 34)"
    objections = [party for party in request.parties if party.objects and not party.overridden]
    gives = any(matter.kind in GIVES for matter in matters)
    withheld = [m for m in matters if m.kind in WITHHOLDS]
    if objections and not withheld and any(matter.kind == "disclose" for matter in matters):
        return "an objection is passed over (art. 32)"
    if objections and len(matters) > 1:
        return Unsaid("which matter withholds for whom")
    if objections and any(m.ground != THIRD_PARTY for m in withheld):
        return Unsaid("withheld on another ground")
    if objections and not withheld:
        return Unsaid("an objection, and nothing is given anyway")
    if any(party.overridden for party in request.parties) and not gives:
        return "decided to disclose, and nothing is given (ADR 16)"
    if any(party.overridden for party in request.parties) and all(
        m.kind not in ("disclose", "partial") for m in matters
    ):
        return Unsaid("whether what is public already is given")
    return Unsaid("an assisting unit is waited for") if waits else LAWFUL


def _signers_left(world: World, who: str) -> str:
    """Nothing goes to a review that nobody can do: whoever wrote is barred, and each signs once (four eyes)."""
    barred = world.request.answer.drafters | {who}
    left = [world.staff.holders(world.request.unit, role, world.today) - barred for role in AT.values()]
    return unless(all_different(left), "nobody is left for a signature that follows")


@lawful("submit")
def _submit(world: World, who: str) -> str:
    """The draft goes to review."""
    answer = world.request.answer
    return first(
        in_states(world, HANDLING),
        only(world, who, CLERK),
        unless(bool(answer.matters), "nothing drafted"),
        Unsaid("did not write it last") if who != answer.last_drafter else LAWFUL,
        *(_work_before(world, matter) for matter in answer.matters),
        _parties_heard(world) if answer.matters else LAWFUL,
        _signers_left(world, who),
    )


@effect("submit")
def _submitted(world: World, who: str) -> None:
    answer = world.request.answer
    answer.drafters.add(who)
    answer.last_drafter = who
    answer.reviewed_by = answer.cleared_by = answer.signed_by = ""
    world.request.state = REVIEWING


def _other_eyes(who: str, *before: str) -> str:
    return unless(who not in before, "had it in hand before (four eyes)")


@lawful("review")
def _review(world: World, who: str) -> str:
    answer = world.request.answer
    return first(in_states(world, REVIEWING), only(world, who, REVIEWER), _other_eyes(who, *answer.drafters))


@effect("review")
def _reviewed(world: World, who: str) -> None:
    world.request.answer.reviewed_by, world.request.state = who, CLEARING


@lawful("clear")
def _clear(world: World, who: str) -> str:
    answer = world.request.answer
    return first(
        in_states(world, CLEARING),
        only(world, who, SECRECY),
        _other_eyes(who, *answer.drafters, answer.reviewed_by),
    )


@effect("clear")
def _cleared(world: World, who: str) -> None:
    world.request.answer.cleared_by, world.request.state = who, SIGNING


@lawful("sign")
def _sign(world: World, who: str) -> str:
    answer = world.request.answer
    return first(
        in_states(world, SIGNING),
        only(world, who, APPROVER),
        _other_eyes(who, *answer.drafters, answer.reviewed_by, answer.cleared_by),
    )


@effect("sign")
def _signed(world: World, who: str) -> None:
    """Nothing is extended once the reply is signed (ADR 16)."""
    world.request.answer.signed_by, world.request.state = who, SIGNED


AT = {REVIEWING: REVIEWER, CLEARING: SECRECY, SIGNING: APPROVER}


@lawful("send_back")
def _send_back(world: World, who: str) -> str:
    """Whoever has it before them sends it back with a reason."""
    state = world.request.state
    any_of = only(world, who, *AT.values())
    here = only(world, who, AT[state]) if state in AT else LAWFUL
    answer = world.request.answer
    return first(
        in_states(world, *AT),
        any_of,
        Unsaid("holds it not at this stage") if here else LAWFUL,
        Unsaid("wrote it") if who in answer.drafters else LAWFUL,
        Unsaid("had it before") if who in (answer.reviewed_by, answer.cleared_by) else LAWFUL,
    )


@effect("send_back")
def _sent_back(world: World, who: str) -> None:
    world.request.state = HANDLING


@lawful("reply")
def _reply(world: World, who: str) -> str:
    """What is signed goes out, to be read at once."""
    wants_paper = world.request.delivery in ("post", "in_person")
    return first(
        in_states(world, SIGNED),
        only(world, who, CLERK, PUBLISHER),
        Unsaid("the applicant wants it on paper (art. 40)") if wants_paper else LAWFUL,
        LAWFUL if world.request.tellable else Unsaid("nobody can be told that it can be read"),
    )


def _answered(world: World, on: date) -> None:
    matters = [(m.kind, m.ground, m.reason) for m in world.request.answer.matters]
    end(world, ANSWERED, row_of(matters), on)
    tell(world, "applicant")


@effect("reply")
def _replied(world: World, who: str) -> None:
    """It stops the clock on the day it can be read; the remedies run from its receipt (ADR 16)."""
    world.request.answer.paper = give(world, "reply")
    _answered(world, world.today)


@lawful("issue")
def _issue(world: World, who: str) -> str:
    """The reply is made on paper; nobody has it yet, the days go on."""
    return first(in_states(world, SIGNED), only(world, who, CLERK, PUBLISHER))


@effect("issue")
def _issued(world: World, who: str) -> None:
    request = world.request
    paper = Paper("reply", "applicant", world.today, shown=False)
    request.papers.append(paper)
    request.answer.paper = paper
    request.state = SENDING


@lawful("post")
def _post(world: World, who: str, *, by: str, on: date) -> str:
    """Posted, or handed over against a signature, on a day from its making to today."""
    paper = world.request.answer.paper
    return first(
        in_states(world, SENDING),
        only(world, who, CLERK),
        unless(on <= world.today, "a day to come"),
        unless(paper is None or on >= paper.on, "before it was made"),
        unless(paper is None or not paper.void, "void"),
    )


@effect("post")
def _posted(world: World, who: str, *, by: str, on: date) -> None:
    """By post the day of posting counts, direct the day signed for (国办公开办函〔2016〕235号)."""
    paper = world.request.answer.paper
    assert paper is not None
    paper.sent_by = who
    paper.shown = paper.handed_over = paper.sent_as_reply = True
    if by == "post":
        paper.posted_on = on
        paper.received_on = None
    else:
        paper.received_on = on
    _answered(world, on)


def again(world: World) -> None:
    """A fresh round: what was reviewed and signed is void, the words may be written anew."""
    answer = world.request.answer
    if answer.paper is not None:
        answer.paper.void = True
    world.request.answer = Answer(
        matters=answer.matters, drafters=answer.drafters, last_drafter=answer.last_drafter
    )


@lawful("recall_reply")
def _recall(world: World, who: str) -> str:
    """After signing an approver can call a reply back (ADR 16, endings)."""
    return first(in_states(world, SIGNED, SENDING), only(world, who, APPROVER))


@effect("recall_reply")
def _recalled(world: World, who: str) -> None:
    again(world)
    world.request.state = HANDLING
    tell(world, "applicant?")
