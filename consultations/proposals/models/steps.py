"""The steps of a topic."""

from __future__ import annotations

from datetime import date, datetime

from django_fsm import GET_STATE

from consultations.proposals.choices import ANSWERABLE, BASIS, PUBLIC_STATES, TAKING, DeclineReason, State
from portal.cases.internal import InternalTerm
from portal.cases.transitions import APPLICANT, SYSTEM, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.wording import cn_date
from portal.core.workdays import WorkdayTerm
from portal.units.choices import Role

SCREENING = "审核市民提议"


class TopicSteps(InternalTerm):
    """Mixed into the topic. A suggestion is not a step of it."""

    opened_at: datetime | None
    closes_on: date | None
    reached_on: date | None
    decline_reason: str
    answered_at: datetime | None
    outcome: str
    due_on: date | None

    @step(source=State.NEW, target=State.NAMED, label="设立议题", basis=BASIS, by=(Role.CLERK,))
    def name_topic(self, *, actor: Actor, at: datetime) -> StepFacts:
        """The unit names a topic."""
        return StepFacts(public={"by": "unit"})

    @step(source=State.NAMED, target=State.OPEN, label="签发议题", basis=BASIS, by=(Role.APPROVER,))
    def approve_topic(self, *, actor: Actor, at: datetime, writers: frozenset[int], today: date) -> StepFacts:
        """The leader opens it."""
        if actor.account_id in writers:
            raise StepRefused("签发须由设立人以外的人员办理。")
        if self.closes_on is not None and self.closes_on <= today:
            raise StepRefused("截止日已经过去，请退回修改。")
        self.opened_at = at
        return StepFacts(public={"closes_on": self.closes_on})

    @step(
        source=(State.NAMED, State.RETURNED),
        target=State.NAMED,
        label="修改议题",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def edit_topic(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """A clerk changes what the unit named; it waits for the leader again."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.NAMED, target=State.RETURNED, label="议题退回修改", basis=BASIS, by=(Role.APPROVER,))
    def return_topic(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """The leader sends it back, saying why."""
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    @step(
        source=(State.NAMED, State.RETURNED),
        target=State.DECLINED,
        label="撤销议题",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def drop_topic(self, *, actor: Actor, at: datetime, reason: str) -> StepFacts:
        """The unit drops what it named before anybody could read it."""
        if not reason.strip():
            raise InvalidInput("请写明撤销的理由", "reason")
        self.outcome = "dropped"
        return StepFacts(public={"reason": reason.strip()})

    @step(source=State.NEW, target=State.PROPOSED, label="市民提议议题", basis=BASIS, by=(APPLICANT,))
    def propose_topic(self, *, actor: Actor, at: datetime, screen_by: WorkdayTerm) -> StepFacts:
        """A citizen proposes one."""
        self.set_internal(screen_by, SCREENING)
        return StepFacts(public={"by": "citizen", "screen_by": screen_by.last})

    @step(source=State.PROPOSED, target=State.OPEN, label="采用议题", basis=BASIS, by=(Role.CLERK,))
    def accept_topic(self, *, actor: Actor, at: datetime) -> StepFacts:
        """The unit opens a citizen's topic."""
        self.opened_at = at
        self.clear_internal()
        return StepFacts()

    @step(source=State.PROPOSED, target=State.DECLINED, label="不采用议题", basis=BASIS, by=(Role.CLERK,))
    def decline_topic(self, *, actor: Actor, at: datetime, reason: str) -> StepFacts:
        """The unit does not open it, on one of a closed list of grounds."""
        if reason not in DeclineReason.values:
            raise InvalidInput("请选择不采用的情形", "reason")
        self.decline_reason, self.outcome = reason, "declined"
        self.clear_internal()
        return StepFacts(public={"reason": reason})

    @step(source=TAKING, target=None, label="达到支持人数", basis=BASIS, by=(SYSTEM,))
    def reach_support(
        self, *, actor: Actor, at: datetime, today: date, days: int, supports: int
    ) -> StepFacts:
        """So many support it that the unit must answer by a date."""
        self.reached_on = today
        start = ClockFact(FactKind.START, today, days, reason="答复市民议题", basis=BASIS)
        return StepFacts(public={"supports": supports}, clock=(start,))

    @step(
        source=TAKING,
        target=GET_STATE(
            lambda self, **_: State.CLOSED if self.state == State.OPEN else State.DRAFTED,
            states=[State.CLOSED, State.DRAFTED],
        ),
        label="建议征集截止",
        basis=BASIS,
        by=(SYSTEM, Role.CLERK),
    )
    def close_topic(
        self,
        *,
        actor: Actor,
        at: datetime,
        today: date,
        days: int,
        running: bool,
        suggestions: int,
        closed: bool,
    ) -> StepFacts:
        """The last day has passed: the unit answers by a date, whether or not it has a draft already."""
        if closed:
            raise StepRefused("建议征集已经截止。")
        if self.closes_on is None or today <= self.closes_on:
            raise StepRefused("建议征集还没有截止。")
        start = ClockFact(FactKind.START, self.closes_on, days, reason="答复议题", basis=BASIS)
        facts = {"suggestions": suggestions, "ended_on": self.closes_on}
        return StepFacts(public=facts, clock=() if running else (start,))

    @step(source=ANSWERABLE, target=State.DRAFTED, label="起草答复", basis=BASIS, by=(Role.CLERK,))
    def draft_answer(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """The unit writes what becomes of the suggestions."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.DRAFTED, target=State.CLEARING, label="答复送签", basis=BASIS, by=(Role.CLERK,))
    def submit_answer(self, *, actor: Actor, at: datetime, content_sha256: str, today: date) -> StepFacts:
        """To the secrecy review and the leader; not before the last day for suggestions has passed."""
        if self.closes_on is not None and today <= self.closes_on:
            raise StepRefused(f"建议征集到{cn_date(self.closes_on)}截止，截止后才能送签。")
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=State.CLEARING,
        target=State.REVIEWING,
        label="答复保密审查通过",
        basis=BASIS,
        by=(Role.SECRECY_REVIEWER,),
    )
    def clear_answer(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy reviewer finds nothing against it."""
        if actor.account_id in signers:
            raise StepRefused("起草、保密审查、签发须由不同人员办理。")
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.REVIEWING, target=State.ANSWERED, label="公布答复", basis=BASIS, by=(Role.APPROVER,))
    def publish_answer(
        self,
        *,
        actor: Actor,
        at: datetime,
        signers: frozenset[int],
        content_sha256: str,
        today: date,
        running: bool,
    ) -> StepFacts:
        """The leader signs: public, the clock stops, those who took part are told."""
        if actor.account_id in signers:
            raise StepRefused("起草、签发须由不同人员办理。")
        self.answered_at, self.outcome = at, "answered"
        late = self.due_on is not None and today > self.due_on
        stop = ClockFact(FactKind.STOP, today, reason="公布答复", basis=BASIS)
        return StepFacts(
            public={"content_sha256": content_sha256, "late": late}, clock=(stop,) if running else ()
        )

    @step(
        source=(State.CLEARING, State.REVIEWING),
        target=State.DRAFTED,
        label="退回修改",
        basis=BASIS,
        by=(Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_answer(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """The leader sends it back, saying why."""
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    @step(
        source=PUBLIC_STATES,
        target=None,
        label="移除建议",
        basis=BASIS,
        by=(Role.CLERK, Role.REVIEWER),
    )
    def remove_suggestion(self, *, actor: Actor, at: datetime, number: int, reason: str) -> StepFacts:
        """A suggestion is shown no more, for a reason that is shown."""
        if not reason.strip():
            raise InvalidInput("请写明移除的理由", "reason")
        return StepFacts(public={"suggestion": number, "reason": reason.strip()})
