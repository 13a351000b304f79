"""Is what is shown what was published? Recomputed from the words themselves, compared with the chained event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import html

from notices import rules
from notices.models import ArticleVersion
from notices.queries import words_digest
from notices.watch.choices import Tampering
from portal.cases.models import CaseEvent
from portal.publishing.actions import digest_of
from portal.publishing.choices import ReleaseState
from portal.publishing.models import Release

PUBLISHED = ("publish_item", "publish_urgently")
CHUNK = 500


@dataclass(frozen=True)
class Difference:
    """Something shown that is not what was published."""

    key: str
    sort: str
    title: str
    article_id: int | None = None
    release_id: int | None = None
    expected: str = ""
    found: str = ""


def differences(now: datetime) -> Iterator[Difference]:
    """Every published version and every public copy whose words differ from what was published or cleared.

    An event without its version, and a version without its event, are differences too.
    """
    expected: dict[tuple[int, int], tuple[str, bool]] = {}
    events: Any = CaseEvent.objects.filter(kind__in=PUBLISHED).values_list("case_id", "facts")
    for case_id, facts in events.iterator(chunk_size=CHUNK):
        words = facts.get("words_sha256", "")
        expected[case_id, facts["version"]] = (words or facts["sha256"], bool(words))
    rows: Any = ArticleVersion.objects.order_by("pk")
    for version in rows.iterator(chunk_size=CHUNK):
        key, told = f"version:{version.public_id}", expected.pop((version.article_id, version.number), None)
        if told is None:
            yield Difference(key, Tampering.UNKNOWN, version.title, version.article_id)
            continue
        digest, of_words = told
        found = words_digest(version) if of_words else version.sha256
        if found != digest:
            yield Difference(
                key, Tampering.WORDS, version.title, version.article_id, expected=digest, found=found
            )
    for (case_id, number), (digest, _) in expected.items():
        yield Difference(
            f"event:{case_id}:{number}", Tampering.MISSING, f"第{number}版", case_id, expected=digest
        )
    releases: Any = Release.objects.filter(state=ReleaseState.PUBLISHED, published_at__lte=now).order_by("pk")
    for release in releases.iterator(chunk_size=CHUNK):
        found = digest_of(release.title, release.question, release.answer)
        if found != release.content_sha256:
            yield Difference(
                f"release:{release.public_id}",
                Tampering.RELEASE,
                release.title,
                release_id=release.pk,
                expected=release.content_sha256,
                found=found,
            )


def _bare(text: str) -> str:
    return "".join(text.split())


def page_difference(version: ArticleVersion, page: bytes) -> Difference | None:
    """Does the page, as a reader gets it, say what was published? None if it does.

    Pictures, and everything that the page adds around the words, are left out.
    """
    wanted = _bare("".join(block.text for block in rules.blocks_of(version.body) if block.kind != "picture"))
    tree: Any = html.document_fromstring(page) if page.strip() else None
    shown = tree.xpath("//*[@data-words]") if tree is not None else []
    heads = tree.xpath("//article//h1") if tree is not None else []
    text = _bare(shown[0].text_content()) if shown else ""
    title = _bare(heads[0].text_content()) if heads else ""
    if text == wanted and title == _bare(version.title):
        return None
    return Difference(
        f"page:{version.public_id}",
        Tampering.PAGE,
        version.title,
        version.article_id,
        expected=digest_of(_bare(version.title), wanted),
        found=digest_of(title, text),
    )
