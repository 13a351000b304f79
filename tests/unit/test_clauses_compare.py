"""The version map: what became of each clause."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.clauses.compare import Change, Entry, VersionMap, compare
from consultations.clauses.numerals import to_chinese
from consultations.clauses.parse import parse
from consultations.clauses.tree import Document, walk

FOUNDING = (Path(__file__).parents[2] / "consultations/data/founding-text.md").read_text(encoding="utf-8")
WORDS = [
    "为了加强政府网站的管理，推动网站建设，结合实际，制定本办法。",
    "网站按照统一管理、分级负责、规范运行的原则进行管理。",
    "发布信息应当进行保密审查，审查程序按照保密规定执行。",
    "应当设置栏目公开机构职能、领导信息和年度报告。",
    "对公众关注的热点问题应当及时予以回应，并发布解读材料。重大突发事件发生后应当在二十四小时内发布权威信息，并持续更新处置进展。",
    "网站实行值班读网制度，安排专人检查页面是否异常。",
    "建设所需设备、软件和运行维护经费纳入财政预算。",
    "本办法自印发之日起施行。",
]
HEADINGS = ["总则", "政府信息公开", "附则"]


def draft(words: list[str]) -> Document:
    lines = [f"第{to_chinese(number)}条　{text}" for number, text in enumerate(words, 1)]
    return parse("\n".join(["网站管理办法", *lines])).documents[0]


def chaptered(chapters: list[tuple[str, list[str]]]) -> Document:
    lines, number = ["网站管理办法"], 0
    for at, (heading, words) in enumerate(chapters, 1):
        lines.append(f"第{to_chinese(at)}章　{heading}")
        for text in words:
            number += 1
            lines.append(f"第{to_chinese(number)}条　{text}")
    return parse("\n".join(lines)).documents[0]


def became(found: VersionMap, ref: str) -> Entry:
    entry = found.of_old(ref)
    assert entry is not None
    return entry


def changes(found: VersionMap) -> list[Change]:
    return [entry.change for entry in found.entries]


def assert_whole(found: VersionMap, old: Document, new: Document) -> None:
    olds = sorted(clause.ref for entry in found.entries for clause in entry.olds)
    assert olds == sorted(placed.clause.ref for placed in walk(old))
    news = {clause.ref for entry in found.entries for clause in entry.news}
    assert news == {placed.clause.ref for placed in walk(new)}


def test_the_same_text_is_kept() -> None:
    for document in parse(FOUNDING).documents:
        found = compare(document, document)
        assert set(changes(found)) == {Change.KEPT}
        assert not any(entry.moved or entry.renumbered or entry.reworded for entry in found.entries)


def test_a_clause_put_in_renumbers_the_rest_and_changes_none() -> None:
    old, new = draft(WORDS), draft([*WORDS[:2], "县级以上人民政府办公室是主办单位。", *WORDS[2:]])
    found = compare(old, new)
    assert changes(found).count(Change.KEPT) == 8
    assert changes(found).count(Change.ADDED) == 1
    third = became(found, "t3")
    assert (third.news[0].ref, third.renumbered, third.moved) == ("t4", True, False)


def test_a_clause_taken_out_is_removed_and_stands_where_it_was() -> None:
    old, new = draft(WORDS), draft([*WORDS[:3], *WORDS[4:]])
    found = compare(old, new)
    assert became(found, "t4").change == Change.REMOVED
    assert changes(found).index(Change.REMOVED) == 3
    assert became(found, "t5").news[0].ref == "t4"


def test_changed_words_are_found_even_after_renumbering() -> None:
    words = [WORDS[0], "新增的一条，说明适用范围。", *WORDS[1:]]
    words[3] = "发布信息应当先进行保密审查和公平竞争审查，审查程序按照有关规定执行。"
    found = compare(draft(WORDS), draft(words))
    third = became(found, "t3")
    assert (third.change, third.news[0].ref) == (Change.CHANGED, "t4")


def test_a_clause_split_in_two() -> None:
    first, second = WORDS[4].split("重大", 1)
    old, new = draft(WORDS), draft([*WORDS[:4], first, "重大" + second, *WORDS[5:]])
    found = compare(old, new)
    fifth = became(found, "t5")
    assert (fifth.change, [clause.ref for clause in fifth.news]) == (Change.SPLIT, ["t5", "t6"])
    assert changes(found).count(Change.KEPT) == 7
    assert ("t5", "t6", Change.SPLIT) in found.rows()


def test_two_clauses_merged_into_one() -> None:
    old, new = draft(WORDS), draft([*WORDS[:2], WORDS[2] + WORDS[3], *WORDS[4:]])
    found = compare(old, new)
    assert became(found, "t3") is became(found, "t4")
    assert (became(found, "t3").change, became(found, "t3").news[0].ref) == (Change.MERGED, "t3")


def test_a_clause_moved_to_another_place() -> None:
    found = compare(draft(WORDS), draft([WORDS[0], *WORDS[2:7], WORDS[1], WORDS[7]]))
    second = became(found, "t2")
    assert (second.change, second.news[0].ref) == (Change.MOVED, "t7")
    assert changes(found).count(Change.MOVED) == 1


def test_chapters_that_change_places_take_their_clauses_along() -> None:
    old = chaptered(
        [("总则", WORDS[:2]), ("信息公开", WORDS[2:3]), ("运行维护", WORDS[3:7]), ("附则", WORDS[7:])]
    )
    new = chaptered(
        [("总则", WORDS[:2]), ("运行维护", WORDS[3:7]), ("信息公开", WORDS[2:3]), ("附则", WORDS[7:])]
    )
    found = compare(old, new)
    assert (became(found, "z2").change, became(found, "z2").news[0].ref) == (Change.MOVED, "z3")
    assert became(found, "z3").change == Change.KEPT
    assert became(found, "z3").renumbered
    assert all(became(found, f"t{number}").change == Change.KEPT for number in range(1, 9))
    assert became(found, "t3").news[0].ref == "t7"


def test_a_clause_moved_to_another_chapter() -> None:
    old = chaptered([("总则", WORDS[:3]), ("运行维护", WORDS[3:7]), ("附则", WORDS[7:])])
    new = chaptered([("总则", WORDS[:2]), ("运行维护", WORDS[2:7]), ("附则", WORDS[7:])])
    assert became(compare(old, new), "t3").change == Change.MOVED


def test_chapters_put_over_a_text_move_nothing() -> None:
    found = compare(draft(WORDS), chaptered([("总则", WORDS[:4]), ("附则", WORDS[4:])]))
    assert [became(found, f"t{number}").change for number in range(1, 9)] == [Change.KEPT] * 8
    assert changes(found).count(Change.ADDED) == 2


def test_items_are_followed_inside_their_article() -> None:
    old = parse("甲办法\n第一条　包括：\n（一）机构职能；\n（二）发展规划；\n（三）财政预算。").documents[0]
    new = parse(
        "甲办法\n第一条　包括：\n（一）领导分工；\n（二）机构职能；\n（三）财政预算、决算。"
    ).documents[0]
    found = compare(old, new)
    assert_whole(found, old, new)
    assert became(found, "t1").change == Change.KEPT
    assert became(found, "t1").inside
    assert (became(found, "t1.x1").change, became(found, "t1.x1").news[0].ref) == (Change.KEPT, "t1.x2")
    assert became(found, "t1.x2").change == Change.REMOVED
    assert became(found, "t1.x3").change == Change.CHANGED


def test_a_paragraph_that_became_an_article_is_found() -> None:
    old = parse(f"甲办法\n第一条　{WORDS[2]}\n{WORDS[3]}\n第二条　{WORDS[7]}").documents[0]
    new = parse(f"甲办法\n第一条　{WORDS[2]}\n第二条　{WORDS[3]}\n第三条　{WORDS[7]}").documents[0]
    found = compare(old, new)
    assert_whole(found, old, new)
    assert became(found, "t1").change == Change.SPLIT
    assert became(found, "t1.k2").news[0].ref == "t2"


def test_a_text_without_articles_is_compared_by_paragraphs() -> None:
    old = parse("一封信\n" + "\n".join(WORDS)).documents[0]
    new = parse("一封信\n" + "\n".join([WORDS[0], "新的一段话。", *WORDS[1:]])).documents[0]
    found = compare(old, new)
    assert changes(found).count(Change.KEPT) == 8
    assert changes(found).count(Change.ADDED) == 1


SENTENCES = st.sampled_from([*WORDS, "其他。", "其他。", "甲乙。", WORDS[4][:20], WORDS[0] + WORDS[1]])
BLOCKS = st.tuples(SENTENCES, st.lists(SENTENCES, max_size=3), st.booleans(), st.booleans())


@st.composite
def documents(draw: st.DrawFn) -> Document:
    lines, chapters = ["网站管理办法"], 0
    for number, (words, under, starts_chapter, as_items) in enumerate(draw(st.lists(BLOCKS, max_size=8)), 1):
        if starts_chapter:
            chapters += 1
            lines.append(f"第{to_chinese(chapters)}章　{draw(st.sampled_from(HEADINGS))}")
        lines.append(f"第{to_chinese(number)}条　{words}")
        lines += [f"（{to_chinese(at)}）{text}" if as_items else text for at, text in enumerate(under, 1)]
    return parse("\n".join(lines)).documents[0]


@settings(max_examples=150, deadline=None)
@given(documents(), documents())
def test_every_old_clause_is_in_the_map_once_and_every_new_one_is_covered(
    old: Document, new: Document
) -> None:
    found = compare(old, new)
    assert_whole(found, old, new)
    assert found == compare(old, new)


@settings(max_examples=100, deadline=None)
@given(documents())
def test_a_version_compared_with_itself_is_all_kept(document: Document) -> None:
    found = compare(document, document)
    assert set(changes(found)) <= {Change.KEPT}
    assert all(entry.olds[0].ref == entry.news[0].ref for entry in found.entries)
