"""The house's own date of a case: shorter than the law's, and counted in working days."""

from __future__ import annotations

from datetime import date

from portal.core.workdays import WorkdayTerm


class InternalTerm:
    """Mixed into the steps that set or clear it; kept with what it takes to count it again by another calendar."""

    internal_due_on: date | None
    internal_due_for: str
    internal_since: date | None
    internal_days: int

    def set_internal(self, term: WorkdayTerm, what: str) -> None:
        """To be done by the last day of the term."""
        self.internal_due_on, self.internal_due_for = term.last, what
        self.internal_since, self.internal_days = term.since, term.days

    def clear_internal(self) -> None:
        """Done, or no longer asked for."""
        self.internal_due_on = self.internal_since = None
        self.internal_due_for, self.internal_days = "", 0
