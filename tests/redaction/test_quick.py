"""What makes redaction quick reads the same as the plain way: strings written out at once, work in a fork."""

from __future__ import annotations

import os

import pikepdf
import pypdfium2
import pytest

from portal.redaction import Box, Orders
from portal.redaction.beside import beside
from portal.redaction.fonts import _strings
from portal.redaction.making import redact_here
from portal.redaction.reading import Heap, holds
from tests.redaction.papers import drawn, texts

pytestmark = pytest.mark.one_engine
PIECES = [bytes(range(256)), b"", b"(a)\\)\n\r\t\b\f", b"\\053", b"plain", b"\x05\x33\x00\x28"]


def test_strings_of_an_array_are_those_that_qpdf_reads() -> None:
    array = pikepdf.Array([part for piece in PIECES for part in (pikepdf.String(piece), 6, 2.5)])
    assert _strings(array) == PIECES
    singles = [_strings(pikepdf.Array([pikepdf.String(bytes([code, 40, 92]))])) for code in range(256)]
    assert singles == [[bytes([code, 40, 92])] for code in range(256)]


def test_work_in_a_fork_gives_what_it_made_and_what_it_could_not_is_done_here() -> None:
    here = os.getpid()
    assert beside(lambda: os.getpid())() != here

    def only_here() -> int:
        if os.getpid() != here:
            raise ValueError
        return 7

    assert beside(only_here)() == 7


def test_pages_shared_between_two_processes_are_all_redacted_and_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    source = drawn([[(50, 300, f"open{number} secret{number}")] for number in range(20)])
    boxes = tuple(Box(number, (100.0, 290.0, 300.0, 330.0), "个人隐私") for number in range(1, 19))
    made = redact_here(source, Orders(boxes=boxes), hidden=frozenset(), machine_reads=False)
    assert (made.pictured, made.pages) == (tuple(range(1, 19)), 20)
    assert [number for number, text in enumerate(texts(made.data), 1) if "secret" in text] == [19, 20]
    with pypdfium2.PdfDocument(made.data) as document:
        assert len(document) == 20


@pytest.mark.parametrize(
    ("text", "word", "count"),
    [("电话 139-8770-1234。", "13987701234", 1), ("Ａbc\u200bD", "abcd", 1), ("张 伟张伟", "张伟", 2), ("x", " ", 0)],
)  # fmt: skip
def test_heap_finds_words_over_blanks_width_case_and_separators(text: str, word: str, count: int) -> None:
    assert (holds(text, word), Heap(text).holds(word)) == (count, count)
