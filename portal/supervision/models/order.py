"""What a supervisor asks of a unit: a reminder, a supervision order, an order to correct."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput
from portal.supervision.choices import BASIS, KIND, Sort, State
from portal.units.choices import Role

PHASES = {State.NEW: Phase.INTAKE, State.CLOSED: Phase.CLOSED, State.RECALLED: Phase.CLOSED}


class OrderSteps:
    """The steps of an order."""

    unit_id: int
    sort: str
    report: str
    verdict: str
    accountability: str
    outcome: str
    due_on: date | None

    @step(source=State.NEW, target=State.ISSUED, label="发出", basis=BASIS, by=(Role.SUPERVISOR,))
    def issue_order(
        self, *, actor: Actor, at: datetime, today: date, days: int, unit_id: int, about: str
    ) -> StepFacts:
        """A supervisor asks the unit to report by a day."""
        self.unit_id = unit_id
        start = ClockFact(FactKind.START, today, days, reason=Sort(self.sort).label, basis=BASIS)
        return StepFacts(public={"sort": self.sort, "about": about}, clock=(start,))

    @step(
        source=State.ISSUED,
        target=State.REPORTED,
        label="报告办理情况",
        basis=BASIS,
        by=(Role.CLERK, Role.APPROVER),
    )
    def report_back(self, *, actor: Actor, at: datetime, report: str, today: date) -> StepFacts:
        """The unit says what it did; the clock stops."""
        if not report.strip():
            raise InvalidInput("请写明办理情况", "report")
        self.report = report.strip()
        late = self.due_on is not None and today > self.due_on
        stop = ClockFact(FactKind.STOP, today, reason="报告", basis=BASIS)
        return StepFacts(public={"late": late}, clock=(stop,))

    @step(source=State.REPORTED, target=State.CLOSED, label="核实办结", basis=BASIS, by=(Role.SUPERVISOR,))
    def close_order(self, *, actor: Actor, at: datetime, verdict: str, accountability: str) -> StepFacts:
        """The supervisor is content; whoever had to account for it is put on record."""
        if not verdict.strip():
            raise InvalidInput("请写明核实意见", "verdict")
        self.verdict, self.accountability, self.outcome = verdict.strip(), accountability.strip(), "closed"
        return StepFacts(public={"accountability": bool(self.accountability)}, private=self.accountability)

    @step(source=State.REPORTED, target=State.ISSUED, label="退回重办", basis=BASIS, by=(Role.SUPERVISOR,))
    def return_order(self, *, actor: Actor, at: datetime, reason: str, today: date, days: int) -> StepFacts:
        """The report does not do; the unit reports again by a new day."""
        if not reason.strip():
            raise InvalidInput("请写明退回理由", "reason")
        restart = ClockFact(FactKind.RESTART, today, days, reason="退回重办", basis=BASIS)
        return StepFacts(public={"reason": reason.strip()}, clock=(restart,))

    @step(source=State.ISSUED, target=State.RECALLED, label="撤回", basis=BASIS, by=(Role.SUPERVISOR,))
    def recall_order(self, *, actor: Actor, at: datetime, reason: str, today: date) -> StepFacts:
        """It is no longer needed."""
        if not reason.strip():
            raise InvalidInput("请写明撤回理由", "reason")
        self.outcome = "recalled"
        stop = ClockFact(FactKind.STOP, today, reason="撤回", basis=BASIS)
        return StepFacts(public={"reason": reason.strip()}, clock=(stop,))


class SupervisionOrder(OrderSteps, Case):
    """One order. `Case.unit` has to act; `target` is the case that it is about, if it is about one."""

    sort = models.CharField("种类", max_length=10, choices=Sort.choices)
    target = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name="所涉办件"
    )
    demand = models.TextField("要求")
    report = models.TextField("办理情况", blank=True)
    verdict = models.CharField("核实意见", max_length=500, blank=True)
    accountability = models.CharField("责任追究记录", max_length=500, blank=True)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = ("report_back", "close_order", "return_order", "recall_order")

    class Meta:
        verbose_name = "督办事项"
        verbose_name_plural = "督办事项"
        constraints = [
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="supervision_sort_known"),
        ]

    def phase_now(self) -> str:
        """In progress from its issue, closed when done or recalled."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)
