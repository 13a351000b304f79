"""The text of a consultation read into clauses, and compared with the version before."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from consultations.choices import Stage, State
from consultations.clauses.docx_reader import UnreadableDocx, read_docx
from consultations.clauses.parse import parse
from consultations.clauses.tree import walk
from consultations.comparing import map_of, prefix_of
from consultations.models import Clause, ClauseChange, Disposition, DraftVersion, PublicConsultation
from consultations.queries import current_version, versions_of
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.publishing.screening import refuse_personal

DOCUMENT = "document"
MOST_CLAUSES = 5000


def read_upload(name: str, data: bytes) -> tuple[str, list[str]]:
    """The text of an uploaded DOCX or TXT file, and what the reader has to be told about it.

    Raises InvalidInput with a sentence for a file that cannot be read.
    """
    ending = name.rpartition(".")[2].lower()
    if ending == "docx":
        try:
            found = read_docx(data)
        except UnreadableDocx as error:
            raise InvalidInput(str(error), "file") from error
        return found.text, list(found.notices)
    if ending != "txt":
        raise InvalidInput("请上传 DOCX 或者 TXT 文件", "file")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), []
        except UnicodeDecodeError:
            continue
    raise InvalidInput("文件编码无法识别，请另存为 UTF-8 文本后上传", "file")


def _rows(version: DraftVersion) -> list[Clause]:
    """The clauses of the text, not yet saved. Of several documents in one text, each gets a heading of its own."""
    reading = parse(version.text)
    rows: list[Clause] = []

    def add(
        ref: str,
        parent: str,
        depth: int,
        kind: str,
        label: str,
        heading: str,
        text: str,
        citation: str = "",
    ) -> None:
        rows.append(
            Clause(
                version=version,
                ref=ref,
                parent_ref=parent,
                depth=depth,
                kind=kind,
                label=label,
                citation=citation[:120],
                heading=heading[:200],
                text=text if len(heading) <= 200 else f"{heading[200:]}{text}",
                position=len(rows) + 1,
            )
        )

    for index, line in enumerate(reading.cover, 1):
        add(f"c{index}", "", 0, "paragraph", "", "", line)
    several = len(reading.documents) > 1
    for index, document in enumerate(reading.documents, 1):
        prefix = prefix_of(index, several)
        if several:
            add(f"d{index}", "", 0, DOCUMENT, "", document.title, "")
        elif document.title and document.title != version.title:
            add("title", "", 0, DOCUMENT, "", document.title, "")
        for placed in walk(document):
            clause = placed.clause
            parent = f"{prefix}{placed.parent}" if placed.parent else ""
            ref = f"{prefix}{clause.ref}"
            add(
                ref,
                parent,
                placed.depth,
                clause.kind.value,
                clause.label,
                clause.heading,
                clause.text,
                f"《{document.title}》{clause.citation}" if several and clause.citation else clause.citation,
            )
    return rows


@transaction.atomic
def add_version(
    *,
    case: PublicConsultation,
    title: str,
    actor: Actor,
    at: datetime,
    text: str = "",
    file: Any = None,
    seen_version: int | None = None,
) -> DraftVersion:
    """Add the text for comment (while drafting) or a revised text (after the closing) as another version.

    Raises InvalidInput for an empty text, a file that cannot be read, or a text equal to the last version.
    """
    source = "直接录入"
    if file is not None:
        text, notices = read_upload(file.name, file.read())
        source = f"文件“{file.name[-60:]}”{'；'.join(['', *notices])}"[:160]
    text = text.strip()
    if not text:
        raise InvalidInput("没有读到文字，请核对", "file" if file is not None else "text")
    before = current_version(case)
    digest = sha256(text.encode()).hexdigest()
    if before is not None and before.sha256 == digest:
        raise InvalidInput("与上一版完全相同，不用再录入", "text")
    refuse_personal({"title": title, "text": text}, allowed=(case.contact_phone, case.contact_email))
    if actor.account_id is None:
        raise StepRefused("须由起草单位经办人录入。")
    version = DraftVersion(
        consultation=case,
        number=_next_number(case),
        stage=Stage.REVISED if case.state == State.CLOSED else Stage.COMMENT,
        title=title.strip(),
        text=text,
        sha256=digest,
        source=source,
        added_by_id=actor.account_id,
        added_at=at,
    )
    rows = _rows(version)
    if len(rows) > MOST_CLAUSES:
        raise InvalidInput(f"条款过多（{len(rows)}），请分成几个文件", "text")
    take_step(
        case,
        "add_version",
        actor=actor,
        at=at,
        seen_version=seen_version,
        number=version.number,
        stage=version.stage,
        sha256=digest,
        clauses=len(rows),
    )
    version.save(force_insert=True)
    Clause.objects.bulk_create(rows)
    if before is not None:
        _map(before, version)
    return version


def _next_number(case: PublicConsultation) -> int:
    """One past every version there ever was; the number of one that was removed is not given again."""
    last = max((version.number for version in versions_of(case)), default=0)
    return max(last, case.events.filter(kind="add_version").count()) + 1


@transaction.atomic
def remove_version(
    *,
    case: PublicConsultation,
    number: int,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Take a wrong text out before it is signed: the newest version of the stage that is being written.

    Raises InvalidInput for any other version, StepRefused while comments are said to be adopted in it.
    """
    found = current_version(case)
    stage = Stage.REVISED if case.state == State.CLOSED else Stage.COMMENT
    if found is None or found.number != number or found.stage != stage:
        raise InvalidInput("只能删去正在录入的最新一版文本", "number")
    pointing = Disposition.objects.filter(target__version=found).count()
    take_step(
        case,
        "remove_version",
        actor=actor,
        at=at,
        seen_version=seen_version,
        number=number,
        sha256=found.sha256,
        reason=reason,
        pointing=pointing,
    )
    found.delete()


def _map(before: DraftVersion, version: DraftVersion) -> None:
    """Write what became of each clause, document by document."""
    olds = {clause.ref: clause for clause in Clause.objects.filter(version=before)}
    news = {clause.ref: clause for clause in Clause.objects.filter(version=version)}
    ClauseChange.objects.bulk_create(
        ClauseChange(
            earlier=before,
            later=version,
            old=olds.get(old) if old else None,
            new=news.get(new) if new else None,
            change=change,
            position=position,
        )
        for position, (old, new, change) in enumerate(map_of(before.text, version.text), 1)
        if (old and old in olds) or (new and new in news)
    )
