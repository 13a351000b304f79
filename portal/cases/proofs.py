"""What the docket itself proves: the chains, the anchors over them, and the files."""

from __future__ import annotations

from collections.abc import Iterator

from portal.cases.ledger import Finding, provable_cases, verify_anchor, verify_case
from portal.cases.models import Case, LedgerAnchor
from portal.cases.proving import Proof, declare, named_otherwise
from portal.files.models import StoredFile
from portal.files.vault import FileDamaged
from portal.ledger.checking import check_seals, check_table
from portal.ledger.models import BoundTable, CaseOpening, RowSeal
from portal.ledger.openings import missing_before


def _file(stored: StoredFile) -> Iterator[Finding]:
    try:
        stored.read()
    except FileDamaged:
        yield Finding(f"文件 {stored.sha256[:12]}", 0, "丢失或者损坏，与登记的摘要不符")


def _opening(opening: CaseOpening) -> Iterator[Finding]:
    if not Case.objects.filter(public_id=opening.case).exists():
        yield Finding(str(opening.case), 0, "办件已收件登记，现在没有了")
    for gone in missing_before(opening):
        yield Finding(str(opening.case), 0, f"此前的第{gone}号收件登记没有了")


def _seals(found: list[RowSeal]) -> dict[int, list[Finding]]:
    """What does not hold of the sealed rows; one that a proof of its own names is not named twice."""
    rows = {seal.pk: seal for seal in found}
    return {
        key: [Finding("数据行", 0, reason) for reason in reasons]
        for key, reasons in check_seals(found).items()
        if not named_otherwise(rows[key].table, rows[key].row)
    }


def _table(bound: BoundTable) -> Iterator[Finding]:
    for reason in check_table(bound):
        yield Finding("数据行", 0, reason)


declare(
    Proof("cases", "件办件", lambda _: provable_cases(), verify_case),
    Proof("anchors", "个签名锚", lambda proven: LedgerAnchor.objects.filter(pk__gte=proven), verify_anchor),
    Proof("files", "个文件", lambda _: StoredFile.objects.all(), _file),
    Proof("openings", "件收件登记", lambda _: CaseOpening.objects.all(), _opening),
    Proof(
        "rows",
        "行内容",
        lambda _: RowSeal.objects.all(),
        lambda seal: iter(_seals([seal]).get(seal.pk, [])),
        _seals,
    ),
    Proof("tables", "张表", lambda _: BoundTable.objects.all(), _table),
)
