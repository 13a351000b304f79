"""Papers beside a draft go out as copies: nothing hidden in what the unit laid there reaches anybody (办法第七条)."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions, queries
from consultations.models import PublicConsultation
from portal.cases.models import CaseFile
from portal.core.errors import StepRefused
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.consultations import drafted

Team = dict[str, Person]
WORDS = b"BT /F1 14 Tf 72 700 Td (Zhang San 0877-2022222) Tj ET"
BAR = b"0 g 60 690 260 30 re f"
ADDED = moment("2026-02-24")


def pdf(*content: bytes, author: str = "Zhao") -> bytes:
    """One page with that content, and an author in its properties."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = made.pages[0]
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj.Contents = made.make_stream(b"\n".join(content))
    made.docinfo["/Author"] = author
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def laid(
    office: Unit, team: Team, data: bytes, name: str = "说明.pdf"
) -> tuple[PublicConsultation, CaseFile]:
    case = drafted(office, team["clerk"])
    row = actions.attach_paper(case=case, name=name, data=data, actor=team["clerk"].actor, at=ADDED)
    return case, row


def announce(case: PublicConsultation, team: Team) -> None:
    for verb, who in (
        (actions.submit_draft, "clerk"),
        (actions.review_draft, "reviewer"),
        (actions.clear_draft, "secrecy"),
        (actions.announce, "approver"),
    ):
        verb(case=case, actor=team[who].actor, at=moment("2026-02-25"))


def fetched(case: PublicConsultation, row: CaseFile) -> Any:
    return Client().get(reverse("consultations:file", args=[case.public_id, row.public_id]))


@pytest.mark.parametrize("looked", [True, False], ids=["by the job", "at the submission"])
def test_words_under_a_bar_are_not_submitted(office: Unit, team: Team, looked: bool) -> None:
    case, row = laid(office, team, pdf(WORDS, BAR))
    if looked:
        run_due(100)
    with pytest.raises(StepRefused, match=r"附件“说明\.pdf”：第1页"):
        actions.submit_draft(case=case, actor=team["clerk"].actor, at=moment("2026-02-25"))
    actions.remove_paper(case=case, file=row, actor=team["clerk"].actor, at=moment("2026-02-25"))
    announce(case, team)


@pytest.mark.usefixtures("_shown_in_march")
def test_everyone_gets_the_copy(office: Unit, team: Team) -> None:
    data = pdf(WORDS)
    case, row = laid(office, team, data)
    run_due(100)
    announce(case, team)
    shown = fetched(case, row)
    assert shown.status_code == 200
    assert shown.content != data
    with pikepdf.open(io.BytesIO(shown.content)) as copy:
        assert "/Author" not in copy.docinfo
    page = Client().get(reverse("consultations:detail", args=[case.public_id])).content.decode()
    assert "说明.pdf" in page


@pytest.mark.usefixtures("_shown_in_march")
def test_paper_that_nothing_opens_stays_out(office: Unit, team: Team) -> None:
    case, row = laid(office, team, b"%PDF-1.4\n%%EOF\n")
    run_due(100)
    announce(case, team)
    assert fetched(case, row).status_code == 404
    page = Client().get(reverse("consultations:detail", args=[case.public_id])).content.decode()
    assert "说明.pdf" not in page


def test_signatures_hold_for_file_and_copy(office: Unit, team: Team) -> None:
    case, row = laid(office, team, pdf(WORDS))
    before = queries.content_digest(case)
    run_due(100)
    fresh = PublicConsultation.objects.get(pk=case.pk)
    assert queries.content_digest(fresh) != before
    page = team["reviewer"].client().get(reverse("workbench_consultations:detail", args=[case.public_id]))
    assert "公开件：说明.pdf" in page.content.decode()
    copy = (
        team["reviewer"]
        .client()
        .get(reverse("workbench_consultations:copy", args=[case.public_id, row.public_id]))
    )
    assert copy.status_code == 200
    assert b"Zhao" not in copy.content


@pytest.fixture
def _shown_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are read while the consultation runs."""
    from consultations.views import citizen

    class March:
        @staticmethod
        def localdate() -> Any:
            return moment("2026-03-02").date()

        now = staticmethod(lambda: moment("2026-03-02"))

    monkeypatch.setattr(citizen, "timezone", March)
