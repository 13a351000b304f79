"""What happened to a case: chained events, clock entries, anchors. All append-only."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now

from portal.cases.models.case import Case
from portal.core.clock import ClockFact, FactKind
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS


class CaseEvent(models.Model):
    """One step of a case, linked to the one before by SHA-256. Personal data is never in it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", verbose_name="办件")
    seq = models.PositiveIntegerField("序号")
    kind = models.CharField("步骤", max_length=40)
    actor_kind = models.CharField("行为人类别", max_length=10)
    actor_id = models.BigIntegerField("行为人账号", null=True)
    actor_label = models.CharField("行为人", max_length=60)
    unit_id = models.BigIntegerField("机关", null=True)
    at = models.DateTimeField("时间")
    from_state = models.CharField("原状态", max_length=30)
    to_state = models.CharField("新状态", max_length=30)
    facts = models.JSONField("事实", default=dict)
    prev = models.CharField("前链", max_length=64)
    digest = models.CharField("摘要", max_length=64)
    recorded_at = models.DateTimeField("入库时间", db_default=Now())

    class Meta:
        ordering = ["case_id", "seq"]
        verbose_name = "办件事件"
        verbose_name_plural = "办件事件"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="cases_event_seq"),
            models.UniqueConstraint(fields=["case", "prev"], name="cases_event_no_fork"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.kind}"

    def chained_fields(self) -> dict[str, Any]:
        """The fields that the digest covers."""
        return {
            "case": str(self.case.public_id),
            "seq": self.seq,
            "kind": self.kind,
            "actor_kind": self.actor_kind,
            "actor_id": self.actor_id,
            "actor_label": self.actor_label,
            "unit_id": self.unit_id,
            "at": self.at,
            "from_state": self.from_state,
            "to_state": self.to_state,
            "facts": self.facts,
        }


class EventPayload(models.Model):
    """Words that belong to an event but may have to be erased: the event keeps only their salted digest."""

    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="payload", verbose_name="事件")
    salt = models.CharField("盐", max_length=32)
    text = SealedTextField("内容", personal=WORDS)

    class Meta:
        verbose_name = "事件内容"
        verbose_name_plural = "事件内容"

    def __str__(self) -> str:
        return f"payload of {self.event_id}"


class ClockEntry(models.Model):
    """One fact that moved a case's clock, written with its event."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clock_entries", verbose_name="办件")
    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="clock_entries", verbose_name="事件")
    kind = models.CharField("种类", max_length=10)
    on = models.DateField("日期")
    days = models.PositiveSmallIntegerField("工作日数", default=0)
    until = models.DateField("最迟至", null=True)
    key = models.CharField("事项键", max_length=60, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    since = models.DateField("等待期起算日", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "计时记录"
        verbose_name_plural = "计时记录"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in FactKind]), name="cases_clock_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

    def fact(self) -> ClockFact:
        """The entry as the fold takes it."""
        return ClockFact(
            FactKind(self.kind),
            self.on,
            self.days,
            self.until,
            self.key,
            self.reason,
            self.basis,
            self.since,
        )


class LedgerAnchor(models.Model):
    """A signed root over all chain heads up to an event: shows a removed case or a cut-off tail."""

    at = models.DateTimeField("时间")
    through_event = models.BigIntegerField("截至事件")
    cases = models.PositiveIntegerField("办件数")
    root = models.CharField("根摘要", max_length=64)
    prev = models.CharField("前锚", max_length=64)
    signature = models.CharField("签名", max_length=200)

    class Meta:
        ordering = ["id"]
        verbose_name = "台账锚"
        verbose_name_plural = "台账锚"

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.root[:12]}"
