"""The steps of a writer who is not satisfied: handled again once, then a matter for the supervisors."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from mailbox import rules
from mailbox.choices import PRACTICE, State, Verdict
from portal.cases.transitions import APPLICANT, PARTY, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role

AGAIN = "重新办理"


class AfterSteps:
    """Mixed into the letter."""

    round: int
    outcome: str
    closed_on: date | None
    term_days: int
    clock_from: date | None
    again_reason: str
    leader_id: int | None
    merged_from: str
    supervised_on: date | None
    supervision_verdict: str
    supervision_note: str

    @step(
        source=State.ANSWERED,
        target=State.HANDLING,
        label="来信人不满意，重新办理",
        basis=PRACTICE,
        by=(APPLICANT, PARTY),
    )
    def rehandle(self, *, actor: Actor, at: datetime, reason: str, days: int, source: str) -> StepFacts:
        """By right and once: the same unit handles the letter again, in a reply period of its own."""
        if self.round >= rules.ROUNDS:
            raise StepRefused("本件已经重新办理过一次。")
        self._not_satisfied(reason)
        today = timezone.localdate(at)
        self.round += 1
        self.outcome, self.closed_on = "", None
        self.term_days, self.clock_from = days, today
        self.leader_id, self.merged_from = None, ""
        anew = ClockFact(FactKind.RESTART, today, days, reason=AGAIN, basis=source)
        return StepFacts(public={"round": self.round, "days": days}, clock=(anew,))

    @step(
        source=State.ANSWERED,
        target=None,
        label="来信人再次不满意，转督查",
        basis=PRACTICE,
        by=(APPLICANT, PARTY),
    )
    def escalate(self, *, actor: Actor, at: datetime, reason: str) -> StepFacts:
        """Handled again and still not satisfied: the supervisors look at it."""
        if self.round < rules.ROUNDS:
            raise StepRefused("请先要求重新办理。")
        if self.supervised_on is not None:
            raise StepRefused("本件已经转督查，请等待结果。")
        self._not_satisfied(reason)
        self.supervised_on = timezone.localdate(at)
        return StepFacts()

    def _not_satisfied(self, reason: str) -> None:
        if not reason.strip():
            raise InvalidInput("请写明不满意的理由", "reason")
        self.again_reason = reason.strip()

    @step(
        source=State.ANSWERED,
        target=None,
        label="督查结论",
        basis="《玉溪市政府网站群管理办法（试行）》（玉政办发〔2019〕20号）第二十四条",
        by=(Role.SUPERVISOR,),
    )
    def conclude_supervision(self, *, actor: Actor, at: datetime, verdict: str, note: str) -> StepFacts:
        """The supervisors say what they found; the writer is told."""
        if self.supervised_on is None or self.supervision_verdict:
            raise StepRefused("本件没有待结论的督查。")
        if verdict not in Verdict.values:
            raise InvalidInput("请选择督查结果", "verdict")
        if not note.strip():
            raise InvalidInput("请写明督查意见，将告知来信人", "note")
        self.supervision_verdict, self.supervision_note = verdict, note.strip()
        return StepFacts(public={"verdict": Verdict(verdict).label})
