"""Words of a document as a page for our own PDF: headings, paragraphs, tables and pictures, nothing else."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from html import escape
from typing import Literal

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


Span = tuple[int, int]


@dataclass(frozen=True)
class Block:
    """One block in order: a heading or paragraph with its text, a table with its rows, or a PNG picture.

    `spans`: columns and rows that each cell takes, one of each where it is empty.
    """

    kind: Literal["heading", "paragraph", "table", "picture"]
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    png: bytes = b""
    spans: list[list[Span]] = field(default_factory=list)


def page_html(title: str, blocks: list[Block]) -> str:
    """The page; a first block that repeats the title is not printed twice."""
    if blocks and blocks[0].text.strip() == title.strip() and blocks[0].kind in ("heading", "paragraph"):
        blocks = blocks[1:]
    body = "\n".join(_block(block) for block in blocks)
    head = f'<meta charset="utf-8"><title>{escape(_clean(title))}</title>'
    return f'<!doctype html><html lang="zh-CN"><head>{head}</head><body style="overflow-wrap:anywhere"><h1>{_words(title)}</h1>{body}</body></html>'


def _block(block: Block) -> str:
    if block.kind == "heading":
        return f"<h2>{_words(block.text)}</h2>"
    if block.kind == "picture":
        address = "data:image/png;base64," + base64.b64encode(block.png).decode()
        alt = escape(_clean(block.text) or "图片", quote=True)
        return f'<p style="text-indent:0;text-align:center"><img style="max-width:100%;max-height:200mm" alt="{alt}" src="{address}"></p>'
    if block.kind == "table":
        columns = max((sum(wide for wide, _ in row) for row in block.spans), default=0)
        grid = f"<colgroup>{'<col>' * columns}</colgroup>" if columns else ""
        return f"<table>{grid}{''.join(_row(block, at) for at in range(len(block.rows)))}</table>"
    return f"<p>{_lines(block.text)}</p>"


def _row(block: Block, at: int) -> str:
    spans = block.spans[at] if block.spans else [(1, 1)] * len(block.rows[at])
    cells = (
        f"<td{_span(*span)}>{_lines(cell)}</td>" for cell, span in zip(block.rows[at], spans, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _span(columns: int, rows: int) -> str:
    wide = f' colspan="{columns}"' if columns > 1 else ""
    return wide + (f' rowspan="{rows}"' if rows > 1 else "")


def _lines(text: str) -> str:
    return "<br>".join(_words(line) for line in text.split("\n"))


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)


def _words(text: str) -> str:
    return escape(_clean(text))
