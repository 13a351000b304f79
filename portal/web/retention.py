"""What the pages keep for a time only."""

from __future__ import annotations

from datetime import timedelta

from portal.privacy.retention import RetentionRule, declare, remove
from portal.web.models import SpentProof

PROOF_DAYS = 1

declare(
    RetentionRule(
        code="spent_proofs",
        title="用过的自动验证（只存摘要）",
        keep=f"{PROOF_DAYS}日",
        source="内部管理要求",
        overdue=lambda at: SpentProof.objects.filter(at__lt=at - timedelta(days=PROOF_DAYS)),
        erase=remove,
    )
)
