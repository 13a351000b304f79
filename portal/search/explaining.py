"""Why an answer stands where it stands, in words: how the query is read, and what each part of a score is for."""

from __future__ import annotations

from portal.search.asking import Asked, understand
from portal.search.engine import scoring
from portal.search.engine.reader import Reader
from portal.search.engine.resolving import resolve
from portal.search.following import reader
from portal.search.models import SearchEntry
from portal.search.record import texts_in_record
from portal.search.table import lexicon, mender


def explained(query: str, most: int) -> list[str] | None:
    """The reading of the query and the parts of the scores of the best answers; None while there is no index."""
    index = reader()
    if index is None:
        return None
    asked = understand(query, lexicon())
    meant = resolve(asked, mender(index, lexicon()), lexicon())
    lines = [f"query: {asked.query}"]
    if meant.meant:
        lines.append(f"meant: {meant.meant}")
    lines += _reading(meant.asked, index)
    found = index.ask(meant.asked, {}, texts_in_record, upto=most).found
    rows = SearchEntry.objects.in_bulk([row.number for row in found])
    for place, scored in enumerate(found, 1):
        entry = rows.get(scored.number)
        if entry is not None:
            lines.append(f"{place}. {entry.title}  score {scored.score:.2f}")
            lines += [
                f"     {value:8.2f}  {name}"
                for name, value in index.parts(meant.asked, scored.number, texts_in_record)
            ]
    return lines


def _reading(asked: Asked, index: Reader) -> list[str]:
    lines = []
    for idea in asked.ideas:
        ways = ", ".join(f"{way.text} ×{way.weight:.2f}" for way in idea.ways)
        rare = scoring.rarity(index.searcher, idea)
        lines.append(f"idea: {idea.text}  weight {idea.weight:.2f}  rarity {rare:.2f}  as {ways}")
    lines += [f"exactly: {text}" for text in asked.exact]
    lines += [f"without: {text}" for text in asked.without]
    lines += [f"number: {text}" for text in asked.numbers]
    if asked.silent:
        lines.append(f"weigh nothing: {' '.join(asked.silent)}")
    return lines
