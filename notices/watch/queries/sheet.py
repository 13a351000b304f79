"""The national inspection sheet as checks: today's state of each, and the day on which it turns red."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from notices.choices import Holds
from notices.models import AliveRule
from notices.queries import ColumnState, column_states, current
from notices.queries.enforcement import enforcing_units, missing_periods
from notices.watch import rules
from notices.watch.choices import Health, LinkState
from notices.watch.models import Link, SiteProbe
from notices.watch.queries.vetoes import service, severe
from notices.watch.rules import SHEET, Check
from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.core.limits import YUXI_RULES
from portal.publishing.choices import ReleaseState
from portal.publishing.models import Release

RANK = {Health.RED: 0, Health.SOON: 1, Health.UNKNOWN: 2, Health.GOOD: 3}
LETTER_DAYS = 92
PROBED_DAYS = 30


def inspection_sheet(now: datetime) -> list[Check]:
    """Every check of the sheet that this portal can do by itself, the worst first."""
    today = timezone.localdate(now)
    states = column_states(now)
    checks = [
        *_alive(now, today),
        *_columns(states, today),
        _letters(today),
        _answers(today),
        _feedback(today),
        _enforcement(now),
        _links(),
        _reached(now),
        severe(today),
        service(now),
        Check("mend", "网页有纠错入口", Health.GOOD, "每个公开网页都有“我要纠错”", SHEET),
    ]
    return sorted(checks, key=lambda check: (RANK[Health(check.health)], check.red_on or date.max))


def _newest(now: datetime, *kinds: str) -> date | None:
    """When something that everyone can read now last came out."""
    rows = current(now).order_by()
    if kinds:
        rows = rows.filter(column__holds__in=kinds)
    last = rows.aggregate(last=Max("publish_at"))["last"]
    return timezone.localdate(last) if last is not None else None


def _alive(now: datetime, today: date) -> list[Check]:
    """By the days of the rule table, which an administrator may change; of two rules the shorter one."""
    rules_by_code = {row.code: row for row in AliveRule.objects.all()}

    def check(code: str, title: str, kinds: tuple[str, ...], codes: tuple[str, ...], veto: bool) -> Check:
        shortest = min((rules_by_code[name] for name in codes), key=lambda row: row.days)
        last_on = _newest(now, *kinds)
        return rules.renewed(code, title, last_on, shortest.days, shortest.warn_days, today, veto=veto)

    policy = (Holds.NOTICE, Holds.DOCUMENT)
    return [
        check("home", "首页更新", (), ("home",), True),
        check("news", "动态、要闻更新", (Holds.NEWS,), ("news",), False),
        check("policy", "通知公告、政策文件更新", policy, ("notice", "document"), False),
    ]


def _enforcement(now: datetime) -> Check:
    """Periods without enforcement results and without a reason, those of the year before included."""
    missing = missing_periods(enforcing_units(), now)
    shown = "、".join(f"{unit.short_name}{state.period.title}" for unit, state in missing[:5])
    words = (
        f"缺{len(missing)}个期间：{shown}{'等' if len(missing) > 5 else ''}" if missing else "没有缺少的期间"
    )
    health = Health.RED if missing else Health.GOOD
    return Check("enforcement", "行政执法结果按期公开或者说明", health, words, f"{YUXI_RULES}第十三条第二项")


def _columns(states: list[ColumnState], today: date) -> list[Check]:
    def falling(rows: list[ColumnState]) -> list[date]:
        return [state.fresh.red_on for state in rows if state.fresh.red_on and not state.fresh.is_red]

    ruled = [state for state in states if state.column.alive_rule_id is not None]
    news = [state for state in ruled if state.column.holds == Holds.NEWS]
    first = [
        state
        for state in ruled
        if state.column.holds in (Holds.NOTICE, Holds.DOCUMENT) and state.column.parent_id is None
    ]
    added = [*news, *first]
    return [
        rules.counted(
            "stale",
            "应更新未更新的栏目",
            sum(state.fresh.is_red for state in ruled),
            rules.MOST_STALE,
            "个",
            falling=falling(ruled),
            today=today,
            veto=True,
        ),
        rules.counted(
            "stale_added",
            "未按时更新的动态、要闻栏目和通知公告、政策文件一级栏目（合计）",
            sum(state.fresh.is_red for state in added),
            rules.MOST_STALE_ADDED,
            "个",
            falling=falling(added),
            today=today,
            veto=True,
        ),
        rules.counted(
            "empty",
            "空白栏目",
            sum(state.fresh.empty for state in states),
            rules.MOST_EMPTY,
            "个",
            veto=True,
        ),
    ]


def _letters(today: date) -> Check:
    """Letters unanswered for over three months in the last year; red on the day on which the oldest one gets there.

    One that got there long ago turns nothing red any more.
    """
    open_: Any = Case.objects.filter(kind="letter", received_on__isnull=False).exclude(phase=Phase.CLOSED)
    young = open_.filter(received_on__gte=today - timedelta(days=LETTER_DAYS))
    oldest = young.order_by("received_on").values_list("received_on", flat=True).first()
    late = open_.filter(
        received_on__lt=today - timedelta(days=LETTER_DAYS), received_on__gte=today - timedelta(days=365)
    ).count()
    falling = [oldest + timedelta(days=LETTER_DAYS + 1)] if oldest is not None and not late else []
    return rules.counted(
        "letters", "超过3个月未答复的来信", late, 1, "件", falling=falling, today=today, veto=True
    )


def _answers(today: date) -> Check:
    last = Release.objects.filter(state=ReleaseState.PUBLISHED, case__kind="letter").aggregate(
        last=Max("published_at")
    )["last"]
    return rules.renewed(
        "answers", "公开的来信答复更新", timezone.localdate(last) if last else None, 61, 14, today
    )


def _feedback(today: date) -> Check:
    """Public comment whose results have not been fed back in time."""
    waiting: Any = Case.objects.filter(kind="consultation", due_on__isnull=False).exclude(phase=Phase.CLOSED)
    late = waiting.filter(due_on__lt=today).count()
    falling = [
        day + timedelta(days=1) for day in waiting.filter(due_on__gte=today).values_list("due_on", flat=True)
    ]
    return rules.counted("feedback", "未按期反馈的征集调查", late, 1, "项", falling=falling, today=today)


def _links() -> Check:
    counts = Link.objects.aggregate(dead=Count("pk", filter=Q(state=LinkState.DEAD)), all=Count("pk"))
    if not counts["all"]:
        return Check("links", "外部链接可以打开", Health.GOOD, "没有外部链接", SHEET)
    health = Health.RED if counts["dead"] else Health.GOOD
    words = f"{counts['all']}个链接中{counts['dead']}个三日三次打不开"
    return Check("links", "外部链接可以打开", health, words, SHEET)


def _reached(now: datetime) -> Check:
    counts = SiteProbe.objects.filter(at__gte=now - timedelta(days=PROBED_DAYS), at__lte=now).aggregate(
        bad=Count("pk", filter=Q(good=False)), all=Count("pk")
    )
    return rules.shared(
        "reached", "首页15秒内可以打开", counts["bad"], counts["all"], rules.MOST_UNREACHABLE, veto=True
    )
