"""What changed inside a clause, and the three views."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.clauses.compare import Change, compare
from consultations.clauses.marks import Op, Run, cut, left_of, marks, replaced, right_of
from consultations.clauses.presentation import clean, marked, side_by_side
from consultations.clauses.tree import Document, walk
from tests.unit.test_clauses_compare import WORDS, documents, draft

TEXTS = st.text(alphabet="甲乙丙丁，。01.%", max_size=30)


def shown(runs: tuple[Run, ...]) -> str:
    signs = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "[+{}+]"}
    return "".join(signs[run.op].format(run.text) for run in runs)


def text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def test_a_changed_number_is_marked_alone() -> None:
    assert shown(marks("自形成之日起20个工作日内公开。", "自形成之日起3个工作日内公开。")) == (
        "自形成之日起[-20-][+3+]个工作日内公开。"
    )


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("系数为0.78。", "系数为0.70。", ["0.78"], ["0.70"]),
        ("占12.5%以上。", "占12.8%以上。", ["12.5"], ["12.8"]),
        ("满100日。", "满1000日。", ["100"], ["1000"]),
        ("第15日前，第25日后。", "第16日前，第26日后。", ["15", "25"], ["16", "26"]),
        ("不少于20个。", "不少于30个。", ["20"], ["30"]),
    ],
)
def test_a_number_is_taken_out_and_put_in_whole(old: str, new: str, gone: list[str], come: list[str]) -> None:
    runs = marks(old, new)
    assert [run.text for run in runs if run.op == Op.DELETE] == gone
    assert [run.text for run in runs if run.op == Op.INSERT] == come
    assert "".join(run.text for run in runs if run.op != Op.INSERT) == old


def test_a_sentence_put_in_begins_and_ends_at_a_stop() -> None:
    assert shown(marks("先审查，后发布。", "先审查，先登记，后发布。")) in (
        "先审查，[+先登记，+]后发布。",
        "[+先登记，+]先审查，后发布。",
    )
    assert shown(marks("甲负责审查；丙负责审查。", "甲负责审查；乙负责审查；丙负责审查。")) == (
        "甲负责审查；[+乙负责审查；+]丙负责审查。"
    )


def test_no_confetti() -> None:
    runs = marks("各单位应当指定专人的负责审查和发布。", "有关部门须由专门机构的进行核对与公布。")
    assert shown(runs).count("[-") <= 2
    assert [run.op for run in marks("甲，乙", "丙，丁")] == [
        Op.DELETE,
        Op.INSERT,
        Op.EQUAL,
        Op.DELETE,
        Op.INSERT,
    ]


def test_labels_are_replaced_as_a_whole() -> None:
    assert shown(replaced("第十二条", "第十三条")) == "[-第十二条-][+第十三条+]"
    assert shown(replaced("第一条", "第一条")) == "第一条"


@given(TEXTS, TEXTS)
def test_the_runs_are_both_texts(old: str, new: str) -> None:
    runs = marks(old, new)
    assert text(left_of(runs)) == old
    assert text(right_of(runs)) == new
    assert all(run.text for run in runs)
    for before, after in itertools.pairwise(runs):
        assert before.op != after.op
        assert (before.op, after.op) != (Op.INSERT, Op.DELETE)


def test_long_texts_are_compared_too() -> None:
    old = "".join(f"第{number}句话说的是公开。" for number in range(600))
    new = old.replace("第300句话说的是公开。", "第300句话说的是保密。")
    assert [run.text for run in marks(old, new) if run.op != Op.EQUAL] == ["公开", "保密"]
    whole = marks("甲" * 3000, "乙" * 3000)
    assert [(run.op, len(run.text)) for run in whole] == [(Op.DELETE, 3000), (Op.INSERT, 3000)]


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=4))
def test_runs_shared_out_are_the_parts(old: str, parts: list[str]) -> None:
    runs = marks(old, "".join(parts))
    shared = cut(runs, [len(part) for part in parts])
    assert [text(right_of(part)) for part in shared] == parts
    assert "".join(text(left_of(part)) for part in shared) == old


def test_the_views_of_a_split_a_renumbering_and_a_removal() -> None:
    first, second = WORDS[4].split("重大", 1)
    old, new = draft(WORDS), draft([*WORDS[1:4], first, "重大" + second, *WORDS[5:]])
    found = compare(old, new)
    assert [row.citation for row in clean(new)] == [placed.clause.citation for placed in walk(new)]
    rows = marked(old, new, found)
    assert (rows[0].change, rows[0].note, rows[0].ref) == (Change.REMOVED, "删除", "")
    assert shown(rows[0].text) == f"[-{WORDS[0]}-]"
    assert (rows[1].note, shown(rows[1].label)) == ("原第二条", "[-第二条-][+第一条+]")
    assert [row.note for row in rows[4:6]] == ["由第五条拆分", "由第五条拆分"]
    assert [shown(row.text) for row in rows[4:6]] == [first, "重大" + second]
    pairs = side_by_side(old, new, found)
    assert pairs[0].right is None
    left, right = pairs[4].left, pairs[4].right
    assert left is not None
    assert right is not None
    assert (left.citation, right.citation) == ("第五条", "第四条")


def test_the_views_of_a_merger_and_a_move() -> None:
    old = draft(WORDS)
    new = draft([WORDS[0], WORDS[2] + WORDS[3], *WORDS[4:7], WORDS[1], WORDS[7]])
    found = compare(old, new)
    pairs = side_by_side(old, new, found)
    assert [pair.note for pair in pairs] == [
        "",
        "由第三条、第四条合并",
        "并入第二条",
        "原第五条",
        "原第六条",
        "原第七条",
        "由第二条移来",
        "原第八条",
    ]
    assert [row.note for row in marked(old, new, found)].count("由第三条、第四条合并") == 1


@settings(max_examples=120, deadline=None)
@given(documents(), documents())
def test_every_view_shows_all_of_both_texts(old: Document, new: Document) -> None:
    found = compare(old, new)
    olds = Counter("".join(placed.clause.text for placed in walk(old)))
    news = [placed.clause.text for placed in walk(new)]
    rows = marked(old, new, found)
    assert [text(right_of(row.text)) for row in rows if row.ref] == news
    assert [row.ref for row in rows if row.ref] == [placed.clause.ref for placed in walk(new)]
    assert Counter("".join(text(left_of(row.text)) for row in rows)) == olds
    pairs = side_by_side(old, new, found)
    assert [text(pair.right.text) for pair in pairs if pair.right] == news
    assert Counter("".join(text(pair.left.text) for pair in pairs if pair.left)) == olds
