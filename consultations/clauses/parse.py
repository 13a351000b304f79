"""Reading a text: which documents it holds, and each as a tree of clauses.

Three styles, found by looking: with 条 (编 章 节 条 款 项 目), with headings (一、 （一） 1. （1）), and plain
paragraphs. Nothing is lost: `solid(text_of(parse(text))) == letters_of(text)` for every text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from consultations.clauses.builder import Builder
from consultations.clauses.labels import (
    LONGEST_HEADING,
    Mark,
    continues_title,
    is_heading,
    is_title,
    listed,
    numbered,
)
from consultations.clauses.layout import lines_of, solid
from consultations.clauses.tree import CONTAINERS, Document, Kind, Reading

DATE_LINE = re.compile(r"[(（]?\d{4}年\d{1,2}月\d{1,2}日[)）]?")
LONGEST_SIGNATURE = 30
CELLS = "\t"  # what docx_reader puts between the cells of a row


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    mark: Mark | None


def parse(text: str) -> Reading:
    """The documents of a text and the lines before the first; no documents if the text is blank."""
    lines = _marked(lines_of(text))
    starts = _starts(lines)
    if not starts:
        return Reading((), (_without_articles([line.text for line in lines]),) if lines else ())
    cuts = [_title_at(lines, begin, start) for begin, start in zip([0, *starts], starts, strict=False)]
    edges = [*cuts, len(lines)]
    documents = tuple(
        _with_articles(lines[begin:end], start - begin)
        for begin, end, start in zip(edges, edges[1:], starts, strict=False)
    )
    return Reading(tuple(line.text for line in lines[: cuts[0]]), documents)


def _marked(lines: list[str]) -> list[_Line]:
    """The lines with their 编 章 节 条; the entries of a table of contents have no mark."""
    marked: list[_Line] = []
    due = 1
    for text in lines:
        mark = numbered(text, due)
        if mark is None and due > 1 and (first := numbered(text, 1)) and first.number == (1, 0):
            # Without a blank after it, 第一条 may still begin the next document, if a title stands before it.
            mark = first if marked and is_title(marked[-1].text) else None
        if mark is not None and mark.kind == Kind.ARTICLE:
            due = mark.number[0] + 1
        marked.append(_Line(text, mark))
    for at, line in enumerate(marked):
        if solid(line.text) == "目录" and (end := _end_of_contents(marked, at + 1)):
            marked[at + 1 : end] = [_Line(entry.text, None) for entry in marked[at + 1 : end]]
    return (
        marked
        if any(line.mark and line.mark.kind == Kind.ARTICLE for line in marked)
        else [_Line(line.text, None) for line in marked]
    )


def _end_of_contents(lines: list[_Line], begin: int) -> int:
    """Where the first entry of the contents comes again as a real heading; 0 if it does not."""
    first = lines[begin].mark if begin < len(lines) else None
    if first is None:
        return 0
    for at in range(begin + 1, len(lines)):
        mark = lines[at].mark
        if mark is not None and mark.kind == Kind.ARTICLE:
            return 0
        if mark is not None and (mark.kind, mark.number) == (first.kind, first.number):
            return at
    return 0


def _starts(lines: list[_Line]) -> list[int]:
    """The lines at which the counting of a document begins."""
    starts: list[int] = []
    articles, opened = 0, False
    for at, line in enumerate(lines):
        if line.mark is None:
            continue
        container, restarts = line.mark.kind in CONTAINERS, line.mark.number == (1, 0)
        begins = restarts and articles > 0 and not opened and line.mark.kind != Kind.SECTION
        if not starts or begins:
            starts.append(at)
            articles = 0
        # 第一章 after 第二编, and 第一条 after 第二章, go on in the same document.
        opened = container
        articles += line.mark.kind == Kind.ARTICLE
    return starts


def _title_at(lines: list[_Line], begin: int, start: int) -> int:
    """The line of the title of the document whose first label is at `start`; `start` if it has none."""
    floor = max((at + 1 for at in range(begin, start) if lines[at].mark), default=begin)
    titled = [
        at
        for at in range(floor, start)
        if is_title(lines[at].text) and not listed(lines[at].text, with_headings=True)
    ]
    if titled:
        return titled[-1]
    if begin == 0:
        return 0
    return start - 1 if start > floor and is_heading(lines[start - 1].text) else start


def _with_articles(lines: list[_Line], start: int) -> Document:
    before = [line.text for line in lines[:start]]
    title, before = _split_title(before)
    builder = Builder(with_articles=True)
    for text in before:
        builder.preamble(text)
    body = lines[start:]
    end = len(body) - _signature_lines(body)
    for line in body[:end]:
        mark = line.mark or listed(line.text, with_headings=False)
        _add(builder, line.text, mark, numbered_line=line.mark is not None)
    for line in body[end:]:
        builder.closing(line.text)
    return builder.document(title)


def _without_articles(lines: list[str]) -> Document:
    title, body = _split_title(lines) if len(lines) > 1 else ("", lines)
    labelled = sum(listed(line, with_headings=True) is not None for line in body)
    builder = Builder(with_articles=False)
    for line in body:
        mark = listed(line, with_headings=True) if labelled > 1 else None
        _add(builder, line, mark, numbered_line=False)
    return builder.document(title)


def _add(builder: Builder, text: str, mark: Mark | None, *, numbered_line: bool) -> None:
    """A line where it belongs; a row of a table is no clause of its own, whatever its first cell looks like."""
    if not numbered_line and CELLS in (mark.text or mark.heading if mark else text):
        builder.row(text)
    elif mark:
        builder.labelled(mark)
    else:
        builder.plain(text)


def _split_title(lines: list[str]) -> tuple[str, list[str]]:
    if not lines or listed(lines[0], with_headings=True) or not _may_be_title(lines[0]):
        return "", lines
    taken = 2 if len(lines) > 1 and continues_title(lines[1]) else 1
    return "".join(lines[:taken]), lines[taken:]


def _may_be_title(line: str) -> bool:
    return is_title(line) or (len(line) <= LONGEST_HEADING and is_heading(line))


def _signature_lines(body: list[_Line]) -> int:
    """How many lines at the end are the name of the body and the date."""
    if not body or body[-1].mark or not DATE_LINE.fullmatch(solid(body[-1].text)):
        return 0
    count = 1
    while count < len(body) and count < 4:
        line = body[-count - 1]
        short = len(line.text) <= LONGEST_SIGNATURE and is_heading(line.text)
        if line.mark or not short or listed(line.text, with_headings=False):
            break
        count += 1
    return count
