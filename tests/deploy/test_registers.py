"""What the papers of operation say is there: places named, commands that exist, plans whose steps are commands."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)
# How many requirements of levels 1 and 2 each chapter of ASVS 5.0 has.
CHAPTERS = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}
VERDICTS = {"met", "partly", "not met", "n/a"}
PAPERS = ("docs/operations.md", "docs/emergency-plan.md")
pytestmark = pytest.mark.one_engine


def text(name: str) -> str:
    """A paper."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_asvs_register_judges_each_requirement_once_and_says_where() -> None:
    rows = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \|(.*)\|$", text("docs/asvs.md"), re.MULTILINE)
    numbers = [number for number, _, _ in rows]
    assert [number for number, times in Counter(numbers).items() if times > 1] == []
    assert Counter(int(number.split(".")[0]) for number in numbers) == CHAPTERS
    assert {verdict for _, verdict, _ in rows} == VERDICTS
    assert [
        number for number, verdict, why in rows if verdict in ("partly", "not met") and not why.strip()
    ] == []
    totals = Counter(verdict for _, verdict, _ in rows)
    told = f"{totals['met']} met, {totals['partly']} partly, {totals['not met']} not met, {totals['n/a']} not applicable"
    assert told in text("docs/asvs.md")


@pytest.mark.parametrize("paper", [*PAPERS, "docs/asvs.md"])
def test_files_that_a_paper_names_are_there(paper: str) -> None:
    named = re.findall(r"`((?:deploy|portal|tests|docs|requests_app|notices)/[\w./*-]+)", text(paper))
    assert [name for name in named if not list(ROOT.glob(name.rstrip("/.")))] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_commands_that_a_paper_names_exist_with_their_options(paper: str) -> None:
    known = get_commands()
    named = re.findall(r"deploy/manage (?:--owner )?([a-z_]+)((?: --[a-z-]+)*)", text(paper))
    assert len(named) > 5
    assert [command for command, _ in named if command not in known] == []
    for command, options in named:
        parser = load_command_class(known[command], command).create_parser("manage.py", command)  # type: ignore[arg-type]
        taken = {word for action in parser._actions for word in action.option_strings}
        assert set(options.split()) <= taken, command
