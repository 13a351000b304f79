"""What may be uploaded: known by its content, openable, harmless."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image

from portal.core.errors import InvalidInput
from portal.files.checks import accept, clean_name, inspect

MB = 1024 * 1024


def image(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, kind)
    return out.getvalue()


def pdf(script: bool = False) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if script:
            action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
            document.Root.OpenAction = action
        document.save(out)
    return out.getvalue()


def hidden_script(where: str) -> bytes:
    """A script on a page or in an annotation, away from the document's root."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        if where == "page":
            page.obj.AA = pikepdf.Dictionary(O=action)
        elif where == "annotation":
            link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
            page.obj.Annots = pikepdf.Array([link])
        else:
            document.attachments["x.txt"] = b"inside"
        document.save(out)
    return out.getvalue()


def office(part: str, extra: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
        if extra:
            archive.writestr(extra, b"x")
    return out.getvalue()


def pixel_bomb() -> bytes:
    """A PNG that says it has 2.5 gigapixels."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    body = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    return body + struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (210 * MB))
    return out.getvalue()


GOOD = {
    "a.pdf": pdf(),
    "b.jpg": image("JPEG"),
    "c.png": image("PNG"),
    "d.docx": office("word/document.xml"),
    "e.xlsx": office("xl/workbook.xml"),
    "f.txt": "说明".encode(),
    "g.txt": "说明".encode("gb18030"),
}


@pytest.mark.parametrize("name", sorted(GOOD))
def test_good_file_is_accepted_and_let_out(name: str) -> None:
    assert accept(name, GOOD[name], max_bytes=MB)
    assert inspect(name.rpartition(".")[2], GOOD[name]) == ""


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"", "空文件"),
        ("a.pdf", b"<html><script>1</script></html>", "内容与文件类型不符"),
        ("a.jpg", pdf(), "内容与文件类型不符"),
        ("a.txt", b"<!DOCTYPE html><html>", "内容与文件类型不符"),
        ("a.txt", b"MZ\x00\x90", "内容与文件类型不符"),
        ("a.docx", office("xl/workbook.xml"), "内容与文件类型不符"),
        ("a.svg", b"<svg/>", "类型不受支持"),
        ("a.pdf.exe", pdf(), "类型不受支持"),
        ("a", pdf(), "类型不受支持"),
        ("a.pdf", b"%PDF-" + b"0" * MB, "超过 1 MB"),
    ],
)
def test_bad_file_is_refused_with_sentence(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence) as refused:
        accept(name, data, max_bytes=MB)
    assert refused.value.field == "files"


@pytest.mark.parametrize(
    ("ending", "data", "problem"),
    [
        ("pdf", pdf(script=True), "脚本"),
        ("pdf", b"%PDF-1.7\ngarbage", "PDF"),
        ("pdf", hidden_script("page"), "脚本"),
        ("pdf", hidden_script("annotation"), "脚本"),
        ("pdf", hidden_script("attachment"), "脚本"),
        ("png", pixel_bomb(), "像素"),
        ("docx", zip_bomb(), "过大"),
        ("docx", office("word/document.xml", "word/vbaProject.bin"), "宏"),
    ],
)
def test_harmful_file_stays_in_quarantine(ending: str, data: bytes, problem: str) -> None:
    found = inspect(ending, data)
    assert problem in found or found == "文件内容与类型不符", found
    assert found


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\合同.pdf", "合同.pdf"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("  .pdf", "pdf"),
    ],
)
def test_name_is_made_fit_to_show(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


@pytest.mark.one_engine
def test_a_file_that_is_held_costs_what_a_new_one_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sealing and syncing are what takes the time: the second person's upload does both, and keeps one file."""
    from pathlib import Path

    from django.conf import settings

    from portal.files import vault

    synced: list[int] = []
    monkeypatch.setattr("portal.files.vault.os.fsync", lambda handle: synced.append(handle))
    counts = []
    for data in (b"a" * 5_000, b"a" * 5_000, b"b" * 5_000):
        vault.write(data)
        counts.append(len(synced))
    assert counts == [1, 2, 3]
    kept = [path for path in Path(settings.PORTAL_FILES_DIR).rglob("*") if path.is_file()]
    assert sorted(path.name for path in kept) == sorted(
        vault.name_of(data) for data in (b"a" * 5_000, b"b" * 5_000)
    )
    assert vault.read(vault.name_of(b"a" * 5_000)) == b"a" * 5_000
