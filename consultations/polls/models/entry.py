"""Entries of a contest (评选、口号征集): collected, reviewed, then voted on."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from consultations.polls.choices import EntryState
from consultations.polls.models.poll import Poll
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import EMAIL, NAME


class Entry(models.Model):
    """One entry. Who sent it is sealed and stays unknown to voters; a refusal has its reason."""

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="entries", verbose_name="评选")
    number = models.PositiveIntegerField("序号")
    title = models.CharField("作品", max_length=120)
    text = models.TextField("说明", blank=True)
    name = SealedTextField("姓名或者名称", personal=NAME)
    email = SealedTextField("电子邮箱", personal=EMAIL)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="账号"
    )
    key_digest = models.CharField("提交标识摘要", max_length=64, unique=True)
    origin = models.CharField("来源摘要", max_length=64, blank=True)
    state = models.CharField("审核", max_length=8, choices=EntryState.choices, default=EntryState.PENDING)
    reason = models.CharField("未入围的理由", max_length=200, blank=True)
    sent_at = models.DateTimeField("提交时间")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["poll", "number"]
        verbose_name = "作品"
        verbose_name_plural = "作品"
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="polls_entry_once"),
            models.CheckConstraint(
                condition=~models.Q(state=EntryState.REFUSED) | ~models.Q(reason=""),
                name="polls_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}号作品：{self.title}"
