"""What the search is held to, over texts and questions of our own writing that nothing is tuned to singly."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.one_engine

HERE = Path(__file__).resolve().parent
LAST = re.compile(
    r"success@5 (?P<share>\d\.\d\d) all (?P<asked>\d+) no-answer (?P<empty>\d+) "
    r"p50 \d+\.\d+ ms p95 \d+\.\d+ ms"
)


def texts_in(folder: Path) -> Path:
    """The corpus as a folder of Markdown files; the title is the file's name."""
    parts = (HERE / "corpus.txt").read_text(encoding="utf-8").split("# ")
    for part in parts[1:]:
        title, _, body = part.partition("\n")
        (folder / f"{title}.md").write_text(body, encoding="utf-8")
    return folder


def report(texts: Path, queries: Path, *options: str) -> list[str]:
    out = StringIO()
    call_command("search_report", "--texts", str(texts), "--queries", str(queries), *options, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object) -> list[str]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return report(texts_in(tmp_path_factory.mktemp("texts")), HERE / "queries.tsv", "--missed")


def test_the_last_line_reaches_the_goals(lines: list[str]) -> None:
    last = LAST.fullmatch(lines[-1])
    assert last is not None, lines[-1]
    assert int(last["asked"]) >= 150
    assert float(last["share"]) >= 0.92, "\n".join(lines)
    assert int(last["empty"]) <= int(last["asked"]) * 0.01, "\n".join(lines)


def test_questions_reach_their_goal(lines: list[str]) -> None:
    (line,) = [line for line in lines if line.startswith("question: ")]
    assert float(line.split()[2]) >= 0.85, "\n".join(lines)


def test_every_style_has_its_line(lines: list[str]) -> None:
    styles = {line.partition(":")[0] for line in lines if ": success@5 " in line}
    assert styles == {"question", "keywords", "typo", "traditional", "pinyin", "short"}


def test_searching_as_typed_finds_far_less(tmp_path: Path) -> None:
    last = LAST.fullmatch(report(texts_in(tmp_path), HERE / "queries.tsv", "--engine", "typed")[-1])
    assert last is not None and float(last["share"]) < 0.5


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no"):
        report(tmp_path / "nowhere", HERE / "queries.tsv")
