"""Every kind of reply, of refusal and of non-processing is known everywhere that asks for it: nothing falls under 其他."""

from __future__ import annotations

import pytest
from django.template.loader import get_template

from portal.documents.kinds import KINDS
from requests_app.annual.rows import HANDLED_ROWS, REST, row_of
from requests_app.choices import NotProcessedReason, RefusalGround, ReplyKind
from requests_app.models import ReviewFirst
from requests_app.rules import GROUND_ARTICLES, NOT_PROCESSED_TEXTS, ground_phrase

PLAIN = [kind for kind in ReplyKind if kind not in (ReplyKind.REFUSE, ReplyKind.NOT_PROCESSED)]
CODES = {row.code for row in HANDLED_ROWS}


@pytest.mark.parametrize("kind", ReplyKind.values)
def test_reply_has_its_paper_with_a_sample_and_its_paragraph_in_a_combined_one(kind: str) -> None:
    paper = KINDS[f"{kind}_reply"]
    assert (paper.title, paper.statute, paper.sample) != ("", "", {})
    assert get_template(f"documents/{paper.template}.html")
    assert get_template(f"documents/decisions/{kind}.html")


@pytest.mark.parametrize("kind", ReplyKind.values)
def test_reply_has_its_row_in_the_table_of_remedies(db: None, kind: str) -> None:
    row = ReviewFirst.objects.get(reply_kind=kind)
    assert (row.title, row.source) != ("", "")


@pytest.mark.parametrize("kind", [kind.value for kind in PLAIN])
def test_reply_counts_in_a_row_of_its_own_in_the_annual_report(kind: str) -> None:
    assert row_of(kind) in CODES - {REST}


@pytest.mark.parametrize("ground", RefusalGround.values)
def test_refusal_names_its_article_and_counts_in_its_row(ground: str) -> None:
    assert "第" in GROUND_ARTICLES[RefusalGround(ground)]
    assert ground_phrase(RefusalGround(ground), "privacy")
    assert row_of("refuse", ground) in CODES - {REST}


@pytest.mark.parametrize("reason", NotProcessedReason.values)
def test_non_processing_has_its_words_and_counts_in_its_row(reason: str) -> None:
    assert "{you}" in NOT_PROCESSED_TEXTS[NotProcessedReason(reason)]
    assert row_of("not_processed", reason=reason) in CODES - {REST}
