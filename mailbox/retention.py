"""What letters keep for a time only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from mailbox.models import Letter
from portal.cases.retention import closed_before
from portal.documents.erasing import blank_in_papers
from portal.privacy.retention import RetentionRule, declare

CONTACT_DAYS = 210
CONTACT = ("phone", "phone_index", "email", "residence")
BLANK: dict[str, Any] = dict.fromkeys(CONTACT, "")


def _contacts(at: datetime) -> QuerySet[Any]:
    there = Q(pk__in=[])
    for name in CONTACT:
        there |= ~Q(**{name: ""})
    return closed_before(Letter, at, CONTACT_DAYS).filter(there)


declare(
    RetentionRule(
        code="letter_contacts",
        title="来信人的电话、邮箱、居住地",
        keep=f"办结后{CONTACT_DAYS}日",
        source="《中华人民共和国个人信息保护法》第四十七条，日数待核",
        overdue=_contacts,
        erase=blank_in_papers(lambda row: row.pk, **BLANK),
    ),
)
