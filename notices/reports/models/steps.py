"""The steps of an error report."""

from __future__ import annotations

from datetime import date, datetime

from notices.reports.choices import BASIS, State
from portal.cases.transitions import APPLICANT, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput
from portal.units.choices import Role

STAFF = (Role.CLERK, Role.PUBLISHER)
READERS = (Role.CLERK, Role.PUBLISHER, Role.REVIEWER)


class ReportSteps:
    """Mixed into the report."""

    unit_id: int
    answer: str
    outcome: str
    due_on: date | None

    @step(source=State.NEW, target=State.REPORTED, label="提交纠错", basis=BASIS, by=(APPLICANT,))
    def report_error(self, *, actor: Actor, at: datetime, today: date, days: int, page: str) -> StepFacts:
        """Somebody found an error on a public page; the clock of the column's unit starts."""
        return self._started(today, days, page)

    @step(source=State.NEW, target=State.REPORTED, label="值班读网发现问题", basis=BASIS, by=READERS)
    def note_finding(
        self, *, actor: Actor, at: datetime, today: date, days: int, page: str, unit_id: int
    ) -> StepFacts:
        """The person on duty found it; it goes to the unit that keeps the page."""
        self.unit_id = unit_id
        return self._started(today, days, page)

    @step(source=State.REPORTED, target=State.REPORTED, label="转有关单位", basis=BASIS, by=STAFF)
    def pass_on_report(
        self, *, actor: Actor, at: datetime, unit_id: int, unit: str, reason: str
    ) -> StepFacts:
        """The page is kept by another unit; the clock runs on."""
        if unit_id == self.unit_id:
            raise InvalidInput("已由该单位办理", "unit")
        if not reason.strip():
            raise InvalidInput("请写明转办理由", "reason")
        self.unit_id = unit_id
        return StepFacts(public={"unit": unit}, private=reason.strip())

    @step(source=State.REPORTED, target=State.FIXED, label="已更正", basis=BASIS, by=STAFF)
    def fix_error(self, *, actor: Actor, at: datetime, answer: str, today: date) -> StepFacts:
        """The page is right again; the reporter is told what was done."""
        return self._answered(answer, "fixed", today)

    @step(source=State.REPORTED, target=State.UNFOUNDED, label="经核无误", basis=BASIS, by=STAFF)
    def find_no_error(self, *, actor: Actor, at: datetime, answer: str, today: date) -> StepFacts:
        """The page is right; the reporter is told why."""
        return self._answered(answer, "unfounded", today)

    def _started(self, today: date, days: int, page: str) -> StepFacts:
        start = ClockFact(FactKind.START, today, days, reason="网页纠错", basis=BASIS)
        return StepFacts(public={"page": page}, clock=(start,))

    def _answered(self, answer: str, outcome: str, today: date) -> StepFacts:
        if not answer.strip():
            raise InvalidInput("请写明处理结果，会告知提交人", "answer")
        self.answer, self.outcome = answer.strip(), outcome
        late = self.due_on is not None and today > self.due_on
        stop = ClockFact(FactKind.STOP, today, reason="答复纠错", basis=BASIS)
        return StepFacts(public={"late": late}, clock=(stop,), private=answer.strip())
