"""The processing fee (国办函〔2020〕109号): one tariff, progressive."""

from __future__ import annotations

PIECES, PAGES = "by_piece", "by_page"


def _price_of_piece(number: int) -> int:
    """The price of the number-th piece of a month: 10 free, to 30 ¥100, then ¥100 more with every further ten."""
    if number <= 10:
        return 0
    if number <= 30:
        return 100
    return 100 + 100 * -(-(number - 30) // 10)


def _price_of_page(number: int) -> int:
    """30 free, to 100 ¥10, to 200 ¥20, beyond ¥40."""
    for last, price in ((30, 0), (100, 10), (200, 20)):
        if number <= last:
            return price
    return 40


def amount(tariff: str, count: int, earlier: int = 0) -> int:
    """The sum in yuan; `earlier` pieces of the same month go before, and count by piece only."""
    if tariff == PIECES:
        return sum(_price_of_piece(number) for number in range(earlier + 1, earlier + count + 1))
    return sum(_price_of_page(number) for number in range(1, count + 1))
