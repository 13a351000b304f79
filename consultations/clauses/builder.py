"""Building the tree of a document from its lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from consultations.clauses.labels import Mark, is_heading, listed, run_on
from consultations.clauses.layout import trimmed
from consultations.clauses.references import citation_of, ref_of
from consultations.clauses.tree import CONTAINERS, Clause, Document, Kind

RANKS = {
    Kind.PART: 0,
    Kind.CHAPTER: 1,
    Kind.SECTION: 2,
    Kind.HEADING: 3,
    Kind.ARTICLE: 3,
    Kind.PARAGRAPH: 4,
    Kind.ITEM: 5,
    Kind.SUBITEM: 6,
    Kind.POINT: 7,
}
LEAF = 9


@dataclass(slots=True)
class _Node:
    kind: Kind
    label: str = ""
    number: tuple[int, int] = (0, 0)
    heading: str = ""
    text: str = ""
    rank: int = 0
    paragraphs: int = 0
    children: list[_Node] = field(default_factory=list)


class Builder:
    """Takes the lines of one document in order and gives the document."""

    def __init__(self, *, with_articles: bool) -> None:
        self._with_articles = with_articles
        self._preamble: list[str] = []
        self._closing: list[str] = []
        self._root = _Node(Kind.PART, rank=-1)
        self._open: list[_Node] = []

    def preamble(self, text: str) -> None:
        """A line before the first clause."""
        self._preamble.append(text)

    def closing(self, text: str) -> None:
        """A line after the last clause."""
        self._closing.append(text)

    def labelled(self, mark: Mark) -> None:
        """A line that begins with a label; labels that run on inside it become clauses of their own."""
        first, *further = run_on(mark.text, mark.kind)
        self._place(_Node(mark.kind, mark.label, mark.number, mark.heading, trimmed(first), RANKS[mark.kind]))
        self._run_on(further)

    def plain(self, text: str) -> None:
        """A line without a label: a heading that was missing, the first words of a 条, or a 款."""
        top = self._open[-1] if self._open else None
        if (
            top is not None
            and top.kind in CONTAINERS
            and not top.heading
            and not top.children
            and is_heading(text)
        ):
            top.heading = text
            return
        first, *further = run_on(text)
        article = next((node for node in self._open if node.kind == Kind.ARTICLE), None)
        if article is not None and not article.text and not article.children:
            article.text = trimmed(first)
        elif trimmed(first):
            self._place(_Node(Kind.PARAGRAPH, text=trimmed(first), rank=4 if article else LEAF))
        self._run_on(further)

    def row(self, text: str) -> None:
        """A row of a table: it belongs to the clause before it and is not counted as a 款."""
        top = self._open[-1] if self._open else None
        if top is None or top.kind in CONTAINERS:
            self._place(_Node(Kind.PARAGRAPH, text=text, rank=LEAF))
            return
        top.text = f"{top.text}\n{text}" if top.text else text

    def document(self, title: str) -> Document:
        """What was built."""
        taken: dict[str, int] = {}
        preamble = tuple(_line(text, "p", at, taken) for at, text in enumerate(self._preamble, 1))
        clauses = _frozen(self._root.children, "", "", None, taken)
        closing = tuple(_line(text, "e", at, taken) for at, text in enumerate(self._closing, 1))
        return Document(title, preamble, clauses, closing)

    def _run_on(self, pieces: list[str]) -> None:
        for piece in pieces:
            mark = listed(trimmed(piece), with_headings=False)
            if mark is None:
                raise AssertionError("a line is cut only before labels")
            self.labelled(mark)

    def _place(self, node: _Node) -> None:
        while self._open and self._open[-1].rank >= node.rank:
            self._open.pop()
        above = self._open[-1] if self._open else self._root
        if node.kind == Kind.PARAGRAPH:
            # The first 款 of a 条 is the 条 itself.
            above.paragraphs += 1
            node.number = (above.paragraphs + (above.kind == Kind.ARTICLE), 0)
        above.children.append(node)
        self._open.append(node)


def _line(text: str, letter: str, number: int, taken: dict[str, int]) -> Clause:
    ref = f"{letter}{number}"
    taken[ref] = 1
    citation = f"序言第{number}段" if letter == "p" else f"落款第{number}行"
    return Clause(Kind.PARAGRAPH, "", None, "", text, ref, citation)


def _frozen(
    nodes: list[_Node], above: str, cited: str, above_kind: Kind | None, taken: dict[str, int]
) -> tuple[Clause, ...]:
    clauses = []
    for node in nodes:
        ref = ref_of(node.kind, node.number, above, above_kind, taken)
        citation = citation_of(node.kind, node.label, node.number, cited, above_kind)
        clauses.append(
            Clause(
                node.kind,
                node.label,
                node.number if node.label else None,
                node.heading,
                node.text,
                ref,
                citation,
                _frozen(node.children, ref, citation, node.kind, taken),
            )
        )
    return tuple(clauses)
