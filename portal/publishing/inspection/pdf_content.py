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


def without_hidden_text(holder: Any, *, white_too: bool) -> bytes:
    """The operators of a page or form without marked content and without text in render mode 3.

    `white_too`: also without text in white, wherever it stands.
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
        if operator in SHOWS and (mode == INVISIBLE or (white and white_too)):
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
