"""What is compared after each step, and in which words a difference is put."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.oracle.model import after, seeing
from tests.oracle.model.facts import CORRECTING, HANDLING, PAYING, REGISTERED, WAITING, World
from tests.oracle.model.giving import due_date
from tests.oracle.model.report import UNSAID, counts, remedies
from tests.oracle.model.steps import EFFECTS, LAWFUL, Unsaid

if TYPE_CHECKING:
    from tests.oracle.driver.walk import Walk

Found = tuple[str, str, str, bool]
STAFF_PAGES = ("clerk", "outsider", "supervisor", "stranger")
ONLOOKERS = ("applicant", "stranger", "clerk", "outsider", "supervisor", "outsider_approver")


def plain(sentence: str) -> str:
    """A sentence without its numbers and days, to sort differences by."""
    return re.sub(r"\s+", " ", re.sub(r"[0-9]+", "N", sentence))[:90]


def stale(world: World, who: str) -> str:
    """A page that is old: an official collides, an applicant perhaps (ADR 16, a refused second try)."""
    return (
        Unsaid("an old page of the applicant")
        if who == "applicant" or who.startswith("party")
        else "an old page"
    )


def differences(walk: Walk, verb: str, first: bool) -> Iterator[Found]:
    """Everything in which the two disagree now."""
    world, seen = walk.world, walk.product.look(walk.world.today)
    request = world.request
    if verb == "reopen" and {seen.state, request.state} == {REGISTERED, HANDLING}:
        request.state = seen.state  # no rule says whether it is still to be assigned
    if seen.state != request.state:
        yield f"state after {verb}", request.state, seen.state, True
    request.version = seen.version
    yield from _dates(world, verb, seen)
    yield from _papers(world, verb, seen)
    if not first:
        yield from _told(walk, verb, seen.told)
    for leak in seen.leaks:
        yield f"leak after {verb}: {plain(leak)}", "named nowhere", leak, False
    if len(walk.trace) % 40 == 39 and not first:
        expected = {person: seeing.opens_staff_page(world, person) for person in STAFF_PAGES}
        for problem in walk.product.page_problems(world.today, expected):
            yield f"page after {verb}: {plain(problem)}", "as the rules say", problem, False
        EFFECTS["open_page"](world, "applicant")
        request.version = walk.product.case().version
    looks = verb in LOOK_AFTER or len(walk.trace) % 10 == 0
    if looks and not first:
        for leak in walk.product.leaks(world.today):
            yield f"leak after {verb}: {plain(leak)}", "named nowhere", leak, False
        yield from _views(walk, verb)
        yield from _report(walk, verb)


LOOK_AFTER = {"reply", "post", "withdraw", "lapse", "lapse_fee", "terminate", "reopen", "answer_anew", "succeed",
              "approve_override", "transfer", "remedy", "remedy_ends"}  # fmt: skip


def _dates(world: World, verb: str, seen: Any) -> Iterator[Found]:
    request, days = world.request, world.days
    if not request.closed:
        due = due_date(world)
        if seen.due != due:
            yield f"due date after {verb}", str(due), str(seen.due), True
    for name, model in _terms(world).items():
        product = seen.terms.get(name)
        if product is not None and name in ("correct_by", "reasons_by"):
            product = days.no_rest(product)
        if name in ("correct_by", "reasons_by") and world.notice_changed:
            continue  # a day picked by hand: by which calendar its working days count, no rule says
        if product != model:
            yield f"{name.split(':')[0]} after {verb}", str(model), str(product), False
    remedies = after.last_days(world)
    if seen.remedies != remedies:
        yield f"last days of remedies after {verb}", _shown(remedies), _shown(seen.remedies), False


def _shown(remedies: set[tuple[str, date]]) -> str:
    return ", ".join(f"{way} {day}" for way, day in sorted(remedies)) or "none"


def _terms(world: World) -> dict[str, date | None]:
    """The terms that run now."""
    request, days = world.request, world.days
    found: dict[str, date | None] = {}
    if request.state == CORRECTING and request.correction is not None:
        found["correct_by"] = request.correction.last_day(days)
    fee = request.fee()
    if request.state == PAYING and fee is not None:
        found["pay_by"] = fee.last_day(days)
    if request.state == HANDLING and request.reasons is not None and request.reasons.state == WAITING:
        found["reasons_by"] = request.reasons.last_day(days)
    for number, party in enumerate(request.parties):
        if party.state == WAITING and party.kind != "assistant" and not request.closed:
            found[f"answer_by:{number}"] = party.last_day(days)
    return found


def _papers(world: World, verb: str, seen: Any) -> Iterator[Found]:
    must = seeing.papers_of_applicant(world)
    may = [*must, *seeing.papers_of_applicant(world, unsaid=True)]
    missing, more = _only(must, seen.papers), _only(seen.papers, may)
    if missing or more:
        yield f"papers of the applicant after {verb}", f"also {missing}", f"also {more}", False
    for number, theirs in enumerate(seen.party_papers):
        expected = seeing.papers_of_party(world, number)
        ours = sorted(kind for kind in theirs if kind != "opinion_slip")
        expected = sorted(kind for kind in expected if kind != "opinion_slip")
        if any(p.unsaid and p.to == f"party:{number}" for p in world.request.papers):
            continue
        if ours != expected:
            yield f"papers of a party after {verb}", str(expected), str(ours), False


def _only(these: list[str], those: list[str]) -> list[str]:
    rest = list(these)
    for one in those:
        if one in rest:
            rest.remove(one)
    return rest


def _told(walk: Walk, verb: str, told: set[str]) -> Iterator[Found]:
    world = walk.world
    must = {one for one in world.told if not one.endswith("?")}
    may = must | {one[:-1] for one in world.told if one.endswith("?")}
    if not world.request.tellable:
        must.discard("applicant")
    missing, more = must - told, told - may
    if missing:
        yield (
            f"not told of {verb}: {plain(', '.join(sorted(missing)))}",
            f"{sorted(must)}",
            f"{sorted(told)}",
            False,
        )
    if more:
        yield f"told of {verb}: {plain(', '.join(sorted(more)))}", f"{sorted(may)}", f"{sorted(told)}", False


def _views(walk: Walk, verb: str) -> Iterator[Found]:
    world = walk.world
    at = len(walk.trace) % len(ONLOOKERS)
    for person in (ONLOOKERS * 2)[at : at + 2] if verb != "succeed" else ONLOOKERS:
        citizen, staff = walk.product.opens(person, world.today)
        own_page = seeing.opens_citizen_page(world, person)
        if citizen != own_page and (person != "applicant" or world.request.account):
            yield f"citizen page for {person}", str(not citizen), str(citizen), False
        if person != "applicant" and staff != seeing.opens_staff_page(world, person):
            yield f"staff page for {person}", str(not staff), str(staff), False


def _report(walk: Walk, verb: str) -> Iterator[Found]:
    world, request = walk.world, walk.world.request
    column = request.column
    if request.received_on is not None and request.received_on.year != request.submitted_on.year:
        return  # which day counts while nobody has confirmed the receipt, no rule says
    first_year = (request.received_on or request.submitted_on).year
    if (
        request.received_on is None
        and world.days.after(request.submitted_on, 1).year != request.submitted_on.year
    ):
        return  # the same
    if request.unit != "office" and (request.endings or world.today.year != request.submitted_on.year):
        return  # which unit counts what ended there and then went to another, no rule says
    for year in range(max(first_year - 1, world.today.year - 1), world.today.year + 1):
        for unit in ("office", "housing") if request.unit == "housing" else ("office",):
            model = counts(request, year) if unit == request.unit else {}
            rows = dict.fromkeys(model.values(), column)
            product, contested = walk.product.counts(year, unit)
            sought = remedies(request, year) if unit == request.unit else []
            if sought != contested and UNSAID not in dict(sought):
                yield (
                    f"table 3 after {verb}",
                    f"{year} {unit}: {sought}",
                    f"{year} {unit}: {contested}",
                    False,
                )
            if UNSAID in rows:
                continue
            if rows != product:
                yield (
                    f"annual report after {verb}",
                    f"{year} {unit}: {rows}",
                    f"{year} {unit}: {product}",
                    False,
                )


__all__ = ["LAWFUL", "differences", "plain", "stale"]
