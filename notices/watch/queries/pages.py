"""Is the page that readers get the one that was published? Words, links, scripts and files, wherever they stand on it."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from lxml import etree, html

from notices import rules
from notices.models import ArticleVersion
from notices.watch.choices import Tampering
from notices.watch.queries.tampering import Difference
from portal.cases.models import CaseEvent
from portal.publishing.actions import digest_of

ADDRESSES = ("href", "src", "srcset", "action", "formaction", "data", "poster", "content")
HIDDEN = ("script", "style", "noscript", "template")
# A page may lie in front caches for a minute and be handed out for two more while it is renewed (portal.web.caching).
CACHED = timedelta(minutes=5)
HALF = 0.5


def changed_lately(now: datetime) -> bool:
    """True if something public changed a short time ago: front caches may still hand out the page of before."""
    since = now - CACHED
    versions = ArticleVersion.objects.filter(publish_at__gt=since, publish_at__lte=now)
    kinds = ("publish_item", "publish_urgently", "set_validity", "withdraw_item")
    return versions.exists() or CaseEvent.objects.filter(kind__in=kinds, at__gt=since, at__lte=now).exists()


def traits_of(page: bytes) -> Counter[str]:
    """Everything that a page shows or calls: its words, its addresses, its scripts, how often each; nothing for no page."""
    found: Counter[str] = Counter()
    tree = _tree(page)
    for element in tree.iter() if tree is not None else ():
        if not isinstance(element.tag, str):
            _add(found, "words", element.tail)
            continue
        kind = "code" if element.tag in HIDDEN else "words"
        _add(found, kind, element.text)
        _add(found, "words", element.tail)
        for name, value in element.attrib.items():
            if name in ADDRESSES or name.startswith("on") or name in ("style", "http-equiv"):
                _add(found, f"{element.tag}@{name}", value)
        if element.tag in ("iframe", "object", "embed", "base", "form"):
            found[f"<{element.tag}>"] += 1
    return found


def _tree(page: bytes) -> Any:
    """The page as a tree; None for what is no page at all."""
    try:
        return html.document_fromstring(page) if page.strip() else None
    except (etree.ParserError, ValueError):
        return None


def _add(found: Counter[str], kind: str, text: str | None) -> None:
    bare = "".join((text or "").split())
    if bare:
        found[f"{kind}:{bare}"] += 1


def _bare(text: str) -> str:
    return "".join(text.split())


def page_difference(version: ArticleVersion, page: bytes, own: bytes | None = None) -> Difference | None:
    """Does the page, as a reader gets it, say what was published, and nothing beside it? None if it does.

    The words and the title are compared with the version; with `own`, the page as this portal makes it, all that stands
    around them too.
    """
    wanted = _bare("".join(block.text for block in rules.blocks_of(version.body) if block.kind != "picture"))
    tree = _tree(page)
    shown = tree.xpath("//*[@data-words]") if tree is not None else []
    heads = tree.xpath("//article//h1") if tree is not None else []
    text = _bare(shown[0].text_content()) if shown else ""
    title = _bare(heads[0].text_content()) if heads else ""
    same_words = text == wanted and title == _bare(version.title)
    if same_words and (own is None or traits_of(page) == traits_of(own)):
        return None
    expected = digest_of(_bare(version.title), wanted) if own is None or not same_words else _digest(own)
    return Difference(
        f"page:{version.public_id}",
        Tampering.PAGE,
        version.title,
        version.article_id,
        expected=expected,
        found=digest_of(title, text) if not same_words else _digest(page),
    )


def _digest(page: bytes) -> str:
    found = traits_of(page)
    return digest_of(*(f"{name}={found[name]}" for name in sorted(found)))


def file_difference(version: ArticleVersion, entry: dict[str, Any], data: bytes) -> Difference | None:
    """Are these the bytes of the file that was published? None if they are."""
    digest = hashlib.sha256(data).hexdigest()
    if digest == entry["sha256"]:
        return None
    title = f"{version.title}：{entry['name']}"
    return Difference(
        f"file:{entry['id']}",
        Tampering.FILE,
        title,
        version.article_id,
        expected=entry["sha256"],
        found=digest,
    )


def home_difference(page: bytes, own: bytes, before: bytes | None = None) -> Difference | None:
    """Is this our home page? None if it is: that of now, that of the round before, or one of between.

    Without a page of the round before, what changed meanwhile is not known: then half of it must be ours, and nothing on it
    may call anything that is not.
    """
    shown, now = traits_of(page), traits_of(own)
    then = traits_of(before) if before is not None else now
    foreign, missing = set(shown) - set(now) - set(then), (set(now) & set(then)) - set(shown)
    called = {name for name in foreign if not name.startswith("words:") and not _is_own_address(name)}
    strict = before is not None and (foreign or missing)
    if not (strict or called or len(set(shown) & set(now)) < HALF * len(now)):
        return None
    return Difference(
        "home:/", Tampering.HOME, "首页", expected=_digest(own), found=_digest(page) if page.strip() else ""
    )


def _is_own_address(name: str) -> bool:
    """True for a link to one of our own pages, as new items bring with them."""
    tag, _, rest = name.partition("@")
    value = rest.partition(":")[2]
    return tag == "a" and rest.startswith("href:") and value.startswith("/") and not value.startswith("//")
