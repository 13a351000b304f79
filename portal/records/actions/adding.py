"""Adding records: uploads, several at once; what the unit has published; words that were typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from portal.cases.models import Case
from portal.cases.steps import note
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, PortalError
from portal.files import checks
from portal.files.actions import store_bytes
from portal.files.kinds import kind_of, told
from portal.jobs.outbox import enqueue
from portal.records import office
from portal.records.actions.gate import hold
from portal.records.choices import MOST_MATTERS, MOST_PAGES, MOST_RECORDS, MOST_TEXT, MOST_TITLE, Origin
from portal.records.looking import look
from portal.records.models import Record
from portal.records.rooms import taken

OFFICE = ("docx", "xlsx")
SAVE_AS = {
    "ofd": "（OFD 版式文件请另存为 PDF 后上传）",
    "doc": "（旧版 Word 文件请另存为 DOCX 或者 PDF 后上传）",
    "wps": "（WPS 文字请另存为 DOCX 或者 PDF 后上传）",
    "et": "（WPS 表格请另存为 XLSX 或者 PDF 后上传）",
    "xls": "（旧版 Excel 文件请另存为 XLSX 或者 PDF 后上传）",
    "ppt": "（演示文稿请另存为 PDF 后上传）",
    "pptx": "（演示文稿请另存为 PDF 后上传）",
    "zip": "（压缩包请解压后逐个上传）",
    "rar": "（压缩包请解压后逐个上传）",
    "7z": "（压缩包请解压后逐个上传）",
    "tif": "（TIFF 图片请另存为 PDF 后上传）",
    "tiff": "（TIFF 图片请另存为 PDF 后上传）",
}


@dataclass(frozen=True)
class Upload:
    """A file as it came from the browser."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Details:
    """What is known of a record; without a title a file's own name stands for it."""

    title: str = ""
    document_number: str = ""
    made_on: date | None = None
    maker: str = ""
    source: str = ""
    search: int | None = None
    matter: int = 1


@dataclass(frozen=True)
class Added:
    """What was taken in, what was not (name and why), and what is told beside: the same file is there already."""

    records: list[Record] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def add_uploads(
    *, case: Case, uploads: Sequence[Upload], details: Details, actor: Actor, at: datetime
) -> Added:
    """Take in files, each on its own: one that cannot be used is told with its reason, the others are kept.

    Raises InvalidInput (field "files") where there is none, StepRefused as `hold` does.
    """
    if not uploads:
        raise InvalidInput("请选择文件", "files")
    done = Added()
    looked = []
    for upload in uploads:
        name = checks.clean_name(upload.name) or "文件"
        try:
            looked.append((name, upload.data, *_checked(name, upload.data)))
        except PortalError as error:
            done.refused.append((name, error.sentence))
    with transaction.atomic():
        account_id = hold(case, actor)
        check_details(case, details, room=len(looked))
        for name, data, media_type, remark in looked:
            own = details if len(looked) == 1 and details.title.strip() else _named(details, name)
            stored = store_bytes(data, media_type=media_type)
            same = Record.objects.filter(case=case, file=stored, removed_at__isnull=True).exists()
            if same:
                done.told.append(f"“{name}”与本件已有的一份信息内容相同，请核对是否重复。")
            record = _kept(case, own, Origin.UPLOAD, account_id, at, name=name, file=stored, remark=remark)
            done.records.append(record)
            _tell(case, record, actor, at)
    return done


def add_text(*, case: Case, text: str, details: Details, actor: Actor, at: datetime) -> Record:
    """Take in typed words as a record of their own. Raises InvalidInput, StepRefused."""
    if not text.strip():
        raise InvalidInput("请填写信息的内容", "text")
    if len(text) > MOST_TEXT:
        raise InvalidInput(f"内容不能超过{MOST_TEXT}字，请分成几份", "text")
    if not details.title.strip():
        raise InvalidInput("请填写题目", "title")
    with transaction.atomic():
        account_id = hold(case, actor)
        check_details(case, details, room=1)
        record = _kept(case, details, Origin.TEXT, account_id, at, words=text.strip())
        _tell(case, record, actor, at)
    return record


def add_published(*, case: Case, key: str, matter: int = 1, actor: Actor, at: datetime) -> Record:
    """Take a file that the unit has published, as everyone gets it; marked 已主动公开. Raises InvalidInput, StepRefused."""
    found = taken(case.unit, key, at)
    if found is None:
        raise InvalidInput("该信息没有公开，或者已经撤下", "key")
    media_type, remark = _checked(found.name, found.data)
    offered = found.offered
    details = Details(
        offered.title, offered.number, offered.made_on, offered.maker, "本机关已主动公开", matter=matter
    )
    with transaction.atomic():
        account_id = hold(case, actor)
        check_details(case, details, room=1)
        stored = store_bytes(found.data, media_type=media_type)
        record = _kept(
            case,
            details,
            Origin.PUBLISHED,
            account_id,
            at,
            name=found.name,
            file=stored,
            url=offered.url,
            remark=remark,
        )
        _tell(case, record, actor, at)
    return record


def _checked(name: str, data: bytes) -> tuple[str, str]:
    """(media type, remark) of a file that may be used. Raises InvalidInput or CannotLook with what to do."""
    ending = name.rpartition(".")[2].lower()
    if ending not in checks.ALLOWED and data:
        hint = told(data) if kind_of(data) not in ("", "zip", "ole") else ""
        what = hint or SAVE_AS.get(ending) or f"；{checks.ALLOWED_SENTENCE}"
        raise InvalidInput(f"“{name}”不能直接添加{what}", "files")
    kind = checks.accept(name, data, max_bytes=settings.PORTAL_MAX_UPLOAD_MB * 1024 * 1024)
    if kind.ending in OFFICE and office.program() is None:
        raise InvalidInput(f"“{name}”：{office.MISSING}", "files")
    if kind.ending == "pdf":
        return kind.media_type, _pdf_remark(name, data)
    _refuse_dangers(name, kind.ending, data)
    picture = kind.family in ("jpeg", "png")
    return kind.media_type, "没有文字层，只能用框遮盖，查找不到其中的词" if picture else ""


def _pdf_remark(name: str, data: bytes) -> str:
    """Open it first: that tells a locked or broken file from a dangerous one."""
    try:
        found = look(data)
    except PortalError as error:
        raise InvalidInput(f"“{name}”：{error.sentence}", "files") from error
    if found.pages > MOST_PAGES:
        raise InvalidInput(f"“{name}”共{found.pages}页，超过{MOST_PAGES}页，请拆分后上传", "files")
    _refuse_dangers(name, "pdf", data)
    return "" if found.has_words else "没有文字层，只能用框遮盖，查找不到其中的词"


def _refuse_dangers(name: str, ending: str, data: bytes) -> None:
    found = checks.dangers(ending, data)
    if found:
        raise InvalidInput(f"“{name}”：{found[0].message}，请处理后重新上传", "files")


def _named(details: Details, name: str) -> Details:
    """Several files at once are named each by its own name."""
    return replace(details, title=(name.rpartition(".")[0] or name)[:MOST_TITLE])


def check_details(case: Case, details: Details, *, room: int) -> None:
    for field_name, value, most in (
        ("title", details.title, MOST_TITLE),
        ("document_number", details.document_number, 60),
        ("maker", details.maker, 80),
        ("source", details.source, 200),
    ):
        if len(value) > most:
            raise InvalidInput(f"不能超过{most}字", field_name)
    if not 1 <= details.matter <= MOST_MATTERS:
        raise InvalidInput("没有这一项", "matter")
    if Record.objects.filter(case=case, removed_at__isnull=True).count() + room > MOST_RECORDS:
        raise InvalidInput(f"一件最多添加{MOST_RECORDS}份信息，请合并后上传", "files")


def _kept(case: Case, details: Details, origin: str, account_id: int, at: datetime, **values: Any) -> Record:
    record = Record.objects.create(
        case=case,
        origin=origin,
        title=details.title.strip(),
        document_number=details.document_number.strip(),
        made_on=details.made_on,
        maker=details.maker.strip(),
        source=details.source.strip(),
        search=details.search,
        matter=details.matter,
        added_by_id=account_id,
        added_at=at,
        **values,
    )
    enqueue("records.prepare", key=f"record:{record.pk}", record=record.pk)
    return record


def _tell(case: Case, record: Record, actor: Actor, at: datetime) -> None:
    note(case, "add_record", actor=actor, at=at, record=str(record.public_id), origin=record.origin)
