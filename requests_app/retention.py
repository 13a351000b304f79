"""What disclosure requests keep for a time only: 60 days for reconsideration, six months for a lawsuit, and a margin."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.cases.retention import closed_before
from portal.privacy.retention import RetentionRule, blank, declare
from requests_app.choices import RemedyResult
from requests_app.models import Consultation, DisclosureRequest, Remedy

CONTACT_DAYS = 210
PARTY = ("phone", "email", "address")
CONTACT = ("phone", "email", "address", "postcode", "contact_person", "agent_phone")
SOURCE = "《中华人民共和国个人信息保护法》第四十七条；行政复议60日、行政诉讼6个月届满后，日数待核"


def _contacts(at: datetime) -> QuerySet[Any]:
    disputed = Remedy.objects.filter(request=OuterRef("pk"), result=RemedyResult.PENDING)
    there = Q(pk__in=[])
    for name in CONTACT:
        there |= ~Q(**{name: ""})
    return closed_before(DisclosureRequest, at, CONTACT_DAYS).filter(~Exists(disputed)).filter(there)


def _parties(at: datetime) -> QuerySet[Any]:
    disputed = Remedy.objects.filter(request=OuterRef("request_id"), result=RemedyResult.PENDING)
    there = Q(pk__in=[])
    for name in PARTY:
        there |= ~Q(**{name: ""})
    closed = closed_before(DisclosureRequest, at, CONTACT_DAYS)
    return Consultation.objects.filter(there, ~Exists(disputed), request__in=closed)


declare(
    RetentionRule(
        code="party_contacts",
        title="被征求意见方的电话、邮箱、地址",
        keep="办结后210日，复议、诉讼未结的不清除",
        source=SOURCE,
        overdue=_parties,
        erase=blank(**dict.fromkeys(PARTY, "")),
    ),
    RetentionRule(
        code="request_contacts",
        title="申请人的电话、邮箱、地址、联系人",
        keep="办结后210日，复议、诉讼未结的不清除",
        source=SOURCE,
        overdue=_contacts,
        erase=blank(**dict.fromkeys(CONTACT, "")),
    ),
)
