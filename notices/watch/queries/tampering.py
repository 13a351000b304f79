"""Is what is kept for everyone what was published? Recomputed from the rows, compared with the chained events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from notices.choices import KIND, Validity
from notices.models import Article, ArticleVersion
from notices.queries import shown_digest, words_digest
from notices.watch.choices import Tampering
from portal.cases.models import CaseEvent
from portal.files import vault
from portal.publishing.actions import digest_of
from portal.publishing.choices import ReleaseState
from portal.publishing.models import FileCheck, Release

PUBLISHED = ("publish_item", "publish_urgently")
COPIES = ("release", "retract_release")
TOLD = (*PUBLISHED, "set_validity", "withdraw_item", "revise")
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


@dataclass
class _Told:
    """What the log says of one item: its versions, which of them were taken down, its validity, why it is gone."""

    versions: dict[int, dict[str, Any]]
    stopped: set[int]
    validity: tuple[str, str] = (Validity.IN_FORCE.value, "")
    reason: str = ""

    def read(self, kind: str, facts: dict[str, Any]) -> None:
        """Add one event."""
        if kind in PUBLISHED:
            self.versions[facts["version"]] = facts
        elif kind == "set_validity":
            self.validity = facts["validity"], facts["document"]
        else:
            every = list(self.versions) if kind == "withdraw_item" else []
            self.stopped |= set(facts.get("versions", every))
            self.reason = facts.get("reason", "") if kind == "withdraw_item" else self.reason


def differences(now: datetime) -> Iterator[Difference]:
    """Every published version, item, file and public copy that is not as the log says it was published or cleared.

    An event without its version, and a version without its event, are differences too.
    """
    log = _log()
    files = dict(
        FileCheck.objects.filter(file__case__kind=KIND).values_list("file__public_id", "copy__sha256")
    )
    copies = {str(key): sha256 for key, sha256 in files.items()}
    seen: dict[int, set[int]] = defaultdict(set)
    rows: Any = ArticleVersion.objects.order_by("pk")
    for version in rows.iterator(chunk_size=CHUNK):
        seen[version.article_id].add(version.number)
        told = log.get(version.article_id)
        yield from _whatever_it_holds(version, told, copies)
    for case_id, told in log.items():
        for number in set(told.versions) - seen[case_id]:
            expected = told.versions[number].get("words_sha256") or told.versions[number]["sha256"]
            key = f"event:{case_id}:{number}"
            yield Difference(key, Tampering.MISSING, f"第{number}版", case_id, expected=expected)
    yield from _of_items(log)
    yield from _of_releases(now)


def _log() -> dict[int, _Told]:
    found: dict[int, _Told] = {}
    events: Any = CaseEvent.objects.filter(kind__in=TOLD, case__kind=KIND).order_by("case_id", "seq")
    for case_id, kind, facts in events.values_list("case_id", "kind", "facts").iterator(chunk_size=CHUNK):
        found.setdefault(case_id, _Told({}, set())).read(kind, facts)
    return found


def _whatever_it_holds(
    version: ArticleVersion, told: _Told | None, copies: dict[str, Any]
) -> list[Difference]:
    """A row that was altered so that it cannot even be read is a difference, and hides no other."""
    try:
        return list(_of_version(version, told, copies))
    except (AttributeError, KeyError, TypeError, ValueError):
        key = f"version:{version.public_id}"
        return [Difference(key, Tampering.WORDS, version.title, version.article_id)]


def _of_version(version: ArticleVersion, told: _Told | None, copies: dict[str, Any]) -> Iterator[Difference]:
    key, facts = f"version:{version.public_id}", told.versions.get(version.number) if told else None
    if told is None or facts is None:
        yield Difference(key, Tampering.UNKNOWN, version.title, version.article_id)
        return
    expected, found = _digests(version, facts)
    if expected != found:
        yield Difference(
            key, Tampering.WORDS, version.title, version.article_id, expected=expected, found=found
        )
    if (version.withdrawn_at is not None) != (version.number in told.stopped):
        yield Difference(key, Tampering.STATE, version.title, version.article_id)
    for entry in version.fields.get("files", []) if version.withdrawn_at is None else []:
        kept = copies.get(entry["id"])
        if kept != entry["sha256"] or not vault.holds(entry["sha256"]):
            title = f"{version.title}：{entry['name']}"
            yield Difference(
                f"copy:{entry['id']}",
                Tampering.FILE,
                title,
                version.article_id,
                expected=entry["sha256"],
                found=kept or "",
            )


def _digests(version: ArticleVersion, facts: dict[str, Any]) -> tuple[str, str]:
    """(what the event says, what the row gives): of all that is shown; of the words and the day for older events."""
    if facts.get("shown_sha256"):
        return facts["shown_sha256"], shown_digest(version)
    words = facts.get("words_sha256", "")
    expected, found = (words, words_digest(version)) if words else (facts["sha256"], version.sha256)
    day = timezone.localdate(version.publish_at).isoformat()
    return (expected, found) if day == facts.get("publish_on", day) else (facts["publish_on"], day)


def _of_items(log: dict[int, _Told]) -> Iterator[Difference]:
    """Items whose state, validity or reason of withdrawal nobody wrote into the log."""
    last = CaseEvent.objects.filter(case=OuterRef("pk")).order_by("-seq").values("to_state")[:1]
    rows: Any = Article.objects.filter(pk__in=list(log)).annotate(told_state=Subquery(last))
    for case in rows.iterator(chunk_size=CHUNK):
        told = log[case.pk]
        expected = (case.told_state, *told.validity, told.reason)
        found = (case.state, case.validity, case.validity_document, case.withdrawn_reason)
        if expected != found:
            yield Difference(
                f"item:{case.public_id}",
                Tampering.STATE,
                case.title,
                case.pk,
                expected=digest_of(*map(str, expected)),
                found=digest_of(*map(str, found)),
            )


def _of_releases(now: datetime) -> Iterator[Difference]:
    """Public copies that the log does not have as published last, with those words and on that day."""
    published = Release.objects.filter(state=ReleaseState.PUBLISHED, published_at__lte=now)
    events: Any = CaseEvent.objects.filter(kind__in=COPIES, case__in=published.order_by().values("case"))
    told = {
        case_id: (str(facts.get("content_sha256", "")) if kind == COPIES[0] else "", timezone.localdate(at))
        for case_id, kind, facts, at in events.order_by("case_id", "seq").values_list(
            "case_id", "kind", "facts", "at"
        )
    }
    for release in published.order_by("pk").iterator(chunk_size=CHUNK):
        found = digest_of(release.title, release.question, release.answer)
        expected, day = told.get(release.case_id, ("", None))
        on = timezone.localdate(release.published_at) if release.published_at else None
        if found == expected == release.content_sha256 and on == day:
            continue
        yield Difference(
            f"release:{release.public_id}",
            Tampering.RELEASE,
            release.title,
            release_id=release.pk,
            expected=expected,
            found=found,
        )
