"""How an order is walked: what is tried next, by whom."""

from __future__ import annotations

from datetime import date
from random import Random

from tests.oracle.rooms.frame import Room, on
from tests.oracle.rooms.orders.model import Order
from tests.oracle.rooms.orders.product import WORD, OrderProduct
from tests.oracle.rooms.product import Cast
from tests.oracle.rooms.staff import EVERYBODY, OFFICES
from tests.oracle.rooms.terms import Step

BEGINS = (date(2026, 1, 28), date(2026, 2, 10), date(2026, 4, 28), date(2026, 9, 22))
FITTING = {
    "issued": ("report_back", "report_back", "report_back", "recall_order"),
    "reported": ("close_order", "return_order", "return_order", "return_order"),
}


def _first(r: Random) -> Step:
    sort = r.choice(("remind", "supervise", "correct"))
    return Step(
        "begin",
        facts={"now": on(r.choice(BEGINS)), "sort": sort, "issuer": r.choice(("supervisor", "supervisor2"))},
    )


def _begin(cast: Cast, first: Step) -> tuple[Order, OrderProduct]:
    return Order(**first.facts), OrderProduct(cast, **first.facts)


def _draw(r: Random, model: Order) -> Step:
    if r.random() < 0.1:
        person, unit, role = r.choice(OFFICES)
        return Step(
            "appointment", facts={"person": person, "unit": unit, "role": role, "runs": r.random() < 0.5}
        )
    step, verbs = Step("report_back", "stranger"), tuple(WORD)
    for _ in range(6):
        verb = r.choice(FITTING.get(model.state, verbs) if r.random() < 0.85 else verbs)
        likely = (
            ("h_clerk", "h_head", "h_all")
            if verb == "report_back"
            else ("supervisor", "supervisor2", "h_all")
        )
        step = Step(verb, r.choice(likely if r.random() < 0.8 else EVERYBODY))
        if not model.judge(step) and r.random() < 0.8:
            break
    return step


ORDERS = Room("orders", Cast, _first, _begin, _draw, steps=16)
