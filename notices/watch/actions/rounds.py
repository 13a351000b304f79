"""The rounds that nobody has to walk: words, pages, links, columns, the home page."""

from __future__ import annotations

import logging
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from notices.choices import OFFICE, State
from notices.models import Article, ArticleVersion
from notices.queries import column_states, shown_version
from notices.watch import rules
from notices.watch.choices import LinkState
from notices.watch.fetching import Answer, look_at
from notices.watch.models import ColumnWarning, Link, SiteProbe, TamperAlarm
from notices.watch.queries import Difference, differences, page_difference
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.wording import cn_date
from portal.messaging.actions import Recipient, notify
from portal.units.choices import Role
from portal.units.models import Unit
from portal.units.queries import holders_anywhere, people_with

logger = logging.getLogger("portal.watch")
AGENT = "YuxiPortalWatch/1.0"
PAGES_AT_ONCE = 20
PER_HOST = 20
PAUSE = 1.0
BUDGET = 40.0
HOSTS_AT_ONCE = 6
KEPT_PROBES = timedelta(days=400)
Look = Callable[[str], Answer]
Fetch = Callable[[str], bytes]


def check_words(*, at: datetime) -> int:
    """Compare every published version and public copy with what was published; alarms at once. Gives how many are new."""
    return sum(_alarm(found, at) for found in differences(at))


def _alarm(found: Difference, at: datetime) -> bool:
    with transaction.atomic():
        alarm, new = TamperAlarm.objects.get_or_create(
            key=found.key,
            sort=found.sort,
            closed_at=None,
            defaults={
                "title": found.title[:200],
                "article_id": found.article_id,
                "release_id": found.release_id,
                "expected": found.expected,
                "found": found.found,
                "at": at,
            },
        )
        if not new:
            return False
        logger.critical("tampering found", extra={"alarm": alarm.pk, "sort": found.sort, "key": found.key})
        for account_id in _who_must_know(alarm, timezone.localdate(at)):
            notify(
                recipient=Recipient(account_id=account_id),
                key=f"tamper:{alarm.pk}:{account_id}",
                subject="篡改告警：网页内容与发布内容不一致",
                body=f"{alarm.get_sort_display()}：{alarm.title}",
                link=reverse("workbench_watch:morning"),
                at=at,
            )
    return True


def _who_must_know(alarm: TamperAlarm, today: date) -> set[int]:
    units = [Unit.objects.get(code=OFFICE)]
    if alarm.article is not None:
        units.append(alarm.article.unit)
    if alarm.release is not None:
        units.append(alarm.release.unit)
    people = {row.pk for unit in units for row in people_with(unit, Role.APPROVER, Role.PUBLISHER, on=today)}
    supervisors = holders_anywhere(Role.SUPERVISOR, on=today)
    return people | set(supervisors.values_list("pk", flat=True))


@transaction.atomic
def close_alarm(*, alarm: TamperAlarm, note: str, actor: Actor, at: datetime) -> None:
    """Say what it was. Raises StepRefused for anybody but a leader of the unit or the government office."""
    units = {Unit.objects.get(code=OFFICE).pk}
    units |= {row.unit_id for row in (alarm.article, alarm.release) if row is not None}
    if not any(actor.has_role(unit, Role.APPROVER) for unit in units):
        raise StepRefused("须由维护单位或者政府办公室的签发人办理。")
    if not note.strip():
        raise InvalidInput("请写明处理情况", "note")
    alarm.closed_at, alarm.closed_by_id, alarm.note = at, actor.account_id, note.strip()[:300]
    alarm.save(update_fields=["closed_at", "closed_by", "note"])


def fetch_own(path: str) -> bytes:
    """One of this site's pages as a reader gets it. Raises OSError."""
    address = f"{settings.SITE_URL}{path}"
    request = urllib.request.Request(address, headers={"User-Agent": AGENT})  # noqa: S310 - the own address
    with urllib.request.urlopen(request, timeout=15) as response:  # noqa: S310  # nosec B310 - the site's own address
        data: bytes = response.read(5_000_000)
    return data


def check_pages(*, at: datetime, fetch: Fetch = fetch_own, turn: int | None = None) -> int:
    """Read some published pages as a reader would and compare their words; the newest ones in each round, the others
    in turn. Gives how many alarms are new."""
    shown: Any = (
        Article.objects.filter(versions__publish_at__lte=at).exclude(state=State.WITHDRAWN).distinct()
    )
    keys = list(shown.order_by("-pk").values_list("pk", flat=True))
    older = keys[PAGES_AT_ONCE:]
    number = (int(at.timestamp() // 300) if turn is None else turn) * PAGES_AT_ONCE
    rest = (
        [older[(number + index) % len(older)] for index in range(min(PAGES_AT_ONCE, len(older)))]
        if older
        else []
    )
    made = 0
    chosen: Any = Article.objects.filter(pk__in=[*keys[:PAGES_AT_ONCE], *rest])
    for case in chosen:
        version = shown_version(case, at)
        if version is None:
            continue
        try:
            page = fetch(reverse("notices:article", args=[case.public_id]))
        except OSError as error:
            logger.warning("page not read", extra={"article": case.pk, "error": str(error)})
            continue
        found = page_difference(version, page)
        if found is not None:
            made += _alarm(found, at)
    return made


def probe_home(*, at: datetime, fetch: Fetch = fetch_own) -> SiteProbe:
    """Open the home page as a reader would, within 15 seconds, and write down how it went."""
    began = time.monotonic()
    try:
        good, answer = bool(fetch("/").strip()), "可以打开"
    except urllib.error.HTTPError as error:
        good, answer = False, f"状态码{error.code}"
    except OSError as error:
        good, answer = False, "超时" if isinstance(error, TimeoutError) else "打不开"
    SiteProbe.objects.filter(at__lt=at - KEPT_PROBES).delete()
    return SiteProbe.objects.create(
        at=at, good=good, milliseconds=int((time.monotonic() - began) * 1000), answer=answer
    )


@transaction.atomic
def collect_links(*, at: datetime) -> int:
    """Write down the links of everything that is public; forget those that nothing points to. Gives how many there are."""
    places: dict[str, set[int]] = defaultdict(set)
    rows: Any = ArticleVersion.objects.filter(publish_at__lte=at).exclude(article__state=State.WITHDRAWN)
    newest: dict[int, ArticleVersion] = {}
    for version in rows.order_by("article_id", "number").iterator(chunk_size=500):
        newest[version.article_id] = version
    for version in newest.values():
        for url in rules.links_of(version.body, str(version.fields.get("source_url", ""))):
            places[url].add(version.article_id)
    Link.objects.exclude(url__in=places).delete() if len(places) < 900 else _forget(set(places))
    for url, articles in places.items():
        link, _ = Link.objects.get_or_create(url=url, defaults={"host": (urlsplit(url).hostname or "")[:255]})
        link.articles.set(articles)
    return len(places)


def _forget(kept: set[str]) -> None:
    gone = [row.pk for row in Link.objects.only("pk", "url") if row.url not in kept]
    for start in range(0, len(gone), 500):
        Link.objects.filter(pk__in=gone[start : start + 500]).delete()


def check_links(
    *, at: datetime, look: Look = look_at, pause: float = PAUSE, budget: float = BUDGET
) -> dict[str, int]:
    """Look at links that were not looked at today, a few for each host, one after the other with a pause between.

    Hosts are asked side by side; what does not fit into `budget` seconds waits for the next round. Gives how many
    links are in each state among those looked at.
    """
    today = timezone.localdate(at)
    start_of_day = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    due: Any = Link.objects.filter(Q(checked_at__isnull=True) | Q(checked_at__lt=start_of_day))
    by_host: dict[str, list[Any]] = defaultdict(list)
    for link in due.order_by("checked_at", "pk")[:2000]:
        if len(by_host[link.host]) < PER_HOST:
            by_host[link.host].append(link)
    end = time.monotonic() + budget

    def of_host(links: list[Any]) -> list[tuple[Any, Answer]]:
        found = []
        for number, link in enumerate(links):
            if time.monotonic() > end:
                break
            if number:
                time.sleep(pause)
            found.append((link, look(link.url)))
        return found

    counts: dict[str, int] = defaultdict(int)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for rows in pool.map(of_host, by_host.values()):
            for link, answer in rows:
                before = link.state
                mark = rules.marked(answer.good, answer.refused, link.failed_days, link.last_failed_on, today)
                link.state, link.failed_days = mark.state, mark.failed_days
                link.last_failed_on, link.checked_at, link.answer = (
                    mark.last_failed_on,
                    at,
                    answer.words[:120],
                )
                link.save(update_fields=["state", "failed_days", "last_failed_on", "checked_at", "answer"])
                counts[mark.state] += 1
                if mark.state == LinkState.DEAD and before != LinkState.DEAD:
                    _tell_of_link(link, at)
    return dict(counts)


def _tell_of_link(link: Link, at: datetime) -> None:
    with transaction.atomic():
        for article in link.articles.select_related("unit"):
            for account in people_with(article.unit, Role.CLERK, Role.PUBLISHER, on=timezone.localdate(at)):
                notify(
                    recipient=Recipient(account_id=account.pk),
                    key=f"link:{link.pk}:{link.last_failed_on}:{article.pk}:{account.pk}",
                    subject="链接打不开",
                    body=f"“{article.title}”中的链接三日三次打不开：{link.url}",
                    link=reverse("workbench_notices:detail", args=[article.public_id]),
                    at=at,
                )


def warn_owners(*, at: datetime) -> int:
    """Tell the owners of columns that will soon turn red, or have, once for each such day. Gives how many columns."""
    made = 0
    for state in column_states(at):
        red_on = state.fresh.red_on
        if red_on is None or not (state.fresh.warn or state.fresh.is_red):
            continue
        with transaction.atomic():
            _, new = ColumnWarning.objects.get_or_create(
                column=state.column, red_on=red_on, defaults={"at": at}
            )
            if not new:
                continue
            made += 1
            for account in people_with(
                state.column.unit, Role.CLERK, Role.PUBLISHER, on=timezone.localdate(at)
            ):
                notify(
                    recipient=Recipient(account_id=account.pk),
                    key=f"column:{state.column.pk}:{red_on}:{account.pk}",
                    subject="栏目即将超过更新期限" if state.fresh.warn else "栏目已超过更新期限",
                    body=f"“{state.column.title}”最近更新：{cn_date(state.last_on) if state.last_on else '无'}，{cn_date(red_on)}起为超期。",
                    link=reverse("workbench_notices:alive"),
                    at=at,
                )
    return made
