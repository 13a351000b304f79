#!/bin/sh
# What a good engineer would have guessed: a PDF made by WeasyPrint with a well-known Chinese OpenType font shows the
# same signs in every reader.
#
# What happens with WeasyPrint 70.0: the codes in the page are glyph indices with Identity-H, and the font is embedded
# as it is. Chinese OTF fonts (Noto Serif SC, Source Han, Fandol) are CID-keyed CFF whose CIDs are not their glyph
# indices once the font has been subset; by ISO 32000-1 9.7.4.2 a reader looks the code up in the font's charset as a
# CID. MuPDF (and Ghostscript, veraPDF) do so and draw nothing or another sign; pdfium (and poppler) take the code as
# a glyph index and draw what was meant. The text layer is right in both, so a test that reads text sees nothing.
# Mend: rewrite the charset so that CID = glyph index before WeasyPrint sees the font; then both readers agree.
#
# Needs Pango on the machine (as WeasyPrint always does).
# Exit 0: the behaviour is as told above. Exit 1: it has changed, look again.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2 pymupdf==1.26.7 \
    uharfbuzz==0.57.0 fonttools==4.68.0 numpy pylopdf-fonts-zh-cn==0.1.1
"$here/venv/bin/python" - "$here" <<'PROGRAM'
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pymupdf
import pypdfium2
import uharfbuzz as hb
import weasyprint
from fontTools.ttLib import TTFont
from weasyprint import HTML

FOLDER = Path(sys.argv[1])
TEXT = "玉政公开十二号款梁"


def usual(target):
    """The font's letters of GB 2312 only, as anybody cuts it to a usable size."""
    face = hb.Face(hb.Blob.from_file_path(str(files("pylopdf_fonts_zh_cn") / "NotoSerifSC-Regular.otf")))
    plan = hb.SubsetInput()
    plan.unicode_set.clear()
    plan.unicode_set.update(c for c in face.unicodes if is_gb2312(chr(c)))
    target.write_bytes(hb.subset(face, plan).blob.data)


def is_gb2312(sign):
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def renumber(source, target):
    """The same font with every CID the same as its glyph index."""
    font = TTFont(source, recalcBBoxes=False)
    top = font["CFF "].cff.topDictIndex[0]
    new = [".notdef", *(f"cid{index:05d}" for index in range(1, len(top.charset)))]
    name = dict(zip(top.charset, new))
    font["hmtx"].metrics = {name[key]: value for key, value in font["hmtx"].metrics.items()}
    for tag in ("vmtx", "GSUB", "GPOS", "GDEF", "BASE", "vhea", "VORG"):
        if tag in font:
            del font[tag]
    for table in font["cmap"].tables:
        table.cmap = {code: name[key] for code, key in table.cmap.items()}
    top.CharStrings.charStrings = {name[key]: value for key, value in top.CharStrings.charStrings.items()}
    top.charset = new
    font.setGlyphOrder(new)
    font.save(target)


def letter(font):
    page = f'<style>@font-face {{ font-family: F; src: url("{font.as_uri()}") }} p {{ font: 30px F }}</style><p>{TEXT}</p>'
    return HTML(string=page).write_pdf()


def ink(data):
    """How dark the page is in pdfium and in MuPDF, and the text that each finds."""
    sheet = pypdfium2.PdfDocument(data)[0]
    one = 255 - np.asarray(sheet.render(scale=1).to_pil().convert("L"), dtype=float)
    page = pymupdf.open(stream=data)[0]
    pixels = page.get_pixmap(colorspace=pymupdf.csGRAY)
    two = 255 - np.frombuffer(pixels.samples, dtype=np.uint8).reshape(pixels.height, pixels.width).astype(float)
    height, width = min(one.shape[0], two.shape[0]), min(one.shape[1], two.shape[1])
    if not two.any():
        return one.sum(), two.sum(), 0.0, sheet.get_textpage().get_text_range().strip(), page.get_text().strip()
    same = np.corrcoef(one[:height, :width].ravel(), two[:height, :width].ravel())[0, 1]
    return one.sum(), two.sum(), same, sheet.get_textpage().get_text_range().strip(), page.get_text().strip()


print("weasyprint", weasyprint.__version__, "pymupdf", pymupdf.__version__)
usual(FOLDER / "cut.otf")
renumber(FOLDER / "cut.otf", FOLDER / "renumbered.otf")
found = {}
for name in ("cut", "renumbered"):
    one, two, same, text, other = ink(letter(FOLDER / f"{name}.otf"))
    found[name] = same
    print(f"{name}: ink pdfium {one:.0f}, MuPDF {two:.0f}, pictures alike {same:.2f}, text {text} / {other}")
    assert text == TEXT
sys.exit(0 if found["cut"] < 0.5 and found["renumbered"] > 0.9 else 1)
PROGRAM
