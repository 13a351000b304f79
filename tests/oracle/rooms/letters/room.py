"""How a letter is walked: what is tried next, by whom."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.oracle.rooms.frame import Room, on
from tests.oracle.rooms.letters.facts import DAYS, UNITS
from tests.oracle.rooms.letters.model import Letter
from tests.oracle.rooms.letters.product import LetterProduct
from tests.oracle.rooms.product import Cast
from tests.oracle.rooms.staff import (
    CLERK,
    EVERYBODY,
    HEAD,
    HOUSING,
    OFFICE,
    OFFICES,
    PUBLISHER,
    REVIEWER,
    SECRECY,
)
from tests.oracle.rooms.terms import Step

BEGINS = (date(2026, 1, 26), date(2026, 2, 9), date(2026, 4, 27), date(2026, 9, 21), date(2025, 12, 22))
FITTING: dict[str, tuple[str, ...]] = {
    "submitted": (*("accept",) * 6, "decline", "hand_over", "withdraw"),
    "accepted": (*("assign",) * 8, "withdraw", "morning"),
    "assigned": (*("sign_for",) * 8, "return_letter", "return_letter", "return_letter", "ask_assistance", "contribute"),
    "returned": ("assign", "assign", "rule_unit", "rule_unit", "decline", "hand_over"),
    "handling": (*("draft_reply",) * 5, "ask_supplement", "ask_supplement", "request_extension", "request_extension", "extend",
                 "extend", "refuse_extension", "ask_assistance", "contribute", "cancel_assistance", "withdraw", "morning"),
    "drafted": (*("submit_reply",) * 6, "draft_reply", "contribute", "cancel_assistance", "extend"),
    "reviewing": (*("review_reply",) * 6, "return_reply", "extend", "request_extension"),
    "signing": (*("sign_reply",) * 6, "return_reply", "extend"),
    "checking": (*("answer",) * 6, "return_check", "withdraw", "morning"),
    "awaiting_supplement": (*("supplement",) * 2, "continue_without", "continue_without", "contribute", "morning"),
    "answered": ("rate", "rate", "rate", "object", "object", "object", "object", "propose_release", "propose_release",
                 "clear_release", "clear_release", "release", "release", "reject_release", "retract_release", "conclude",
                 "conclude"),
    "declined": ("accept", "rate"),
    "handed_over": ("withdraw", "accept"),
    "withdrawn": ("accept", "assign"),
}  # fmt: skip
VERBS = sorted({verb for verbs in FITTING.values() for verb in verbs})
OF_WRITER = ("withdraw", "rate", "object")
OF_OFFICE = ("accept", "decline", "hand_over", "assign", "rule_unit", "return_check", "answer")
ROLE_OF = {"review_reply": REVIEWER, "sign_reply": HEAD, "extend": HEAD, "refuse_extension": HEAD, "rule_unit": HEAD,
           "clear_release": SECRECY, "release": PUBLISHER, "retract_release": PUBLISHER}  # fmt: skip


def _first(r: Random) -> Step:
    kind = r.choice(("help", "help", "help", "suggestion", "report"))
    return Step("begin", facts={
        "now": on(r.choice(BEGINS) + timedelta(days=r.randint(0, 9))),
        "kind": kind,
        "confidential": r.random() < (0.7 if kind == "report" else 0.15),
        "writer": r.choice(("", "", "citizen", "citizen", "h_clerk2")),
    })  # fmt: skip


def _begin(cast: Cast, first: Step) -> tuple[Letter, LetterProduct]:
    return Letter(**first.facts), LetterProduct(cast, **first.facts)


def _facts(r: Random, model: Letter, verb: str) -> dict[str, object]:
    if verb == "accept":
        return {"complexity": r.choice(("simple", "complex"))}
    if verb == "decline":
        return {"reason": r.choice(("in_court", "no_matter", "advertisement"))}
    if verb in ("assign", "rule_unit"):
        return {"unit": r.choice((HOUSING, HOUSING, HOUSING, *UNITS))}
    if verb in ("ask_assistance", "contribute", "cancel_assistance"):
        return {
            "unit": r.choice(list(model.helpers) or UNITS) if verb != "ask_assistance" else r.choice(UNITS)
        }
    if verb == "ask_supplement":
        return {
            "answer_by": DAYS.after(model.day, r.choice((1, 3, 5, 15, 16)))
            + timedelta(days=r.choice((0, 0, 1)))
        }
    if verb == "request_extension":
        return {"days": r.choice((0, 1, 3, 5, 5, 6, 10))}
    return {"solved": r.choice((1, 1, 2, 5))} if verb == "rate" else {}


def _somebody(r: Random, model: Letter, verb: str, facts: dict[str, object]) -> str:
    if r.random() < 0.12 and verb not in OF_WRITER:
        return r.choice(EVERYBODY)
    if verb in OF_WRITER or (verb == "supplement" and r.random() < 0.7):
        return "writer"
    if verb == "conclude":
        return r.choice(("supervisor", "supervisor2", "h_all"))
    if verb == "morning":
        return ""
    if verb == "submit_reply" and r.random() < 0.9:
        return model.last_wrote or "h_clerk"
    unit = OFFICE if verb in OF_OFFICE else str(facts["unit"]) if verb == "contribute" else model.holder
    able = sorted(model.staff.holders(unit, ROLE_OF.get(verb, CLERK), model.day))
    others = [one for one in able if one != "h_all"]
    return r.choice(others if others and r.random() < 0.85 else able or ["h_clerk"])


def _draw(r: Random, model: Letter) -> Step:
    if r.random() < 0.04:
        person, unit, role = r.choice(OFFICES)
        return Step(
            "appointment", facts={"person": person, "unit": unit, "role": role, "runs": r.random() < 0.5}
        )
    step = Step("morning")
    wish_lawful = r.random() < 0.85
    for _ in range(8):
        verb = r.choice(FITTING[model.state] if r.random() < 0.9 else VERBS)
        facts = _facts(r, model, verb)
        step = Step(verb, _somebody(r, model, verb, facts), facts)
        if not wish_lawful or not model.judge(step):
            break
    return step


LETTERS = Room("letters", Cast, _first, _begin, _draw, steps=36)
