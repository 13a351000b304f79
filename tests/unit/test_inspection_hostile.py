"""Bytes from strangers: every one of them gives the finding "unreadable", soon, and never an exception."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib
from contextlib import suppress

import pikepdf
import pytest
from PIL import ImageFile

from portal.files.checks import inspect as inspect_upload
from portal.publishing.inspection import CannotRegenerate, inspect, regenerate
from portal.publishing.inspection.inspecting import DOCX, JPEG, PDF, PLAIN, PNG, XLSX
from tests.unit.test_inspection_office import book, picture, repacked, word
from tests.unit.test_inspection_pdf import clean_pdf

ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
    + b"".join(f'<!ENTITY b{n} "&b{n - 1 if n else ""};&b{n - 1 if n else ""};">'.encode() for n in range(30))
    + b"]><a>&b29;</a>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


START_ELSEWHERE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Target="word/other.xml" Type="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/relationships/officeDocument"/></Relationships>'
)


def zip_bomb() -> bytes:
    """A workbook's shape whose one part unpacks to 200 MB."""
    out = io.BytesIO()
    archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("xl/workbook.xml", "w") as member:
        for _ in range(200):
            member.write(bytes(1 << 20))
    return out.getvalue()


def lying_bomb() -> bytes:
    """The same, but the file says that it is small."""
    data = bytearray(zip_bomb())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(mark)
        data[place + at : place + at + 4] = struct.pack("<I", 1000)
    return bytes(data)


def many_members() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5000):
            archive.writestr(f"word/{number}.xml", b"")
    return out.getvalue()


def huge_png() -> bytes:
    """The head of a picture of 50,000 by 50,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")


def packed_pdf(**entries: object) -> bytes:
    """A PDF with one stream that unpacks to 310 MB, or with a picture of too many pixels."""
    with pikepdf.new() as document:
        document.add_blank_page()
        packer = zlib.compressobj()
        body = (
            b"".join(packer.compress(bytes(1 << 20)) for _ in range(1 if entries else 310)) + packer.flush()
        )
        stream = document.make_stream(b"")
        stream.write(body, filter=pikepdf.Name.FlateDecode)
        for key, value in entries.items():
            stream[f"/{key}"] = value
        document.Root.Kept = stream
        out = io.BytesIO()
        document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue()


def nested_pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + b"[" * 50_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"


NOISE = random.Random(3).randbytes(20_000)
HOSTILE = {
    "nothing": (lambda: b"", PDF),
    "noise as PDF": (lambda: NOISE, PDF),
    "noise after a PDF head": (lambda: b"%PDF-1.7\n" + NOISE, PDF),
    "half a PDF": (lambda: clean_pdf()[: len(clean_pdf()) // 2], PDF),
    "PDF without its end": (lambda: clean_pdf()[:-600], PDF),
    "PDF bomb": (packed_pdf, PDF),
    "PDF picture bomb": (lambda: packed_pdf(Width=60_000, Height=60_000, Subtype=pikepdf.Name.Image), PDF),
    "nested PDF": (nested_pdf, PDF),
    "noise as Word": (lambda: NOISE, DOCX),
    "half a Word file": (lambda: word()[: len(word()) // 2], DOCX),
    "workbook as Word": (book, DOCX),
    "too many parts": (many_members, DOCX),
    "entities": (lambda: repacked(word(), word__document_dot_xml=ENTITIES), DOCX),
    "outside entity": (lambda: repacked(word(), word__document_dot_xml=OUTSIDE), DOCX),
    "entities in UTF-16": (
        lambda: repacked(word(), word__document_dot_xml=ENTITIES.decode().encode("utf-16")),
        DOCX,
    ),
    "strict Word file": (
        lambda: repacked(word(), word__document_dot_xml=b'<document xmlns="http://purl.oclc.org/ooxml/w"/>'),
        DOCX,
    ),
    "Word file that starts elsewhere": (
        lambda: repacked(word(), _rels___dot_rels=START_ELSEWHERE),
        DOCX,
    ),
    "broken XML": (lambda: repacked(word(), word__document_dot_xml=b"<w:document>"), DOCX),
    "Word as workbook": (word, XLSX),
    "workbook bomb": (zip_bomb, XLSX),
    "workbook bomb that lies": (lying_bomb, XLSX),
    "workbook without its sheet": (lambda: repacked(book(), xl__worksheets__sheet1_dot_xml=None), XLSX),
    "huge PNG": (huge_png, PNG),
    "half a PNG": (lambda: picture("PNG")[:60], PNG),
    "PNG as JPEG": (lambda: picture("PNG"), JPEG),
    "half a JPEG": (lambda: picture("JPEG")[:500], JPEG),
    "noise as text": (lambda: NOISE, PLAIN),
    "unknown type": (lambda: b"GIF89a", "image/gif"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_unreadable_soon(name: str) -> None:
    make, media_type = HOSTILE[name]
    data = make()
    started = time.process_time()
    result = inspect(data, media_type=media_type, name="附件")
    assert time.process_time() - started < 5
    assert [(finding.code, finding.blocks) for finding in result.findings] == [("unreadable", True)]
    with pytest.raises(CannotRegenerate):
        regenerate(data, media_type=media_type, name="附件", title="标题")


def test_half_a_picture_is_unreadable_whatever_else_the_process_has_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Importing WeasyPrint tells Pillow to load truncated pictures, for the whole process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    make, media_type = HOSTILE["half a PNG"]
    assert [finding.code for finding in inspect(make(), media_type=media_type, name="附件").findings] == [
        "unreadable"
    ]
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert inspect_upload("png", make()) == "图片无法打开或像素过大"


@pytest.mark.parametrize(
    ("make", "media_type"),
    [
        (clean_pdf, PDF),
        (word, DOCX),
        (book, XLSX),
        (lambda: picture("PNG"), PNG),
        (lambda: picture("JPEG"), JPEG),
    ],
    ids=["pdf", "docx", "xlsx", "png", "jpeg"],
)
def test_flipped_bytes_never_raise(make: object, media_type: str) -> None:
    assert callable(make)
    whole = make()
    rng = random.Random(11)
    for _ in range(15):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 30)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        inspect(bytes(data), media_type=media_type, name="附件")
        with suppress(CannotRegenerate):
            regenerate(bytes(data), media_type=media_type, name="附件", title="标题")
