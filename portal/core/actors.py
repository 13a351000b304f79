"""Who acts: a plain description of the person or program behind a step."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    """The sorts of actor that the event log knows."""

    STAFF = "staff"
    CITIZEN = "citizen"
    GUEST = "guest"
    PARTY = "party"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """One actor at one moment.

    `roles` holds pairs (unit id, role code) in force at that moment; a unit id of 0 means every unit.
    `label` is what the log shows: a staff member's name, or merely "申请人" for the public. `standing` holds triples
    (unit id, role code, name) of the roles that the actor has only while it stands in for somebody.
    """

    kind: ActorKind
    label: str
    account_id: int | None = None
    roles: frozenset[tuple[int, str]] = field(default_factory=frozenset)
    standing: frozenset[tuple[int, str, str]] = field(default_factory=frozenset)

    def label_for(self, unit_id: int, *roles: str) -> str:
        """What the log shows for a step that asks for one of the roles: with the name of whom the actor stands in for, if
        it may take the step by that alone."""
        names = {(unit, role): name for unit, role, name in self.standing}
        used = [(unit_id, role) for role in roles if (unit_id, role) in self.roles]
        if not used or any(pair not in names for pair in used):
            return self.label
        return f"{self.label}（代{names[used[0]]}）"

    def has_role(self, unit_id: int, *roles: str) -> bool:
        """True if the actor holds one of `roles` in the unit at this moment."""
        return any((unit_id, role) in self.roles for role in roles)

    @property
    def is_staff(self) -> bool:
        """True for a person acting for a unit."""
        return self.kind is ActorKind.STAFF

    @property
    def is_public(self) -> bool:
        """True for a citizen with an account or a guest."""
        return self.kind in (ActorKind.CITIZEN, ActorKind.GUEST)


SYSTEM = Actor(kind=ActorKind.SYSTEM, label="系统")
GUEST = Actor(kind=ActorKind.GUEST, label="申请人")
PARTY = Actor(kind=ActorKind.PARTY, label="被征求意见方")
