"""Who holds which office in the rooms, and who must be told when a unit is; pure."""

from __future__ import annotations

from datetime import date

from tests.oracle.model.people import Appointment, Staff

CLERK, REVIEWER, SECRECY, HEAD = "clerk", "reviewer", "secrecy_reviewer", "approver"
PUBLISHER, SUPERVISOR = "publisher", "supervisor"
OFFICE, HOUSING, TRANSPORT = "office", "housing", "transport"
OFFICES = (
    ("o_clerk", OFFICE, CLERK),
    ("o_clerk2", OFFICE, CLERK),
    ("o_reviewer", OFFICE, REVIEWER),
    ("o_secrecy", OFFICE, SECRECY),
    ("o_head", OFFICE, HEAD),
    ("o_publisher", OFFICE, PUBLISHER),
    ("supervisor", OFFICE, SUPERVISOR),
    ("supervisor2", OFFICE, SUPERVISOR),
    ("h_clerk", HOUSING, CLERK),
    ("h_clerk2", HOUSING, CLERK),
    ("h_reviewer", HOUSING, REVIEWER),
    ("h_secrecy", HOUSING, SECRECY),
    ("h_head", HOUSING, HEAD),
    ("h_head2", HOUSING, HEAD),
    ("h_publisher", HOUSING, PUBLISHER),
    ("h_all", HOUSING, CLERK),
    ("h_all", HOUSING, REVIEWER),
    ("h_all", HOUSING, SECRECY),
    ("h_all", HOUSING, HEAD),
    ("h_all", HOUSING, PUBLISHER),
    ("h_all", HOUSING, SUPERVISOR),
    ("t_clerk", TRANSPORT, CLERK),
    ("t_reviewer", TRANSPORT, REVIEWER),
    ("t_head", TRANSPORT, HEAD),
)
PEOPLE = tuple(dict.fromkeys(person for person, _, _ in OFFICES))
CITIZENS = ("citizen", "stranger")
EVERYBODY = (*PEOPLE, *CITIZENS)


class Offices(Staff):
    """The appointments, with the questions that the rooms ask."""

    def __init__(self) -> None:
        super().__init__([Appointment(*one) for one in OFFICES])

    def of_unit(self, unit: str, day: date) -> frozenset[str]:
        """Everybody who holds any office in the unit on that day."""
        return frozenset(one.person for one in self.appointments if one.unit == unit and one.holds(day))

    def supervisors(self, day: date) -> frozenset[str]:
        """All supervisors on that day."""
        return frozenset(person for person in PEOPLE if self.supervises(person, day))

    def end(self, person: str, unit: str, role: str, until: date | None) -> None:
        """An appointment ends with that day, or runs again."""
        for one in self.appointments:
            if (one.person, one.unit, one.role) == (person, unit, role):
                one.until = until
