"""No sentence tells a date as a computer writes it, and every last day of a term says whether it is provisional."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import APPS, name, python_files, templates

CHINESE = re.compile(r"[\u4e00-\u9fff]")
DAY = re.compile(r"(?:^|_)(?:on|today|until|due_by|pay_by|answer_by|correct_by|sign_by)$")
LAST = re.compile(r"^(?:due_on|pay_by|answer_by|correct_by|screen_by|objections_until)$")
ENGINEERS = {"walkthrough", "walkthrough.py", "management", "demo.py", "generated_docs.py"}
# A paper that ends a matter names the day that has passed; the model's own name is for engineers.
PASSED = {
    "requests_app/letters/after.py",
    "requests_app/letters/intake.py",
    "requests_app/models/correction.py",
}
# Counted in calendar days, or the whole box says 暂定 already.
ELSEWHERE = ("consultations/", "hearings/", "polls/", "courses/", "documents/", "clock.html")


def _sources() -> list[Path]:
    return [path for path in python_files(*APPS) if not ENGINEERS & set(path.parts)]


def _identifier(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _bare(path: Path) -> Iterator[str]:
    """Places where a sentence in Chinese prints a date without words; __str__ is for engineers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name == "__str__":
            function.body = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.JoinedStr):
            continue
        said = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        printed = [_identifier(part.value) for part in node.values if isinstance(part, ast.FormattedValue)]
        if CHINESE.search(said):
            yield from (f"{name(path)}:{node.lineno} {word}" for word in printed if DAY.search(word))


def test_sentences_tell_dates_in_words() -> None:
    """2027-01-19 is not how an official text writes a date (GB/T 9704-2012)."""
    assert [place for path in _sources() for place in _bare(path)] == []


def test_messages_and_papers_say_which_last_days_are_provisional() -> None:
    """条例第三十三条: a last day in a year without a holiday notice may still move, so told_day() tells it."""
    told = {
        name(path)
        for path in _sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _identifier(node.func) == "cn_date" and node.args
        if LAST.search(_identifier(node.args[0]))
    }
    assert told == PASSED


def test_pages_say_which_last_days_are_provisional() -> None:
    """A page tells a last day by the filter told_day, or says 暂定 beside it."""
    bare = re.compile(
        r"(?:due_on|pay_by|answer_by|correct_by|internal_on|objections_until)\|cn_date(.{0,90})"
    )
    shown = [
        f"{name(path)}: {found[0]}"
        for path in templates()
        if not any(part in name(path) for part in ELSEWHERE)
        for found in bare.finditer(path.read_text(encoding="utf-8"))
        if "provisional" not in found[1] and "届满" not in found[1]
    ]
    assert shown == []
