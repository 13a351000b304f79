"""What the pages keep for a time only."""

from __future__ import annotations

from datetime import timedelta

from portal.privacy.retention import RetentionRule, declare, remove
from portal.web.models import GuestEntry, SignIn, SpentProof

PROOF_DAYS, ENTRY_DAYS, SIGN_IN_DAYS = 1, 7, 200

declare(
    RetentionRule(
        code="spent_proofs",
        title="用过的自动验证（只存摘要）",
        keep=f"{PROOF_DAYS}日",
        source="内部管理要求",
        overdue=lambda at: SpentProof.objects.filter(at__lt=at - timedelta(days=PROOF_DAYS)),
        erase=remove,
    ),
    RetentionRule(
        code="guest_entries",
        title="访客提交次数（网络地址、邮箱只存摘要）",
        keep=f"{ENTRY_DAYS}日",
        source="内部管理要求",
        overdue=lambda at: GuestEntry.objects.filter(at__lt=at - timedelta(days=ENTRY_DAYS)),
        erase=remove,
    ),
    RetentionRule(
        code="sign_ins",
        title="登录记录",
        keep=f"{SIGN_IN_DAYS}日",
        source="网络安全法第二十一条（网络日志的留存）",
        overdue=lambda at: SignIn.objects.filter(at__lt=at - timedelta(days=SIGN_IN_DAYS)),
        erase=remove,
    ),
)
