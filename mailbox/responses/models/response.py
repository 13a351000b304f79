"""A public response to what many write about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mailbox.models import Letter
from mailbox.responses.choices import KIND, State
from mailbox.responses.models.steps import ResponseSteps
from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.publishing.actions import digest_of
from portal.publishing.models import TakeDownSteps

PHASES = {State.NEW: Phase.INTAKE, State.PUBLISHED: Phase.CLOSED, State.CANCELLED: Phase.CLOSED}


class ResponseTask(ResponseSteps, TakeDownSteps, Case):
    """One response. `Case.title` is the topic; the letters are named, their words are never copied."""

    letters = models.ManyToManyField(Letter, related_name="responses", verbose_name="所涉来信")
    brief = models.CharField("交办要求", max_length=500)
    heading = models.CharField("回应标题", max_length=120, blank=True)
    body = models.TextField("回应内容", blank=True)
    published_at = models.DateTimeField("公开时间", null=True)
    cancel_reason = models.CharField("取消的理由", max_length=300, blank=True)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = (
        "draft_response",
        "submit_response",
        "review_response",
        "clear_response",
        "publish_response",
        "return_response",
        "cancel_response",
        "take_down",
    )

    class Meta:
        verbose_name = "公开回应"
        verbose_name_plural = "公开回应"

    def phase_now(self) -> str:
        """In progress from the order, closed when public or cancelled."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)

    @property
    def content_sha256(self) -> str:
        """What the signatures are bound to."""
        return digest_of(self.heading, self.body)
