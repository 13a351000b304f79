"""One month's figures as an XLSX file: the table, and why letters were not accepted."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter

from mailbox.figures.counting import TITLES
from mailbox.figures.report import Line, Report

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
HEADS = (
    "单位",
    *TITLES.values(),
    "平均办理工作日",
    "办理工作日中位数",
    "解决程度平均分",
    "态度平均分",
    "满意率（%）",
)
FIRST_ROW = 3


def safe(text: str) -> str:
    """The text, never taken for a formula by a spreadsheet that opens or re-imports the file."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


class _Book:
    """The workbook with its formats."""

    def __init__(self, target: BytesIO) -> None:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book: Any = xlsxwriter.Workbook(target, options)
        edge = {"border": 1, "valign": "vcenter", "font_name": "宋体", "font_size": 11}
        self.title = self.book.add_format({"bold": True, "font_size": 14, "font_name": "宋体"})
        self.head = self.book.add_format({**edge, "bold": True, "text_wrap": True, "align": "center"})
        self.words = self.book.add_format({**edge, "text_wrap": True})
        self.number = self.book.add_format({**edge, "num_format": "0.#", "align": "right"})
        self.whole = self.book.add_format({**edge, "num_format": "0", "align": "right"})

    def sheet(self, name: str, title: str, heads: tuple[str, ...]) -> Any:
        """A new sheet that prints on one page's width of A4, with its title and headings."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, safe(title), self.title)
        for column, head in enumerate(heads):
            sheet.write_string(FIRST_ROW - 1, column, head, self.head)
        sheet.freeze_panes(FIRST_ROW, 1)
        return sheet

    def put(self, sheet: Any, row: int, column: int, value: Any) -> None:
        """Write one value: a number as a number, nothing as an empty cell, anything else as words."""
        if value is None:
            sheet.write_blank(row, column, None, self.words)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.whole if value == int(value) else self.number)
        else:
            sheet.write_string(row, column, safe(str(value)), self.words)


def workbook(found: Report) -> bytes:
    """The file."""
    target = BytesIO()
    book = _Book(target)
    sheet = book.sheet("办理统计", found.title, HEADS)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, len(HEADS) - 1, 11)
    for row, line in enumerate(found.lines, FIRST_ROW):
        for column, value in enumerate(_values(line)):
            book.put(sheet, row, column, value)
    reasons = book.sheet("不予受理情形", f"{found.title}：不予受理情形", ("情形", "件数"))
    reasons.set_column(0, 0, 50)
    for row, cell in enumerate(found.total.reasons, FIRST_ROW):
        book.put(reasons, row, 0, cell.title)
        book.put(reasons, row, 1, cell.value)
    book.book.close()
    return target.getvalue()


def _values(line: Line) -> list[Any]:
    ratings = line.ratings
    rated = (ratings.solved, ratings.attitude, ratings.satisfied) if ratings is not None else (None,) * 3
    return [line.name, *(cell.value for cell in line.cells), line.count.average, line.count.middle, *rated]
