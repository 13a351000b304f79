"""What ballots keep for a time only: the link between a voter and a ballot. The ballots and the sealed count stay."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from consultations.polls.models import Ballot, Entry, Participation, Poll
from portal.cases.retention import closed_before, closed_contacts
from portal.privacy.retention import RetentionRule, blank, declare

LINK_DAYS = 90
SOURCE = "内部管理要求，待核"


def _ballots(at: datetime) -> QuerySet[Any]:
    linked = ~Q(link="") | ~Q(origin="") | Q(account__isnull=False)
    return Ballot.objects.filter(linked, poll__in=closed_before(Poll, at, LINK_DAYS))


def _origins(at: datetime) -> QuerySet[Any]:
    return Participation.objects.filter(poll__in=closed_before(Poll, at, LINK_DAYS)).exclude(origin="")


declare(
    RetentionRule(
        code="ballot_links",
        title="选票与参加者的关联",
        keep=f"结果公布后{LINK_DAYS}日",
        source=SOURCE,
        overdue=_ballots,
        erase=blank(link="", origin="", account=None),
    ),
    RetentionRule(
        code="ballot_origins",
        title="参加来源（只存摘要）",
        keep=f"结果公布后{LINK_DAYS}日",
        source=SOURCE,
        overdue=_origins,
        erase=lambda rows, at: rows.update(origin=""),
    ),
    closed_contacts("entry_contacts", "参评作品作者的电子邮箱", rows=Entry, case="poll", of=Poll),
)
