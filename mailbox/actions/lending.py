"""Acting on a letter that another unit holds."""

from __future__ import annotations

from dataclasses import replace

from mailbox.models import Letter
from portal.core.actors import Actor


def lent(actor: Actor, case: Letter, role: str) -> Actor:
    """The same person with a role in the unit that holds the letter, for one step.

    A step asks for a role in the holder's unit. Assisting units, the mailbox office and supervisors act on letters
    that they do not hold: the action checks what they are first, then takes the step with this.
    """
    return replace(actor, roles=actor.roles | {(case.unit_id, role)})
