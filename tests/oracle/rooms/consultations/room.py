"""How a consultation is walked: what is tried next, by whom."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle.rooms import desk_draws
from tests.oracle.rooms.consultations.model import DAYS, Consultation
from tests.oracle.rooms.consultations.product import ConsultationProduct
from tests.oracle.rooms.frame import Room, on
from tests.oracle.rooms.product import Cast
from tests.oracle.rooms.staff import CLERK, HEAD, REVIEWER, SECRECY
from tests.oracle.rooms.terms import Step

BEGINS = (date(2026, 1, 28), date(2026, 2, 24), date(2026, 4, 28), date(2026, 9, 22), date(2025, 12, 24))
FITTING: dict[str, tuple[str, ...]] = {
    **desk_draws.FITTING,
    "drafting": (*("submit",) * 8, "write", "write"),
    "announced": (*("comment",) * 5, "withdraw_comment", "moderate", "moderate", "prolong", "night", "night", "night", "night"),
    "closed": (*("dispose",) * 4, *("submit_feedback",) * 6, "write", "moderate", "cancel", "comment", "withdraw_comment"),
    "feedback_reviewing": (*("review_feedback",) * 8, "return_feedback", "cancel"),
    "feedback_clearing": (*("clear_feedback",) * 8, "return_feedback", "moderate"),
    "feedback_approving": (*("feed_back",) * 8, "return_feedback"),
    "fed_back": ("moderate", "comment", "take_down"),
    "cancelled": ("moderate", "comment", "take_down"),
}  # fmt: skip
ROLES: dict[str, tuple[str, ...]] = {
    "moderate": (CLERK, REVIEWER), "prolong": (HEAD,), "review_feedback": (REVIEWER,), "clear_feedback": (SECRECY,),
    "feed_back": (HEAD,), "return_feedback": (REVIEWER, SECRECY, HEAD),
}  # fmt: skip


def _first(r: Random) -> Step:
    day = r.choice(BEGINS) + timedelta(days=r.randint(0, 9))
    opens, kind = (
        day + timedelta(days=r.choice((2, 8, 15, 30))),
        r.choice(("decision", "normative", "normative")),
    )
    least = opens + timedelta(days=30) if kind == "decision" else DAYS.after(opens, 7)
    return Step("begin", facts={
        "now": on(day), "writer": r.choice(("h_clerk", "h_clerk", "h_all")), "kind": kind, "opens_on": opens,
        "closes_on": least + timedelta(days=r.choice((0, 0, 1, 10))), "display": r.choice(("by_rule", "by_rule", "reviewed", "hidden")),
    })  # fmt: skip


def _begin(cast: Cast, first: Step) -> tuple[Consultation, ConsultationProduct]:
    return Consultation(**first.facts), ConsultationProduct(cast, **first.facts)


def _facts(r: Random, model: Any, verb: str) -> dict[str, Any]:
    if verb == "withdraw_comment":
        return {"number": r.randint(1, len(model.said) + 1)}
    if verb == "moderate":
        return {
            "number": r.randint(1, max(1, len(model.said))),
            "decision": r.choice(("show", "hide_text", "remove")),
        }
    if verb == "prolong":
        return {"closes_on": model.closes_on + timedelta(days=r.choice((-1, 0, 1, 10, 200)))}
    return {}


def _draw(r: Random, model: Any) -> Step:
    return desk_draws.drawn(r, model, FITTING, ROLES, _facts)


CONSULTATIONS = Room("consultations", Cast, _first, _begin, _draw, steps=45)
