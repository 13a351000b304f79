"""Marked-up parts: as words for the letter, and as markup that can do nothing for the page of the original."""

from __future__ import annotations

import re

import nh3
from lxml import html as lxml_html
from lxml.etree import LxmlError

from portal.postbox.reader.heads import UNSEEN

DROPPED = ("script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg")
BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "pre", "table", "hr")
SPACED = ("td", "th")
QUOTE = "> "
# Nothing that fetches, runs, posts or hides: no links, no pictures from elsewhere, no styles, no classes.
TAGS = {
    "p",
    "br",
    "div",
    "span",
    "b",
    "i",
    "u",
    "s",
    "em",
    "strong",
    "small",
    "sub",
    "sup",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "code",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
}
ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
GONE = {"script", "style", "title", "template", "noscript", "object", "iframe", "svg", "math", "head"}


def words_of(markup: str) -> str:
    """The words of a marked-up part, quotations with "> " before each line; nothing of it is ever markup again."""
    try:
        root = lxml_html.document_fromstring(_without_declaration(markup) or "<p></p>")
    except (LxmlError, ValueError):
        return _bare(markup)
    for node in list(root.iter(*DROPPED)):
        node.drop_tree()
    for picture in root.iter("img"):
        picture.tail = picture.tail or ""
    _mark_quotations(root)
    for node in root.iter(*BLOCKS):
        node.tail = "\n" + (node.tail or "")
    for node in root.iter(*SPACED):
        node.tail = " " + (node.tail or "")
    # libxml2 drops what is nested deeper than it follows; then the words are what is not between angle brackets.
    return tidy(_with_quotations(root.text_content())) or _bare(markup)


def _bare(markup: str) -> str:
    gone = re.sub(r"(?is)<(script|style|title|head)\b.{0,100000}?</\1>", " ", markup)
    return tidy(re.sub(r"<[^<>]{0,2000}>", " ", gone))


OPENED, CLOSED = "\ue000", "\ue001"


def _without_declaration(markup: str) -> str:
    """lxml refuses text that names its own charset."""
    return re.sub(
        r"^\s*<\?xml[^>]{0,200}\?>", "", markup.replace("\x00", "").replace(OPENED, "").replace(CLOSED, "")
    )


def _mark_quotations(root: lxml_html.HtmlElement) -> None:
    for node in root.iter("blockquote"):
        node.text = f"\n{OPENED}{node.text or ''}"
        if len(node):
            node[-1].tail = f"{node[-1].tail or ''}{CLOSED}\n"
        else:
            node.text += f"{CLOSED}\n"


def _with_quotations(text: str) -> str:
    """Lines inside a quotation begin with the usual sign."""
    depth, lines = 0, []
    for line in text.split("\n"):
        inside = depth or (OPENED in line)
        depth += line.count(OPENED) - line.count(CLOSED)
        bare = line.replace(OPENED, "").replace(CLOSED, "")
        lines.append(f"{QUOTE}{bare.strip()}" if inside and bare.strip() else bare)
    return "\n".join(lines)


def tidy(text: str) -> str:
    """Plain lines: no control signs, no more than one empty line at a time."""
    even = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    lines = [UNSEEN.sub(" ", line).strip() for line in even.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def harmless(markup: str) -> str:
    """The markup with what may be shown: words and their order, no address is opened and nothing runs."""
    return nh3.clean(markup, tags=TAGS, attributes=ATTRIBUTES, clean_content_tags=GONE, link_rel=None)
