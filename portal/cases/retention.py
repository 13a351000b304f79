"""What the docket keeps for a time only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from portal.cases.models import Case, CodeFailure, LegalHold, Submission
from portal.privacy.personal import contacts, filled
from portal.privacy.retention import RetentionRule, blank, declare, remove

CODE_DAYS, CONTACT_DAYS, FAILURE_DAYS = 365, 365, 30
STILL_NEEDED: list[Callable[[date], QuerySet[Any]]] = []


def declare_needed(rows: Callable[[date], QuerySet[Any]]) -> None:
    """Add the closed cases of a kind that somebody still needs on a day: a dispute, a new answer that is awaited.

    Nothing of them runs out; called from an app's `retention` module.
    """
    STILL_NEEDED.append(rows)


def not_held(rows: QuerySet[Any], case: str = "pk") -> QuerySet[Any]:
    """These rows without those of cases under a legal hold; `case` names the case's id in the row."""
    held = LegalHold.objects.filter(case_id=OuterRef(case), lifted_at__isnull=True)
    return rows.filter(~Exists(held))


def closed_before(model: Any, at: datetime, days: int) -> QuerySet[Any]:
    """The cases of a model that were closed more than so many calendar days ago, are not held and not needed any more."""
    today = timezone.localdate(at)
    rows = not_held(model._base_manager.filter(closed_on__lt=today - timedelta(days=days)))
    for needed in STILL_NEEDED:
        rows = rows.exclude(pk__in=needed(today).values("pk"))
    return rows


def closed_contacts(code: str, title: str, *, rows: Any, case: str, of: Any) -> RetentionRule:
    """The rule for what `rows` declare as contacts, a year after the closing of their case (`of`, named by field `case`)."""
    names = contacts(rows)
    return RetentionRule(
        code=code,
        title=title,
        keep=f"办结后{CONTACT_DAYS}日",
        source="《中华人民共和国个人信息保护法》第十九条、第四十七条，日数待核",
        overdue=lambda at: rows._base_manager.filter(
            filled(*names), **{f"{case}__in": closed_before(of, at, CONTACT_DAYS).values("pk")}
        ),
        erase=blank(**dict.fromkeys(names, "")),
    )


declare(
    RetentionRule(
        code="query_codes",
        title="查询码（只存摘要）",
        keep="办结后1年；复议、诉讼未结，起诉期限未满，或者等待重新答复的不清除",
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
