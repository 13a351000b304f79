"""The model keeps to the rule book's worked examples, and knows nothing of the product."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from tests.oracle.model.counting import Period, due, stood_still
from tests.oracle.model.days import announced
from tests.oracle.model.fees import PAGES, PIECES, amount
from tests.oracle.model.giving import last_of

DAYS = announced()
HERE = Path(__file__).parent
OURS = ("tests.oracle.model", "tests.oracle.rooms")
PRODUCT = {"product.py", "room.py", "frame.py", "desk_draws.py", "test_rooms.py"}  # these drive the product
LIBRARY = {
    "__future__",
    "ast",
    "calendar",
    "collections",
    "dataclasses",
    "datetime",
    "json",
    "pathlib",
    "random",
    "typing",
    "zoneinfo",
}


@pytest.mark.parametrize(
    ("received", "count", "last"),
    [
        (date(2026, 2, 10), 20, date(2026, 3, 16)),
        (date(2026, 2, 13), 3, date(2026, 2, 25)),
        (date(2026, 9, 30), 20, date(2026, 11, 3)),
        (date(2025, 1, 24), 20, date(2025, 2, 27)),
    ],
)
def test_working_days_as_in_the_rule_book(received: date, count: int, last: date) -> None:
    assert DAYS.after(received, count) == last


def test_statutory_days_of_2027_and_their_make_up_days() -> None:
    off = {day for day in DAYS.off if day.year == 2027}
    assert {date(2027, 2, 9), date(2027, 2, 10), date(2027, 5, 3), date(2027, 5, 4), date(2027, 10, 5)} <= off
    assert len(off) == 19


def test_clock_stands_still_from_sending_to_the_opinion() -> None:
    """Sent on 24 February, answered on 3 March: seven working days do not count."""
    still = stood_still(date(2026, 2, 24), 15, date(2026, 2, 25), date(2026, 3, 3), DAYS)
    assert due(Period(date(2026, 2, 10)), still, DAYS) == date(2026, 3, 25)


def test_fees_as_in_the_rule_book() -> None:
    assert (amount(PIECES, 35), amount(PAGES, 250)) == (3000, 4700)
    assert (amount(PIECES, 10), amount(PAGES, 30), amount(PIECES, 1, earlier=30)) == (0, 0, 200)


def test_months_end_where_the_shorter_month_ends() -> None:
    assert last_of(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert last_of(date(2026, 8, 15), 6) == date(2027, 2, 15)


def test_model_imports_nothing_of_the_product() -> None:
    found = set()
    rooms = [path for path in (HERE / "rooms").rglob("*.py") if path.name not in PRODUCT]
    for path in [*(HERE / "model").glob("*.py"), *rooms]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                found.add(node.module or "")
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
    foreign = {name for name in found if not name.startswith(OURS) and name.split(".")[0] not in LIBRARY}
    assert foreign == set()


def test_walks_read_no_clock_and_no_chance_of_their_own() -> None:
    """The suite walks the same steps on every day and machine: moments are facts, chance comes from a seed."""
    read = []
    for path in [path for path in HERE.rglob("*.py") if not path.name.startswith("test_")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                clock = node.func.attr in (
                    "now",
                    "utcnow",
                    "time",
                    "time_ns",
                    "monotonic",
                    "localdate",
                    "localtime",
                )
                today = node.func.attr == "today" and not node.args
                if clock or today:
                    read.append(f"{path.name}:{node.lineno}")
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                seedless = node.func.id == "Random" and not node.args
                read += [f"{path.name}:{node.lineno}"] if seedless else []
            elif isinstance(node, ast.Import):
                read += [
                    f"{path.name}:{node.lineno}"
                    for alias in node.names
                    if alias.name in ("random", "secrets")
                ]
    assert read == []
