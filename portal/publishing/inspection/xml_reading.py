"""XML from strangers: no entities, no network, no document type, bounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

MOST_BYTES = 100 * 1024 * 1024
_TOO_LONG = 100_000


def parsed(data: bytes) -> Any:
    """The root element. Raises ValueError if it is not well-formed, has a document type or is too large."""
    if len(data) > MOST_BYTES or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("not plain XML")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("not well-formed") from error
    if root is None or root.getroottree().docinfo.doctype:
        raise ValueError("not plain XML")
    return root


def local(element: Any) -> str:
    """An element's or attribute's name without its namespace; "" for a comment or an instruction."""
    name = element if isinstance(element, str) else element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def texts_by_name(root: Any) -> Iterator[tuple[frozenset[str], str]]:
    """Each text and attribute once, with the names of all elements that it stands in."""
    for element in root.iter():
        if not local(element):
            continue
        names = frozenset(local(owner) for owner in (element, *element.iterancestors()))
        words = (element.text or "").strip()[:_TOO_LONG]
        if words:
            yield names, words
        for name, value in element.attrib.items():
            if value.strip() and local(name) != "about":
                yield names | {local(name)}, value[:_TOO_LONG]
