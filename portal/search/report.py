"""How well the finder answers: a folder of texts in a scratch index, and questions with the titles that they want."""

from __future__ import annotations

import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.core.segment import fold, query_terms
from portal.search.asking import understand
from portal.search.engine.document import Text
from portal.search.engine.mending import Mender
from portal.search.engine.reader import Reader, Texts
from portal.search.engine.resolving import resolve
from portal.search.engine.schema import opened
from portal.search.engine.writing import Followed, make
from portal.search.lexicon import Lexicon
from portal.search.table import words_index
from portal.search.text import plain

FIRST = 5
SUFFIXES = {".md", ".txt"}
Finder = Callable[[str], list[str]]


@dataclass(frozen=True)
class Question:
    """A query of a style, and the pattern that a wanted title matches."""

    style: str
    query: str
    wanted: str


@dataclass
class Tally:
    """What became of the questions of a style: times in milliseconds."""

    asked: int = 0
    right: int = 0
    empty: int = 0
    times: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        share = self.right / self.asked if self.asked else 0.0
        return (
            f"success@5 {share:.2f} all {self.asked} no-answer {self.empty} "
            f"p50 {_quantile(self.times, 50):.2f} ms p95 {_quantile(self.times, 95):.2f} ms"
        )


@dataclass(frozen=True)
class Missed:
    """A question without a wanted title among the first five."""

    question: Question
    found: list[str]


def texts_of(folder: Path) -> list[tuple[str, str]]:
    """Title and body of each text file under a folder; the title is the file's name."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return [(path.stem, path.read_text(encoding="utf-8", errors="replace")) for path in paths]


def questions_of(path: Path) -> list[Question]:
    """The questions of a file: style, query and pattern, with tabs between; a heading line is left out."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8-sig").splitlines())
    found = [
        Question(*(part.strip() for part in row[:3])) for row in rows if len(row) >= 3 and row[1].strip()
    ]
    return [question for question in found if question.style.lower() != "style"]


def with_index(texts: Sequence[tuple[str, str]], words: Lexicon, folder: Path) -> Finder:
    """The product's own finder over the texts."""
    rows = (Text(number, title, body) for number, (title, body) in enumerate(texts))
    make(folder, rows, Followed())
    index = Reader(opened(folder))
    mender = Mender(index.searcher, words_index(words))

    folded = {number: (plain(title), plain(f"{title}\n{body}")) for number, (title, body) in enumerate(texts)}

    def find(query: str) -> list[str]:
        meant = resolve(understand(query, words), mender, words)
        return [texts[row.number][0] for row in index.ask(meant.asked, {}, _among(folded)).found[:FIRST]]

    return find


def _among(folded: Mapping[int, tuple[str, str]]) -> Texts:
    return lambda numbers: {number: folded[number] for number in numbers if number in folded}


def as_typed(texts: Sequence[tuple[str, str]]) -> Finder:
    """Every term as it is typed, as the portal searched until 2026-12: the measure beside which the index stands."""
    folded = [(title, fold(f"{title}\n{body}")) for title, body in texts]

    def find(query: str) -> list[str]:
        terms = query_terms(query)
        return [title for title, text in folded if terms and all(term in text for term in terms)][:FIRST]

    return find


def tally(find: Finder, questions: Sequence[Question]) -> tuple[dict[str, Tally], list[Missed]]:
    """Each style's tally, `all` last, and what was missed."""
    if questions:
        find(questions[0].query)
    styles: dict[str, Tally] = defaultdict(Tally)
    missed = []
    for question in questions:
        began = time.perf_counter()
        found = find(question.query)
        took = (time.perf_counter() - began) * 1000
        right = any(re.search(question.wanted, title) for title in found)
        for row in (styles[question.style], styles["all"]):
            row.asked += 1
            row.right += right
            row.empty += not found
            row.times.append(took)
        if not right:
            missed.append(Missed(question, found))
    whole = styles.pop("all", Tally())
    return {**styles, "all": whole}, missed


def _quantile(times: list[float], share: int) -> float:
    if len(times) < 2:
        return times[0] if times else 0.0
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1]
