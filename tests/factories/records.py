"""Records of a request: small PDFs with known words, added, decided and copied through the actions."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from portal.cases.steps import note
from portal.files.actions import store_bytes
from portal.jobs.outbox import run_due
from portal.records import actions, queries
from portal.records.actions import Added, Details, Upload
from portal.records.choices import Disposition
from portal.records.models import Record, RecordCopy, RecordPage
from tests.cast import Person, moment
from tests.redaction.papers import drawn

SECRET, OPEN = "Zhang Wei 13987701234", "Project list of 2025"
# The line with SECRET stands here on each page of 400 by 400 points.
SECRET_BOX = [48.0, 196.0, 240.0, 214.0]


@cache
def paper(pages: int = 1, *, secret: str = SECRET, open_words: str = OPEN) -> bytes:
    """A PDF whose pages have an open line and a secret one below it."""
    return drawn([[(50, 300, f"{open_words} page {at}"), (50, 200, secret)] for at in range(1, pages + 1)])


def upload(
    case: Any, clerk: Person, *files: tuple[str, bytes], at: str = "2026-02-24", **details: Any
) -> Added:
    """Files as they are sent, with what is known of them."""
    return actions.add_uploads(
        case=case,
        uploads=[Upload(name, data) for name, data in files],
        details=Details(**details),
        actor=clerk.actor,
        at=moment(at),
    )


def found(case: Any, clerk: Person, *, pages: int = 1, title: str = "项目清单", **details: Any) -> Record:
    """A record whose pages can be worked on."""
    added = upload(
        case,
        clerk,
        ("list.pdf", paper(pages)),
        title=title,
        document_number="玉政办发〔2025〕7号",
        made_on=date(2025, 3, 4),
        maker="玉溪市人民政府办公室",
        **details,
    )
    run_due()
    record = added.records[0]
    record.refresh_from_db()
    record.case = case
    return record


def box(page: int = 1, ground: str = "privacy", place: list[float] | None = None) -> dict[str, Any]:
    """A box over the secret line."""
    return {"page": page, "box": place or SECRET_BOX, "ground": ground}


def mark(record: Record, clerk: Person, *boxes: dict[str, Any], **more: Any) -> None:
    """Keep these boxes and nothing else."""
    actions.save_marks(
        record=record,
        marks={"boxes": list(boxes), **more},
        seen=record.marks_version,
        actor=clerk.actor,
        at=moment("2026-02-25"),
    )


def judge(record: Record, clerk: Person, disposition: str, **more: Any) -> None:
    """Decide what becomes of it."""
    actions.judge_record(
        record=record, disposition=disposition, actor=clerk.actor, at=moment("2026-02-25"), **more
    )


def in_part(case: Any, clerk: Person, *, pages: int = 1, **details: Any) -> Record:
    """A record with its secret line blackened on page 1 and a proven copy."""
    record = found(case, clerk, pages=pages, **details)
    mark(record, clerk, box())
    judge(record, clerk, Disposition.PART)
    actions.make_copy(record=record, actor=clerk.actor, at=moment("2026-02-26"))
    run_due()
    return record


BOXES = {"boxes": [box(2), box(3, "internal")], "words": [], "pages": []}


def kept(case: Any, clerk: Person, disposition: str = "", *, data: bytes = b"", **values: Any) -> Record:
    """A record as it is when its pages have been made: for what needs no file, or no work on it."""
    words = data or b"%PDF-" + str(Record.objects.count()).encode()
    pdf = store_bytes(words, media_type="application/pdf")
    record = Record.objects.create(
        case=case,
        origin="upload",
        title=values.pop("title", "项目清单"),
        document_number="玉政办发〔2025〕7号",
        pages=values.pop("pages", 5),
        state="ready",
        file=pdf,
        pdf=pdf,
        disposition=disposition,
        added_by=clerk.account,
        added_at=moment("2026-02-24"),
        **values,
    )
    record.case = case
    note(case, "add_record", actor=clerk.actor, at=moment("2026-02-24"), record=str(record.public_id))
    return record


def sheets(record: Record) -> None:
    """Its pages as the job leaves them, 400 by 400 points each."""
    picture = store_bytes(b"JPEG", media_type="image/jpeg")
    for number in range(1, record.pages + 1):
        RecordPage.objects.create(
            record=record,
            number=number,
            picture=picture,
            width=800,
            height=800,
            space=[0, 400, 400, 0, 0, -400],
        )


def proven(
    record: Record,
    *withheld: list[Any],
    audience: str = "applicant",
    data: bytes = b"",
    party: int | None = None,
    only: tuple[int, ...] = (),
) -> RecordCopy:
    """Its copy as the job leaves it: for what needs no engine."""
    words = data or b"%PDF-copy" + str(record.pk).encode()
    stored = store_bytes(words, media_type="application/pdf")
    return RecordCopy.objects.create(
        record=record,
        audience=audience,
        party=party,
        only=list(only),
        orders=queries.orders_of(record, audience, party, only),
        proven_for=queries.looked_for(record, audience, party),
        file=stored,
        sha256=stored.sha256,
        pages=len(only) or record.pages,
        withheld=list(withheld),
        state="proven",
        asked_by=record.added_by,
        asked_at=moment("2026-02-25"),
        made_at=moment("2026-02-25"),
    )
