"""Lists of a DOCX file: number formats as Word shows them, and levels that go on through the chapters (ECMA-376, 17.9)."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from consultations.clauses.docx_forms import FORMS, written
from consultations.clauses.docx_reader import read_docx
from consultations.clauses.numerals import to_int
from consultations.clauses.parse import parse
from consultations.clauses.tree import walk
from tests.unit.test_clauses_docx import in_list, numbered, saved

OUTLINE = [
    ("chineseCountingThousand", "第%1章"),
    ("chineseCountingThousand", "第%2条"),
    ("chineseCounting", "（%3）"),
]


def outline(restart: str = "", *, deepest: str = "") -> Any:
    """A file with chapters, articles and items as one list; `restart` goes into the level of the articles."""
    document = docx.Document()
    numbers = document.part.numbering_part.element
    levels = ""
    for at, (form, pattern) in enumerate(OUTLINE):
        more = {1: restart, 2: deepest}.get(at, "")
        levels += (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        )
    names = nsdecls("w")
    numbers.insert(0, parse_xml(f'<w:abstractNum {names} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbers.append(parse_xml(f'<w:num {names} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return document


def labels(document: Any) -> list[str]:
    """The lines of the file, up to the first blank."""
    return [line.split("　")[0] for line in read_docx(saved(document)).text.splitlines()]


def chapters(document: Any) -> Any:
    """Two articles with items, a chapter, two more."""
    for text, level in (
        ("总则", 0),
        ("为了公开，制定本办法。", 1),
        ("包括：", 1),
        ("机构；", 2),
        ("规划。", 2),
        ("附则", 0),
        ("解释。", 1),
        ("下列：", 1),
        ("施行；", 2),
    ):
        in_list(document, text, level)
    return document


def test_articles_that_never_restart_are_counted_through_the_chapters() -> None:
    document = chapters(outline('<w:lvlRestart w:val="0"/>'))
    assert labels(document) == [
        "第一章",
        "第一条",
        "第二条",
        "（一）",
        "（二）",
        "第二章",
        "第三条",
        "第四条",
        "（一）",
    ]
    found = read_docx(saved(document))
    refs = [placed.clause.ref for placed in walk(parse(f"甲办法\n{found.text}").documents[0])]
    assert refs == ["z1", "t1", "t2", "t2.x1", "t2.x2", "z2", "t3", "t4", "t4.x1"]
    assert found.notices == ()


@pytest.mark.parametrize("restart", ["", '<w:lvlRestart w:val="1"/>', '<w:lvlRestart w:val="2"/>'])
def test_articles_restart_in_each_chapter_by_default(restart: str) -> None:
    """Nothing said, the level above named, or a level that is not higher, which is ignored (17.9.10)."""
    assert labels(chapters(outline(restart)))[5:8] == ["第二章", "第一条", "第二条"]


@pytest.mark.parametrize(
    ("deepest", "expected"),
    [
        ("", ["（一）", "（二）", "（一）", "（一）"]),
        ('<w:lvlRestart w:val="1"/>', ["（一）", "（二）", "（三）", "（一）"]),
        ('<w:lvlRestart w:val="0"/>', ["（一）", "（二）", "（三）", "（四）"]),
    ],
)
def test_items_restart_after_the_level_that_is_named(deepest: str, expected: list[str]) -> None:
    document = outline('<w:lvlRestart w:val="0"/>', deepest=deepest)
    for text, level in (
        ("总则", 0),
        ("一。", 1),
        ("甲；", 2),
        ("乙；", 2),
        ("二。", 1),
        ("丙；", 2),
        ("附则", 0),
        ("三。", 1),
        ("丁；", 2),
    ):
        in_list(document, text, level)
    assert [label for label in labels(document) if label.startswith("（")] == expected


def test_a_list_that_changes_a_level_is_read_as_changed() -> None:
    document = docx.Document()
    names = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseLegalSimplified"/>'
    numbered(
        document, [("decimal", "%1.")], extra=f'{names}<w:lvlText w:val="第%1章"/></w:lvl></w:lvlOverride>'
    )
    in_list(document, "总则")
    in_list(document, "附则")
    assert labels(document) == ["第壹章", "第贰章"]
    found = parse("甲办法\n" + read_docx(saved(document)).text + "\n第一条　自公布之日起施行。")
    assert [placed.clause.ref for placed in walk(found.documents[0])] == ["z1", "z2", "t1"]


def test_a_list_that_names_a_list_style_has_the_levels_of_the_style() -> None:
    document = docx.Document()
    numbered(document, [("chineseCounting", "第%1条")])
    numbers = document.part.numbering_part.element
    own = next(row for row in numbers if row.get(f"{{{row.nsmap['w']}}}abstractNumId") == "77")
    own.insert(0, parse_xml(f'<w:styleLink {nsdecls("w")} w:val="Articles"/>'))
    names = nsdecls("w")
    numbers.insert(
        0,
        parse_xml(
            f'<w:abstractNum {names} w:abstractNumId="78"><w:numStyleLink w:val="Articles"/></w:abstractNum>'
        ),
    )
    numbers.append(parse_xml(f'<w:num {names} w:numId="78"><w:abstractNumId w:val="78"/></w:num>'))
    in_list(document, "施行。", number=78)
    assert labels(document) == ["第一条"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一〇一"}),
        (
            "chineseCountingThousand",
            {
                1: "一",
                10: "十",
                12: "十二",
                100: "一百",
                101: "一百〇一",
                110: "一百一十",
                1010: "一千〇一十",
            },
        ),
        (
            "chineseLegalSimplified",
            {1: "壹", 2: "贰", 10: "壹拾", 12: "壹拾贰", 101: "壹佰零壹", 1000: "壹仟"},
        ),
        ("ideographLegalTraditional", {2: "貳", 13: "壹拾參", 106: "壹佰零陸"}),
        ("japaneseCounting", {1: "一", 10: "十", 11: "十一", 100: "百", 110: "百十", 201: "二百一"}),
        ("japaneseLegal", {1: "壱", 10: "壱拾", 12: "壱拾弐"}),
        ("taiwaneseCounting", {10: "十", 101: "一○一"}),
        ("taiwaneseCountingThousand", {101: "一百零一"}),
        ("ideographDigital", {10: "一〇", 21: "二一"}),
        ("japaneseDigitalTenThousand", {10: "一〇"}),
        ("taiwaneseDigital", {10: "一○"}),
        ("koreanDigital2", {10: "一零"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("ideographZodiacTraditional", {1: "甲子", 12: "乙亥", 60: "癸亥", 61: "甲子"}),
        ("ideographEnclosedCircle", {1: "㈠", 10: "㈩", 11: "11"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {1: "①", 10: "⑩", 11: "11"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalFullWidth2", {12: "１２"}),
        ("decimalHalfWidth", {12: "12"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("numberInDash", {3: "- 3 -"}),
        ("zeros:3", {1: "001", 1000: "1000"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA"}),
        ("lowerRoman", {4: "iv", 19: "xix"}),
    ],
)
def test_a_number_is_written_as_word_shows_it(form: str, expected: dict[int, str]) -> None:
    assert {number: written(form, number) for number in expected} == expected


@pytest.mark.parametrize(
    ("form", "number"), [("hebrew1", 1), ("koreanLegal", 1), ("custom", 1), ("chineseCounting", 10_000)]
)
def test_what_is_not_known_is_not_written(form: str, number: int) -> None:
    assert written(form, number) is None


def test_every_chinese_form_is_read_back() -> None:
    counting = [form for form in FORMS if "Counting" in form or form == "chineseLegalSimplified"]
    for form in counting:
        for number in range(1, 1200):
            shown = written(form, number)
            assert shown is not None and to_int(shown) == number, (form, shown)


def test_a_format_made_by_the_author_is_read_or_told() -> None:
    document = docx.Document()
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="{}"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    numbers = document.part.numbering_part.element
    names = nsdecls("w")
    for name, made in (("77", "001, 002, 003, ..."), ("78", "a, ç, ĝ, ...")):
        numbers.insert(
            0,
            parse_xml(
                f'<w:abstractNum {names} w:abstractNumId="{name}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                f'{choice.format(made)}<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
            ),
        )
        numbers.append(
            parse_xml(f'<w:num {names} w:numId="{name}"><w:abstractNumId w:val="{name}"/></w:num>')
        )
    in_list(document, "甲。")
    in_list(document, "乙。", number=78)
    found = read_docx(saved(document))
    assert found.text.splitlines() == ["001.　甲。", "1.　乙。"]
    assert found.notices == ("有不认识的自动编号格式（custom），已按阿拉伯数字写出，请核对",)
