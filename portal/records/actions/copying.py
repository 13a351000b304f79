"""Making the copies of records, each by a job, and proving them; a copy that is not proven names the places."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import pikepdf
from django.db import transaction
from django.db.models import F

from portal.cases.models import Case
from portal.cases.steps import note
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.files.actions import store_bytes
from portal.jobs.outbox import enqueue
from portal.records.actions.gate import hold, open_record
from portal.records.choices import GIVEN, Audience, CopyState, Disposition, Ground
from portal.records.models import Record, RecordCopy
from portal.records.queries import case_of, entries_of, looked_for, marked_for, orders_of, sealed_for
from portal.redaction import Box, CannotRedact, NotProven, Orders, Redacted, Word, redact

# A try that ends with its worker is counted too, and workers are ended for other jobs' sake as well.
MOST_TRIES = 4
# A picture is read by machine in about two seconds a page, and others wait in the same lane.
MOST_READ_BY_MACHINE = 10
TOO_LONG = "没有在限定的时间内制作完成，请拆分文件，或者减少遮盖的页数"


@transaction.atomic
def make_copy(*, record: Record, actor: Actor, at: datetime) -> RecordCopy:
    """Promise the applicant's copy of a record as it is now; the one that there is, if nothing has changed.

    Raises StepRefused where it is not given, is not ready, or is to be given in part without a place.
    """
    case = case_of(record)
    account_id = hold(case, actor)
    open_record(record)
    if not record.is_ready:
        raise StepRefused("该信息还没有检查完毕，不能制作副本。")
    if record.disposition not in GIVEN:
        raise StepRefused("确定为全部提供或者遮盖后提供的，才制作副本。")
    if record.disposition == Disposition.PART and not record.mark_count:
        raise StepRefused("确定为遮盖后提供的，请先标记遮盖的内容。")
    if record.disposition == Disposition.WHOLE and record.mark_count:
        raise StepRefused("确定为全部提供的，不能有遮盖的内容；请改为遮盖后提供，或者去掉遮盖。")
    return promised(record, Audience.APPLICANT, account_id, actor, at)


def promised(
    record: Record,
    audience: str,
    account_id: int,
    actor: Actor,
    at: datetime,
    *,
    party: int | None = None,
    only: Sequence[int] = (),
) -> RecordCopy:
    """The present copy for an audience, promised anew if there is none or it failed; call under the case's lock."""
    orders, sealed = orders_of(record, audience, party, only), looked_for(record, audience, party)
    known = RecordCopy.objects.filter(record=record, orders=orders).order_by("-id").first()
    if known is not None and known.state != CopyState.FAILED and known.proven_for == sealed:
        return known
    made = RecordCopy.objects.create(
        record=record,
        audience=audience,
        party=party,
        only=list(only),
        orders=orders,
        proven_for=sealed,
        pages=len(only) or record.pages,
        asked_by_id=account_id,
        asked_at=at,
    )
    enqueue("records.copy", key=f"copy:{made.pk}", copy=made.pk)
    grounds: dict[str, int] = {}
    for row in (row for rows in marked_for(record, audience).marks.values() for row in rows):
        grounds[row["ground"]] = grounds.get(row["ground"], 0) + 1
    note(
        case_of(record),
        "copy_public_record" if audience == Audience.PUBLIC else "copy_record",
        actor=actor,
        at=at,
        record=str(record.public_id),
        audience=audience,
        grounds=grounds,
    )
    return made


def ask_for_copies(*, case: Case, actor: Actor, at: datetime) -> int:
    """Promise the copies of all records that are given and have none; gives how many."""
    count = 0
    for entry in entries_of(case):
        if entry.is_given and entry.record.is_ready:
            before = entry.copy
            count += make_copy(record=entry.record, actor=actor, at=at) != before
    return count


def run_copy(*, copy_id: int, at: datetime) -> None:
    """Make a promised copy and prove it, in a few tries at most: a file that takes too long ends the process that tries."""
    with transaction.atomic():
        copy = RecordCopy.objects.select_for_update().get(pk=copy_id)
        if copy.state != CopyState.MAKING:
            return
        if copy.tries >= MOST_TRIES:
            _fail(copy, TOO_LONG, at)
            return
        RecordCopy.objects.filter(pk=copy_id).update(tries=F("tries") + 1)
    record = Record.objects.select_related("pdf", "case").get(pk=copy.record_id)
    if record.pdf is None or (copy.orders, copy.proven_for) != (
        orders_of(record, copy.audience, copy.party, copy.only),
        looked_for(record, copy.audience, copy.party),
    ):
        _fail(copy, "制作前又有改动，请重新制作", at)
        return
    orders = orders_for(record, copy)
    drawn = {box.page for box in orders.boxes}
    try:
        made = redact(
            pages_only(record.pdf.read(), copy.only),
            orders,
            machine_reads=not orders.words and len(drawn) <= MOST_READ_BY_MACHINE,
        )
    except (NotProven, CannotRedact) as error:
        _fail(copy, error.sentence, at)
    else:
        _keep(copy, made, at)


def orders_for(record: Record, copy: RecordCopy) -> Orders:
    """What the engine is told: the grounds in the words that stand in the boxes; pages as they are counted in the copy."""
    at = {page: number for number, page in enumerate(copy.only or range(1, record.pages + 1), 1)}
    marks = marked_for(record, copy.audience).marks
    return Orders(
        boxes=tuple(
            Box(at[row["page"]], tuple(row["box"]), Ground(row["ground"]).label)
            for row in marks["boxes"]
            if row["page"] in at
        ),
        words=tuple(Word(row["text"], Ground(row["ground"]).label) for row in marks["words"]),
        pages={at[row["page"]]: Ground(row["ground"]).label for row in marks["pages"] if row["page"] in at},
        sealed=sealed_for(record, copy.audience, copy.party),
    )


def pages_only(data: bytes, only: Sequence[int]) -> bytes:
    """The PDF with these pages alone; as it is without any. What the others hold is dropped by the engine's own copy."""
    if not only:
        return data
    try:
        with pikepdf.open(io.BytesIO(data)) as source:
            wanted = set(only)
            for number in range(len(source.pages), 0, -1):
                if number not in wanted:
                    del source.pages[number - 1]
            out = io.BytesIO()
            source.save(out)
    except pikepdf.PdfError as error:
        raise CannotRedact("PDF 无法处理，请用软件重新导出后上传") from error
    return out.getvalue()


def _keep(copy: RecordCopy, made: Redacted, at: datetime) -> None:
    with transaction.atomic():
        stored = store_bytes(made.data, media_type="application/pdf")
        RecordCopy.objects.filter(pk=copy.pk, state=CopyState.MAKING).update(
            file=stored,
            sha256=stored.sha256,
            pages=made.pages,
            withheld=[[row.page, row.ground, row.signs, row.whole_page] for row in made.withheld],
            readers=list(made.proof.readers),
            read_pages=len(made.proof.read_pages),
            state=CopyState.PROVEN,
            made_at=at,
        )


def _fail(copy: RecordCopy, sentence: str, at: datetime) -> None:
    RecordCopy.objects.filter(pk=copy.pk).update(state=CopyState.FAILED, problem=sentence[:300], made_at=at)
