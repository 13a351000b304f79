"""How a hearing is walked: what is tried next, by whom."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle.model.days import announced
from tests.oracle.rooms import desk_draws
from tests.oracle.rooms.frame import Room, on
from tests.oracle.rooms.hearings.model import Hearing
from tests.oracle.rooms.hearings.product import HearingProduct
from tests.oracle.rooms.product import Cast
from tests.oracle.rooms.staff import HEAD, SECRECY
from tests.oracle.rooms.terms import Step

DAYS = announced()
FITTING: dict[str, tuple[str, ...]] = {
    "drafting": ("submit",) * 8,
    "reviewing": (*("review",) * 10, "send_back", "recall"),
    "approving": (*("sign",) * 10, "send_back", "recall"),
    "announced": (*("sign_up",) * 8, "leave", "night", "night", "draw", "draw"),
    "drawn": (*("hold",) * 6, "leave", "leave", "sign_up"),
    "held": ("submit_report",) * 4,
    "report_clearing": (*("clear_report",) * 8, "return_report"),
    "report_approving": (*("publish_report",) * 8, "return_report"),
    "reported": ("leave", "sign_up", "cancel"),
    "cancelled": ("sign_up", "night"),
}
ROLES: dict[str, tuple[str, ...]] = {
    "clear_report": (SECRECY,),
    "publish_report": (HEAD,),
    "return_report": (SECRECY, HEAD),
}
PHONES = tuple(f"1380000000{number}" for number in range(1, 6))


def _first(r: Random) -> Step:
    day = r.choice((date(2026, 1, 26), date(2026, 3, 2), date(2026, 9, 14)))
    begins = day + timedelta(days=r.choice((3, 10, 15)))
    ends = DAYS.after(begins, r.choice((8, 10)))
    held = DAYS.after(ends, r.choice((8, 12)))
    return Step("begin", facts={"now": on(day), "writer": r.choice(("h_clerk", "h_all")), "sign_up_from": begins,
                                "sign_up_until": ends, "held_on": held})  # fmt: skip


def _begin(cast: Cast, first: Step) -> tuple[Hearing, HearingProduct]:
    return Hearing(**first.facts), HearingProduct(cast, **first.facts)


def _facts(r: Random, model: Any, verb: str) -> dict[str, Any]:
    phone = r.choice(PHONES)
    if verb == "sign_up":
        written = r.choice(
            (phone, phone, f"+86{phone}", f"86 {phone}", f"0086 {phone[:3]} {phone[3:7]} {phone[7:]}")
        )
        return {"phone": phone, "written": written}
    return {"phone": phone} if verb == "leave" else {}


def _draw(r: Random, model: Any) -> Step:
    return desk_draws.drawn(r, model, FITTING, ROLES, _facts)


HEARINGS = Room("hearings", Cast, _first, _begin, _draw, steps=45)
