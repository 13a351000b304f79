"""Random words at random places in random PDFs: after redaction no reader finds them.

40 examples; PORTAL_REDACTION_EXAMPLES asks for more (the release is tried with 500).
"""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pikepdf import Array

from portal.redaction import Orders, Word
from portal.redaction.making import redact_here
from portal.redaction.reading import holds
from tests.redaction.papers import drawn, raw, texts

pytestmark = pytest.mark.one_engine
EXAMPLES = int(os.environ.get("PORTAL_REDACTION_EXAMPLES", "40"))
# Other signs for those that stay: else the end of one line and the head of the next may be a withheld word.
WITHHELD = st.text("ABCDEFGHKLM2345", min_size=5, max_size=14)
KEPT = st.text("NPRSTUVWXYZ6789", min_size=5, max_size=14)


@st.composite
def papers(draw: st.DrawFn) -> tuple[bytes, list[str], list[str]]:
    """A PDF, the words to be withheld, and others that stay."""
    withheld = draw(st.lists(WITHHELD, min_size=1, max_size=3, unique=True))
    kept = draw(st.lists(KEPT, min_size=1, max_size=3, unique=True))
    count = draw(st.integers(1, 3))
    pages: list[list[tuple[float, float, str]]] = [[] for _ in range(count)]
    rows = draw(st.permutations(range(14)))
    for row, word in zip(rows, [*withheld, *withheld, *kept], strict=False):
        pages[draw(st.integers(0, count - 1))].append((draw(st.integers(45, 240)), 50 + row * 20, word))
    keys = {"Rotate": draw(st.sampled_from((0, 90, 180, 270))), "CropBox": Array([20, 20, 400, 380])}
    return drawn(pages, **keys), withheld, kept


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(papers())
def test_no_reader_finds_withheld_words(paper: tuple[bytes, list[str], list[str]]) -> None:
    data, withheld, kept = paper
    made = redact_here(
        data,
        Orders(words=tuple(Word(word, "个人隐私") for word in withheld)),
        hidden=frozenset(),
        machine_reads=False,
    )
    text = "\n".join(texts(made.data))
    assert [word for word in withheld if holds(text, word)] == []
    assert [word for word in kept if not holds(text, word)] == []
    shown = b"".join(re.findall(rb"<([0-9a-f]+)> Tj", raw(made.data)))
    assert [word for word in withheld if word.encode("utf-16-be").hex().encode() in shown] == []
