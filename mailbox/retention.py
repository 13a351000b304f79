"""What letters keep for a time only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from mailbox.models import Letter, MailedLetter
from portal.cases.retention import closed_before
from portal.documents.erasing import blank_in_papers
from portal.postbox.actions import forget_originals
from portal.postbox.models import InboundMail, MailKind
from portal.privacy.personal import contacts, filled
from portal.privacy.retention import RetentionRule, declare
from portal.records.actions import erase_records
from portal.records.models import Record

CONTACT_DAYS, TRAY_DAYS = 210, 180
MACHINES = (MailKind.AUTOMATIC, MailKind.LIST, MailKind.BOUNCE)
CONTACT = (*contacts(Letter), "phone_index")
BLANK: dict[str, Any] = dict.fromkeys(CONTACT, "")


def _contacts(at: datetime) -> QuerySet[Any]:
    return closed_before(Letter, at, CONTACT_DAYS).filter(filled(*CONTACT))


def _no_letters(at: datetime) -> QuerySet[Any]:
    """Mails that became no letter: decided by a person so long ago, or sent by a machine and never taken up."""
    before = at - timedelta(days=TRAY_DAYS)
    decided = Q(in_tray=False, taken_at__lt=before)
    by_machine = Q(in_tray=True, arrived_at__lt=before, kind__in=MACHINES)
    rows = InboundMail.objects.filter(decided | by_machine, erased_at__isnull=True)
    return rows.exclude(pk__in=MailedLetter.objects.values("mail_id"))


def _records(at: datetime) -> QuerySet[Any]:
    rows = Record.objects.filter(erased_at__isnull=True)
    return rows.filter(case__in=closed_before(Letter, at, CONTACT_DAYS).values("pk"))


declare(
    RetentionRule(
        code="letter_records",
        title="随来信答复提供的材料、遮盖的内容和副本",
        keep=f"办结后{CONTACT_DAYS}日",
        source="《中华人民共和国个人信息保护法》第十九条、第四十七条，日数待核",
        overdue=_records,
        erase=erase_records,
    ),
    RetentionRule(
        code="tray_mails",
        title="没有成为来信的邮件原件（自动回复、群发、退信和不作为来信的）",
        keep=f"处理后{TRAY_DAYS}日；自动回复、群发、退信没有处理的，收到后{TRAY_DAYS}日；待人工判断的其他邮件不清除",
        source="内部管理要求，日数待核",
        overdue=_no_letters,
        erase=forget_originals,
    ),
    RetentionRule(
        code="letter_contacts",
        title="来信人的电话、邮箱、居住地",
        keep=f"办结后{CONTACT_DAYS}日",
        source="《中华人民共和国个人信息保护法》第四十七条，日数待核",
        overdue=_contacts,
        erase=blank_in_papers(lambda row: row.pk, **BLANK),
    ),
)
