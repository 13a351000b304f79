"""A sentence that names a number of days takes it from the limits: no period is written out in code or templates.

A constant of its own in an f-string (`{days}个工作日`) or a {disclosure.reply} mark is no written-out number.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.core.limits import LIMITS, MARK
from tests.house.sources import APPS, name, python_files, templates

NUMBER = "0-9０-９一二三四五六七八九十百两"
PERIOD = re.compile(
    rf"(?<![月第年星期{NUMBER}])(?:近|前)?(?P<number>[{NUMBER}]+)\s*(?P<unit>个?工作日|个?自然日|个月|日|天)(?![志程历常])"
)
COMMENT = re.compile(r"{#.*?#}|{% comment.*?%}.*?{% endcomment %}|<!--.*?-->", re.S)
# "one day" as a word, not as a length; the names of the weekdays.
WORDS = {("一", "日"), ("一", "天"), ("一二三四五六", "日")}

# Files whose sentences are not the portal's own: what people write in demonstrations and in the corpus of the screening.
OTHERS_WORDS = {
    "consultations/courses/demo.py": "a course that a unit wrote, with its quiz on article 33",
    "consultations/demo.py": "comments that people write",
    "consultations/walkthrough.py": "comments and dispositions that people write",
    "mailbox/demo.py": "letters that people write",
    "notices/demo.py": "a guide that a unit wrote",
    "portal/city/words.py": "answers that units write",
    "portal/publishing/screening/corpus.py": "texts to be screened",
    "consultations/document_kinds/__init__.py": "a sample of comments and their adoption",
    "requests_app/walkthrough/main_path.py": "the founding text, quoted",
}
# (file, words): why they stay written out.
QUOTED = {
    ("notices/watch/queries/sheet.py", "超过3个月"): "name of an indicator of 国办秘函〔2019〕19号",
    (
        "templates/notices/staff/enforcement.html",
        "每两个月",
    ): "玉溪市政府信息公开发布制度第十三条第二项 in its words",
    ("templates/mailbox/figures/figures.html", "一个月满"): "a month as the unit of counting, not a term",
    ("requests_app/walkthrough/clock_paths.py", "19个工作日"): "the count of one printed example",
    ("notices/watch/actions/links.py", "三日三次"): "the rule of the link check, marked() in watch/rules.py",
    ("notices/watch/queries/sheet.py", "三日三次"): "as above",
    ("templates/watch/links.html", "三日三次"): "as above",
}


def _without_docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node


def written_out(text: str) -> list[str]:
    """The periods in a text, each with a few signs around it."""
    return [
        text[max(0, match.start() - 2) : match.end() + 2]
        for match in PERIOD.finditer(text)
        if (match["number"], match["unit"]) not in WORDS
    ]


def _left(file: str, found: list[str]) -> list[str]:
    allowed = [words for place, words in QUOTED if place == file]
    return [words for words in found if not any(quoted in words or words in quoted for quoted in allowed)]


SOURCES = [
    path for path in python_files(*APPS) if name(path) not in OTHERS_WORDS and path.name != "limits.py"
]


def test_no_python_string_writes_out_a_period() -> None:
    found = []
    for path in SOURCES:
        for node in _without_docstrings(ast.parse(path.read_text(encoding="utf-8"))):
            found += [
                f"{name(path)}:{node.lineno} {words}"
                for words in _left(name(path), written_out(str(node.value)))
            ]
    assert found == []


def test_no_template_writes_out_a_period() -> None:
    found = [
        f"{name(path)} {words}"
        for path in templates()
        for words in _left(name(path), written_out(COMMENT.sub("", path.read_text(encoding="utf-8"))))
    ]
    assert found == []


def test_every_mark_names_a_limit() -> None:
    unknown = [
        f"{name(path)} {code}"
        for path in SOURCES
        for node in _without_docstrings(ast.parse(path.read_text(encoding="utf-8")))
        for code in MARK.findall(str(node.value))
        if code not in LIMITS
    ]
    assert unknown == []


def test_what_is_quoted_is_still_there() -> None:
    texts = {place: Path(place).read_text(encoding="utf-8") for place, _ in QUOTED}
    assert [(place, words) for place, words in QUOTED if words not in texts[place]] == []
    assert [place for place in OTHERS_WORDS if not Path(place).is_file()] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("自收到之日起7个工作日内告知", True),
        ("十五个工作日", True),
        ("六个月", True),
        ("期限为 20 个工作日", True),
        ("三日答复", True),
        ("近90日内", True),
        ("{days}个工作日", False),
        ("2026年3月16日", False),
        ("每年3月31日前", False),
        ("收到之日", False),
        ("第三日", False),
        ("同一天", False),
    ],
)
def test_a_period_is_told_from_a_date(text: str, found: bool) -> None:
    assert bool(written_out(text)) is found
