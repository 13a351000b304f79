"""The tables as aligned text; a Chinese sign is two columns wide. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from requests_app.annual.entered import Entered
from requests_app.annual.fees import Fees
from requests_app.annual.figures import Figures
from requests_app.annual.layout import Part, table1, table2, table3
from requests_app.annual.rows import COLUMNS, REMEDY_COLUMNS, REMEDY_ROW_TITLES, ROW_TITLES


def width(text: str) -> int:
    """Columns that the text takes up in a terminal with Chinese type."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines with the first column flush left and the others flush right."""
    widths = [max(width(row[index]) for row in rows) for index in range(len(rows[0]))]
    return [
        "  ".join(
            text + " " * (wide - width(text)) if index == 0 else " " * (wide - width(text)) + text
            for index, (text, wide) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def lines(name: str, found: Figures, given: Entered, fees: Fees) -> list[str]:
    """The three tables one after the other, and the fees taken."""
    text = [f"{name}{found.year}年政府信息公开工作年度报告", "", "表一　主动公开政府信息情况"]
    for part in table1(given.values):
        text += aligned(_part(part))
    text += ["", "表二　收到和处理政府信息公开申请情况"]
    text += aligned(
        [
            ["", *(label for _, label in COLUMNS)],
            *(
                [ROW_TITLES[line.code], *(str(cell.value) for cell in line.cells)]
                for line in table2(found.table2)
            ),
        ]
    )
    text += ["", "表三　行政复议、行政诉讼情况"]
    text += aligned(
        [
            ["", *(label for _, label in REMEDY_COLUMNS)],
            *(
                [REMEDY_ROW_TITLES[line.code], *(str(cell.value) for cell in line.cells)]
                for line in table3(found.table3)
            ),
        ]
    )
    return [*text, "", fees.sentence]


def _part(part: Part) -> list[list[str]]:
    return [[part.article, *part.heads], *([label, *values] for label, values in part.rows)]
