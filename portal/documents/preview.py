"""A paper as it will be, before it is issued: drawn without number and code, kept nowhere but in this process for a while."""

from __future__ import annotations

import hashlib
import io
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

import pypdfium2

from portal.documents.kinds import kind_of
from portal.documents.render.pages import contact_of, page
from portal.documents.render.worker import render_pdf
from portal.units.models import Unit

MARK = "预览稿：尚未编号、签发，没有效力"
WIDTH = 1000
MOST_PAGES = 30
KEPT = 8
_kept: OrderedDict[str, list[bytes]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Draft:
    """What a paper would say; the addressee as the reader may see it."""

    kind: str
    facts: Mapping[str, Any]
    unit: Unit
    addressee: str
    on: date


def pictures(draft: Draft) -> list[bytes]:
    """The pages as JPEG pictures; drawn once for the same words. Raises RenderFailed or RenderTimeout."""
    html = page(
        kind_of(draft.kind),
        facts=draft.facts,
        number="",
        addressee=draft.addressee,
        unit=draft.unit.name,
        contact=contact_of(draft.unit),
        issued_on=draft.on,
        verify_code="",
        mark=MARK,
    )
    key = hashlib.sha256(html.encode()).hexdigest()
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    drawn = _draw(render_pdf(html))
    with _lock:
        _kept[key] = drawn
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return drawn


def _draw(pdf: bytes) -> list[bytes]:
    found = []
    with _lock, pypdfium2.PdfDocument(pdf) as document:
        for number in range(min(len(document), MOST_PAGES)):
            sheet = document[number]
            image = sheet.render(scale=WIDTH / max(sheet.get_width(), 1.0)).to_pil()
            packed = io.BytesIO()
            image.convert("L").save(packed, "JPEG", quality=75)
            found.append(packed.getvalue())
            sheet.close()
    return found
