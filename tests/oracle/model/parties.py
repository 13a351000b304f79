"""Those who are asked: third parties (art. 32), joint makers (art. 34), assisting units."""

from __future__ import annotations

from datetime import date

from tests.oracle.model.facts import (
    ASSISTANT,
    CANCELLED,
    CORRECTING,
    HANDLING,
    PARTY_TERM,
    PAYING,
    SAID,
    SILENT,
    THIRD,
    UNREACHABLE,
    WAITING,
    Paper,
    Party,
    World,
)
from tests.oracle.model.giving import give, tell
from tests.oracle.model.people import APPROVER, CLERK
from tests.oracle.model.steps import LAWFUL, Unsaid, effect, first, in_states, lawful, only, unless

LETTERS = {THIRD: "third_party_letter", "joint_maker": "joint_maker_letter", ASSISTANT: "assistance_letter"}
NOT_OUT = (HANDLING, CORRECTING, PAYING)
UNDER_WAY = ("reviewing", "clearing", "signing", "signed", "sending")


def party_of(world: World, number: int) -> Party | None:
    """The party with that number."""
    parties = world.request.parties
    return parties[number] if number < len(parties) else None


def self_or(world: World, who: str, number: int, *roles: str) -> str:
    """The party on its own page, or an official."""
    return LAWFUL if who == f"party:{number}" else only(world, who, *roles)


@lawful("consult")
def _consult(world: World, who: str, *, kind: str, online: bool) -> str:
    """In writing, while the request is in hand (arts. 32, 34)."""
    return first(in_states(world, HANDLING), only(world, who, CLERK))


@effect("consult")
def _consulted(world: World, who: str, *, kind: str, online: bool) -> None:
    """The party gets a letter; of the first third party the applicant is told, without a name."""
    request = world.request
    number = len(request.parties)
    request.parties.append(Party(kind, world.today, online, asked_by=who))
    request.papers.append(Paper(LETTERS[kind], f"party:{number}", world.today))
    if online:
        tell(world, f"party:{number}")
    if kind == THIRD and not request.told_of_parties:
        request.told_of_parties = True
        give(world, "third_party_notice")
    elif kind != THIRD:
        tell(world, "applicant?")


@lawful("party_received")
def _received(world: World, who: str, *, number: int, on: date) -> str:
    """Its term runs from its own receipt; entered after the term that ran from sending, by an approver (ADR 16)."""
    party = party_of(world, number)
    if party is None:
        return "nobody is asked"
    late = party.kind != ASSISTANT and world.today > world.days.after(party.sent_on, PARTY_TERM)
    roles = (APPROVER,) if late else (CLERK, APPROVER)
    return first(
        unless(world.request.state in (*NOT_OUT, *UNDER_WAY), f"not in {world.request.state}"),
        Unsaid("while the answer is under way") if world.request.state in UNDER_WAY else LAWFUL,
        self_or(world, who, number, *roles),
        Unsaid("an approver enters what a clerk may")
        if not late and only(world, who, CLERK) and not who.startswith("party")
        else LAWFUL,
        Unsaid("the party itself, late") if late and who.startswith("party") else LAWFUL,
        Unsaid("an assisting unit has no term") if party.kind == ASSISTANT else LAWFUL,
        unless(party.state == WAITING, "answered or ended already"),
        unless(on <= world.today, "a day to come"),
        unless(on >= party.sent_on, "before it was sent"),
        unless(party.received_on is None, "known already: amended, never overwritten (ADR 16)"),
    )


@effect("party_received")
def _known(world: World, who: str, *, number: int, on: date) -> None:
    world.request.parties[number].received_on = on
    world.request.parties[number].receipt_by = who
    tell(world, "applicant?", f"party:{number}?")


@lawful("opinion")
def _opinion(world: World, who: str, *, number: int, opinion: str, on: date | None) -> str:
    """By the party, or by a clerk who enters it; late after silence too, while the reply has not gone out (ADR 16)."""
    party = party_of(world, number)
    if party is None:
        return "nobody is asked"
    day = on or world.today
    return first(
        unless(world.request.state in (*NOT_OUT, *UNDER_WAY), f"not in {world.request.state}"),
        Unsaid("while the answer is under way") if world.request.state in UNDER_WAY else LAWFUL,
        self_or(world, who, number, CLERK),
        unless(party.state in (WAITING, SILENT), "answered or ended already"),
        Unsaid("silence of an assisting unit")
        if (party.kind, party.state) == (ASSISTANT, SILENT)
        else LAWFUL,
        unless(day <= world.today, "a day to come"),
        unless(day >= party.sent_on, "before it was sent"),
        unless(party.received_on is None or day >= party.received_on, "before its receipt (ADR 16)"),
    )


@effect("opinion")
def _said(world: World, who: str, *, number: int, opinion: str, on: date | None) -> None:
    party = world.request.parties[number]
    party.state, party.opinion, party.ended_on = SAID, opinion, on or world.today
    world.request.papers.append(Paper("opinion_slip", f"party:{number}", world.today))
    tell(world, f"party:{number}?", "applicant?")


@lawful("stop_asking")
def _stop(world: World, who: str, *, number: int, result: str) -> str:
    """Silence after the term; not to be reached, or no longer needed: an approver, but of an assistant a clerk (ADR 16)."""
    party = party_of(world, number)
    if party is None:
        return "nobody is asked"
    last = party.last_day(world.days)
    if party.kind == ASSISTANT:
        by_approver = bool(only(world, who, CLERK)) and not only(world, who, APPROVER)
        may = Unsaid("an approver does a clerk's step") if by_approver else only(world, who, CLERK)
        term: str = Unsaid("an assisting unit has no term") if result != CANCELLED else LAWFUL
    elif result == SILENT:
        may = only(world, who, CLERK)
        term = first(
            unless(last is not None, "the letter was not received (ADR 16)"),
            unless(last is None or world.today > last, "the term still runs (art. 32)"),
        )
    else:
        may = first(
            only(world, who, APPROVER),
            unless(who != party.asked_by, "who asked does not decide alone (ADR 16)"),
        )
        known = party.received_on is not None and result == UNREACHABLE
        term = unless(not known, "it was received")
    return first(
        in_states(world, *NOT_OUT, *UNDER_WAY),
        Unsaid("while the answer is under way") if world.request.state in UNDER_WAY else LAWFUL,
        may,
        unless(party.state == WAITING, "answered or ended already"),
        term,
    )


@effect("stop_asking")
def _stopped(world: World, who: str, *, number: int, result: str) -> None:
    party = world.request.parties[number]
    party.state, party.ended_on = result, world.today
    if result == CANCELLED and party.online:
        tell(world, f"party:{number}?")
    tell(world, "applicant?", f"party:{number}?")


@lawful("propose_override")
def _propose(world: World, who: str, *, number: int) -> str:
    """Withholding may gravely harm the public interest: over a third party's objection (art. 32)."""
    party = party_of(world, number)
    if party is None:
        return "nobody is asked"
    return first(
        in_states(world, HANDLING),
        only(world, who, CLERK),
        unless(party.objects, "no objection (art. 32)"),
        Unsaid("over a joint maker's objection") if party.kind != THIRD else LAWFUL,
        unless(not party.overridden, "decided already"),
        Unsaid("proposed already") if party.proposed_by else LAWFUL,
    )


@effect("propose_override")
def _proposed(world: World, who: str, *, number: int) -> None:
    world.request.parties[number].proposed_by = who


@lawful("approve_override")
def _approve(world: World, who: str, *, number: int) -> str:
    party = party_of(world, number)
    if party is None:
        return "nobody is asked"
    return first(
        in_states(world, HANDLING),
        only(world, who, APPROVER),
        unless(bool(party.proposed_by) and not party.overridden, "not proposed"),
        unless(party.proposed_by != who, "proposed it (four eyes)"),
        unless(party.objects, "no objection"),
    )


@effect("approve_override")
def _approved(world: World, who: str, *, number: int) -> None:
    """The party is told the decision and the reasons in writing (art. 32)."""
    party = world.request.parties[number]
    party.overridden = True
    world.request.papers.append(Paper("third_party_decision", f"party:{number}", world.today))
    tell(world, f"party:{number}" if party.online else f"party:{number}?", "applicant?")


@lawful("refuse_override")
def _refuse(world: World, who: str, *, number: int) -> str:
    """An override may be refused by an approver (ADR 16, third parties)."""
    party = party_of(world, number)
    if party is None:
        return "nobody is asked"
    return first(
        in_states(world, HANDLING),
        only(world, who, APPROVER),
        unless(bool(party.proposed_by) and not party.overridden, "not proposed"),
        Unsaid("proposed it oneself") if party.proposed_by == who else LAWFUL,
    )


@effect("refuse_override")
def _override_refused(world: World, who: str, *, number: int) -> None:
    world.request.parties[number].proposed_by = ""


@lawful("revoke_override")
def _revoke(world: World, who: str, *, number: int) -> str:
    """Or revoked, and the party told (ADR 16, third parties)."""
    party = party_of(world, number)
    if party is None:
        return "nobody is asked"
    return first(
        in_states(world, HANDLING, *UNDER_WAY),
        Unsaid("while the answer is under way") if world.request.state in UNDER_WAY else LAWFUL,
        only(world, who, APPROVER),
        unless(party.overridden, "nothing was decided"),
    )


@effect("revoke_override")
def _revoked(world: World, who: str, *, number: int) -> None:
    party = world.request.parties[number]
    party.overridden, party.proposed_by = False, ""
    for paper in world.request.papers:
        if (paper.kind, paper.to) == ("third_party_decision", f"party:{number}"):
            paper.unsaid = True
    tell(world, f"party:{number}" if party.online else f"party:{number}?", "applicant?")


@lawful("amend_party_receipt")
def _amend(world: World, who: str, *, number: int, on: date) -> str:
    """A wrong receipt is amended by an approver (ADR 16, receipt)."""
    party = party_of(world, number)
    if party is None:
        return "nobody is asked"
    answered = party.ended_on if party.state == SAID else None
    return first(
        unless(world.request.state in (*NOT_OUT, *UNDER_WAY), f"not in {world.request.state}"),
        Unsaid("while the answer is under way") if world.request.state in UNDER_WAY else LAWFUL,
        only(world, who, APPROVER),
        unless(party.received_on is not None, "nothing to amend"),
        unless(on <= world.today, "a day to come"),
        unless(on >= party.sent_on, "before it was sent"),
        unless(answered is None or on <= answered, "later than the answer (ADR 16)"),
        Unsaid("answered or ended since") if party.state != WAITING else LAWFUL,
        unless(party.receipt_by != who, "entered it oneself (ADR 16, receipt)"),
        Unsaid("put it right before oneself") if who in party.amended_by else LAWFUL,
        Unsaid("the same day") if on == party.received_on else LAWFUL,
        Unsaid("an assisting unit has no term") if party.kind == ASSISTANT else LAWFUL,
    )


@effect("amend_party_receipt")
def _amended(world: World, who: str, *, number: int, on: date) -> None:
    world.request.parties[number].amended_by.add(who)
    world.request.parties[number].received_on = on
    tell(world, "applicant?", f"party:{number}?")
