"""Making the case file (卷宗): cover, contents with hash list, every paper and attachment in order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from portal.cases.choices import FileStatus
from portal.cases.models import CaseFile
from portal.core.wording import cn_date
from portal.documents.binding import Binding, Bound, Piece
from portal.documents.kinds import kind_of
from portal.documents.models import OfficialDocument
from portal.documents.queries import file_of
from portal.documents.render.pages import contact_of, page
from portal.documents.render.worker import render_pdf
from portal.files.actions import store_bytes
from requests_app import letters
from requests_app.models import CaseArchive, DisclosureRequest, OpinionFile

ATTACHED_AFTER = "application_form"


class NotReady(RuntimeError):
    """A paper has not been rendered yet; the job is tried again later."""


@dataclass(frozen=True)
class Entry:
    """One line of the contents before binding."""

    title: str
    number: str
    day: str
    piece: Piece


def make_case_file(*, archive_id: int, at: datetime) -> None:
    """Bind the file and keep it; a file that is made is left alone. Raises NotReady while a paper is missing."""
    row = CaseArchive.objects.select_related("request__unit", "ordered_by").get(pk=archive_id)
    if row.file_id is not None:
        return
    entries = _entries(row.request)
    binding = Binding([entry.piece for entry in entries])
    front = [_cover(row, binding.placed), _contents(row, entries, binding.placed)]
    data, pages = binding.bound(f"政府信息公开申请卷宗 {row.request.number}", front)
    row.file = store_bytes(data, media_type="application/pdf")
    row.pages, row.sha256 = pages, hashlib.sha256(data).hexdigest()
    row.save(update_fields=["file", "pages", "sha256"])


def _entries(case: DisclosureRequest) -> list[Entry]:
    slips = {
        entry.slip_id: [kept.file for kept in OpinionFile.objects.filter(consultation=entry)]
        for entry in case.consultations.filter(slip__isnull=False)
    }
    found: list[Entry] = []
    papers = OfficialDocument.objects.filter(case_id=case.pk).select_related("file").order_by("id")
    for paper in papers.exclude(status="void"):
        kept = file_of(paper)
        if kept is None:
            raise NotReady(f"{paper} 尚未制作完成")
        name = f"{len(found) + 1:02d}-{paper.filename}"
        piece = Piece(name, kept.read(), "application/pdf", is_ours=True)
        found.append(Entry(paper.title, paper.number, paper.issued_on.isoformat(), piece))
        if paper.kind == ATTACHED_AFTER:
            attached = case.files.filter(role="attachment", status=FileStatus.CLEAN).select_related("stored")
            found += [_attachment(entry, len(found) + n) for n, entry in enumerate(attached, 1)]
        found += [_attachment(entry, len(found) + n) for n, entry in enumerate(slips.get(paper.pk, []), 1)]
    return found


def _attachment(kept: CaseFile, number: int) -> Entry:
    piece = Piece(f"{number:02d}-{kept.name}", kept.stored.read(), kept.stored.media_type)
    return Entry(f"附件：{kept.name}", "", timezone.localdate(kept.added_at).isoformat(), piece)


def _sheet(row: CaseArchive, kind_code: str, facts: dict[str, object]) -> bytes:
    unit = row.request.unit
    return render_pdf(
        page(
            kind_of(kind_code),
            facts=facts,
            number="",
            addressee="",
            unit=unit.name,
            contact=contact_of(unit),
            issued_on=timezone.localdate(row.ordered_at),
            verify_code="",
        )
    )


def _cover(row: CaseArchive, placed: list[Bound]) -> bytes:
    case = row.request
    last = max((bound.last for bound in placed), default=0)
    facts: dict[str, object] = {
        "case_number": case.number,
        "rows": [
            ["卷号", case.number],
            ["申请人", case.name],
            ["申请内容", letters.information_of(case)],
            ["收到日期", cn_date(case.received_on) if case.received_on else "未登记"],
            ["办结日期", cn_date(case.closed_on) if case.closed_on else ""],
            ["办理结果", case.state_label()],
            ["件数、页数", f"{len(placed)}件，共{last}页"],
            ["立卷人", row.ordered_by.get_full_name()],
            ["立卷日期", cn_date(timezone.localdate(row.ordered_at))],
        ],
    }
    return _sheet(row, "case_cover", facts)


def _contents(row: CaseArchive, entries: list[Entry], placed: list[Bound]) -> bytes:
    lines = [
        [str(number), entry.title, entry.number, entry.day, bound.pages]
        for number, (entry, bound) in enumerate(zip(entries, placed, strict=True), 1)
    ]
    hashes = [
        [str(number), hashlib.sha256(entry.piece.data).hexdigest()] for number, entry in enumerate(entries, 1)
    ]
    note = (
        f"页次为本卷连续编号，印在各页右上角；摘要为各文件的SHA-256值，可用于核对。办理台账共{row.request.last_seq}个事件，"
        f"末摘要{row.request.last_digest}。"
    )
    facts: dict[str, object] = {
        "case_number": row.request.number,
        "rows": lines,
        "hashes": hashes,
        "note": note,
    }
    return _sheet(row, "case_contents", facts)
