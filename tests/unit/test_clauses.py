"""A text becomes clauses, and no character of it is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.clauses.layout import letters_of, lines_of, solid
from consultations.clauses.numerals import to_chinese, to_int
from consultations.clauses.parse import parse
from consultations.clauses.tree import Document, Kind, find, text_of, walk

FOUNDING = (Path(__file__).parents[2] / "consultations/data/founding-text.md").read_text(encoding="utf-8")
PIECES = st.sampled_from(
    [
        "第一条",
        "第二条",
        "第十二条之一",
        "第一章",
        "第二节",
        "第一编",
        "（一）",
        "(二)",
        "1.",
        "2、",
        "（1）",
        "一、",
        "二、",
        "\u3000",
        " ",
        "\n",
        "\n\n",
        "# ",
        "**",
        "：",
        "。",
        "；",
        "为了公开，",
        "管理办法",
        "（试行）",
        "目录",
        "附 则",
        "\u200b",
        "𠀀",
        "2019年11月29日",
        "【目的】",
        "的规定",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)


def only(text: str) -> Document:
    reading = parse(text)
    assert len(reading.documents) == 1
    return reading.documents[0]


def refs(document: Document) -> list[str]:
    return [placed.clause.ref for placed in walk(document)]


def test_the_founding_text_is_two_documents_with_all_chapters_articles_and_items() -> None:
    reading = parse(FOUNDING)
    measures, rules = reading.documents
    assert (measures.title, rules.title) == ("玉溪市政府网站群管理办法(试行)", "玉溪市政府信息公开发布制度")
    counted = [Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.PARAGRAPH, Kind.ITEM, Kind.SUBITEM]
    assert [measures.count(kind) for kind in counted] == [0, 6, 0, 26, 3, 15, 0]
    assert [rules.count(kind) for kind in counted] == [0, 0, 0, 17, 0, 65, 19]
    # Counted apart from the reader, by the beginnings of lines.
    lines = [line.strip() for line in FOUNDING.splitlines()]
    starts = {"章": r"第.{1,3}章", "条": r"第.{1,4}条", "项": r"\([一二三四五六七八九十]+\)"}
    found = {name: sum(bool(re.match(start, line)) for line in lines) for name, start in starts.items()}
    assert found == {"章": 6, "条": 43, "项": 80}
    assert len(reading.cover) == 5


def test_no_character_of_the_founding_text_is_lost() -> None:
    by_hand = "".join(FOUNDING.split()).removeprefix("#")
    assert letters_of(FOUNDING) == by_hand
    assert solid(text_of(parse(FOUNDING))) == by_hand


def test_articles_of_the_founding_text_are_numbered_through() -> None:
    for document in parse(FOUNDING).documents:
        articles = [placed.clause for placed in walk(document) if placed.clause.kind == Kind.ARTICLE]
        assert [clause.ref for clause in articles] == [f"t{number}" for number in range(1, len(articles) + 1)]
        assert [clause.label for clause in articles] == [
            f"第{to_chinese(number)}条" for number in range(1, len(articles) + 1)
        ]


def test_refs_and_citations_follow_the_labels() -> None:
    measures, rules = parse(FOUNDING).documents
    assert [find(measures, ref).citation for ref in ("z6", "t2.k2", "t6.x3")] == [  # type: ignore[union-attr]
        "第六章",
        "第二条第二款",
        "第六条第（三）项",
    ]
    subitem = find(rules, "t7.x4.m8")
    assert subitem is not None
    assert (subitem.citation, subitem.text) == ("第七条第（四）项第8目", "其他行政执法事项;")
    assert find(rules, "t99") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲办法\n第一条　为了公开。\n第一条之一　补充。\n第二条　施行。", ["t1", "t1_1", "t2"]),
        (
            "甲法\n第一编　总则\n第一章　一般规定\n第一条　甲。\n第二编　物权\n第一章　通则\n第二条　乙。",
            ["b1", "b1.z1", "t1", "b2", "b2.z1", "t2"],
        ),
        (
            "甲办法\n第一条　有下列情形的：（一）甲；（二）乙。\n另有规定的，从其规定：\n(一)丙。",
            ["t1", "t1.x1", "t1.x2", "t1.k2", "t1.k2.x1"],
        ),
        ("第一条为了公开。\n第二条所称公开，是指公布。\n第二条乙。", ["t1", "t1.k2", "t2"]),
        ("甲办法\n第一条　甲。\n第一条　乙。", ["t1"]),
        (
            "甲办法\n目录\n第一章　总则\n第二章　附则\n第一章　总则\n第一条　甲。\n第二章　附则\n第二条　乙。",
            ["p1", "p2", "p3", "z1", "t1", "z2", "t2"],
        ),
        ("甲办法\n第一章\n总则\n第一条\n为了公开。\n第二款。", ["z1", "t1", "t1.k2"]),
    ],
)
def test_labels_of_every_level(text: str, expected: list[str]) -> None:
    assert refs(parse(text).documents[0]) == expected
    assert solid(text_of(parse(text))) == letters_of(text)


def test_headings_without_articles_become_sections_and_items() -> None:
    document = only(
        "关于便民的实施意见\n各县区：\n一、总体要求\n（一）指导思想。公开。\n1.甲。\n（1）乙。\n二、任务\n做好工作。"
    )
    assert document.title == "关于便民的实施意见"
    assert refs(document) == ["p1", "s1", "s1.x1", "s1.x1.m1", "s1.x1.m1.n1", "s2", "s2.p1"]
    assert document.clauses[1].heading == "总体要求"
    assert document.clauses[1].children[0].citation == "第一部分第（一）项"


def test_a_text_without_labels_can_be_commented_on_by_paragraph() -> None:
    document = only("致全体市民的一封信\n\n您好。\n\n　　请提意见。")
    assert (document.title, refs(document)) == ("致全体市民的一封信", ["p1", "p2"])
    assert parse("\n　\n").documents == ()


def test_heading_signature_and_note_stand_where_they_belong() -> None:
    document = only(
        "甲办法\n（征求意见稿）\n为了公开，制定本办法。\n第一条【目的】为了公开。\n\n玉溪市人民政府\n2026年1月5日"
    )
    assert document.title == "甲办法（征求意见稿）"
    assert refs(document) == ["p1", "t1", "e1", "e2"]
    assert (document.clauses[0].heading, document.clauses[0].text) == ("【目的】", "为了公开。")


def test_a_term_added_later_leaves_the_names_of_the_others() -> None:
    before = only("甲办法\n第一条　情形：\n（一）甲；\n（二）乙。\n第二条　施行。")
    after = only("甲办法\n第一条　情形：\n（一）甲；\n（二）乙。\n新的一款。\n第二条　施行。")
    assert set(refs(before)) < set(refs(after))
    anchors = {placed.clause.anchor for placed in walk(before)}
    assert anchors < {placed.clause.anchor for placed in walk(after)}


@given(TEXTS)
def test_no_character_of_any_text_is_lost_and_every_ref_is_given_once(text: str) -> None:
    reading = parse(text)
    assert solid(text_of(reading)) == letters_of(text)
    for document in reading.documents:
        named = refs(document)
        assert len(named) == len(set(named))
        for placed in walk(document):
            assert placed.parent == "" or placed.parent in named
            assert len(placed.clause.ref) <= 60
            assert len(placed.clause.label) <= 40
            assert len(placed.clause.heading) <= 200


@given(st.integers(0, 9999))
def test_numerals_there_and_back(number: int) -> None:
    assert to_int(to_chinese(number)) == number
    assert to_int(str(number)) == number


def test_numerals_as_people_write_them() -> None:
    assert [to_int(word) for word in ("二〇", "两百零三", "十", "１２", "甲", "", "²")] == [
        20,
        203,
        10,
        12,
        None,
        None,
        None,
    ]
    with pytest.raises(ValueError, match="10000"):
        to_chinese(10000)


def test_layout_is_taken_off_and_nothing_else() -> None:
    assert lines_of("## 标题\n**第一条**　甲\n\n#话题 2**3 ") == ["标题", "第一条　甲", "#话题 2**3"]


@pytest.mark.parametrize(
    "text",
    ["(一)甲；(二)乙；" * 3000, "（一）\n（二）\n" * 3000, "第一条\n" * 3000, "1." * 9000, "甲\n" * 9000],
)
def test_a_text_that_repeats_itself_is_read_to_its_end(text: str) -> None:
    assert solid(text_of(parse(text))) == letters_of(text)
