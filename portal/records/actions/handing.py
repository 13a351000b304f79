"""Handing over: what goes out, as single files, as one archive, as one file to print; each time is written down."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pikepdf
from django.db import transaction

from portal.cases.intake import TooManyTries
from portal.cases.models import Case
from portal.core.errors import NotFound
from portal.files.checks import clean_name
from portal.records.models import Fetch, RecordCopy
from portal.records.queries import Entry, given_of, handed

HOUR = timedelta(hours=1)
MOST_AN_HOUR = 60
NOT_YET = "答复尚未发出，或者没有随答复提供的信息。"


@dataclass(frozen=True)
class Handed:
    """A file as it leaves."""

    name: str
    data: bytes
    media_type: str


def filename_of(entry: Entry) -> str:
    """The name under which a copy leaves: its place among the attachments and its title."""
    return clean_name(f"附件{entry.number} {entry.record.title}.pdf")


def hand_over(*, case: Case, copy: RecordCopy | None, by: str, at: datetime) -> Handed:
    """A copy of an answer that has gone out, or all of them in one ZIP (copy None); written down.

    Raises NotFound before the answer is out and for what it does not give, TooManyTries for more than a person needs.
    """
    wanted = [entry for entry in handed(case) if copy is None or entry.copy == copy]
    if not wanted:
        raise NotFound(NOT_YET)
    with transaction.atomic():
        if Fetch.objects.filter(case_id=case.pk, at__gt=at - HOUR).count() >= MOST_AN_HOUR:
            raise TooManyTries("下载次数过多，请一小时后再试。")
        Fetch.objects.create(case_id=case.pk, copy=copy, by=by, at=at)
    if copy is not None:
        return Handed(filename_of(wanted[0]), _bytes_of(wanted[0]), "application/pdf")
    return Handed(f"{case.number}答复附件.zip", _zipped(wanted), "application/zip")


def _bytes_of(entry: Entry) -> bytes:
    if entry.copy is None or entry.copy.file is None:
        raise NotFound("该文件已按保存期限清除。")
    return entry.copy.file.read()


def _zipped(entries: Sequence[Entry]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            archive.writestr(filename_of(entry), _bytes_of(entry))
    return out.getvalue()


def print_file(*, case: Case, letter: bytes) -> bytes:
    """The letter and everything it gives as one PDF for paper; every part begins on a right-hand page."""
    book = pikepdf.new()
    for part in (letter, *(_bytes_of(entry) for entry in given_of(case))):
        if len(book.pages) % 2:
            last = book.pages[-1].mediabox
            book.add_blank_page(page_size=(float(last[2]), float(last[3])))
        with pikepdf.open(io.BytesIO(part)) as pages:
            book.pages.extend(pages.pages)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
