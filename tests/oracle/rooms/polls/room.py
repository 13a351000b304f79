"""How a poll is walked: what is tried next, by whom."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle.rooms import desk_draws
from tests.oracle.rooms.frame import Room, on
from tests.oracle.rooms.polls.model import Poll
from tests.oracle.rooms.polls.product import PollProduct
from tests.oracle.rooms.product import Cast
from tests.oracle.rooms.staff import HEAD
from tests.oracle.rooms.terms import Step

FITTING: dict[str, tuple[str, ...]] = {
    **desk_draws.FITTING,
    "drafting": (*("submit",) * 8, "make_more"),
    "approved": (*("vote",) * 14, "night", "night", "night", "make_more"),
    "counted": (*("publish_result",) * 4, "vote", "vote", "night"),
    "published": ("vote", "night"),
    "cancelled": ("vote", "night"),
}  # fmt: skip
ROLES: dict[str, tuple[str, ...]] = {"publish_result": (HEAD,)}


def _first(r: Random) -> Step:
    day = r.choice((date(2026, 1, 28), date(2026, 2, 24), date(2026, 9, 22), date(2025, 12, 24)))
    opens = day + timedelta(days=r.choice((2, 8, 15)))
    secrecy = r.choice(("named", "hidden", "hidden", "anonymous"))
    return Step("begin", facts={
        "now": on(day), "writer": r.choice(("h_clerk", "h_all")), "who": "account" if secrecy == "named" else r.choice(("anyone", "anyone", "account")),
        "changeable": secrecy != "anonymous" and r.random() < 0.5, "secrecy": secrecy, "opens_on": opens,
        "closes_on": opens + timedelta(days=r.choice((10, 20, 30))),
    })  # fmt: skip


def _begin(cast: Cast, first: Step) -> tuple[Poll, PollProduct]:
    return Poll(**first.facts), PollProduct(cast, **first.facts)


def _facts(r: Random, model: Any, verb: str) -> dict[str, Any]:
    if verb != "vote":
        return {}
    account = r.choice(("", "citizen", "stranger", "h_clerk2"))
    return {
        "device": r.choice(("", "device-1", "device-2", "device-3")) if account else r.choice(("device-1", "device-2", "device-3")),
        "account": account,
        "option": r.choice(("o1", "o2", "o3")),
        "key": f"oracle-vote-key-{r.randint(1, 4)}-{account}",
    }  # fmt: skip


def _draw(r: Random, model: Any) -> Step:
    return desk_draws.drawn(r, model, FITTING, ROLES, _facts)


POLLS = Room("polls", Cast, _first, _begin, _draw, steps=50)
