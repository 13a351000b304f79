"""The steps of an extension: asked for, agreed to once, or not (条例第三十三条)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION, limit
from portal.units.choices import Role
from requests_app import rules
from requests_app.choices import State

IN_HANDS = (State.REGISTERED, State.HANDLING, State.REVIEWING, State.CLEARING, State.SIGNING)


class ExtensionSteps:
    """Mixed into the request."""

    due_on: date | None
    law_day: date

    @step(
        source=IN_HANDS,
        target=None,
        label="申请延期",
        basis=f"{REGULATION}第三十三条第二款",
        by=(Role.CLERK,),
    )
    def request_extension(
        self, *, actor: Actor, at: datetime, days: int, reason: str, already: bool, postponed: bool
    ) -> StepFacts:
        """The clerk asks the head of the disclosure office for more time."""
        self._check_extension(days, at, already, postponed)
        if not reason.strip():
            raise InvalidInput("请写明延期理由，理由将告知申请人", "reason")
        return StepFacts(public={"days": days}, private=reason.strip())

    @step(
        source=IN_HANDS,
        target=None,
        label="批准延期",
        basis=f"{REGULATION}第三十三条第二款",
        by=(Role.APPROVER,),
    )
    def extend(
        self, *, actor: Actor, at: datetime, days: int, requested_by: int, already: bool, postponed: bool
    ) -> StepFacts:
        """The head of the disclosure office agrees, before the first limit ends, once a period."""
        self._check_extension(days, at, already, postponed)
        if actor.account_id == requested_by:
            raise StepRefused("申请延期与批准延期须由不同人员办理。")
        rule = limit("disclosure.extension", on=self.law_day)
        longer = ClockFact(
            FactKind.EXTEND, timezone.localdate(at), days, reason="延长答复期限", basis=rule.source
        )
        return StepFacts(public={"days": days, "due_before": self.due_on}, clock=(longer,))

    @step(
        source=IN_HANDS,
        target=None,
        label="不批准延期",
        basis=f"{REGULATION}第三十三条第二款",
        by=(Role.APPROVER,),
    )
    def refuse_extension(self, *, actor: Actor, at: datetime, requested_by: int) -> StepFacts:
        """The head of the disclosure office does not agree; the period stays."""
        if actor.account_id == requested_by:
            raise StepRefused("申请延期与审批须由不同人员办理。")
        return StepFacts()

    def _check_extension(self, days: int, at: datetime, already: bool, postponed: bool) -> None:
        if postponed:
            raise StepRefused("本件已经确定延迟答复的期限（条例第三十五条），不能再延长。")
        most = limit("disclosure.extension", on=self.law_day).days
        problem = rules.extension_problem(days, most, self.due_on, timezone.localdate(at), already)
        if problem:
            raise InvalidInput(problem, "days")
