"""A DOCX file becomes the same text; what cannot is named, and what must not be is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from consultations.clauses import docx_reader
from consultations.clauses.docx_reader import UnreadableDocx, read_docx
from consultations.clauses.layout import letters_of, lines_of, solid
from consultations.clauses.parse import parse
from consultations.clauses.tree import text_of, walk

FOUNDING = (Path(__file__).parents[2] / "consultations/data/founding-text.md").read_text(encoding="utf-8")
Document = Any


def saved(document: Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def of_lines(lines: list[str]) -> Document:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return document


def rewritten(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for member in source.namelist():
            copy.writestr(member, change(source.read(member)) if member == name else source.read(member))
    return target.getvalue()


def numbered(document: Document, levels: list[tuple[str, str]], number: int = 77, extra: str = "") -> None:
    """Put a list into the file: (format, pattern) for each level."""
    numbers = document.part.numbering_part.element
    written = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (form, pattern) in enumerate(levels)
    )
    names = nsdecls("w")
    numbers.insert(
        0, parse_xml(f'<w:abstractNum {names} w:abstractNumId="{number}">{written}</w:abstractNum>')
    )
    numbers.append(
        parse_xml(f'<w:num {names} w:numId="{number}"><w:abstractNumId w:val="{number}"/>{extra}</w:num>')
    )


def in_list(document: Document, text: str, level: int = 0, number: int = 77) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def test_the_founding_text_as_docx_gives_the_same_characters_and_clauses() -> None:
    found = read_docx(saved(of_lines(lines_of(FOUNDING))))
    assert solid(found.text) == letters_of(FOUNDING)
    assert solid(text_of(parse(found.text))) == letters_of(FOUNDING)
    assert parse(found.text).documents == parse(FOUNDING).documents
    assert found.notices == ()


def test_automatic_numbers_become_labels() -> None:
    document = docx.Document()
    numbered(
        document,
        [("chineseCountingThousand", "第%1章"), ("chineseCounting", "（%2）"), ("decimal", "%3.")],
    )
    numbered(document, [("japaneseCounting", "第%1条")], number=78)
    document.add_paragraph("甲办法")
    in_list(document, "总则")
    in_list(document, "为了公开，制定本办法。", number=78)
    in_list(document, "包括：", number=78)
    in_list(document, "机构职能；", 1)
    in_list(document, "发展规划：", 1)
    in_list(document, "年度；", 2)
    in_list(document, "中期。", 2)
    in_list(document, "附则")
    in_list(document, "施行。", number=78)
    found = read_docx(saved(document))
    assert [line.replace("　", " ") for line in found.text.splitlines()] == [
        "甲办法",
        "第一章 总则",
        "第一条 为了公开，制定本办法。",
        "第二条 包括：",
        "（一） 机构职能；",
        "（二） 发展规划：",
        "1. 年度；",
        "2. 中期。",
        "第二章 附则",
        "第三条 施行。",
    ]
    refs = [placed.clause.ref for placed in walk(parse(found.text).documents[0])]
    assert refs == ["z1", "t1", "t2", "t2.x1", "t2.x2", "t2.x2.m1", "t2.x2.m2", "z2", "t3"]


def test_numbers_from_a_style_a_later_start_bullets_and_unknown_formats() -> None:
    document = docx.Document()
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbered(document, [("chineseCounting", "第%1条")], extra=start)
    numbered(document, [("bullet", "·")], number=78)
    numbered(document, [("hebrew1", "%1)")], number=79)
    style = document.styles["List Number"].element.get_or_add_pPr()
    for old in style.findall(qn("w:numPr")):
        style.remove(old)
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="77"/></w:numPr>'))
    document.add_paragraph("从第五条起。", style="List Number")
    document.add_paragraph("下一条。", style="List Number")
    in_list(document, "圆点。", number=78)
    in_list(document, "不认识。", number=79)
    found = read_docx(saved(document))
    assert found.text.splitlines() == ["第五条　从第五条起。", "第六条　下一条。", "圆点。", "1)　不认识。"]
    assert found.notices == ("有不认识的自动编号格式（hebrew1），已按阿拉伯数字写出，请核对",)


def test_tables_are_read_row_by_row_and_named() -> None:
    document = of_lines(["附件"])
    table = document.add_table(rows=2, cols=2)
    for at, words in enumerate(["序号", "事项", "1", "公开\n目录"]):
        table.cell(at // 2, at % 2).text = words
    found = read_docx(saved(document))
    assert found.text.splitlines() == ["附件", "序号\t事项", "1\t公开 目录"]
    assert found.notices == ("有1个表格，已按行读成文字，请核对",)


def test_what_is_not_in_the_text_is_named() -> None:
    document = of_lines(["正文"])
    names = nsdecls("w")
    box = (
        f'<w:r {names}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>框中的话</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    paragraph = document.paragraphs[0]._p
    paragraph.append(parse_xml(box))
    paragraph.append(parse_xml(f"<w:r {names}><w:pict/></w:r>"))
    paragraph.append(parse_xml(f"<w:r {names}><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"))
    paragraph.append(parse_xml(f'<w:r {names}><w:footnoteReference w:id="2"/></w:r>'))
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    found = read_docx(saved(document))
    assert found.text == "正文"
    assert found.notices == (
        "文本框没有读入：“框中的话”",
        "脚注没有读入正文：“”",
        "有1处图片没有读入",
        "有1处隐藏文字没有读入",
        "页眉没有读入：“内部资料”",
    )


def test_line_breaks_hyphens_and_links_keep_their_place() -> None:
    document = of_lines([])
    document.add_paragraph("甲").add_run("\n乙\t丙")
    found = read_docx(saved(document))
    assert found.text.splitlines() == ["甲", "乙\t丙"]


@pytest.mark.parametrize("tag", ["ins", "del", "moveFrom", "moveTo"])
def test_changes_that_nobody_accepted_are_refused(tag: str) -> None:
    document = of_lines(["正文"])
    words = "<w:delText>旧</w:delText>" if tag == "del" else "<w:t>新</w:t>"
    document.paragraphs[0]._p.append(
        parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="甲"><w:r>{words}</w:r></w:{tag}>')
    )
    with pytest.raises(UnreadableDocx, match="未接受的修订"):
        read_docx(saved(document))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "不是 DOCX"),
        (b"hello", "不是 DOCX"),
        (b"PK\x03\x04 broken", "不是 DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 DOC"),
        (b"x" * (docx_reader.MAX_BYTES + 1), "超过20MB"),
    ],
)
def test_what_is_no_docx_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableDocx, match=sentence):
        read_docx(data)


@pytest.mark.parametrize(
    "content", [b"", b"<broken", b"<?xml version='1.0'?><a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
)
def test_a_broken_part_is_refused_with_a_sentence(content: bytes) -> None:
    data = rewritten(saved(of_lines(["正文"])), "word/document.xml", lambda _: content)
    with pytest.raises(UnreadableDocx, match="无法打开"):
        read_docx(data)


def test_a_file_cut_off_in_the_middle_is_refused() -> None:
    data = saved(of_lines(["正文"]))
    for length in range(0, len(data), len(data) // 15):
        with pytest.raises(UnreadableDocx):
            read_docx(data[:length])


def test_a_file_that_unpacks_into_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_reader, "MAX_UNPACKED", 1000)
    with pytest.raises(UnreadableDocx, match="解压后过大"):
        read_docx(saved(of_lines(["正文"])))


def test_a_text_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_reader, "MAX_CHARACTERS", 10)
    with pytest.raises(UnreadableDocx, match="分成几个文件"):
        read_docx(saved(of_lines(["超过十个字的一段正文在这里"])))
