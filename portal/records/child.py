"""The process that opens a stranger's file to look at it: limits first, then one answer.

Frames as in portal.redaction.child. Modes in the head: "look" (pages, and if there are words), "pages" (pictures of a
range of pages with their words and places), "pdf" (a picture as a PDF of one page), "left" (how much of given places is not withheld).
"""

from __future__ import annotations

import ctypes
import io
import sys
from typing import Any

from portal.jobs.children import answers, bound

MEMORY = 2 * 1024**3
CPU_SECONDS = 40
LONGEST_SIDE = 1400
MOST_SIGNS = 20_000
FEW_SIGNS = 8


def main() -> None:
    """Read a job from standard input, write its answer to standard output."""
    from portal.redaction.child import frame, unframe

    bound(MEMORY, CPU_SECONDS)
    out = answers()
    head, data = unframe(sys.stdin.buffer.read())
    told, body = answer(head, data)
    out.write(frame(told, body))
    out.flush()


def answer(head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the mode asks for; a file that cannot be opened gives a sentence."""
    import pikepdf
    import pypdfium2

    from portal.publishing.inspection.findings import Unreadable
    from portal.redaction.orders import CannotRedact

    try:
        return MODES[head["mode"]](head, data)
    except (CannotRedact, Unreadable) as error:
        return {"sentence": error.sentence}, b""
    except pikepdf.PasswordError:
        return {"sentence": "PDF 设有密码，请去除密码后上传"}, b""
    except (pikepdf.PdfError, pypdfium2.PdfiumError, RecursionError, MemoryError, ValueError):
        return {"sentence": "文件已损坏或者过于复杂，请用软件重新导出后上传"}, b""


def _look(head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """How many pages there are, and if a page of the first few has words."""
    import pypdfium2

    from portal.publishing.inspection.pdf_structure import opened

    with opened(data) as source:
        if source.is_encrypted:
            return {"sentence": "PDF 设有密码，请去除密码后上传"}, b""
    signs = 0
    with pypdfium2.PdfDocument(data) as document:
        count = len(document)
        for number in range(min(count, 5)):
            words = document[number].get_textpage()
            signs += len(words.get_text_range().strip())
            words.close()
    return {"pages": count, "has_words": signs >= FEW_SIGNS}, b""


def _pages(head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Pages `first` to `last` as JPEG pictures one after the other, with sizes, words and places."""
    import pypdfium2

    rows, pictures = [], []
    with pypdfium2.PdfDocument(data) as document:
        for number in range(head["first"], min(head["last"], len(document)) + 1):
            page = document[number - 1]
            longest = max(page.get_width(), page.get_height(), 1.0)
            image = page.render(scale=min(4.0, LONGEST_SIDE / longest), draw_annots=False).to_pil()
            packed = io.BytesIO()
            image.convert("RGB").save(packed, "JPEG", quality=80)
            words = page.get_textpage()
            text = words.get_text_range()[:MOST_SIGNS]
            words.close()
            rows.append(
                {
                    "number": number,
                    "width": image.width,
                    "height": image.height,
                    "space": space_of(page),
                    "text": text,
                    "size": packed.tell(),
                }
            )
            pictures.append(packed.getvalue())
            page.close()
    return {"rows": rows}, b"".join(pictures)


def space_of(page: Any) -> list[float]:
    """Where the picture's corner is, and the ways along its upper and left side, in the page's own points."""
    import pypdfium2.raw as pdfium

    side = 100_000
    found = []
    for across, down in ((0, 0), (side, 0), (0, side)):
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDF_DeviceToPage(page, 0, 0, side, side, 0, across, down, x, y)
        found.append((x.value, y.value))
    (ox, oy), (rx, ry), (dx, dy) = found
    return [round(value, 3) for value in (ox, oy, rx - ox, ry - oy, dx - ox, dy - oy)]


def _pdf(head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from portal.redaction.making import pdf_of

    return {"pages": 1}, pdf_of(data)


def _left(head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from portal.records.comparing import left_of

    return {"rows": left_of(data, head["places"], head["marks"])}, b""


MODES = {"look": _look, "pages": _pages, "pdf": _pdf, "left": _left}

if __name__ == "__main__":
    main()
