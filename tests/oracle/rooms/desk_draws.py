"""Who takes a step of the desk, and when it fits."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from tests.oracle.rooms.desk import DeskModel
from tests.oracle.rooms.frame import on
from tests.oracle.rooms.staff import CLERK, EVERYBODY, HEAD, HOUSING, OFFICES, PUBLISHER, REVIEWER, SECRECY
from tests.oracle.rooms.terms import Step

FITTING: dict[str, tuple[str, ...]] = {
    "drafting": ("submit",) * 8,
    "reviewing": (*("review",) * 10, "send_back"),
    "clearing": (*("clear",) * 10, "send_back"),
    "approving": (*("sign",) * 10, "send_back"),
}
FITTING["clearing"] += ("recall",)
BACK = ("submit_return", "submit_return", "review_return", "review_return", "clear_return", "clear_return", "restore",
        "restore", "restore", "refuse_return")  # fmt: skip
WAITING = ("announced", "approved")  # for the job that writes the end down
ROLES: dict[str, tuple[str, ...]] = {
    "review": (REVIEWER,), "clear": (SECRECY,), "sign": (HEAD,), "send_back": (REVIEWER, SECRECY, HEAD),
    "take_down": (REVIEWER, SECRECY, HEAD, PUBLISHER), "review_return": (REVIEWER,), "clear_return": (SECRECY,),
    "restore": (HEAD,), "refuse_return": (REVIEWER, SECRECY, HEAD), "cancel": (HEAD,),
}  # fmt: skip


def somebody(r: Random, model: DeskModel, roles: tuple[str, ...]) -> str:
    """Mostly somebody who holds one of the offices; one time in ten anybody at all."""
    if r.random() < 0.1:
        return r.choice(EVERYBODY)
    able = sorted({who for role in roles for who in model.staff.holders(HOUSING, role, model.day)})
    others = [one for one in able if one != "h_all"]
    return r.choice(others if others and r.random() < 0.85 else able or ["h_clerk"])


def drawn(
    r: Random,
    model: DeskModel,
    fitting: dict[str, tuple[str, ...]],
    roles: dict[str, tuple[str, ...]],
    facts: Any,
) -> Step:
    """A step that fits the state, mostly a lawful one."""
    if r.random() < 0.03:
        person, unit, role = r.choice(OFFICES)
        return Step(
            "appointment", facts={"person": person, "unit": unit, "role": role, "runs": r.random() < 0.6}
        )
    wish_lawful, everything = (
        r.random() < 0.85,
        sorted({verb for verbs in fitting.values() for verb in verbs} | set(BACK)),
    )
    begins, ends = model.begins_on(), model.ends_on()
    step = Step("wait", facts={"until": model.now + timedelta(days=1)})
    if model.state in WAITING and model.day < begins and r.random() < 0.6:
        return Step("wait", facts={"until": on(begins, r.choice((0, 9)))})
    if model.is_up() and model.day <= ends and r.random() < 0.06:
        return Step("wait", facts={"until": on(ends + timedelta(days=1), r.choice((0, 9)))})
    for _ in range(8):
        verb = r.choice(fitting[model.state] if r.random() < 0.94 else everything)
        if model.is_up() and model.day > ends and model.state in WAITING and r.random() < 0.5:
            verb = "night"
        elif verb == "night" and model.day <= ends and r.random() < 0.9:
            continue
        if model.down and r.random() < 0.5:
            verb = r.choice(BACK)
        elif r.random() < 0.06:
            verb = "take_down" if model.is_up() else "cancel" if r.random() < 0.05 else verb
        who = "" if verb == "night" else somebody(r, model, roles.get(verb, ROLES.get(verb, (CLERK,))))
        step = Step(verb, who, facts(r, model, verb))
        if not wish_lawful or not model.judge(step):
            break
    return step
