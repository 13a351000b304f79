"""Every paper still says what was frozen when it was issued."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from portal.cases.ledger import Finding
from portal.cases.proving import Proof, declare
from portal.core.chain import canonical
from portal.documents.models import DocumentStatus, OfficialDocument


def _paper(document: OfficialDocument) -> Iterator[Finding]:
    name = f"文书 {document}"
    changed = document.erased_at is None and hashlib.sha256(canonical(document.facts).encode()).hexdigest()
    if changed and changed != document.facts_digest:
        yield Finding(name, 0, "要素与制发时的摘要不符")
    if document.status == DocumentStatus.READY and document.file_id is None:
        yield Finding(name, 0, "已制作的文书没有文件")


declare(Proof("papers", "份文书", lambda _: OfficialDocument.objects.all(), _paper))
