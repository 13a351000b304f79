"""What runs, opens, fetches or carries something is refused at any depth; what everybody's files hold is not."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from django.core.management import call_command
from pikepdf import Array, Dictionary, Name, String

from portal.core.errors import InvalidInput
from portal.files.checks import accept, dangers, inspect, judge
from portal.files.dangers import TEST_SIGNATURE

pytestmark = pytest.mark.one_engine

MB = 1024 * 1024
SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def pdf(change: Callable[[Any], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        document.save(out)
    return out.getvalue()


def opens(**action: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        document.Root.OpenAction = Dictionary(**action)

    return change


def deep_script(document: Any) -> None:
    """A script behind sixty actions, all written into one object."""
    action = SCRIPT
    for _ in range(60):
        action = Dictionary(S=Name.Named, N=Name.NextPage, Next=Array([action]))
    document.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)]
    )


def link(target: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        action = Dictionary(S=Name.URI, URI=String(target))
        mark = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
        document.pages[0].obj.Annots = Array([mark])

    return change


def remark(kind: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        document.pages[0].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=[0, 0, 9, 9])]
        )

    return change


def xfa(document: Any) -> None:
    form = document.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><script>1</script></xdp:xdp>")
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=form)


BAD_PDF: dict[str, Callable[[Any], None]] = {
    "script": deep_script,
    "xfa": xfa,
    "external_target": opens(S=Name.GoToR, F=String("\\\\10.0.0.9\\share\\a.pdf"), D=Array([0, Name.Fit])),
    "action": opens(S=Name.Launch, F=String("cmd.exe")),
    "rich_media": remark("/RichMedia"),
}


@pytest.mark.parametrize("code", sorted(BAD_PDF))
def test_pdf_that_does_something_is_refused(code: str) -> None:
    data = pdf(BAD_PDF[code])
    assert code in {entry.code for entry in dangers("pdf", data)}
    assert inspect("pdf", data)


@pytest.mark.parametrize(
    "change",
    [
        opens(S=Name.GoToE, T=Dictionary(R=Name.C)),
        opens(S=Name.URI, URI=String("https://portal.example/")),
        link("file:///C:/Windows/System32/cmd.exe"),
        link("\\\\10.0.0.9\\share"),
        link("javascript:alert(1)"),
        remark("/FileAttachment"),
        remark("/Screen"),
    ],
)
def test_pdf_that_leads_elsewhere_is_refused(change: Callable[[Any], None]) -> None:
    assert inspect("pdf", pdf(change))


@pytest.mark.parametrize(
    "change",
    [
        link("https://www.gov.cn/"),
        link("mailto:a@portal.example"),
        opens(S=Name.GoTo, D=Array([0, Name.Fit])),
    ],
)
def test_pdf_with_plain_links_is_taken(change: Callable[[Any], None]) -> None:
    assert inspect("pdf", pdf(change)) == ""


def word(**parts: bytes | str) -> bytes:
    """A document of python-docx with parts added or, by the same name, replaced."""
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("说明")
    document.save(out)
    return repacked(out.getvalue(), parts)


def excel(**parts: bytes | str) -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.save(out)
    return repacked(out.getvalue(), parts)


def repacked(data: bytes, parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def relation(kind: str, target: str) -> str:
    base = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{base}/package/2006/relationships"><Relationship Id="rId1" TargetMode="External" '
        f'Type="{base}/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    )


def field(words: str) -> str:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    pieces = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (words[:3], words[3:]))
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f'<w:document xmlns:w="{w}"><w:body><w:p>{begin}{pieces}{end}</w:p></w:body></w:document>'


SETTINGS = "word/_rels/settings.xml.rels"
BAD_OFFICE = {
    "template": (
        "docx",
        word(**{SETTINGS: relation("attachedTemplate", "https://a.example/t.dotm")}),
        "external_target",
    ),
    "picture": ("docx", word(**{SETTINGS: relation("image", "\\\\10.0.0.9\\a.png")}), "external_target"),
    "share": ("docx", word(**{SETTINGS: relation("hyperlink", "file://10.0.0.9/a")}), "external_target"),
    "dde": ("docx", word(**{"word/document.xml": field(' DDEAUTO c:\\\\cmd.exe "/k calc"')}), "action"),
    "program": ("docx", word(**{"word/media/image1.png": b"MZ\x90\x00" + b"\0" * 60}), "embedded"),
    "ole": (
        "docx",
        word(**{"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}),
        "embedded",
    ),
    "activex": ("docx", word(**{"word/activeX/activeX1.xml": "<a/>"}), "macro"),
    "doctype": ("docx", word(**{"word/extra.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "doctype"),
    "wide doctype": ("docx", word(**{"word/extra.xml": "<!DOCTYPE a><a/>".encode("utf-16")}), "doctype"),
    "path": ("docx", word(**{"../../etc/cron.d/a": b"x"}), "member_path"),
    "test": ("docx", word(**{"word/media/a.txt": TEST_SIGNATURE}), "virus"),
    "workbook": (
        "xlsx",
        excel(**{"xl/externalLinks/externalLink1.xml": "<externalLink/>"}),
        "external_target",
    ),
    "inside": ("docx", word(**{"word/embeddings/a.xlsx": excel(**{"xl/vbaProject.bin": b"x"})}), "macro"),
}


@pytest.mark.parametrize("name", sorted(BAD_OFFICE))
def test_office_file_that_does_something_is_refused(name: str) -> None:
    ending, data, code = BAD_OFFICE[name]
    assert code in {entry.code for entry in dangers(ending, data)}


def test_usual_office_files_are_taken() -> None:
    web = relation("hyperlink", "https://www.gov.cn/")
    assert inspect("docx", word(**{"word/_rels/footnotes.xml.rels": web})) == ""
    assert inspect("docx", word(**{"word/embeddings/Microsoft_Excel_Sheet1.xlsx": excel()})) == ""
    assert inspect("xlsx", excel(**{"xl/printerSettings/printerSettings1.bin": b"\0" * 40})) == ""


def test_harmless_virus_is_refused_without_a_scanner() -> None:
    verdict = judge("a.txt", TEST_SIGNATURE + b"\r\n", max_bytes=MB)
    assert (verdict.code, verdict.problem, verdict.scanner) == (3, "文件含有病毒（测试特征）", "off")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (repacked(word(), {"OFD.xml": "<a/>"}), "这是 OFD 版式文件，请另存为 PDF"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
            "旧版 Word 或者 WPS",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "去除密码",
        ),
    ],
)
def test_other_office_formats_are_named(data: bytes, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        accept("a.docx", data, max_bytes=MB)


@pytest.mark.parametrize(
    ("arguments", "code", "outcome"),
    [([], 0, "passed"), (["--upload"], 3, "refused"), (["--copy"], 0, "passed")],
)
def test_command_answers_by_exit_code_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, outcome: str
) -> None:
    path, copy = tmp_path / "a.pdf", tmp_path / "copy.pdf"
    path.write_bytes(pdf(deep_script if "--upload" in arguments else lambda document: None))
    with pytest.raises(SystemExit) as left:
        call_command(
            "inspect_file", str(path), "--json", *arguments, *([str(copy)] if "--copy" in arguments else [])
        )
    told = json.loads(capsys.readouterr().out)
    assert (left.value.code, told["outcome"], told["file"]) == (code, outcome, "a.pdf")
    assert copy.exists() == ("--copy" in arguments)
    assert [entry["code"] for entry in told["findings"]] == (["script"] if "--upload" in arguments else [])
