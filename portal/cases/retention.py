"""What the docket keeps for a time only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from portal.cases.models import Case, CodeFailure, LegalHold, Submission
from portal.privacy.retention import RetentionRule, blank, declare, remove

CODE_DAYS, FAILURE_DAYS = 365, 30


def not_held(rows: QuerySet[Any], case: str = "pk") -> QuerySet[Any]:
    """These rows without those of cases under a legal hold; `case` names the case's id in the row."""
    held = LegalHold.objects.filter(case_id=OuterRef(case), lifted_at__isnull=True)
    return rows.filter(~Exists(held))


def closed_before(model: Any, at: datetime, days: int) -> QuerySet[Any]:
    """The cases of a model that were closed more than so many calendar days ago and are not held."""
    last = timezone.localdate(at) - timedelta(days=days)
    return not_held(model._base_manager.filter(closed_on__lt=last))


declare(
    RetentionRule(
        code="query_codes",
        title="查询码（只存摘要）",
        keep="办结后1年",
        source="内部管理要求，待核",
        overdue=lambda at: closed_before(Case, at, CODE_DAYS).exclude(code_hash=""),
        erase=blank(code_hash=""),
    ),
    RetentionRule(
        code="submission_keys",
        title="防重复提交的标记",
        keep=f"{settings.PORTAL_IDEMPOTENCY_KEEP.days}日",
        source="内部管理要求",
        overdue=lambda at: Submission.objects.filter(at__lt=at - settings.PORTAL_IDEMPOTENCY_KEEP),
        erase=remove,
    ),
    RetentionRule(
        code="code_failures",
        title="查询码输错记录（网络地址只存摘要）",
        keep=f"{FAILURE_DAYS}日",
        source="内部管理要求",
        overdue=lambda at: CodeFailure.objects.filter(at__lt=at - timedelta(days=FAILURE_DAYS)),
        erase=remove,
    ),
)
