"""A document as an HTML page: our template, the facts as plain text only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.urls import reverse

from portal.core.numbering import grouped
from portal.core.wording import YOU_EITHER_WAY
from portal.documents.kinds import DocumentKind, kind_of
from portal.documents.models import OfficialDocument
from portal.documents.render.heads import with_heads

MOST_TEXT = 40_000
QR_MODULE = 4
# Address, postcode and telephone that fit one line of small print under the sign-off; longer ones are a paragraph.
LONGEST_CONTACT = 34


def page_for(document: OfficialDocument, *, mark: str = "") -> str:
    """The page of an issued document; a mark says that it is a later rendering."""
    return page(
        kind_of(document.kind),
        facts=document.facts,
        number=document.number,
        addressee=document.addressee,
        unit=document.issuer.get("name", document.unit.name),
        contact=document.issuer.get("contact", contact_of(document.unit)),
        issued_on=document.issued_on,
        verify_code=document.verify_code,
        mark=mark,
    )


def contact_of(unit: Any) -> dict[str, str]:
    """How the unit can be reached, as printed at a letter's end."""
    return {
        "address": unit.address,
        "postcode": unit.postcode,
        "phone": unit.phone or settings.PORTAL_CONTACT_PHONE,
    }


@lru_cache(maxsize=128)
def template_digest(kind: DocumentKind) -> str:
    """SHA-256 over a kind's own template, the letter it stands in and the stylesheet."""
    whole = hashlib.sha256()
    for name in (f"{kind.template}.html", "letter.html"):
        source = get_template(f"documents/{name}").template.source  # type: ignore[attr-defined]  # Django's own engine
        whole.update(source.encode())
    whole.update(Path(__file__).with_name("letter.css").read_bytes())
    return whole.hexdigest()


def qr(address: str) -> str:
    """An address as a QR picture for a page, as a data URI."""
    uri: str = segno.make(address, error="m", micro=False).png_data_uri(scale=QR_MODULE, border=0)
    return uri


def page(
    kind: DocumentKind,
    *,
    facts: Mapping[str, Any],
    number: str,
    addressee: str,
    unit: str,
    contact: Mapping[str, str],
    issued_on: date,
    verify_code: str,
    mark: str = "",
) -> str:
    """The HTML of a document. Raises ValueError if the facts are longer than a letter may be."""
    if sum(len(str(value)) for value in facts.values()) > MOST_TEXT:
        raise ValueError("the facts are too long for one document")
    path = reverse("verify_code", args=[verify_code]) if verify_code else reverse("verify")
    address = settings.SITE_URL + path
    html: str = render_to_string(
        f"documents/{kind.template}.html",
        {
            "kind": kind,
            "f": facts,
            "number": number,
            "addressee": addressee,
            "unit": unit,
            "you": facts.get("you", YOU_EITHER_WAY),
            "contact": contact,
            "contact_is_long": sum(map(len, contact.values())) > LONGEST_CONTACT,
            "issued_on": issued_on,
            "verify_code": grouped(verify_code),
            "verify_address": settings.SITE_URL.removeprefix("https://").removeprefix("http://")
            + reverse("verify"),
            "qr": qr(address),
        },
    )
    if mark:
        html = re.sub(r"(<body\b[^>]*>)", rf'\1<p class="mark">{escape(mark)}</p>', html, count=1)
    return with_heads(html)
