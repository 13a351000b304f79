"""What is published is made anew: free of every finding but "needs_person", and it still shows the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops, ImageStat

from portal.publishing.inspection import CannotRegenerate, Regenerated, inspect, regenerate
from portal.publishing.inspection.inspecting import JPEG, PDF, PNG
from portal.publishing.inspection.pdf_pages import small_pictures
from tests.unit import test_inspection_office as office
from tests.unit import test_inspection_pdf as papers

SECRET = "13912345678"


def made(data: bytes, media_type: str, name: str = "附件.bin") -> Regenerated:
    return regenerate(data, media_type=media_type, name=name, title="关于示例的公告")


def kinds(result: Regenerated) -> set[str]:
    found = inspect(result.data, media_type=result.media_type, name=result.name).findings
    return {finding.code for finding in found}


def words(result: Regenerated) -> str:
    return inspect(result.data, media_type=result.media_type, name=result.name).text


def laden(document: Any) -> None:
    """Everything at once that a rebuilt PDF must not have any more."""
    papers.latin(document)
    papers.drawn(f"BT 3 Tr /LatinTest 14 Tf 100 150 Td ({SECRET}) Tj ET")(document)
    papers.annotated("Text", Contents=String(SECRET))(document)
    document.docinfo["/Author"] = SECRET
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [SECRET]
    document.attachments["名单.txt"] = pikepdf.AttachedFileSpec(document, SECRET.encode())
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(SECRET))
    entry = document.make_indirect(Dictionary(FT=Name.Tx, T=String("phone"), V=String(SECRET)))
    document.Root.AcroForm = Dictionary(Fields=Array([entry]))
    document.pages[0].obj["/PieceInfo"] = Dictionary(Old=document.make_stream(SECRET.encode()))


def test_laden_pdf_comes_out_bare_and_looks_the_same() -> None:
    before = papers.changed(laden)
    result = made(before, PDF, "公告.pdf")
    assert (result.media_type, result.name) == (PDF, "公告.pdf")
    assert kinds(result) == set()
    assert "现将示例项目" in words(result)
    assert SECRET not in words(result)
    with pikepdf.open(io.BytesIO(result.data)) as document:
        assert dict(document.docinfo) == {"/Title": "关于示例的公告"}
        assert set(document.Root.keys()) == {"/Type", "/Pages", "/Lang", "/ViewerPreferences"}
        streams = [item for item in document.objects if isinstance(item, pikepdf.Stream)]
        assert not any(SECRET.encode() in item.read_bytes() for item in streams)
    (old,), (new,) = small_pictures(before, 600), small_pictures(result.data, 600)
    assert ImageChops.difference(old, new).getextrema()[1] < 40


def test_old_revision_is_gone() -> None:
    result = made(papers.revised(), PDF)
    assert kinds(result) == set()
    assert SECRET not in words(result)


def test_white_text_is_left_out_and_white_on_blue_stays() -> None:
    white = f"1 g BT /LatinTest 14 Tf 100 150 Td ({SECRET}) Tj ET"
    blue = "0.2 0.4 0.8 rg 95 245 150 24 re f 1 g BT /LatinTest 14 Tf 100 250 Td (white on blue) Tj ET"
    bare = made(papers.with_text(white), PDF)
    assert kinds(bare) == set()
    assert SECRET not in words(bare)
    assert "white on blue" in words(made(papers.with_text(blue), PDF))
    with pytest.raises(CannotRegenerate, match="与原来不同"):
        made(papers.with_text(f"{white} {blue}"), PDF)


def test_same_file_is_regenerated_to_the_same_bytes() -> None:
    data = papers.changed(laden)
    assert made(data, PDF).data == made(data, PDF).data


def test_exif_inside_a_pdf_is_gone() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Zhao"
    photo = Image.effect_mandelbrot((200, 280), (-2, -1.5, 1, 1.5), 30).convert("RGB")
    data = papers.changed(papers.pictured(papers.jpeg(photo, exif=exif), photo.size))
    result = made(data, PDF)
    assert kinds(result) == {"needs_person"}
    with pikepdf.open(io.BytesIO(result.data)) as document:
        (image,) = (
            item for item in document.objects if isinstance(item, pikepdf.Stream) and "/Width" in item
        )
        assert b"Zhao" not in image.read_raw_bytes()


@pytest.mark.parametrize("after", ["0 g 120 200 80 20 re f", "1 0 0 rg 95 100 100 280 re f"])
def test_picture_under_a_box_loses_what_is_under_it(after: str) -> None:
    before = papers.photographed(after)
    result = made(before, PDF)
    assert kinds(result) == {"needs_person"}
    with pikepdf.open(io.BytesIO(result.data)) as document:
        images = [item for item in document.objects if isinstance(item, pikepdf.Stream) and "/Width" in item]
        assert [int(image.Height) for image in images] == [2339]
    (old,), (new,) = small_pictures(before, 400), small_pictures(result.data, 400)
    assert ImageStat.Stat(ImageChops.difference(old, new)).mean[0] < 2


def inked(document: Any) -> None:
    papers.pictured(papers.jpeg(papers.PHOTO), papers.PHOTO.size)(document)
    papers.annotated("Ink", InkList=Array([Array([110, 150, 250, 160])]))(document)


def redaction(document: Any) -> None:
    papers.latin(document)
    papers.drawn(f"BT /LatinTest 14 Tf 110 150 Td ({SECRET}) Tj ET")(document)
    papers.annotated("Square", IC=Array([0, 0, 0]), C=Array([0, 0, 0]))(document)


def layered(document: Any) -> None:
    group = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("内部意见")))
    document.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda: papers.with_text(
                f"BT /LatinTest 14 Tf 100 150 Td ({SECRET}) Tj ET 0 g 95 145 150 24 re f"
            ),
            "第1页：色块或者图片下面还有11个字，复制即可看到。请在原文件中删去这些文字后重新导出，不要只是盖住",
        ),
        (
            lambda: papers.changed(redaction),
            "第1页：色块或者图片下面还有11个字，复制即可看到。请在原文件中删去这些文字后重新导出，不要只是盖住",
        ),
        (
            lambda: papers.changed(inked),
            "第1页：有图片被批注盖住，去掉批注就会露出来。请先在图片上涂去要隐去的部分，再重新制作文件",
        ),
        (
            lambda: papers.changed(layered),
            "文件中有隐藏的图层“内部意见”，重新生成会使其显示。请在原文件中删去后重新导出",
        ),
        (
            lambda: papers.changed(lambda document: None, encryption=pikepdf.Encryption(user="a", owner="b")),
            "PDF 已加密，无法检查，请去除密码后上传",
        ),
    ],
    ids=["box", "square remark", "ink over a picture", "layer", "locked"],
)
def test_pdf_that_would_show_what_is_hidden_is_refused(make: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(CannotRegenerate) as refused:
        made(make(), PDF)
    assert refused.value.sentence == sentence


def test_photograph_loses_its_data_and_keeps_its_way_up() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (24.0, 21.0, 0.0)}
    for form, media_type in (("JPEG", JPEG), ("PNG", PNG)):
        result = made(office.picture(form, exif=exif), media_type, "照片.jpg")
        assert kinds(result) == {"needs_person"}
        assert result.name == "照片.jpg"
        with Image.open(io.BytesIO(result.data)) as image:
            assert image.size == (40, 60)
            assert not image.getexif()


def test_unknown_type_is_refused() -> None:
    with pytest.raises(CannotRegenerate):
        made(b"GIF89a", "image/gif")
