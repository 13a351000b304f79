"""The same paper as an editable Word file, for offices that stamp on paper. The PDF stays the master.

The words are taken from the very page that the PDF is made of, so the two cannot differ.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from docxtpl import DocxTemplate
from lxml import html as lxml_html

from portal.core.wording import cn_date
from portal.documents.kinds import kind_of
from portal.documents.models import OfficialDocument
from portal.documents.render.heads import split_head
from portal.documents.render.pages import page_for

TEMPLATE = Path(__file__).with_name("letter.docx")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LEFT_OUT = frozenset({"issuer", "number", "addressee", "mark"})


def docx_of(document: OfficialDocument) -> bytes:
    """The paper as DOCX, made anew at each call; the verification code is in it as text."""
    template = DocxTemplate(TEMPLATE)
    template.render(
        {
            "unit": document.unit.name,
            "title": kind_of(document.kind).title,
            "number": document.number,
            "addressee": f"{document.addressee}：" if document.addressee and document.number else "",
            "blocks": blocks(page_for(document)),
            "date": cn_date(document.issued_on),
            "contact": contact_line(document),
            "code": document.verify_code,
        },
        autoescape=True,
    )
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def blocks(page: str) -> list[dict[str, Any]]:
    """The page's body in order: {"level", "head", "text"} and {"level": None, "rows": cells of text}.

    Level 1 and 2 are numbered heads (黑体, 楷体) with the text that runs on behind; level 0 has no head.
    """
    body = lxml_html.document_fromstring(page).find("body")
    found: list[dict[str, Any]] = []
    for node in body.iter("p", "h2", "h3", "table"):
        if _inside(node, "table", "verify", "sign", "foot") or LEFT_OUT & set(node.get("class", "").split()):
            continue
        if node.tag == "table":
            rows = [[_words(cell) for cell in row.iter("th", "td")] for row in node.iter("tr")]
            found.append({"level": None, "rows": rows})
        elif words := _words(node):
            level, head, rest = split_head(words) if node.tag == "p" else (int(node.tag[1]) - 1, words, "")
            found.append({"level": level, "head": head, "text": rest})
    return found


def contact_line(document: OfficialDocument) -> str:
    """How the unit could be reached on the day of issue, in one line."""
    return render_to_string("documents/contact.html", {"contact": document.issuer.get("contact", {})}).strip()


def _inside(node: Any, *names: str) -> bool:
    return any(
        parent.tag in names or set(names) & set(parent.get("class", "").split())
        for parent in node.iterancestors()
        if isinstance(parent.tag, str)
    )


def _words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())
