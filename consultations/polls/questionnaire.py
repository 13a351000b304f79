"""A questionnaire and an answer sheet as plain values: what may be asked, and whether a sheet may be counted.

A definition is {"pages": [{"title", "questions": [{"id", "kind", "title", "required", "options": [{"id", "text"}],
"rows": [{"id", "text"}], "least", "most", "show_if": {"question", "option"} or None}]}]}. `least` and `most` bound
the choices of a multiple choice, the marks of a rating, a number, or the length of a text (`most`).

A sheet maps question ids to: an option id (single), a list of them (multiple; ranking, best first), a whole
number (rating, number), a text, or a mapping of row ids to option ids (matrix).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SINGLE, MULTIPLE, RANKING, RATING, NUMBER, TEXT, MATRIX = (
    "single",
    "multiple",
    "ranking",
    "rating",
    "number",
    "text",
    "matrix",
)
KINDS = (SINGLE, MULTIPLE, RANKING, RATING, NUMBER, TEXT, MATRIX)
MOST_QUESTIONS, MOST_OPTIONS, MOST_TEXT = 60, 60, 2000
LOWEST, HIGHEST = -1_000_000_000, 1_000_000_000
TITLE_IN_A_SENTENCE = 24  # signs


@dataclass(frozen=True)
class Option:
    """One thing to choose, or one row of a matrix."""

    id: str
    text: str


@dataclass(frozen=True)
class Question:
    """One question; `show_if` is (question, option) of an earlier choice, None if it is always asked."""

    id: str
    kind: str
    title: str
    required: bool
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    least: int = 0
    most: int = 0
    show_if: tuple[str, str] | None = None

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(id, text) of its options."""
        return [(option.id, option.text) for option in self.options]

    @property
    def unanswered(self) -> str:
        """The sentence to somebody who left it out; it names the question, for a list of errors at the top of a page."""
        title = (
            self.title if len(self.title) <= TITLE_IN_A_SENTENCE else f"{self.title[:TITLE_IN_A_SENTENCE]}…"
        )
        return f"请回答“{title}”"


@dataclass(frozen=True)
class Page:
    """One page of questions."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    """All pages."""

    pages: tuple[Page, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in order."""
        return tuple(question for page in self.pages for question in page.questions)


@dataclass(frozen=True)
class Checked:
    """A sheet after the check: the answers that count, and (question id, sentence) of what is wrong."""

    answers: dict[str, Any]
    problems: tuple[tuple[str, str], ...]


def read(definition: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire of a definition that was checked before."""
    pages = []
    for page in definition.get("pages", []):
        questions = tuple(_question(entry) for entry in page.get("questions", []))
        pages.append(Page(str(page.get("title", "")), questions))
    return Questionnaire(tuple(pages))


def _question(entry: Mapping[str, Any]) -> Question:
    shown = entry.get("show_if")
    return Question(
        id=str(entry["id"]),
        kind=str(entry["kind"]),
        title=str(entry["title"]),
        required=bool(entry.get("required")),
        options=tuple(Option(str(o["id"]), str(o["text"])) for o in entry.get("options", [])),
        rows=tuple(Option(str(o["id"]), str(o["text"])) for o in entry.get("rows", [])),
        least=int(entry.get("least") or 0),
        most=int(entry.get("most") or 0),
        show_if=(str(shown["question"]), str(shown["option"])) if shown else None,
    )


def definition_problem(definition: Mapping[str, Any]) -> str:
    """ "" if the questionnaire can be put to people, else a sentence."""
    questions = read(definition).questions
    if not questions:
        return "还没有题目"
    if len(questions) > MOST_QUESTIONS:
        return f"题目不能超过{MOST_QUESTIONS}道"
    seen: dict[str, Question] = {}
    for number, question in enumerate(questions, 1):
        problem = _question_problem(question, seen)
        if problem:
            return f"第{number}题：{problem}"
        seen[question.id] = question
    return ""


def _question_problem(question: Question, before: Mapping[str, Question]) -> str:
    if question.kind not in KINDS:
        return "题型不正确"
    if not question.title.strip():
        return "没有题目文字"
    if question.id in before:
        return "题目标识重复"
    if question.kind in (SINGLE, MULTIPLE, RANKING, MATRIX) and len(question.options) < 2:
        return "至少要有两个选项"
    if len(question.options) > MOST_OPTIONS or len({o.id for o in question.options}) < len(question.options):
        return "选项过多或者重复"
    if question.kind == MATRIX and not question.rows:
        return "矩阵题要有行"
    if question.kind == MULTIPLE and question.most and question.most < max(question.least, 1):
        return "最多可选数小于最少应选数"
    if question.kind == MULTIPLE and question.least > len(question.options):
        return "最少应选数超过选项数"
    if question.kind in (RATING, NUMBER) and question.most <= question.least:
        return "最大值须大于最小值"
    if question.show_if is not None:
        cause = before.get(question.show_if[0])
        if cause is None or cause.kind not in (SINGLE, MULTIPLE):
            return "显示条件只能取前面的单选题、多选题"
        if question.show_if[1] not in dict(cause.choices):
            return "显示条件的选项不存在"
    return ""


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    """True if the question is asked after these answers (those that count)."""
    if question.show_if is None:
        return True
    given = answers.get(question.show_if[0])
    return given == question.show_if[1] or (isinstance(given, list) and question.show_if[1] in given)


def check_sheet(
    form: Questionnaire, sheet: Mapping[str, Any], *, only: tuple[str, ...] | None = None
) -> Checked:
    """The check of a sheet, question by question; `only` looks at the questions of one page.

    Answers to questions that were not asked are dropped; answers to unknown questions are refused.
    """
    problems: list[tuple[str, str]] = []
    answers: dict[str, Any] = {}
    known = {question.id for question in form.questions}
    problems += [(str(name), "没有这道题") for name in sheet if name not in known]
    for question in form.questions:
        if not is_asked(question, answers):
            continue
        given = sheet.get(question.id)
        if _is_blank(given):
            if question.required and (only is None or question.id in only):
                problems.append((question.id, question.unanswered))
            continue
        value, problem = _CHECKS[question.kind](question, given)
        if problem:
            problems.append((question.id, problem))
        else:
            answers[question.id] = value
    return Checked(answers, tuple(problems))


def _is_blank(given: Any) -> bool:
    return (
        given is None
        or given == ""
        or given == []
        or given == {}
        or (isinstance(given, str) and not given.strip())
    )


def _single(question: Question, given: Any) -> tuple[Any, str]:
    if not isinstance(given, str) or given not in dict(question.choices):
        return None, "请从选项中选择一项"
    return given, ""


def _some(question: Question, given: Any) -> tuple[list[str], str]:
    if not isinstance(given, list | tuple) or not all(isinstance(item, str) for item in given):
        return [], "请从选项中选择"
    chosen = list(given)
    if len(set(chosen)) < len(chosen) or not set(chosen) <= set(dict(question.choices)):
        return [], "请从选项中选择，不能重复"
    return chosen, ""


def _multiple(question: Question, given: Any) -> tuple[Any, str]:
    chosen, problem = _some(question, given)
    if problem:
        return None, problem
    if len(chosen) < question.least:
        return None, f"至少选{question.least}项，您选了{len(chosen)}项"
    if question.most and len(chosen) > question.most:
        return None, f"最多选{question.most}项，您选了{len(chosen)}项"
    order = {key: place for place, (key, _) in enumerate(question.choices)}
    return sorted(chosen, key=lambda key: order[key]), ""


def _ranking(question: Question, given: Any) -> tuple[Any, str]:
    chosen, problem = _some(question, given)
    if problem:
        return None, problem
    if len(chosen) != len(question.options):
        return None, "请为每个选项排出不同的名次"
    return chosen, ""


def _number(question: Question, given: Any) -> tuple[Any, str]:
    try:
        value = int(str(given).strip())
    except ValueError:
        return None, "请填写整数"
    if not question.least <= value <= question.most or not LOWEST <= value <= HIGHEST:
        return None, f"请填写{question.least}至{question.most}之间的整数"
    return value, ""


def _text(question: Question, given: Any) -> tuple[Any, str]:
    if not isinstance(given, str):
        return None, "请填写文字"
    most = question.most or MOST_TEXT
    if len(given.strip()) > most:
        return None, f"不能超过{most}字"
    return given.strip(), ""


def _matrix(question: Question, given: Any) -> tuple[Any, str]:
    rows = {row.id for row in question.rows}
    if not isinstance(given, Mapping) or not set(given) <= rows:
        return None, "请逐行选择"
    filled = {row: value for row, value in given.items() if not _is_blank(value)}
    if not all(isinstance(value, str) and value in dict(question.choices) for value in filled.values()):
        return None, "请逐行从选项中选择"
    if question.required and set(filled) != rows:
        return None, "请每一行都选择"
    return filled, ""


_CHECKS = {
    SINGLE: _single,
    MULTIPLE: _multiple,
    RANKING: _ranking,
    RATING: _number,
    NUMBER: _number,
    TEXT: _text,
    MATRIX: _matrix,
}


def digest(definition: Mapping[str, Any]) -> str:
    """SHA-256 of a definition in its one canonical form."""
    text = json.dumps(definition, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
