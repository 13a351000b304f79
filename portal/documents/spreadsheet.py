"""Tables as an XLSX file: words are never taken for formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FIRST_ROW = 3
LONGEST = 32_000


def safe(text: str) -> str:
    """The text, never taken for a formula by a spreadsheet that opens or re-imports the file."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the title above the table, headings, rows, and widths in characters."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file; each sheet prints on one page's width of A4."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book: Any = xlsxwriter.Workbook(target, options)
    edge = {"border": 1, "valign": "vcenter", "font_name": "宋体", "font_size": 11}
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14, "font_name": "宋体"}),
        "head": book.add_format({**edge, "bold": True, "text_wrap": True, "align": "center"}),
        "words": book.add_format({**edge, "text_wrap": True}),
        "number": book.add_format({**edge, "num_format": "0.##", "align": "right"}),
        "whole": book.add_format({**edge, "num_format": "0", "align": "right"}),
    }
    for entry in sheets:
        _write(book.add_worksheet(entry.name[:31]), entry, formats)
    book.close()
    return target.getvalue()


def _write(sheet: Any, entry: Sheet, formats: dict[str, Any]) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, safe(entry.title), formats["title"])
    for column, head in enumerate(entry.heads):
        sheet.write_string(FIRST_ROW - 1, column, head, formats["head"])
        sheet.set_column(column, column, entry.widths[column] if column < len(entry.widths) else 14)
    sheet.freeze_panes(FIRST_ROW, 1)
    for row, values in enumerate(entry.rows, FIRST_ROW):
        for column, value in enumerate(values):
            _put(sheet, row, column, value, formats)


def _put(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, formats["words"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, formats["whole" if value == int(value) else "number"])
    else:
        sheet.write_string(row, column, safe(str(value))[:LONGEST], formats["words"])
