"""A vote or a survey."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from consultations.polls.choices import KIND, PollKind, Secrecy, State, Who
from consultations.polls.models.steps import PollSteps
from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.publishing.models import TakeDownSteps

PHASES = {
    State.NEW: Phase.INTAKE,
    State.PUBLISHED: Phase.CLOSED,
    State.CANCELLED: Phase.CLOSED,
}


class Poll(PollSteps, TakeDownSteps, Case):
    """One poll. `definition` is the questionnaire, frozen with its digest when the poll is signed.

    Votes are taken on the days from `opens_on` to `closes_on`, both included, computed from the time in the query.
    """

    poll_kind = models.CharField("类别", max_length=8, choices=PollKind.choices)
    intro = models.TextField("说明")
    opens_on = models.DateField("开始日")
    closes_on = models.DateField("截止日")
    who = models.CharField("谁可以参加", max_length=10, choices=Who.choices, default=Who.ANYONE)
    secrecy = models.CharField("保密程度", max_length=10, choices=Secrecy.choices, default=Secrecy.HIDDEN)
    changeable = models.BooleanField("截止前可以修改", default=False)
    shows_running = models.BooleanField("截止前显示结果", default=False)
    entries_from = models.DateField("征集作品开始日", null=True, blank=True)
    entries_until = models.DateField("征集作品截止日", null=True, blank=True)
    most_chosen = models.PositiveSmallIntegerField("每人最多选几件", default=1)
    definition = models.JSONField("问卷", default=dict)
    definition_sha256 = models.CharField("问卷摘要", max_length=64, blank=True)
    approved_at = models.DateTimeField("签发时间", null=True)
    published_at = models.DateTimeField("公布结果时间", null=True)
    cancel_reason = models.CharField("取消的理由", max_length=300, blank=True)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = (
        "submit_poll",
        "review_poll",
        "clear_poll",
        "approve_poll",
        "count_poll",
        "publish_result",
        "compose_ballot",
        "review_ballot",
        "clear_ballot",
        "sign_ballot",
        "return_ballot",
        "edit_poll",
        "recall_poll",
        "return_poll",
        "propose_invalidation",
        "cancel_poll",
        "take_down",
    )

    class Meta:
        verbose_name = "投票调查"
        verbose_name_plural = "投票调查"
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="polls_days_in_order"),
            models.CheckConstraint(
                condition=~Q(secrecy=Secrecy.ANONYMOUS, changeable=True), name="polls_anonymous_is_final"
            ),
            models.CheckConstraint(
                condition=~Q(secrecy=Secrecy.ANONYMOUS, shows_running=True),
                name="polls_anonymous_shows_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(secrecy=Secrecy.NAMED) | Q(who__in=[Who.ACCOUNT, Who.VERIFIED]),
                name="polls_named_have_accounts",
            ),
            models.CheckConstraint(condition=Q(who__in=Who.values), name="polls_who_known"),
            models.CheckConstraint(
                condition=Q(
                    poll_kind=PollKind.CONTEST, entries_from__isnull=False, entries_until__isnull=False
                )
                | (~Q(poll_kind=PollKind.CONTEST) & Q(entries_from__isnull=True, entries_until__isnull=True)),
                name="polls_contest_has_two_stages",
            ),
        ]

    def phase_now(self) -> str:
        """In progress from the first draft, closed when the result is out or it is called off."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)

    def takes_votes(self, today: date) -> bool:
        """True if votes are taken on that day; a contest has to have its ballot first."""
        ready = self.poll_kind != PollKind.CONTEST or bool(self.definition_sha256)
        return ready and self.state == State.APPROVED and self.opens_on <= today <= self.closes_on

    def takes_entries(self, today: date) -> bool:
        """True if entries of a contest are taken on that day."""
        if self.state != State.APPROVED or self.entries_from is None or self.entries_until is None:
            return False
        return self.entries_from <= today <= self.entries_until

    @property
    def begins_on(self) -> date:
        """The day from which everyone may read it."""
        return self.entries_from or self.opens_on
