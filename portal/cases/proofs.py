"""What the docket itself proves: the chains, the anchors over them, and the files."""

from __future__ import annotations

from collections.abc import Iterator

from portal.cases.ledger import Finding, provable_cases, verify_anchor, verify_case
from portal.cases.models import LedgerAnchor
from portal.cases.proving import Proof, declare
from portal.files.models import StoredFile
from portal.files.vault import FileDamaged


def _file(stored: StoredFile) -> Iterator[Finding]:
    try:
        stored.read()
    except FileDamaged:
        yield Finding(f"文件 {stored.sha256[:12]}", 0, "丢失或者损坏，与登记的摘要不符")


declare(
    Proof("cases", "件办件", lambda _: provable_cases(), verify_case),
    Proof("anchors", "个签名锚", lambda proven: LedgerAnchor.objects.filter(pk__gte=proven), verify_anchor),
    Proof("files", "个文件", lambda _: StoredFile.objects.all(), _file),
)
