"""How an item is walked: what is tried next, by whom."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle.rooms.frame import Room, later, on
from tests.oracle.rooms.items.model import Item
from tests.oracle.rooms.items.product import Columns, ItemProduct
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

BEGINS = (date(2026, 1, 28), date(2026, 2, 10), date(2026, 4, 28), date(2026, 9, 22), date(2025, 12, 24))
ALWAYS = ("withdraw_item", "set_validity", "recall_item")
FITTING: dict[str, tuple[str, ...]] = {
    "drafting": (*("submit_item",) * 8, "edit_item", "edit_item", "give_up_revision", "give_up_revision", "withdraw_item",
                 "publish_urgently", "publish_urgently", "set_validity"),
    "reviewing": (*("review_item",) * 8, "return_item", "publish_urgently", *ALWAYS),
    "clearing": (*("clear_item",) * 8, "return_item", "publish_urgently", *ALWAYS),
    "leading": (*("approve_item",) * 8, "return_item", *ALWAYS),
    "higher": (*("approve_higher",) * 8, "return_item", *ALWAYS),
    "approved": (*("publish_item",) * 10, "edit_item", "edit_item", "withdraw_item"),
    "urgent": (*("review_after",) * 6, "withdraw_item", "set_validity", "edit_item"),
    "published": (*("revise",) * 6, "withdraw_item", "withdraw_item", "set_validity", "edit_item"),
    "withdrawn": (*("reopen_item",) * 4, "revise", "publish_item"),
    "dropped": ("edit_item", "reopen_item"),
    "discarded": ("edit_item", "submit_item"),
}  # fmt: skip
ENDS = ("drop_item", "discard_item")
VERBS = sorted({verb for verbs in FITTING.values() for verb in verbs} | set(ENDS))
ROLES = {
    "review_item": (REVIEWER,), "clear_item": (SECRECY,), "approve_item": (HEAD,), "approve_higher": (HEAD,),
    "publish_item": (PUBLISHER,), "publish_urgently": (HEAD,), "review_after": (REVIEWER, SECRECY),
    "withdraw_item": (PUBLISHER, HEAD), "set_validity": (PUBLISHER,), "drop_item": (HEAD,),
    "return_item": (REVIEWER, SECRECY, HEAD),
}  # fmt: skip


def _first(r: Random) -> Step:
    day = r.choice(BEGINS) + timedelta(days=r.randint(0, 9))
    return Step("begin", facts={
        "now": on(day),
        "route": r.choice(("general", "general", "major", "business", "marked", "event", "repost", "emergency", "emergency")),
        "made_on": day - timedelta(days=r.choice((0, 0, 1, 2, 5, 30))),
        "writer": r.choice(("h_clerk", "h_clerk", "h_all")),
    })  # fmt: skip


def _begin(cast: Cast, first: Step) -> tuple[Item, ItemProduct]:
    return Item(**first.facts), ItemProduct(cast, **first.facts)


def _facts(r: Random, model: Item, verb: str) -> dict[str, Any]:
    if verb == "edit_item":
        return {"column": r.choice(("notices", "documents"))}
    if verb == "publish_item":
        return {"publish_at": r.choice((None, None, later(r, model.now) + timedelta(hours=1)))}
    return {}


def _somebody(r: Random, model: Item, verb: str) -> str:
    if r.random() < 0.1:
        return r.choice(EVERYBODY)
    unit = OFFICE if verb == "approve_higher" else HOUSING
    role = r.choice(ROLES.get(verb, (CLERK,)))
    able = sorted(model.staff.holders(unit, role, model.day))
    others = [one for one in able if one != "h_all"]
    return r.choice(others if others and r.random() < 0.8 else able or ["h_clerk"])


def _draw(r: Random, model: Item) -> Step:
    if r.random() < 0.03:
        person, unit, role = r.choice(OFFICES)
        return Step(
            "appointment", facts={"person": person, "unit": unit, "role": role, "runs": r.random() < 0.6}
        )
    step, wish_lawful = Step("edit_item", "stranger", {"column": "notices"}), r.random() < 0.85
    for _ in range(8):
        verb = (
            r.choice(FITTING[model.state] if r.random() < 0.93 else VERBS)
            if r.random() > 0.02
            else r.choice(ENDS)
        )
        step = Step(verb, _somebody(r, model, verb), _facts(r, model, verb))
        if not wish_lawful or not model.judge(step):
            break
    return step


ITEMS = Room("items", Columns, _first, _begin, _draw, steps=36)
