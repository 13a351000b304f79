"""What the portal itself wrote into each row, under a key that the database does not hold."""

from __future__ import annotations

import secrets

from django.db import models


def random_id() -> int:
    """No order of writing: a ballot's seal must not lie beside that of whoever took part just then."""
    return secrets.randbits(62)


class RowSeal(models.Model):
    """The digests of the columns of one row, each keyed and bound to table, row and column; written with the row."""

    id = models.BigIntegerField(primary_key=True, default=random_id)
    table = models.CharField("表", max_length=63)
    row = models.CharField("行", max_length=120)
    kid = models.CharField("密钥标识", max_length=20)
    columns = models.TextField("各栏摘要")

    class Meta:
        verbose_name = "行登记"
        verbose_name_plural = "行登记"
        constraints = [models.UniqueConstraint(fields=["table", "row"], name="ledger_seal_of_row")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"


class BoundTable(models.Model):
    """A table whose rows are all sealed: from that moment on a row without a seal was put in by hand."""

    table = models.CharField("表", max_length=63, unique=True)
    columns = models.TextField("登记的栏")
    since = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "已登记的表"
        verbose_name_plural = "已登记的表"

    def __str__(self) -> str:
        return self.table


class CaseOpening(models.Model):
    """That a case was opened, and the ids of the openings just before: no case goes without leaving a gap in another's row.

    No lock: two at once see the same ones before them, and those that come after see both.
    """

    case = models.UUIDField("办件", unique=True)
    seen = models.JSONField("此前的收件", default=list)

    class Meta:
        verbose_name = "收件登记"
        verbose_name_plural = "收件登记"

    def __str__(self) -> str:
        return str(self.case)
