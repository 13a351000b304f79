"""The morning list by role: one message a working day instead of one for each event; nothing due, no message."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.cases import queries as docket
from portal.core.wording import cn_date
from portal.holidays.calendars import calendar
from portal.messaging.actions import Recipient, notify
from portal.supervision.queries import live_counts
from portal.units.access import actor_for, is_supervisor, units_of
from portal.units.models import Account
from requests_app.returns.queries import waiting_to_check


def send_digests(*, at: datetime) -> int:
    """Write today's messages, each once; gives how many. On days that are no working days there are none."""
    today = timezone.localdate(at)
    days = calendar()
    if not days.is_workday(today):
        return 0
    made = 0
    parts: tuple[tuple[str, int], ...]
    staff = Account.objects.filter(is_active=True, appointments__isnull=False).distinct().order_by("pk")
    for account in staff:
        actor = actor_for(account, today)
        if is_supervisor(actor):
            found = live_counts(today, days)
            counts, link = found, reverse("supervision:board")
            parts = (
                ("逾期", found["overdue"]),
                ("今日到期", found["today"]),
                ("预计逾期", found["predicted"]),
                ("待核对的年度报告", waiting_to_check(today)),
            )
        elif units_of(actor):
            own = docket.counts(docket.inbox(actor), today, days)
            counts, link = {"overdue": own.overdue, "today": own.today}, reverse("workbench:inbox")
            parts = (
                ("逾期", own.overdue),
                ("今日到期", own.today),
                ("即将到期", own.soon),
                ("待登记", own.intake),
            )
        else:
            continue
        if not any(count for _, count in parts):
            continue
        urgent = bool(counts["overdue"] or counts["today"])
        with transaction.atomic():
            made += notify(
                recipient=Recipient(account_id=account.pk, email=account.email if urgent else ""),
                key=f"digest:{today}:{account.pk}",
                subject=f"今日待办（{cn_date(today)}）",
                body="，".join(f"{title}{count}件" for title, count in parts if count),
                link=link,
                at=at,
            )
    return made
