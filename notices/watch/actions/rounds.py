"""The round before work begins: owners of columns that turn red are told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from notices.queries import column_states
from notices.watch.models import ColumnWarning
from portal.core.wording import cn_date
from portal.messaging.actions import Recipient, notify
from portal.units.choices import Role
from portal.units.queries import people_with


def warn_owners(*, at: datetime) -> int:
    """Tell the owners of columns that will soon turn red, or have, once for each such day. Gives how many columns."""
    made = 0
    for state in column_states(at):
        red_on = state.fresh.red_on
        if red_on is None or not (state.fresh.warn or state.fresh.is_red):
            continue
        with transaction.atomic():
            _, new = ColumnWarning.objects.get_or_create(
                column=state.column, red_on=red_on, defaults={"at": at}
            )
            if not new:
                continue
            made += 1
            for account in people_with(
                state.column.unit, Role.CLERK, Role.PUBLISHER, on=timezone.localdate(at)
            ):
                notify(
                    recipient=Recipient(account_id=account.pk),
                    key=f"column:{state.column.pk}:{red_on}:{account.pk}",
                    subject="栏目即将超过更新期限" if state.fresh.warn else "栏目已超过更新期限",
                    body=f"“{state.column.title}”最近更新：{cn_date(state.last_on) if state.last_on else '无'}，{cn_date(red_on)}起为逾期。",
                    link=reverse("workbench_notices:alive"),
                    at=at,
                )
    return made
