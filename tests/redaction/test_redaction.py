"""What is withheld is gone from the copy: by boxes, words and pages, with every trap that was seen in a trial."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from portal.redaction import Box, CannotRedact, NotProven, Orders, Withheld, Word, find_all, redact, running
from portal.redaction.engine import Made, make
from portal.redaction.making import redact_here
from portal.redaction.proof import prove
from tests.redaction.papers import drawn, letter, raw, texts

pytestmark = pytest.mark.one_engine

PRIVATE = "个人隐私"
NAME, NUMBER = "张鑫", "13987701234"
TEXT = letter(f"联系人{NAME}，电话139-8770-1234。", *["现将示例项目有关情况予以公布。"] * 40)


def here(data: bytes, orders: Orders, **options: Any) -> Any:
    return redact_here(data, orders, machine_reads=False, **options)


def test_find_all_gives_a_place_in_points_for_each_word() -> None:
    data = drawn([[(72, 300, "Call Zhang"), (72, 200, "zhang  again")], [(72, 100, "139 8770-1234")]])
    places = find_all(data, "ZHANG", NUMBER)
    assert [(place.page, place.word) for place in places] == [(1, "ZHANG"), (1, "ZHANG"), (2, NUMBER)]
    left, bottom, right, top = (round(side) for side in places[0].rectangle)
    assert (bottom, top) == (297, 309)
    assert 95 <= left < right <= 136


def test_words_are_gone_and_counted_and_the_rest_stays() -> None:
    made = redact(TEXT, Orders(words=(Word(NAME, PRIVATE), Word(NUMBER, PRIVATE))))
    text = "".join("".join(texts(made.data)).split())
    assert (NAME in text, "鑫" in text, "8770" in text) == (False, False, False)
    assert ("联系人" in text, text.count("现将示例项目有关情况予以公布"), text.count("〔个人隐私〕")) == (
        True,
        40,
        2,
    )
    assert [(row.page, row.ground, row.signs) for row in made.withheld] == [(1, PRIVATE, 2), (1, PRIVATE, 13)]
    assert (made.pictured, made.pages) == ((1,), len(texts(TEXT)))
    assert made.proof.readers in (("pdfium", "poppler"), ("pdfium", "qpdf"))


def test_sign_that_stood_only_under_a_box_leaves_the_shared_font() -> None:
    """The paper's font holds 鑫 once, for page 1; page 2 is only copied and shares it."""
    from portal.redaction.fonts import table_of

    made = here(TEXT, Orders(words=(Word(NAME, PRIVATE),)))
    with pikepdf.open(io.BytesIO(made.data)) as document:
        fonts = [
            item for item in document.objects if isinstance(item, Dictionary) and "/DescendantFonts" in item
        ]
        shared = [font for font in fonts if str(font.BaseFont) != "/Layer"]
        assert shared
        assert [sign for font in shared for sign in table_of(font).values() if sign in NAME] == []
    before, after = (pypdfium2.PdfDocument(data)[1].render(scale=1).to_pil() for data in (TEXT, made.data))
    assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_box_lies_right_on_turned_and_cropped_pages(angle: int) -> None:
    """All of the word's ink is under the hatch: none of the page's other places changes."""
    crop = Array([40, 30, 380, 390])
    data = drawn([[(100, 200, "SECRET"), (100, 100, "open")]], Rotate=angle, CropBox=crop)
    (place,) = find_all(data, "SECRET")
    made = here(data, Orders(boxes=(Box(1, place.rectangle, ""),)))
    assert "SECRET" not in texts(made.data)[0]
    assert "open" in texts(made.data)[0]
    bare = drawn([[(100, 100, "open")]], Rotate=angle, CropBox=crop)
    one, other = (pypdfium2.PdfDocument(part)[0] for part in (bare, made.data))
    assert one.get_size() == pytest.approx(other.get_size(), abs=0.1)
    (left, bottom, right, top), sides = find_all(made.data, "open")[0].rectangle, one.get_size()
    assert (0 <= left < right <= sides[0], 0 <= bottom < top <= sides[1]) == (True, True)


def test_piece_of_one_sign_is_still_read() -> None:
    made = here(
        drawn([[(50, 300, "A"), (150, 300, "B"), (250, 300, "hide")]]), Orders(words=(Word("hide", PRIVATE),))
    )
    assert [sign in texts(made.data)[0] for sign in "AB"] == [True, True]


def test_whole_page_and_drawn_box_stand_in_the_table() -> None:
    data = drawn([[(50, 300, "first page")], [(50, 300, "second page")]])
    made = here(data, Orders(boxes=(Box(1, (45.0, 290.0, 72.0, 315.0), PRIVATE),), pages={2: "商业秘密"}))
    assert [(row.page, row.ground, row.signs, row.whole_page) for row in made.withheld] == [
        (1, PRIVATE, 5, False),
        (2, "商业秘密", 10, True),
    ]
    assert ("first" in texts(made.data)[0], "page" in texts(made.data)[0]) == (False, True)
    assert texts(made.data)[1].strip() == ""


def test_nothing_hidden_comes_along() -> None:
    word = "Wanghidden"

    def change(document: Any) -> None:
        page = document.pages[0].obj
        document.docinfo["/Author"] = word
        document.attachments["a.txt"] = word.encode()
        page.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[9, 9, 30, 30], Contents=String(word))]
        )
        page.PieceInfo = Dictionary(App=Dictionary(Private=String(word)))
        document.Root.AcroForm = Dictionary(Fields=Array([Dictionary(T=String("a"), V=String(word))]))
        document.Root.Outlines = Dictionary(Title=String(word))

    data = drawn(
        [[(50, 300, "open")], [(50, 300, "secret")], [(500, 600, "Wanghidden"), (50, 300, "crop")]], change
    )
    made = redact_here(data, Orders(words=(Word("secret", PRIVATE),)), machine_reads=False)
    assert word.encode() not in raw(made.data)
    assert made.pictured == (2, 3)
    with pikepdf.open(io.BytesIO(made.data)) as document:
        assert sorted(document.Root.keys()) == ["/Lang", "/Pages", "/Type"]


def test_sealed_value_in_the_copy_is_not_released_and_its_place_named() -> None:
    with pytest.raises(NotProven) as refused:
        redact(
            drawn([[(50, 300, "open")], [(50, 300, "id 530402198503120017")]]),
            Orders(sealed=("530402198503120017",)),
        )
    assert refused.value.places[0] == "第2页（pdfium）"
    assert refused.value.sentence.startswith("遮盖后仍能读到应当隐去的内容，副本不予放行：第2页")


def test_without_poppler_the_operators_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    orders = Orders(words=(Word(NAME, PRIVATE),), sealed=("现将示例",))
    with pytest.raises(NotProven) as refused:
        here(TEXT, orders)
    assert refused.value.places[:2] == ("第1页（pdfium）", "第2页（pdfium）")
    assert "第1页（qpdf）" in refused.value.places
    assert here(TEXT, Orders(words=orders.words)).proof.readers == ("pdfium", "qpdf")


def test_proof_finds_a_word_that_was_not_taken_from_the_layer() -> None:
    """The twin that must fail: the same plan beside the untouched file."""
    data = drawn([[(50, 300, "hello secret")]])
    made = make(data, Orders(words=(Word("secret", PRIVATE),)), hidden=frozenset(), font=None)
    with pytest.raises(NotProven):
        prove(Made(data, made.withheld, made.plans, made.pages), Orders(), machine_reads=False)


def test_picture_is_redacted_as_a_page_of_200_dots() -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "red").save(out, "PNG")
    made = here(out.getvalue(), Orders(boxes=(Box(1, (0.0, 0.0, 72.0, 72.0), PRIVATE),)))
    with pypdfium2.PdfDocument(made.data) as document:
        assert document[0].get_size() == pytest.approx((144, 72), abs=0.1)
        left, right = (document[0].render(scale=1).to_pil().getpixel((x, 36)) for x in (30, 120))
    assert left[1] > 80 and right[0] > 200 and right[1] < 60
    assert made.withheld[0].signs == 0


def encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn([[(50, 300, "open")]]))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def many_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(5000):
            document.add_blank_page()
        document.save(out)
    return out.getvalue()


def wide_picture() -> bytes:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    return out.getvalue()


BAD = {
    "encrypted": (encrypted, "加密"),
    "broken": (lambda: b"%PDF-1.7\nnothing", "PDF 已损坏或者无法打开"),
    "5,000 pages": (many_pages, "PDF 页数或者对象过多，请拆分后上传"),
    "30,000 pixels": (wide_picture, "图片像素过大"),
    "no page of that number": (lambda: drawn([[(50, 300, "open")]]), "没有第9页"),
    "a large page": (lambda: drawn([[]], MediaBox=Array([0, 0, 9000, 9000])), "第1页幅面过大"),
    "another kind": (lambda: b"PK\x03\x04", "先转换为 PDF"),
    "empty": (lambda: b"", "文件是空的"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_input_gives_a_sentence(name: str) -> None:
    make_it, sentence = BAD[name]
    page = 1 if name != "no page of that number" else 9
    with pytest.raises(CannotRedact, match=sentence):
        redact(make_it(), Orders(boxes=(Box(page, (1.0, 1.0, 9.0, 9.0), PRIVATE),)))


def test_page_without_text_is_redacted() -> None:
    made = here(drawn([[]]), Orders(boxes=(Box(1, (10.0, 10.0, 90.0, 90.0), PRIVATE),)))
    assert made.withheld == (Withheld(1, PRIVATE, 0, (9.0, 9.0, 91.0, 91.0)),)


def test_label_of_the_ground_is_printed(tmp_path: Path) -> None:
    from django.conf import settings

    font = Path(settings.PORTAL_FONT_DIR) / "hei.otf"
    if not font.is_file():
        pytest.skip("no fonts here: run make setup")
    orders = Orders(boxes=(Box(1, (50.0, 50.0, 350.0, 150.0), PRIVATE),))
    dark = []
    for face in (None, font):
        with pypdfium2.PdfDocument(here(drawn([[]]), orders, font=face).data) as document:
            middle = document[0].render(scale=2).to_pil().convert("L").crop((360, 570, 440, 630))
        dark.append(sum(middle.histogram()[:60]))
    assert dark[0] == 0 and dark[1] > 50


def test_child_that_reads_a_strangers_file_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_FIELD_KEYS", "secret")
    given: list[set[str]] = []

    def run(arguments: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        given.append(set(options["env"]))
        return subprocess.CompletedProcess(arguments, 0, b"", b"")

    monkeypatch.setattr(running.subprocess, "run", run)
    with pytest.raises(CannotRedact):
        redact(b"%PDF-1.7", Orders())
    (names,) = given
    assert names <= {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}
