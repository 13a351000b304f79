"""A text as the index takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import tantivy

from portal.search.spelling import syllables
from portal.search.text import joined, numbers_of, pairs_of, plain, signs_of, word_field

WORD, STATE = "word", "state"
MOST_BODY = 400_000


@dataclass(frozen=True)
class Text:
    """A thing that can be found. `number` is the row's; `rank` multiplies its score; the numbers count facets."""

    number: int
    title: str
    body: str
    kind: str = ""
    kind_no: int = 0
    chip: str = ""
    chip_no: int = 0
    unit: str = ""
    unit_no: int = 0
    day: date = date(2000, 1, 1)
    rank: float = 1.0
    extra: str = ""


def document(text: Text) -> tantivy.Document:
    """The document of a text."""
    title = plain(text.title)
    body = plain(text.body[:MOST_BODY])
    found = tantivy.Document()
    found.add_integer("id", text.number)
    found.add_text("shown", text.title)
    found.add_text("title", word_field(title))
    found.add_text("title_pairs", joined(pairs_of(title)))
    found.add_text("title_signs", joined(signs_of(title)))
    found.add_text("body", word_field(f"{body} {plain(text.extra)}"))
    found.add_text("body_pairs", joined(pairs_of(body)))
    found.add_text("number", joined(numbers_of(f"{title} {body}")))
    _spell(found, title)
    found.add_text("kind", text.kind)
    found.add_text("chip", text.chip)
    found.add_text("unit", text.unit)
    found.add_text("year", str(text.day.year))
    for name, value in (
        ("kind_no", text.kind_no),
        ("chip_no", text.chip_no),
        ("unit_no", text.unit_no),
        ("day", text.day.toordinal()),
        ("year_no", text.day.year),
    ):
        found.add_integer(name, value)
    found.add_float("rank", text.rank)
    return found


def word_document(word: str) -> tantivy.Document:
    """A word that is no text: it can be spelt and corrected to, and is never an answer."""
    found = tantivy.Document()
    found.add_integer("id", -1)
    found.add_text("mark", WORD)
    found.add_text("shown", word)
    folded = plain(word)
    found.add_text("word_signs", joined(signs_of(folded)))
    _spell(found, folded)
    return found


def _spell(found: tantivy.Document, folded: str) -> None:
    """The syllables and the pairs of first letters, of the Chinese signs alone."""
    parts = syllables(folded)
    found.add_text("spelt", joined(parts))
    letters = [part[0] for part in parts]
    found.add_text("initials", joined(map(str.__add__, letters, letters[1:])))


__all__ = ["STATE", "WORD", "Text", "document", "word_document"]
