"""The pages as readers get them: items with their files, and the home page."""

from __future__ import annotations

import logging
import time
import urllib.error
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from notices.models import Article, ArticleVersion
from notices.queries import current, shown_version
from notices.watch.actions.alarms import raise_alarm
from notices.watch.fetching import read_page
from notices.watch.models import SiteProbe
from notices.watch.queries import (
    CACHED,
    Difference,
    changed_lately,
    file_difference,
    home_difference,
    page_difference,
)
from notices.watch.rendering import own_page

logger = logging.getLogger("portal.watch")
PAGES_AT_ONCE = 20
FILES_AT_ONCE = 5
SECONDS = 15.0
BUDGET = 40.0
MOST_BYTES = 60_000_000
KEPT_PROBES = timedelta(days=400)
HOME_BEFORE, HOME_KEPT = "watch.home", 900
Fetch = Callable[[str], bytes]


def fetch_own(path: str) -> bytes:
    """One of this site's pages as a reader gets it, within 15 seconds in all. Raises OSError."""
    return read_page(f"{settings.SITE_URL}{path}", seconds=SECONDS, most=MOST_BYTES)


def check_pages(
    *, at: datetime, fetch: Fetch = fetch_own, turn: int | None = None, budget: float = BUDGET
) -> int:
    """Read some published pages and their files as a reader would and compare them with what was published; the newest
    ones in each round, the others in turn, as many as fit into `budget` seconds. Gives how many alarms are new."""
    keys = list(current(at).order_by("-article_id").values_list("article_id", flat=True))
    end, made = time.monotonic() + budget, 0
    quiet = not changed_lately(at)
    chosen: Any = Article.objects.filter(pk__in=_chosen(keys, at, turn)).order_by("-pk")
    for case in chosen:
        if time.monotonic() > end:
            logger.warning("not all pages were read in time", extra={"article": case.pk})
            break
        try:
            for found in _differences_of(case, at, fetch, quiet):
                made += raise_alarm(found, at)
        except Exception:  # one page never stops the round; its row is judged by check_words
            logger.exception("page not compared", extra={"article": case.pk})
    return made


def _chosen(keys: list[int], at: datetime, turn: int | None) -> list[int]:
    older = keys[PAGES_AT_ONCE:]
    number = (int(at.timestamp() // 300) if turn is None else turn) * PAGES_AT_ONCE
    count = min(PAGES_AT_ONCE, len(older))
    return [*keys[:PAGES_AT_ONCE], *(older[(number + index) % len(older)] for index in range(count))]


def _differences_of(case: Article, at: datetime, fetch: Fetch, quiet: bool) -> Iterator[Difference]:
    """A page that front caches may still hold from before the last change is no alteration."""
    version = shown_version(case, at)
    if version is None:
        return
    path = reverse("notices:article", args=[case.public_id])
    page = _read(case, path, fetch)
    if page is not None:
        found = page_difference(version, page, own_page(path) if quiet else None)
        before = shown_version(case, at - CACHED)
        stale = before is not None and before.pk != version.pk and page_difference(before, page) is None
        if found is not None and not stale:
            yield found
    yield from _files_of(case, version, fetch)


def _files_of(case: Article, version: ArticleVersion, fetch: Fetch) -> Iterator[Difference]:
    for entry in version.fields.get("files", [])[:FILES_AT_ONCE]:
        data = _read(case, reverse("notices:file", args=[case.public_id, entry["id"]]), fetch)
        found = file_difference(version, entry, data) if data is not None else None
        if found is not None:
            yield found


def _read(case: Article, path: str, fetch: Fetch) -> bytes | None:
    try:
        return fetch(path)
    except OSError as error:
        logger.warning("page not read", extra={"article": case.pk, "error": str(error)})
        return None


def probe_home(*, at: datetime, fetch: Fetch = fetch_own) -> SiteProbe:
    """Open the home page as a reader would, within 15 seconds, and write down how it went; another page than ours is an
    alarm."""
    began = time.monotonic()
    page: bytes | None = None
    try:
        page = fetch("/")
        good, answer = bool(page.strip()), "可以打开" if page.strip() else "空白页"
    except urllib.error.HTTPError as error:
        good, answer = False, f"状态码{error.code}"
    except OSError as error:
        good, answer = False, "超时" if isinstance(error, TimeoutError) else "打不开"
    took = int((time.monotonic() - began) * 1000)
    if page is not None and good:
        own = own_page("/")
        found = home_difference(page, own, cache.get(HOME_BEFORE))
        cache.set(HOME_BEFORE, own, HOME_KEPT)
        if found is not None:
            raise_alarm(found, at)
            good, answer = False, "不是本平台的首页"
    SiteProbe.objects.filter(at__lt=at - KEPT_PROBES).delete()
    return SiteProbe.objects.create(at=at, good=good, milliseconds=took, answer=answer)
