"""The desks that the apps bring: one for each text that a round of review signs."""

from __future__ import annotations

from dataclasses import dataclass

from portal.units.choices import Role

WITH_SECRECY = (Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER)


@dataclass(frozen=True)
class Desk:
    """The review of one text of a kind of case.

    `writes` are the steps that put words into the text: whoever took one of them signs none of it. `needs` are the roles that
    sign after the drafter. `new_text`: every round reviews a text of its own (a letter's next answer).
    """

    kind: str
    purpose: str
    writes: tuple[str, ...]
    needs: tuple[Role, ...] = WITH_SECRECY
    new_text: bool = False


DESKS: dict[tuple[str, str], Desk] = {}


def register_desk(desk: Desk) -> None:
    """Add a desk; called from an app's AppConfig.ready()."""
    DESKS[desk.kind, desk.purpose] = desk


def desk_of(kind: str, purpose: str) -> Desk:
    """The desk of a text; KeyError for one that no app registered."""
    return DESKS[kind, purpose]
