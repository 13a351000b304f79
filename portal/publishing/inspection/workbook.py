"""Reading the cells of an XLSX: values as they show, which of them are hidden, and how numbers are written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from portal.publishing.inspection.findings import Unreadable
from portal.publishing.inspection.package import REL, Package

MOST_CELLS = 1_000_000
MOST_SHEETS = 200
# Row height in points, column width in signs, letters in points: below, nothing can be read.
LOWEST, NARROWEST, TINIEST = 3.0, 0.7, 2.0
ALIKE = 28
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
Colour = tuple[int, int, int]
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass(frozen=True)
class SheetEntry:
    """A sheet of the workbook: its name, its state ("visible", "hidden", "veryHidden") and its part."""

    name: str
    state: str
    part: str
    is_grid: bool


@dataclass(frozen=True)
class Cell:
    """One cell that holds something; row and column count from 0.

    `unseen`: its format shows nothing, or it lies under a merged cell. `pending`: a formula whose result is not in the file.
    """

    row: int
    column: int
    value: str | float | bool
    shown: str
    formula: str
    number_format: str | int
    unseen: bool
    pending: bool


@dataclass(frozen=True)
class _Style:
    number_format: str | int = 0
    is_date: bool = False
    unseen: bool = False


def is_true(value: str | None) -> bool:
    """An XML truth value."""
    return value in ("1", "true", "on")


def hidden_rows(root: Any) -> set[int]:
    """The numbers, from 1, of rows that hold something and are hidden or too low to show it."""
    rows = root.iterfind("{*}sheetData/{*}row")
    default = root.find("{*}sheetFormatPr")
    all_hidden = default is not None and is_true(default.get("zeroHeight"))
    usual = _float(default.get("defaultRowHeight"), 15.0) if default is not None else 15.0
    return {
        number
        for place, row in enumerate(rows, 1)
        if (
            is_true(row.get("hidden"))
            or _float(row.get("ht"), usual) < LOWEST
            or (all_hidden and row.get("ht") is None and row.get("hidden") is None)
        )
        and row.find("{*}c/*") is not None
        and (number := _whole(row.get("r"), place))
    }


def hidden_columns(root: Any) -> set[int]:
    """The numbers, from 1, of columns that are hidden or too narrow to show anything, filled or not."""
    found: set[int] = set()
    for column in root.iterfind("{*}cols/{*}col"):
        if is_true(column.get("hidden")) or _float(column.get("width"), 9.0) < NARROWEST:
            first, last = _whole(column.get("min"), 1), _whole(column.get("max"), 1)
            found.update(range(max(1, first), min(last, MOST_COLUMNS) + 1))
    return found


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a reference such as B7; None if it is none."""
    match = _REFERENCE.match(reference.replace("$", ""))
    if not match:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    row = int(match.group(2))
    return (row - 1, column - 1) if 0 < row <= MOST_ROWS and column <= MOST_COLUMNS else None


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and value.isdigit() else otherwise


def _float(value: str | None, otherwise: float) -> float:
    try:
        return float(value) if value is not None else otherwise
    except ValueError:
        return otherwise


class Workbook:
    """The workbook of a package. Raises Unreadable if it is none."""

    def __init__(self, package: Package) -> None:
        self.package = package
        main = package.main_part("xl/workbook.xml")
        if not package.has(main) or not main.startswith("xl/"):
            raise Unreadable("文件不是 Excel 工作簿")
        self.main = main
        self.root = package.xml(main)
        self._related = package.relations(main)
        self.since_1904 = any(is_true(entry.get("date1904")) for entry in self.root.iterfind("{*}workbookPr"))
        self.sheets = self._sheets()
        self.strings = self._strings()
        self._styles = self._read_styles()

    def _sheets(self) -> list[SheetEntry]:
        found = []
        for entry in self.root.iterfind("{*}sheets/{*}sheet"):
            relation = self._related.get(entry.get(REL + "id", ""))
            if relation is None or not self.package.has(relation.target):
                raise Unreadable("工作簿中缺少工作表")
            grid = relation.kind == "worksheet"
            state = entry.get("state", "visible")
            found.append(SheetEntry(entry.get("name", ""), state, relation.target, grid))
        if not found or len(found) > MOST_SHEETS:
            raise Unreadable("工作簿没有工作表或者工作表过多")
        return found

    def _part(self, kind: str) -> Any:
        for relation in self._related.values():
            if relation.kind == kind and self.package.has(relation.target):
                return self.package.xml(relation.target)
        return None

    def _strings(self) -> list[str]:
        root = self._part("sharedStrings")
        return [] if root is None else [_rich(entry) for entry in root.iterfind("{*}si")]

    def _read_styles(self) -> list[_Style]:
        root = self._part("styles")
        if root is None:
            return []
        formats = {
            _whole(entry.get("numFmtId"), 0): entry.get("formatCode", "")
            for entry in root.iterfind("{*}numFmts/{*}numFmt")
        }
        fonts = [_font(font) for font in root.iterfind("{*}fonts/{*}font")]
        fills = [_ground(entry) for entry in root.iterfind("{*}fills/{*}fill")]
        styles = []
        for entry in root.iterfind("{*}cellXfs/{*}xf"):
            number, font, fill = (_whole(entry.get(key), 0) for key in ("numFmtId", "fontId", "fillId"))
            code = formats.get(number, "")
            unseen = code.replace(" ", "").startswith(";;") and not code.strip("; ")
            if font < len(fonts) and fill < len(fills):
                unseen = unseen or fonts[font][1] or _alike(fonts[font][0], fills[fill])
            bare = _LITERAL.sub("", code).lower()
            is_date = number in _DATES or bool(re.search(r"[ymd]", bare.replace("general", "")))
            styles.append(_Style(code or number, is_date, unseen))
        return styles

    def cells(self, part: str) -> Iterator[Cell]:
        """The cells of a sheet that hold something, row by row. Raises Unreadable."""
        count = 0
        under = _under_merges(self.package.xml(part))
        for place, row in enumerate(self.package.xml(part).iterfind("{*}sheetData/{*}row"), 1):
            number, column = _whole(row.get("r"), place) - 1, -1
            for entry in row.iterfind("{*}c"):
                at = place_of(entry.get("r", ""))
                column = at[1] if at else column + 1
                found = self._cell(entry, number, column)
                if found is None:
                    continue
                if any(first <= column <= last for first, last in under.get(number, ())):
                    found = replace(found, unseen=True)
                count += 1
                if count > MOST_CELLS:
                    raise Unreadable("表格单元格过多，请拆分后上传")
                yield found

    def _cell(self, entry: Any, row: int, column: int) -> Cell | None:
        index = _whole(entry.get("s"), 0)
        style = self._styles[index] if index < len(self._styles) else _Style()
        formula = entry.findtext("{*}f") or ""
        raw, kind = entry.findtext("{*}v") or "", entry.get("t", "n")
        pending = bool(formula) and kind == "n" and not raw
        value: str | float | bool
        if kind == "s":
            at = _whole(raw, -1)
            if not 0 <= at < len(self.strings):
                raise Unreadable("表格中有无法读取的文字")
            value = shown = self.strings[at]
        elif kind == "inlineStr":
            inline = entry.find("{*}is")
            value = shown = _rich(inline) if inline is not None else ""
        elif kind in ("str", "e", "d"):
            value = shown = raw
        elif kind == "b":
            value, shown = raw == "1", "TRUE" if raw == "1" else "FALSE"
        elif raw:
            value, shown = self._number(raw, style)
        else:
            value = shown = ""
        if shown == "" and not formula:
            return None
        return Cell(row, column, value, shown, formula, style.number_format, style.unseen, pending)

    def _number(self, raw: str, style: _Style) -> tuple[str | float, str]:
        try:
            value = float(raw)
        except ValueError:
            return raw, raw
        if style.is_date:
            start = dt.datetime(1904, 1, 1) if self.since_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001
            try:
                return value, (start + dt.timedelta(days=value)).isoformat(" ", "minutes").removesuffix(
                    " 00:00"
                )
            except (OverflowError, ValueError):
                return value, raw
        return value, str(int(value)) if value == int(value) and abs(value) < 1e18 else raw


def _rich(entry: Any) -> str:
    """The words of a string, without its reading aid (rPh)."""
    return "".join(
        part.text or "" for part in entry.iter("{*}t") if not any(True for _ in part.iterancestors("{*}rPh"))
    )


def _under_merges(root: Any) -> dict[int, list[tuple[int, int]]]:
    """By row, the columns (first and last) that lie under merged cells and do not show: all but the first cell."""
    found: dict[int, list[tuple[int, int]]] = {}
    rows = 0
    for entry in root.iterfind("{*}mergeCells/{*}mergeCell"):
        first, _, last = entry.get("ref", "").partition(":")
        start, end = place_of(first), place_of(last)
        if not start or not end:
            continue
        rows += end[0] - start[0] + 1
        if rows > MOST_ROWS:
            raise Unreadable("表格中合并的单元格过多")
        for row in range(start[0], end[0] + 1):
            left = start[1] + 1 if row == start[0] else start[1]
            if left <= end[1]:
                found.setdefault(row, []).append((left, end[1]))
    return found


def _font(font: Any) -> tuple[Colour | None, bool]:
    """A font's colour, None where it is not worked out, and if it is too small to be read."""
    size = font.find("{*}sz")
    tiny = size is not None and _float(size.get("val"), 11.0) <= TINIEST
    colour = font.find("{*}color")
    return (0, 0, 0) if colour is None else _colour(colour), tiny


def _ground(fill: Any) -> Colour | None:
    """A fill's colour, white for none, None where it is not worked out."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return None if len(fill) else (255, 255, 255)
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return 255, 255, 255
    front = pattern.find("{*}fgColor")
    return (_colour(front) if front is not None else (0, 0, 0)) if kind == "solid" else None


def _colour(entry: Any) -> Colour | None:
    """RGB, the old palette's black and white, and the theme's first two, unless they are tinted."""
    if entry.get("tint") not in (None, "0"):
        return None
    raw = entry.get("rgb", "")
    if re.fullmatch(r"[0-9A-Fa-f]{6,8}", raw):
        number = int(raw[-6:], 16)
        return number >> 16, number >> 8 & 255, number & 255
    if entry.get("theme") is not None:
        return {"0": (255, 255, 255), "1": (0, 0, 0)}.get(entry.get("theme"))
    if is_true(entry.get("auto")):
        return 0, 0, 0
    return {"0": (0, 0, 0), "8": (0, 0, 0), "64": (0, 0, 0), "1": (255, 255, 255), "9": (255, 255, 255)}.get(
        entry.get("indexed", "")
    )


def _alike(ink: Colour | None, ground: Colour | None) -> bool:
    if ink is None or ground is None:
        return False
    return max(abs(one - other) for one, other in zip(ink, ground, strict=True)) < ALIKE
