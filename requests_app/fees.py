"""The processing fee (国办函〔2020〕109号): both tariffs as tables, worked out line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from requests_app.choices import Tariff

SOURCE = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
IN_FORCE = date(2021, 1, 1)
STEP_PIECES, STEP_YUAN = 10, 100


@dataclass(frozen=True)
class Band:
    """One line of a tariff: the first and last unit it covers (None: no end), yuan for each, and in words."""

    first: int
    last: int | None
    yuan: int
    text: str


PIECES = (
    Band(1, 10, 0, "1至10件（含10件）"),
    Band(11, 30, 100, "11至30件（含30件）"),
)
PAGES = (
    Band(1, 30, 0, "1至30页（含30页）"),
    Band(31, 100, 10, "31至100页（含100页）"),
    Band(101, 200, 20, "101至200页（含200页）"),
    Band(201, None, 40, "201页以上"),
)


@dataclass(frozen=True)
class FeeLine:
    """One line of a calculation: so many units at so much each."""

    text: str
    count: int
    yuan: int

    @property
    def amount(self) -> int:
        """The line's sum in yuan."""
        return self.count * self.yuan


def bands(tariff: str, up_to: int) -> tuple[Band, ...]:
    """The tariff's bands as far as `up_to` units; by piece every further ten raise the price by 100 yuan."""
    if tariff == Tariff.BY_PAGE:
        return PAGES
    table = list(PIECES)
    first, yuan = 31, 200
    while first <= up_to:
        last = first + STEP_PIECES - 1
        table.append(Band(first, last, yuan, f"{first}至{last}件（含{last}件）"))
        first, yuan = last + 1, yuan + STEP_YUAN
    return tuple(table)


def fee_lines(tariff: str, count: int, earlier: int = 0) -> tuple[FeeLine, ...]:
    """The lines for `count` units, counted on from `earlier` units of the same calendar month.

    By piece the month's earlier ones fill the lower bands; by page each request stands alone and `earlier` is 0.
    Raises ValueError for a count below 1.
    """
    if count < 1 or earlier < 0:
        raise ValueError("件数、页数须为正整数")
    low, high = earlier + 1, earlier + count
    lines = []
    for band in bands(tariff, high):
        first, last = max(low, band.first), min(high, band.last or high)
        if first <= last:
            lines.append(FeeLine(band.text, last - first + 1, band.yuan))
    return tuple(lines)


@dataclass(frozen=True)
class Calculation:
    """A fee worked out, line by line."""

    count: int
    shown_lines: tuple[FeeLine, ...]

    @property
    def amount(self) -> int:
        """The sum in yuan."""
        return sum(line.amount for line in self.shown_lines)


def calculation(tariff: str, count: int, earlier: int) -> Calculation:
    """What that many units cost; `earlier` counts only by piece."""
    return Calculation(count, fee_lines(tariff, count, earlier if tariff == Tariff.BY_PIECE else 0))


def fee(tariff: str, count: int, earlier: int = 0) -> int:
    """The sum in yuan."""
    return sum(line.amount for line in fee_lines(tariff, count, earlier))
