"""Making the case file (卷宗): cover, contents with hash list, every paper and attachment in order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from portal.cases.choices import FileStatus
from portal.cases.models import CaseFile
from portal.cases.queries import timeline
from portal.core.wording import cn_date, cn_number
from portal.documents.binding import Binding, Bound, Piece
from portal.documents.kinds import kind_of
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.documents.queries import file_of
from portal.documents.render.pages import contact_of, page
from portal.documents.render.worker import render_pdf
from portal.files.actions import store_bytes
from portal.records.queries import handed
from requests_app import letters
from requests_app.models import CaseArchive, DisclosureRequest, OpinionFile
from requests_app.queries.volumes import events_since
from requests_app.records import letter

ATTACHED_AFTER = "application_form"


class NotReady(RuntimeError):
    """A paper has not been rendered or an attachment not been checked yet; the job is tried again later."""


@dataclass(frozen=True)
class Entry:
    """One line of the contents before binding; `key` names the paper or attachment, `paper:3:void`, `file:7`."""

    title: str
    number: str
    day: str
    piece: Piece
    key: str


def make_case_file(*, archive_id: int, at: datetime) -> None:
    """Bind a volume and keep it; one that is made is left alone, one whose papers were cleared of contacts is bound anew.

    Raises NotReady while a paper is missing, an attachment is in quarantine, or the volume before is not made.
    """
    row = CaseArchive.objects.select_related("request__unit", "ordered_by").get(pk=archive_id)
    if row.file_id is not None:
        return
    before = list(row.request.archive_files.filter(number__lt=row.number))
    if any(volume.file_id is None for volume in before):
        raise NotReady("前一卷尚未制作完成")
    bound = {key for volume in before for key in volume.holds.get("entries", ())}
    again = set(row.holds.get("entries", ()))
    found = [entry for entry in _entries(row.request) if entry.key not in bound]
    entries = _numbered([entry for entry in found if not again or entry.key in again])
    binding = Binding([entry.piece for entry in entries])
    front = [_cover(row, binding.placed), _contents(row, entries, binding.placed)]
    data, pages = binding.bound(f"政府信息公开申请{row.title} {row.request.number}", front)
    row.file = store_bytes(data, media_type="application/pdf")
    row.pages, row.sha256 = pages, hashlib.sha256(data).hexdigest()
    row.holds = {"entries": [entry.key for entry in entries]}
    row.save(update_fields=["file", "pages", "sha256", "holds"])


def _entries(case: DisclosureRequest) -> list[Entry]:
    """Every paper in order, void ones marked, each attachment behind the paper that it belongs to."""
    waiting = case.files.filter(status=FileStatus.QUARANTINED).first()
    if waiting is not None:
        raise NotReady(f"附件“{waiting.name}”尚未检查完")
    clean = case.files.filter(status=FileStatus.CLEAN).select_related("stored").order_by("id")
    attached = list(clean.exclude(pk__in=OpinionFile.objects.values("file_id")))
    slips: dict[int | None, list[CaseFile]] = {}
    for kept in OpinionFile.objects.filter(file__in=clean).select_related("file__stored", "consultation"):
        slips.setdefault(kept.consultation.slip_id, []).append(kept.file)
    given = _given(case)
    found: list[Entry] = []
    for paper in OfficialDocument.objects.filter(case_id=case.pk).select_related("file").order_by("id"):
        found += _paper(paper)
        if paper.kind == ATTACHED_AFTER and attached:
            found += [_attachment(entry) for entry in attached]
            attached = []
        found += [_attachment(entry) for entry in slips.pop(paper.pk, [])]
        found += given.pop(paper.pk, [])
    rest = [*attached, *(file for files in slips.values() for file in files)]
    return [*found, *(_attachment(entry) for entry in rest)]


def _paper(paper: OfficialDocument) -> list[Entry]:
    """The paper as it was made; one that became void before it was made has nothing to bind."""
    void, kept = paper.status == DocumentStatus.VOID, file_of(paper)
    if kept is None:
        if void:
            return []
        raise NotReady(f"{paper} 尚未制作完成")
    mark = "作废-" if void else ""
    piece = Piece(f"{mark}{paper.filename}", kept.read(), "application/pdf", is_ours=True)
    title = f"{paper.title}（作废，理由：{paper.void_reason}）" if void else paper.title
    key = f"paper:{paper.pk}{':void' if void else ''}"
    return [Entry(title, paper.number, paper.issued_on.isoformat(), piece, key)]


def _attachment(kept: CaseFile) -> Entry:
    piece = Piece(kept.name, kept.stored.read(), kept.stored.media_type)
    day = timezone.localdate(kept.added_at).isoformat()
    return Entry(f"附件：{kept.name}", "", day, piece, f"file:{kept.pk}")


def _given(case: DisclosureRequest) -> dict[int, list[Entry]]:
    """The copies that were handed over, behind the paper of the reply; what was erased is named in its annex alone."""
    paper = letter(case)
    if paper is None:
        return {}
    rows = []
    for entry in handed(case):
        if entry.copy is None or entry.copy.file is None:
            continue
        record, data = entry.record, entry.copy.file.read()
        piece = Piece(f"答复附件{entry.number} {record.title}.pdf", data, "application/pdf")
        day = record.made_on.isoformat() if record.made_on else ""
        title = f"答复附件{entry.number}：{record.title}"
        rows.append(Entry(title, record.document_number, day, piece, f"copy:{entry.copy.pk}"))
    return {paper.pk: rows}


def _numbered(entries: list[Entry]) -> list[Entry]:
    return [
        replace(entry, piece=replace(entry.piece, name=f"{number:02d}-{entry.piece.name}"))
        for number, entry in enumerate(entries, 1)
    ]


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
            ["卷号", case.number if row.number == 1 else f"{case.number}（补卷{cn_number(row.number - 1)}）"],
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
        f"末摘要{row.request.last_digest}。{_since(row)}{_rejected(row.request)}"
    )
    facts: dict[str, object] = {
        "case_number": row.request.number,
        "rows": lines,
        "hashes": hashes,
        "note": note,
    }
    return _sheet(row, "case_contents", facts)


def _since(row: CaseArchive) -> str:
    """What happened since the volume before, in a sentence; "" for the first one."""
    before = row.request.archive_files.filter(number__lt=row.number).order_by("-number").first()
    if before is None:
        return ""
    known = {entry.event.seq: entry.label for entry in timeline(row.request)}
    steps = [
        f"{cn_date(timezone.localdate(event.at))}{known[event.seq]}"
        for event in events_since(row.request, before.through).filter(seq__lt=row.through)
    ]
    return f"本卷为补卷，前卷之后的办理记录：{'；'.join(steps)}。"


def _rejected(case: DisclosureRequest) -> str:
    names = [file.name for file in case.files.filter(status=FileStatus.REJECTED).order_by("id")]
    return f"未通过安全检查、没有收入的附件：{'、'.join(names)}。" if names else ""
