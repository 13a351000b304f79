"""A fresh workbook with what shows of an XLSX: visible sheets, rows, columns and values; no formulas."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter

from portal.publishing.inspection.findings import CannotRegenerate, Unreadable
from portal.publishing.inspection.package import Package
from portal.publishing.inspection.workbook import Workbook, hidden_columns, hidden_rows, is_true, place_of

LONGEST = 32_000
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  the same file for the same values


def rebuild_sheets(data: bytes, title: str) -> bytes:
    """The new workbook. Raises CannotRegenerate for a broken file, a chart sheet, pictures or charts in sheets."""
    try:
        book = Workbook(Package(data))
        return _written(book, title)
    except Unreadable as error:
        raise CannotRegenerate(error.sentence) from error


def _written(book: Workbook, title: str) -> bytes:
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "date_1904": book.since_1904,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    made: Any = xlsxwriter.Workbook(target, options)
    made.set_properties({"title": title, "created": MADE})
    formats: dict[str | int, Any] = {}
    shown = [sheet for sheet in book.sheets if sheet.state == "visible"]
    if not shown:
        raise CannotRegenerate("工作簿没有可见的工作表")
    for sheet in shown:
        if not sheet.is_grid:
            raise CannotRegenerate(f"工作表“{sheet.name}”是图表，重新生成时不能保留，请改为上传 PDF")
        if any(relation.kind == "drawing" for relation in book.package.relations(sheet.part).values()):
            raise CannotRegenerate(
                f"工作表“{sheet.name}”中有图片或者图表，重新生成时不能保留，请改为上传 PDF"
            )
        _fill(book, sheet.part, made, made.add_worksheet(sheet.name[:31]), formats)
    made.close()
    return target.getvalue()


def _fill(book: Workbook, part: str, made: Any, page: Any, formats: dict[str | int, Any]) -> None:
    root = book.package.xml(part)
    cells = [cell for cell in book.cells(part) if not cell.unseen]
    rows = {row - 1 for row in hidden_rows(root)}
    columns = {column - 1 for column in hidden_columns(root)}
    row_at = _renumbered({cell.row for cell in cells} | _merged_places(root, 0), rows)
    column_at = _renumbered({cell.column for cell in cells} | _merged_places(root, 1), columns)
    merged = dict(_merges(root, row_at, column_at))
    written = set()
    for cell in cells:
        if cell.row in rows or cell.column in columns:
            continue
        if cell.pending:
            raise CannotRegenerate("表格中有尚未计算的公式，请用表格软件打开并保存后上传")
        place = (row_at[cell.row], column_at[cell.column])
        written.add(place)
        style = _format(made, formats, cell.number_format)
        if place in merged:
            page.merge_range(*place, *merged[place], "", style)
        if isinstance(cell.value, bool):
            page.write_boolean(*place, cell.value, style)
        elif isinstance(cell.value, float):
            page.write_number(*place, cell.value, style)
        else:
            page.write_string(*place, cell.value[:LONGEST], style)
    _widths(root, page, column_at)


def _renumbered(used: set[int], hidden: set[int]) -> dict[int, int]:
    """Old place to new place: gaps stay, hidden ones are closed."""
    places, gone = {}, sorted(hidden)
    before = 0
    for place in sorted(used):
        while before < len(gone) and gone[before] < place:
            before += 1
        if place not in hidden:
            places[place] = place - before
    return places


def _ranges(root: Any) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    found = []
    for entry in root.iterfind("{*}mergeCells/{*}mergeCell"):
        first, _, last = entry.get("ref", "").partition(":")
        start, end = place_of(first), place_of(last)
        if start and end:
            found.append((start, end))
    return found


def _merged_places(root: Any, axis: int) -> set[int]:
    return {place[axis] for pair in _ranges(root) for place in pair}


def _merges(root: Any, row_at: dict[int, int], column_at: dict[int, int]) -> list[Any]:
    """New first place and new last place of the merged ranges whose corners are all seen."""
    found = []
    for start, end in _ranges(root):
        if {start[0], end[0]} <= row_at.keys() and {start[1], end[1]} <= column_at.keys():
            first = (row_at[start[0]], column_at[start[1]])
            last = (row_at[end[0]], column_at[end[1]])
            if first != last:
                found.append((first, last))
    return found


def _format(made: Any, formats: dict[str | int, Any], code: str | int) -> Any:
    if code not in formats:
        shape = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_name": "宋体", "font_size": 11}
        formats[code] = made.add_format({**shape, "num_format": code} if code else shape)
    return formats[code]


def _widths(root: Any, page: Any, column_at: dict[int, int]) -> None:
    for entry in root.iterfind("{*}cols/{*}col"):
        if is_true(entry.get("hidden")):
            continue
        try:
            first, last, width = int(entry.get("min")), int(entry.get("max")), float(entry.get("width", "9"))
        except (TypeError, ValueError):
            continue
        for column in range(first - 1, min(last, first + 200)):
            if column in column_at and 0 < width < 255:
                page.set_column(column_at[column], column_at[column], width)
