"""The nightly proof of everything that the log holds a digest of."""

from __future__ import annotations

from django.db import models


class ProofRound(models.Model):
    """One round over cases, anchors, papers, files and texts, done in slices; `stage` and `after` say how far it is."""

    started_at = models.DateTimeField("开始时间", unique=True)
    claimed_until = models.DateTimeField("占用至", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)
    stage = models.PositiveSmallIntegerField("阶段", default=0)
    after = models.BigIntegerField("已到", default=0)
    done = models.JSONField("已核验", default=dict)
    findings = models.PositiveIntegerField("不符数", default=0)
    first = models.JSONField("前若干条不符", default=list)
    last_anchor = models.BigIntegerField("核验到的锚", default=0)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = "台账核验"
        verbose_name_plural = "台账核验"

    def __str__(self) -> str:
        return f"{self.started_at:%F %T} {self.findings}"
