"""Who is who, and who holds which office on which day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

CLERK, REVIEWER, SECRECY, APPROVER = "clerk", "reviewer", "secrecy_reviewer", "approver"
PUBLISHER, SUPERVISOR = "publisher", "supervisor"
APPLICANT, STRANGER, FORMER = "applicant", "stranger", "former"


@dataclass
class Appointment:
    """An office held in a unit; `until` is its last day."""

    person: str
    unit: str
    role: str
    until: date | None = None

    def holds(self, day: date) -> bool:
        """True while the appointment runs."""
        return self.until is None or day <= self.until


@dataclass
class Staff:
    """All appointments of the units."""

    appointments: list[Appointment] = field(default_factory=list)

    def has(self, person: str, unit: str, role: str, day: date) -> bool:
        """True if that person holds the office in the unit on that day."""
        return any(
            (one.person, one.unit, one.role) == (person, unit, role) and one.holds(day)
            for one in self.appointments
        )

    def holders(self, unit: str, role: str, day: date) -> frozenset[str]:
        """Who holds that office in the unit on that day."""
        return frozenset(one.person for one in self.appointments
                         if (one.unit, one.role) == (unit, role) and one.holds(day))  # fmt: skip

    def serves(self, person: str, unit: str, day: date) -> bool:
        """True if that person holds any office in the unit that handles cases on that day."""
        return any(
            one.person == person and one.unit == unit and one.holds(day) and one.role != SUPERVISOR
            for one in self.appointments
        )

    def supervises(self, person: str, day: date) -> bool:
        """True for a supervisor, who sees every unit (办法 art. 24)."""
        return any(
            one.person == person and one.role == SUPERVISOR and one.holds(day) for one in self.appointments
        )


def all_different(groups: Sequence[Collection[str]]) -> bool:
    """True if each signature can be given by a person of its group, nobody giving two of them (four eyes)."""
    if not groups:
        return True
    return any(all_different([set(rest) - {who} for rest in groups[1:]]) for who in groups[0])
