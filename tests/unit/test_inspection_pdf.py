"""What is in a PDF and not on its pages is found, one test a kind; a clean file gives nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from portal.documents.render.worker import render_pdf
from portal.publishing.inspection import Inspection, inspect
from portal.publishing.inspection.page_html import Block, page_html

PDF = "application/pdf"
WORDS = "现将示例项目有关情况予以公布，具体事项见正文。"
Change = Callable[[Any], None]


@lru_cache(maxsize=4)
def clean_pdf(pages: int = 1) -> bytes:
    """A PDF of our own without anything to find."""
    text = [WORDS] * (3 if pages == 1 else 40 * (pages - 1))
    page = page_html("关于示例的公告", [Block("paragraph", line) for line in text])
    return render_pdf(page)


def changed(change: Change, data: bytes | None = None, **options: Any) -> bytes:
    """A PDF after a change, saved anew."""
    with pikepdf.open(io.BytesIO(data or clean_pdf())) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **options)
        return out.getvalue()


def found(data: bytes) -> Inspection:
    return inspect(data, media_type=PDF, name="公告.pdf")


def codes(result: Inspection) -> dict[str, str]:
    """Each code found with its first place."""
    places: dict[str, str] = {}
    for finding in result.findings:
        places.setdefault(finding.code, finding.where)
    return places


def drawn(content: str, page: int = 0) -> Change:
    """A change that paints more on a page, in page units from its lower left."""

    def change(document: Any) -> None:
        target = document.pages[page]
        first = document.make_stream(b"q")
        target.contents_add(first, prepend=True)
        target.contents_add(document.make_stream(f"Q {content}".encode()))

    return change


def latin(document: Any) -> None:
    """A font that is in every reader, under the name /LatinTest."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for page in document.pages:
        page.add_resource(document.make_indirect(font), Name.Font, Name.LatinTest)


def with_text(content: str, **options: Any) -> bytes:
    """A PDF with more painted on page 1, in a font named /LatinTest."""

    def change(document: Any) -> None:
        latin(document)
        drawn(content)(document)

    return changed(change, **options)


def test_clean_file_gives_no_finding() -> None:
    result = found(clean_pdf())
    assert result.findings == ()
    assert "现将示例项目" in result.text


def test_title_author_and_keywords_are_named() -> None:
    def change(document: Any) -> None:
        document.docinfo["/Author"] = "梁䶮"
        document.docinfo["/Company"] = "示例公司"

    result = found(changed(change))
    assert codes(result) == {"properties": "整个文件"}
    assert [finding.blocks for finding in result.findings] == [False, False]
    assert "梁䶮" in result.text


def test_xmp_author_is_named() -> None:
    def change(document: Any) -> None:
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = ["梁䶮"]

    result = found(changed(change))
    assert codes(result) == {"properties": "整个文件"}
    assert "梁䶮" in result.text


def revised() -> bytes:
    """A PDF whose first revision shows a number that the second one no longer has."""
    content = "BT /LatinTest 14 Tf 100 150 Td (13912345678) Tj ET"
    before = with_text(content, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(before)) as document:
        last = document.pages[0].obj.Contents[-1].objgen[0]
        size, root = int(document.trailer.Size), document.trailer.Root.objgen[0]
    update = f"{last} 0 obj\n<< /Length 1 >>\nstream\nQ\nendstream\nendobj\n"
    table = len(before) + len(update)
    earlier = int(before[before.rindex(b"startxref") + 9 :].split()[0])
    update += f"xref\n{last} 1\n{len(before):010d} 00000 n \n"
    update += f"trailer\n<< /Size {size} /Root {root} 0 R /Prev {earlier} >>\nstartxref\n{table}\n%%EOF\n"
    return before + update.encode()


def test_old_revision_is_found_with_its_text() -> None:
    result = found(revised())
    assert codes(result) == {"old_revision": "整个文件"}
    assert result.blocks
    assert "13912345678" in result.text


def test_linearized_file_is_no_old_revision() -> None:
    assert found(changed(lambda document: None, linearize=True)).findings == ()


def annotated(subtype: str, page: int = 0, **entries: Any) -> Change:
    def change(document: Any) -> None:
        mark = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=[100, 140, 260, 170], **entries)
        document.pages[page].obj["/Annots"] = Array([document.make_indirect(mark)])

    return change


def test_remark_is_found_on_its_page() -> None:
    result = found(changed(annotated("Text", 1, Contents=String("此处拟不公开")), clean_pdf(2)))
    assert codes(result) == {"annotation": "第2页"}
    assert "此处拟不公开" in result.text


def test_plain_link_is_no_finding_and_its_address_is_text() -> None:
    link = Dictionary(S=Name.URI, URI=String("http://10.0.0.8/inner"))
    result = found(changed(annotated("Link", A=link)))
    assert result.findings == ()
    assert "10.0.0.8" in result.text


def test_form_value_is_found() -> None:
    def change(document: Any) -> None:
        entry = document.make_indirect(Dictionary(FT=Name.Tx, T=String("phone"), V=String("13912345678")))
        document.Root.AcroForm = Dictionary(Fields=Array([entry]))

    result = found(changed(change))
    assert codes(result) == {"form_value": "整个文件"}
    assert "13912345678" in result.text


def test_attachment_is_found_and_read() -> None:
    def change(document: Any) -> None:
        document.attachments["名单.txt"] = pikepdf.AttachedFileSpec(document, "电话13912345678".encode())

    result = found(changed(change))
    assert codes(result) == {"attachment": "整个文件"}
    assert "13912345678" in result.text


@pytest.mark.parametrize(
    "action",
    [
        Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")),
        Dictionary(S=Name.Launch, F=String("a.exe")),
        Dictionary(S=Name.SubmitForm, F=String("http://example.org")),
    ],
    ids=["script", "launch", "submit"],
)
def test_action_is_found(action: Any) -> None:
    def change(document: Any) -> None:
        document.Root.OpenAction = action

    result = found(changed(change))
    assert codes(result) == {"action": "整个文件"}
    assert result.blocks


def test_going_to_a_page_on_opening_is_no_finding() -> None:
    def change(document: Any) -> None:
        document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])

    assert found(changed(change)).findings == ()


def test_hidden_layer_is_found() -> None:
    def change(document: Any) -> None:
        group = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("内部意见")))
        document.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))

    result = found(changed(change))
    assert codes(result) == {"hidden_layer": "整个文件"}
    assert "内部意见" in result.findings[0].message


def test_layer_that_shows_on_a_condition_is_found() -> None:
    def change(document: Any) -> None:
        document.Root.Kept = document.make_indirect(Dictionary(Type=Name.OCMD, P=Name.AllOff))

    assert codes(found(changed(change))) == {"hidden_layer": "整个文件"}


@pytest.mark.parametrize("user", ["secret", ""], ids=["locked", "owner's password only"])
def test_encrypted_file_blocks(user: str) -> None:
    data = changed(lambda document: None, encryption=pikepdf.Encryption(user=user, owner="owner"))
    result = found(data)
    assert codes(result)["encrypted"] == "整个文件"
    assert result.blocks


def test_thumbnail_of_an_old_page_is_found() -> None:
    def change(document: Any) -> None:
        document.pages[0].obj["/Thumb"] = document.make_stream(b"\x00", Width=1, Height=1)

    assert codes(found(changed(change))) == {"embedded": "整个文件"}


def jpeg(image: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", **options)
    return out.getvalue()


def pictured(data: bytes, size: tuple[int, int], box: str = "200 0 0 280 95 100") -> Change:
    """A change that shows a JPEG on page 1."""

    def change(document: Any) -> None:
        image = document.make_stream(
            data, Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1]
        )
        image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceRGB, 8, Name.DCTDecode
        document.pages[0].add_resource(image, Name.XObject, Name.Shown)
        drawn(f"q {box} cm /Shown Do Q")(document)

    return change


def test_picture_needs_a_person_and_its_exif_is_named() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Liang"
    photo = Image.new("RGB", (200, 280), (120, 160, 120))
    plain = found(changed(pictured(jpeg(photo), photo.size)))
    telling = found(changed(pictured(jpeg(photo, exif=exif), photo.size)))
    assert codes(plain) == {"needs_person": "第1页"}
    assert not plain.blocks
    assert codes(telling) == {"exif": "整个文件", "needs_person": "第1页"}


PHOTO = Image.effect_mandelbrot((200, 280), (-2, -1.5, 1, 1.5), 30).convert("RGB")


def photographed(after: str = "", box: str = "200 0 0 280 95 100") -> bytes:
    """A PDF with a picture on page 1 and something painted after it."""

    def change(document: Any) -> None:
        pictured(jpeg(PHOTO), PHOTO.size, box)(document)
        drawn(after)(document)

    return changed(change)
