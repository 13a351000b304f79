"""What messages keep for a time only: where a mail or a text went to."""

from __future__ import annotations

from datetime import timedelta

from portal.messaging.models import KnownAddress, Message
from portal.privacy.personal import contacts, filled
from portal.privacy.retention import RetentionRule, blank, declare, remove

ADDRESS_DAYS = 365

declare(
    RetentionRule(
        code="message_addresses",
        title="已发邮件、短信的收件地址和保密链接",
        keep="1年",
        source="内部管理要求，待核",
        overdue=lambda at: Message.objects.filter(
            filled(*contacts(Message)), created_at__lt=at - timedelta(days=ADDRESS_DAYS)
        ),
        erase=blank(**dict.fromkeys(contacts(Message), "")),
    ),
    RetentionRule(
        code="known_addresses",
        title="收件地址是否经本人确认（只存摘要）",
        keep="1年",
        source="内部管理要求，待核",
        overdue=lambda at: KnownAddress.objects.filter(mailed_at__lt=at - timedelta(days=ADDRESS_DAYS)),
        erase=remove,
    ),
)
