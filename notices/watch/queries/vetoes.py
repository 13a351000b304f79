"""The vetoes that are no dates: grave incidents as a person judged them, services as their guides are written."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from notices.queries import services
from notices.watch import rules
from notices.watch.choices import Verdict
from notices.watch.models import InspectionJudgement, TamperAlarm
from notices.watch.rules import Check
from portal.core.limits import limit
from portal.core.wording import cn_date

MOST_SHOWN = 20


def judgements() -> list[InspectionJudgement]:
    """The judgements, the newest first."""
    return list(InspectionJudgement.objects.all()[:MOST_SHOWN])


def severe(today: date) -> Check:
    """安全、泄密事故等严重问题: what was judged last, and alarms that are open."""
    alarms = TamperAlarm.objects.filter(closed_at__isnull=True).count()
    last = InspectionJudgement.objects.first()
    if last is None:
        return rules.judged(None, "尚未评判", alarms, None, today)
    day = timezone.localdate(last.at)
    said = last.get_severe_display() if last.severe else last.get_verdict_display()
    words = f"{cn_date(day)}{last.label}评判：{said}。{last.reason}"
    until = day + timedelta(days=limit("inspection.judgement", on=day).days)
    return rules.judged(last.verdict == Verdict.FOUND, words, alarms, until, today)


def service(now: datetime) -> Check:
    """服务不实用: the guides to services that are public now, and what they lack."""
    rows = services(now).values_list("fields", flat=True)
    told = [fields.get("particulars", {}) for fields in rows]
    return rules.served([sum(not given.get(part) for part in rules.GUIDE_PARTS) for given in told])
