"""The administrator's table of plain words as the finder uses it: read once for each version of the table."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import lru_cache

import tantivy
from django.conf import settings

from portal.search.engine.document import word_document
from portal.search.engine.mending import Mender
from portal.search.engine.reader import Reader
from portal.search.engine.schema import BLANKS, blanks, schema
from portal.search.lexicon import Lexicon, shipped
from portal.search.models import PlainWord, SearchState
from portal.search.words import terms

_guard = threading.Lock()


@dataclass
class _Kept:
    version: tuple[object, int] | None = None
    lexicon: Lexicon | None = None
    sure_until: float = 0.0


_kept = _Kept()


def lexicon() -> Lexicon:
    """The words in use; those that come with the portal where the table is empty."""
    now = time.monotonic()
    if _kept.lexicon is not None and now < _kept.sure_until:
        return _kept.lexicon
    row = SearchState.objects.values_list("history", "words").first()
    with _guard:
        _kept.sure_until = now + settings.PORTAL_SEARCH_SURE_SECONDS
        if _kept.lexicon is None or _kept.version != row:
            pairs = PlainWord.objects.filter(in_use=True).values_list("plain", "official")
            rows = tuple((plain, tuple(official.split())) for plain, official in pairs)
            _kept.lexicon, _kept.version = _made(rows) if rows else shipped(), row
        return _kept.lexicon


@lru_cache(2)
def _made(pairs: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    return Lexicon(pairs)


def mender(index: Reader, words: Lexicon) -> Mender:
    """Looks for what was meant in an index and among the words in use."""
    return Mender(index.searcher, words_index(words))


@lru_cache(2)
def words_index(words: Lexicon) -> tantivy.Searcher:
    """The words that the finder knows, with how they are spelt: a small index in memory."""
    index = tantivy.Index(schema())
    index.register_tokenizer(BLANKS, blanks())
    writer = index.writer(15_000_000, 1)
    for word in {*terms(), *words.official}:
        if len(word) > 1:
            writer.add_document(word_document(word))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher()
