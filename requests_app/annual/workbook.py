"""The annual report as an XLSX file: the three tables and the three ledgers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, Protocol

import xlsxwriter

from portal.documents.spreadsheet import safe
from requests_app.annual import layout
from requests_app.annual.fees import TITLE, Fees
from requests_app.annual.figures import Figures
from requests_app.annual.ledgers import Ledger, ledgers
from requests_app.annual.printed import Tables
from requests_app.annual.rows import COLUMNS, FEES, REMEDY_COLUMNS, TABLE1

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"申请内容": 50, "办理结果": 46, "受理机关": 28, "案号": 24, "编号": 20, "机关": 16}


class Given(Protocol):
    """What brings table 1."""

    @property
    def values(self) -> Mapping[str, Decimal | None]: ...


class _Book:
    """The workbook with its few formats; every cell is written by the kind of its value."""

    def __init__(self, target: BytesIO) -> None:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book: Any = xlsxwriter.Workbook(target, options)
        edge = {"border": 1, "valign": "vcenter", "font_name": "宋体", "font_size": 11}
        self.title = self.book.add_format({"bold": True, "font_size": 14, "font_name": "宋体"})
        self.head = self.book.add_format({**edge, "bold": True, "text_wrap": True, "align": "center"})
        self.words = self.book.add_format({**edge, "text_wrap": True})
        self.whole = self.book.add_format({**edge, "num_format": "0", "align": "right"})
        self.money = self.book.add_format({**edge, "num_format": "0.00##", "align": "right"})
        self.day = self.book.add_format({**edge, "num_format": "yyyy-mm-dd", "align": "center"})

    def sheet(self, name: str, title: str) -> Any:
        """A new sheet that prints on one page's width of A4, with its title."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, safe(title), self.title)
        return sheet

    def put(self, sheet: Any, row: int, column: int, value: Any, shape: Any = None) -> None:
        """Write one value: a number as a number, a day as a day, anything else as words."""
        if value is None:
            sheet.write_blank(row, column, None, self.words)
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, column, value, shape or self.whole)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
        else:
            sheet.write_string(row, column, safe(str(value)), shape or self.words)

    def span(self, sheet: Any, row: int, column: int, rows: int, columns: int, text: str) -> None:
        """A heading over several cells."""
        if rows == columns == 1:
            sheet.write_string(row, column, safe(text), self.head)
        else:
            sheet.merge_range(row, column, row + rows - 1, column + columns - 1, safe(text), self.head)


def workbook(name: str, found: Tables, given: Given, fees: Fees | None = None) -> bytes:
    """The file; `name` is the unit's, or the city's. Figures counted now bring the ledgers behind them."""
    target = BytesIO()
    book = _Book(target)
    head = f"{name}{found.year}年"
    _table1(book, book.sheet("表一", f"{head}主动公开政府信息情况"), given)
    _table2(book, book.sheet("表二", f"{head}收到和处理政府信息公开申请情况"), found)
    _table3(book, book.sheet("表三", f"{head}政府信息公开行政复议、行政诉讼情况"), found)
    if fees is not None:
        _fees(book, book.sheet("信息处理费", f"{head}{TITLE}情况"), fees)
    for ledger in ledgers(found) if isinstance(found, Figures) else ():
        _ledger(book, book.sheet(ledger.title, f"{head}{ledger.title}"), ledger)
    book.book.close()
    return target.getvalue()


def _table1(book: _Book, sheet: Any, given: Given) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 3, 18)
    row = 2
    for part in TABLE1:
        book.span(sheet, row, 0, 1, 4, part.article)
        book.put(sheet, row + 1, 0, "信息内容", book.head)
        wide = 3 // len(part.heads)
        for index, head in enumerate(part.heads):
            book.span(sheet, row + 1, 1 + index * wide, 1, wide, head)
        row += 2
        for entry in part.rows:
            book.put(sheet, row, 0, entry.label)
            for index, code in enumerate(entry.codes):
                if wide > 1:
                    sheet.merge_range(row, 1, row, wide, "", book.words)
                value = given.values[code]
                shape = book.money if code == FEES and value is not None else None
                book.put(sheet, row, 1 + index * wide, value, shape)
            row += 1


def _table2(book: _Book, sheet: Any, found: Tables) -> None:
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, 2, 40)
    sheet.set_column(3, 9, 11)
    book.span(sheet, 2, 0, 3, 3, "")
    book.span(sheet, 2, 3, 1, 7, "申请人情况")
    book.span(sheet, 3, 3, 2, 1, COLUMNS[0][1])
    book.span(sheet, 3, 4, 1, 5, "法人或其他组织")
    for index, (_, label) in enumerate(COLUMNS[1:-1]):
        book.put(sheet, 4, 4 + index, label, book.head)
    book.span(sheet, 3, 9, 2, 1, COLUMNS[-1][1])
    for index, line in enumerate(layout.table2(found.table2)):
        for head in line.heads:
            book.span(sheet, 5 + index, head.level, head.rows, head.columns, head.text)
        for column, cell in enumerate(line.cells):
            book.put(sheet, 5 + index, 3 + column, cell.value)
    sheet.freeze_panes(5, 3)


def _table3(book: _Book, sheet: Any, found: Tables) -> None:
    sheet.set_column(0, 14, 9)
    size = len(REMEDY_COLUMNS)
    book.span(sheet, 2, 0, 2, size, "行政复议")
    book.span(sheet, 2, size, 1, 2 * size, "行政诉讼")
    for index, line in enumerate(layout.table3(found.table3)):
        if index:
            book.span(sheet, 3, index * size, 1, size, line.heads[0].text)
        for column, cell in enumerate(line.cells):
            book.put(sheet, 4, index * size + column, REMEDY_COLUMNS[column][1], book.head)
            book.put(sheet, 5, index * size + column, cell.value)


def _fees(book: _Book, sheet: Any, fees: Fees) -> None:
    sheet.set_column(0, 1, 18)
    for column, (label, value) in enumerate((("件数", fees.requests), ("金额（元）", fees.yuan))):
        book.put(sheet, 2, column, label, book.head)
        book.put(sheet, 3, column, value)


def _ledger(book: _Book, sheet: Any, ledger: Ledger) -> None:
    for column, head in enumerate(ledger.heads):
        sheet.set_column(column, column, WIDTHS.get(head, 13))
        book.put(sheet, 2, column, head, book.head)
    for index, row in enumerate(ledger.rows):
        for column, value in enumerate(row):
            book.put(sheet, 3 + index, column, value)
    sheet.freeze_panes(3, 1)
