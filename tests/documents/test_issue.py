"""Issuing: the number now, the facts frozen and sealed, one PDF, a void that stays void."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from portal.core.actors import SYSTEM
from portal.core.errors import InvalidInput
from portal.documents import actions
from portal.documents.kinds import KINDS
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.documents.queries import file_matches, find_by_code
from portal.units.models import Unit
from tests.cast import moment
from tests.factories.requests_app import submitted

pytestmark = pytest.mark.django_db
KIND = "disclose_reply"


@pytest.fixture
def case(office: Unit) -> Any:
    return submitted(office)


def issued(case: Any, *, on: str = "2026-03-16", **facts: Any) -> OfficialDocument:
    """A reply to that case."""
    return actions.issue(
        case,
        KIND,
        unit=case.unit,
        actor=SYSTEM,
        at=moment(on),
        facts={**KINDS[KIND].sample, **facts},
        addressee="梁䶮",
    )


def test_issue_counts_per_year_without_gaps(case: Any) -> None:
    papers = [issued(case), issued(case), issued(case, on="2027-01-04")]
    first = papers[0].ordinal or 0
    assert [(paper.year, paper.ordinal) for paper in papers] == [(2026, first), (2026, first + 1), (2027, 1)]
    assert papers[2].number == f"{case.unit.series_word}〔2027〕1号"


def test_issue_without_a_fact_is_refused_and_takes_no_number(case: Any) -> None:
    before = issued(case).ordinal or 0
    with pytest.raises(ValueError, match="remedy"):
        actions.issue(case, KIND, unit=case.unit, actor=SYSTEM, at=moment("2026-03-16"), facts={"body": "甲"})
    assert issued(case).ordinal == before + 1


def test_issue_keeps_facts_and_addressee_sealed(case: Any) -> None:
    paper = issued(case, body="住户李某的电话")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT facts, addressee FROM documents_officialdocument WHERE verify_code = %s",
            [paper.verify_code],
        )
        stored = str(cursor.fetchone())
    assert "住户" not in stored
    assert "\\u4f4f" not in stored
    assert "梁" not in stored


def test_render_twice_makes_one_file(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([b"%PDF-1.7 one", b"%PDF-1.7 two"])
    monkeypatch.setattr(actions, "render_pdf", lambda html: next(answers))
    paper = issued(case)
    for _ in range(2):
        actions.render(document_id=paper.pk, at=timezone.now())
    paper.refresh_from_db()
    assert (paper.status, file_matches(paper, b"%PDF-1.7 one"), file_matches(paper, b"%PDF-1.7 two")) == (
        DocumentStatus.READY,
        "original",
        "",
    )


def test_render_of_a_paper_voided_meanwhile_leaves_it_void(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = issued(case)

    def slow(html: str) -> bytes:
        actions.void(document=OfficialDocument.objects.get(pk=paper.pk), reason="文号有误")
        return b"%PDF-1.7 late"

    monkeypatch.setattr(actions, "render_pdf", slow)
    actions.render(document_id=paper.pk, at=timezone.now())
    paper.refresh_from_db()
    assert (paper.status, paper.file_id) == (DocumentStatus.VOID, None)


def test_void_without_a_reason_is_refused(case: Any) -> None:
    with pytest.raises(InvalidInput):
        actions.void(document=issued(case), reason="  ")


def test_find_by_code_reads_it_as_typed(case: Any) -> None:
    paper = issued(case)
    code = paper.verify_code
    assert find_by_code(f" {code[:4].lower()}-{code[4:8]} {code[8:]}") == paper
    assert find_by_code("AAAA-AAAA-AAAA") is None
    assert not file_matches(paper, b"")
