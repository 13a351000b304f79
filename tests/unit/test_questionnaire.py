"""Any answer sheet is either refused with a reason or counted exactly once."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.polls import counting
from consultations.polls import questionnaire as q

IDS = st.sampled_from(["o1", "o2", "o3", "o4"])
OPTIONS = [{"id": f"o{n}", "text": f"选项{n}"} for n in (1, 2, 3)]
KINDS = st.sampled_from(list(q.KINDS))


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    questions: list[dict[str, Any]] = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        kind = draw(KINDS)
        entry: dict[str, Any] = {
            "id": f"q{number}",
            "kind": kind,
            "title": f"第{number}题",
            "required": draw(st.booleans()),
            "options": OPTIONS if kind in ("single", "multiple", "ranking", "matrix") else [],
            "rows": [{"id": "r1", "text": "甲"}, {"id": "r2", "text": "乙"}] if kind == "matrix" else [],
            "least": draw(st.integers(0, 2)),
            "most": draw(st.integers(3, 5)),
        }
        causes = [old for old in questions if old["kind"] in ("single", "multiple")]
        if causes and draw(st.booleans()):
            entry["show_if"] = {"question": draw(st.sampled_from(causes))["id"], "option": "o1"}
        questions.append(entry)
    return {"pages": [{"title": "", "questions": questions}]}


ANYTHING = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(-3, 9),
    IDS,
    st.lists(IDS, max_size=4),
    st.permutations(["o1", "o2", "o3"]),
    st.dictionaries(st.sampled_from(["r1", "r2", "r3"]), IDS, max_size=3),
)
SHEETS = st.dictionaries(st.sampled_from([f"q{n}" for n in range(1, 8)]), ANYTHING, max_size=7)


@settings(max_examples=400, deadline=None)
@given(definitions(), st.lists(SHEETS, max_size=5))
def test_every_sheet_is_refused_with_a_reason_or_counted_once(
    definition: dict[str, Any], sheets: list[dict[str, Any]]
) -> None:
    assert q.definition_problem(definition) == ""
    form = q.read(definition)
    good = []
    for sheet in sheets:
        checked = q.check_sheet(form, sheet)
        if checked.problems:
            assert all(name and sentence for name, sentence in checked.problems)
            continue
        again = q.check_sheet(form, checked.answers)
        assert (again.answers, again.problems) == (checked.answers, ())
        good.append(checked.answers)
    result = counting.count(form, good)
    assert result["ballots"] == len(good)
    for row in result["questions"]:
        answered = sum(row["id"] in sheet for sheet in good)
        assert row["answered"] == answered
        if row["kind"] == "single":
            assert sum(option["count"] for option in row["options"]) == answered
        if row["kind"] in ("rating", "number"):
            assert sum(mark["count"] for mark in row["marks"]) == answered
        if row["kind"] == "text":
            assert sum(group["count"] for group in row["texts"]) == answered
        if row["kind"] == "ranking":
            assert sum(option["first"] for option in row["options"]) == answered
    assert counting.count(form, list(reversed(good))) == result


@settings(max_examples=200, deadline=None)
@given(definitions(), SHEETS)
def test_question_that_is_not_asked_never_counts(definition: dict[str, Any], sheet: dict[str, Any]) -> None:
    form = q.read(definition)
    checked = q.check_sheet(form, sheet)
    for question in form.questions:
        if question.id in checked.answers:
            assert q.is_asked(question, checked.answers)


def test_definition_that_cannot_be_asked_is_told() -> None:
    def one(**changes: Any) -> str:
        entry = {"id": "q1", "kind": "single", "title": "题", "options": OPTIONS, **changes}
        return q.definition_problem({"pages": [{"title": "", "questions": [entry]}]})

    assert one() == ""
    assert "两个选项" in one(options=OPTIONS[:1])
    assert "题型" in one(kind="essay")
    assert "没有题目文字" in one(title=" ")
    assert "最多可选数" in one(kind="multiple", least=3, most=2)
    assert "最大值" in one(kind="rating", least=5, most=5)
    assert "要有行" in one(kind="matrix", rows=[])
    assert "前面的" in one(show_if={"question": "q2", "option": "o1"})
    assert q.definition_problem({"pages": []}) == "还没有题目"
