"""A topic, what is suggested on it, and who supports it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from consultations.proposals.choices import KIND, TAKING, DeclineReason, State
from consultations.proposals.models.steps import TopicSteps
from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.publishing.models import TakeDownSteps

PHASES = {State.NEW: Phase.INTAKE, State.ANSWERED: Phase.CLOSED, State.DECLINED: Phase.CLOSED}


class ProposalTopic(TopicSteps, TakeDownSteps, Case):
    """One topic: named by a unit (with a last day), or proposed by a citizen (answered once enough support it)."""

    background = models.TextField("议题说明")
    closes_on = models.DateField("截止日", null=True, blank=True)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("开放时间", null=True)
    reached_on = models.DateField("达到支持人数之日", null=True)
    decline_reason = models.CharField(
        "不采用的情形", max_length=14, choices=DeclineReason.choices, blank=True
    )
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = (
        "approve_topic",
        "accept_topic",
        "close_topic",
        "draft_answer",
        "submit_answer",
        "clear_answer",
        "publish_answer",
        "edit_topic",
        "return_topic",
        "drop_topic",
        "decline_topic",
        "return_answer",
        "submit_return",
        "review_return",
        "clear_return",
        "restore",
        "refuse_return",
        "take_down",
    )

    class Meta:
        verbose_name = "建言献策议题"
        verbose_name_plural = "建言献策议题"

    def phase_now(self) -> str:
        """In progress from the beginning, closed when answered or not opened."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)

    def takes_suggestions(self, today: date) -> bool:
        """True if suggestions and support are taken on that day."""
        return self.state in TAKING and (self.closes_on is None or today <= self.closes_on)


class Suggestion(models.Model):
    """One suggestion on a topic, by an account."""

    topic = models.ForeignKey(ProposalTopic, models.PROTECT, related_name="suggestions", verbose_name="议题")
    number = models.PositiveIntegerField("序号")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField("建议")
    text_digest = models.CharField(max_length=64)
    removed_reason = models.CharField("移除的理由", max_length=200, blank=True)
    at = models.DateTimeField("提交时间")

    class Meta:
        ordering = ["topic", "number"]
        verbose_name = "建议"
        verbose_name_plural = "建议"
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="proposals_suggestion_once"),
            models.UniqueConstraint(
                fields=["topic", "account", "text_digest"], name="proposals_same_words_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}号建议"


class Support(models.Model):
    """That an account supports a topic, once: the primary key is (topic, account)."""

    pk = models.CompositePrimaryKey("topic_id", "account_id")
    topic = models.ForeignKey(ProposalTopic, models.CASCADE, related_name="supports", verbose_name="议题")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "支持"
        verbose_name_plural = "支持"

    def __str__(self) -> str:
        return f"{self.topic}：支持"
