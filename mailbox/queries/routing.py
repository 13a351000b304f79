"""Likely units for a letter, worked out anew for every page: nothing of the sealed words is kept."""

from __future__ import annotations

from typing import Any

from mailbox.choices import State
from mailbox.duties import DUTIES
from mailbox.models import Letter
from mailbox.queries.choosing import answering_units
from mailbox.routing import likely, trained

MOST_LETTERS = 500
FEW_LETTERS = 50
# A unit that has signed for a letter, or answered it, has not sent it back.
SETTLED = (
    State.HANDLING,
    State.AWAITING_SUPPLEMENT,
    State.DRAFTED,
    State.REVIEWING,
    State.SIGNING,
    State.CHECKING,
    State.ANSWERED,
)


def unit_hint(case: Any) -> str:
    """One line for the clerk who chooses a unit: the three likeliest and what that rests on; "" without any.

    No shares: with few letters one that is alike would make a guess look certain.

    Confidential letters teach nothing: their words stay with themselves.
    """
    names = dict(answering_units().values_list("code", "name"))
    settled: Any = Letter.objects.filter(state__in=SETTLED, main_unit__isnull=False, confidential=False)
    newest = settled.exclude(pk=case.pk).order_by("-pk")
    past = list(newest.values_list("main_unit__code", "topic", "text")[:MOST_LETTERS])
    model = trained(((unit, f"{topic}\n{text}") for unit, topic, text in past), DUTIES)
    found = likely(model, f"{case.topic}\n{case.text}", names)
    if not found:
        return ""
    listed = "、".join(names[each.unit] for each in found)
    basis = f"职责用语和以往{len(past)}件来信" if len(past) >= FEW_LETTERS else "职责用语（以往来信不多）"
    return f"按{basis}推算，依次可能是：{listed}。仅供参考，由您选择。"
