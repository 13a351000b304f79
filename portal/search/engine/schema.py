"""The fields of the index, and opening it: the tokenizer splits at blanks, because the tokens are cut by us.

tantivy's own tokenizer takes a run of Chinese for one word and drops it above 40 bytes without a word.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tantivy

VERSION = 1
BLANKS = "blanks"


@cache
def schema() -> tantivy.Schema:
    """Words count how often (freq); pairs and syllables know their places, for phrases."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    for name, option in (
        ("title", "freq"),
        ("title_pairs", "position"),
        ("title_signs", "position"),
        ("word_signs", "position"),
        ("body", "freq"),
        ("body_pairs", "position"),
        ("number", "basic"),
        ("spelt", "position"),
        ("initials", "position"),
        ("kind", "basic"),
        ("chip", "basic"),
        ("unit", "basic"),
        ("year", "basic"),
        ("mark", "basic"),
    ):
        builder.add_text_field(name, tokenizer_name=BLANKS, index_option=option)
    builder.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("kind_no", "chip_no", "unit_no", "day", "year_no"):
        builder.add_integer_field(name, fast=True)
    builder.add_float_field("rank", fast=True)
    return builder.build()


def opened(path: Path) -> tantivy.Index:
    """The index in a directory, with our tokenizer. Raises ValueError or OSError if it is torn or not there."""
    index = tantivy.Index.open(str(path))
    index.register_tokenizer(BLANKS, blanks())
    return index


def created(path: Path) -> tantivy.Index:
    """A new, empty index in a directory."""
    path.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema(), path=str(path))
    index.register_tokenizer(BLANKS, blanks())
    return index


def blanks() -> tantivy.TextAnalyzer:
    """The tokenizer that splits at blanks alone."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
