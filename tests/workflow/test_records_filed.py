"""The case file binds what was handed over, behind the paper of the reply."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest

from portal.units.models import Unit
from requests_app import actions as requests
from tests.cast import Person, moment
from tests.factories.records import kept, proven
from tests.factories.requests_app import handled
from tests.redaction.papers import drawn
from tests.workflow.test_case_file import filed, text_of
from tests.workflow.test_records_reply import PARTLY, signed

MARKS = {"boxes": [{"page": 1, "box": [40, 190, 240, 214], "ground": "privacy"}], "words": [], "pages": []}


@pytest.mark.slow
def test_case_file_binds_the_copies_behind_the_reply(office: Unit, team: dict[str, Person]) -> None:
    case = handled(office, team["clerk"])
    record = kept(case, team["clerk"], "part", marks=MARKS, pages=2, made_on=date(2025, 3, 4))
    data = drawn([[(50, 300, "Project list of 2025")], [(50, 300, "Second page")]])
    copy = proven(record, [1, "个人隐私", 12, False], data=data)
    signed(case, team, PARTLY)
    requests.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    row = filed(case, team)
    assert row.file is not None
    entries = row.holds["entries"]
    assert entries[entries.index(f"copy:{copy.pk}") - 1].startswith("paper:")
    pages = text_of(row.file.read())
    assert any("答复附件1" in words and "2025-03-04" in words for words in pages[1:3])
    with pikepdf.open(io.BytesIO(row.file.read())) as volume:
        kept_inside = [bytes(file.get_file().read_bytes()) for file in volume.attachments.values()]
    assert data in kept_inside
