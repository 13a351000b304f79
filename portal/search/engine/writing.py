"""Writing an index, with the number up to which it has followed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy

from portal.search.engine.document import STATE, Text, document
from portal.search.engine.schema import VERSION, created, opened, schema

HEAP, HEAP_FOR_ALL = 20_000_000, 60_000_000
BATCH = 5_000


@dataclass(frozen=True)
class Followed:
    """How far an index is: of which history, up to which change, made by which version of the code."""

    history: str = ""
    change: int = -1
    version: int = VERSION


def followed(searcher: tantivy.Searcher) -> Followed:
    """The state that was committed with the last texts; the default for an index without one."""
    hits = searcher.search(tantivy.Query.term_query(schema(), "mark", STATE, "basic"), 1, count=False).hits
    if not hits:
        return Followed()
    kept = json.loads(searcher.doc(hits[0][1])["shown"][0])
    return Followed(**kept)


def write(index: tantivy.Index, texts: Iterable[Text], gone: Iterable[int], state: Followed) -> int:
    """Renew texts, take others out, and say how far it is now, in one commit; gives how many texts were written.

    A long series is committed in parts, the state with the last one only.
    """
    writer = index.writer(HEAP, 1)
    try:
        for number in gone:
            writer.delete_documents_by_term("id", number)
        count = 0
        for count, text in enumerate(texts, 1):
            writer.delete_documents_by_term("id", text.number)
            writer.add_document(document(text))
            if count % BATCH == 0:
                writer.commit()
        writer.delete_documents_by_term("mark", STATE)
        writer.add_document(_state_document(state))
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
    return count


def make(path: Path, texts: Iterable[Text], state: Followed) -> int:
    """A whole new index in an empty directory; gives how many texts it has."""
    index = created(path)
    writer = index.writer(HEAP_FOR_ALL, 1)
    count = 0
    for text in texts:
        writer.add_document(document(text))
        count += 1
    writer.add_document(_state_document(state))
    writer.commit()
    writer.wait_merging_threads()
    return count


def _state_document(state: Followed) -> tantivy.Document:
    found = tantivy.Document()
    found.add_integer("id", -1)
    found.add_text("mark", STATE)
    found.add_text("shown", json.dumps(asdict(state)))
    return found


__all__ = ["Followed", "followed", "make", "opened", "write"]
