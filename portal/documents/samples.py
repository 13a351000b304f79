"""Sample papers: fixed facts, a fixed unit and day, a name with a rare character."""

from __future__ import annotations

from datetime import date

from portal.documents.kinds import DocumentKind
from portal.documents.render.pages import page

UNIT = "玉溪市人民政府办公室"
SERIES_WORD = "玉政办公开"
CONTACT = {"address": "云南省玉溪市红塔区", "postcode": "653100", "phone": "0877-12345"}
ISSUED_ON = date(2026, 3, 16)
CODE = "ABCDEFGHJKLM"


def sample_page(kind: DocumentKind) -> str:
    """The HTML of a kind's sample."""
    number = f"{SERIES_WORD}〔2026〕12号" if kind.numbered else ""
    return page(
        kind,
        facts={"you": "您", **kind.sample},
        number=number,
        addressee=kind.addressee if kind.numbered else "",
        unit=UNIT,
        contact=CONTACT,
        issued_on=ISSUED_ON,
        verify_code=CODE,
    )
