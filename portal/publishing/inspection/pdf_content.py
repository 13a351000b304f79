"""The drawing operators of a PDF, read and written anew without what a reader does not see."""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from portal.publishing.inspection.findings import Unreadable
from portal.publishing.inspection.pdf_structure import opened

MARKS = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})
SHOWS = frozenset({"Tj", "TJ", "'", '"'})
COLOURS = frozenset({"g", "rg", "k", "sc", "scn"})
# Operators that place and show letters; colours, clips, paths, shadings and graphics states are none.
LETTERING = frozenset(
    {*SHOWS, "BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts", "q", "Q", "cm", "Do"}
)
INVISIBLE = 3
SPOKEN = ("/ActualText", "/Alt", "/E")


def without_marks(data: bytes) -> tuple[bytes, str]:
    """The same document without marked content, and the words that its marks held. Raises Unreadable.

    A mark may give other words (ActualText) for the letters that it stands around. Readers of text take
    those words and not the letters; an inspection needs both.
    """
    words: list[str] = []
    try:
        with opened(data) as document:
            for page in document.pages:
                page.obj["/Contents"] = document.make_stream(_unmarked(page, words))
            for item in document.objects:
                if isinstance(item, pikepdf.Stream) and str(item.get("/Subtype", "")) == "/Form":
                    item.write(_unmarked(item, words))
            out = io.BytesIO()
            document.save(out, encryption=False)
            return out.getvalue(), "\n".join(words)
    except (pikepdf.PdfError, pikepdf.PdfParsingError, RecursionError) as error:
        raise Unreadable("PDF 页面内容无法读取，请用软件重新导出后上传") from error


def letters_alone(data: bytes) -> bytes:
    """The same pages with nothing but their letters, all in black on white, unclipped. Raises Unreadable.

    Beside the page as it shows, this tells where a letter would have ink and has none.
    """
    try:
        with opened(data) as document:
            for page in document.pages:
                page.obj["/Contents"] = document.make_stream(_letters_of(page))
            for item in document.objects:
                if not isinstance(item, pikepdf.Stream):
                    continue
                if str(item.get("/Subtype", "")) == "/Form":
                    item.write(_letters_of(item))
                    item["/BBox"] = pikepdf.Array([-20000, -20000, 20000, 20000])
                    for key in ("/Group", "/OC"):
                        if key in item:
                            del item[key]
                elif str(item.get("/Subtype", "")) == "/Image":
                    _emptied(item)
            out = io.BytesIO()
            document.save(out, encryption=False)
            return out.getvalue()
    except (pikepdf.PdfError, pikepdf.PdfParsingError, RecursionError) as error:
        raise Unreadable("PDF 页面内容无法读取，请用软件重新导出后上传") from error


def _letters_of(holder: Any) -> bytes:
    kept = [step for step in pikepdf.parse_content_stream(holder) if str(step.operator) in LETTERING]
    return pikepdf.unparse_content_stream(kept)


def _emptied(picture: Any) -> None:
    """Make a picture a mask of one point that paints nothing."""
    for key in list(picture.keys()):
        if key not in ("/Type", "/Subtype", "/Length"):
            del picture[key]
    picture.write(b"\x80")
    picture["/Width"] = picture["/Height"] = picture["/BitsPerComponent"] = 1
    picture["/ImageMask"] = True


def _unmarked(holder: Any, words: list[str]) -> bytes:
    kept: list[Any] = []
    for step in pikepdf.parse_content_stream(holder):
        if str(step.operator) not in MARKS:
            kept.append(step)
            continue
        for operand in step.operands:
            if isinstance(operand, pikepdf.Dictionary):
                words += [str(operand[key]) for key in SPOKEN if key in operand]
    return pikepdf.unparse_content_stream(kept)


def without_hidden_text(holder: Any, *, white_too: bool, keep_unpainted: bool = False) -> bytes:
    """The operators of a page or form without marked content and without text in render mode 3.

    `white_too`: also without text in white, wherever it stands. `keep_unpainted`: text in render mode 3
    stays, because it is the words of a scan, read by a machine and laid over it.
    """
    kept: list[Any] = []
    state: list[tuple[int, bool]] = []
    mode, white = 0, False
    for step in pikepdf.parse_content_stream(holder):
        operator = str(step.operator)
        if operator in MARKS:
            continue
        if operator == "q":
            state.append((mode, white))
        elif operator == "Q" and state:
            mode, white = state.pop()
        elif operator == "Tr" and step.operands:
            mode = int(step.operands[0])
        elif operator in COLOURS:
            white = _is_white(operator, list(step.operands))
        unpainted = mode == INVISIBLE and not keep_unpainted
        if operator in SHOWS and (unpainted or (white and white_too)):
            kept += _moved(operator, list(step.operands))
        else:
            kept.append(step)
    return pikepdf.unparse_content_stream(kept)


def _is_white(operator: str, values: list[Any]) -> bool:
    try:
        numbers = [float(value) for value in values]
    except (TypeError, ValueError):
        return False
    if operator == "k" or (operator in ("sc", "scn") and len(numbers) == 4):
        return max(numbers, default=1.0) <= 0.03
    return bool(numbers) and min(numbers) >= 0.97


def _moved(operator: str, values: list[Any]) -> list[Any]:
    """What a left-out operator did beside showing text: going to the next line, setting the spacing."""
    if operator not in ("'", '"'):
        return []
    steps = [pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*"))]
    if operator == '"' and len(values) == 3:
        steps.insert(0, pikepdf.ContentStreamInstruction([values[0]], pikepdf.Operator("Tw")))
        steps.insert(0, pikepdf.ContentStreamInstruction([values[1]], pikepdf.Operator("Tc")))
    return steps
