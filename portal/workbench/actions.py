"""The writers of the inbox: saved views, and one step for many cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.cases.registry import KINDS, in_full
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, PortalError
from portal.units.models import Account
from portal.workbench.models import SavedView

MOST_VIEWS = 12


@transaction.atomic
def keep_view(*, name: str, query: str, actor: Actor) -> SavedView:
    """Keep a way to narrow the inbox under a name; the same name again replaces it. Raises InvalidInput."""
    if not name.strip():
        raise InvalidInput("请填写名称", "name")
    kept = SavedView.objects.filter(account_id=actor.account_id or 0)
    same = kept.filter(name=name.strip()[:20]).first()
    if same is None and kept.count() >= MOST_VIEWS:
        raise InvalidInput(f"最多保存{MOST_VIEWS}个，请先删除不用的", "name")
    row = same or SavedView(account_id=actor.account_id or 0, name=name.strip()[:20])
    row.query = query[:300]
    row.save()
    return row


def drop_view(*, pk: int, actor: Actor) -> None:
    """Forget a saved view of one's own."""
    SavedView.objects.filter(account_id=actor.account_id or 0, pk=pk).delete()


@dataclass(frozen=True)
class Given:
    """How many of the chosen cases have the new officer, and why the others have not."""

    done: int
    refused: list[str]


def assign_many(*, cases: Iterable[Any], officer: Account, actor: Actor, at: datetime) -> Given:
    """Give each of the cases to the officer by its own step; one that cannot be given stops no other."""
    done, refused = 0, []
    for case in cases:
        give, why = KINDS[case.kind].give_officer, "这类办件由签收人经办，不能分办"
        try:
            if give is not None:
                give(case=in_full(case), officer=officer, actor=actor, at=at)
                done += 1
                continue
        except PortalError as error:
            why = str(error)
        refused.append(f"{case.number or case.title}：{why}")
    return Given(done, refused)
