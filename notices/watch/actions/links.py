"""The links of everything that is public: written down each morning, looked at in rounds."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from notices.queries import current
from notices.watch import rules
from notices.watch.choices import LinkState
from notices.watch.fetching import Answer, look_at
from notices.watch.models import Link
from portal.messaging.actions import Recipient, notify
from portal.units.choices import Role
from portal.units.queries import people_with

logger = logging.getLogger("portal.watch")
PER_HOST = 20
PAUSE = 1.0
SECONDS = 15.0
BUDGET = 40.0
HOSTS_AT_ONCE = 6
LINE_PROVED = timedelta(minutes=30)
GRACE = 1.0
NOT_COUNTED = "本次检查没有一个网站应答，可能是本机域名解析或者线路故障，不计"
Look = Callable[[str], Answer]
Looked = tuple[Link, Answer]


@transaction.atomic
def collect_links(*, at: datetime) -> int:
    """Write down the links of everything that is public; forget those that nothing points to. Gives how many there are."""
    places: dict[str, set[int]] = defaultdict(set)
    rows = current(at).select_related(None).order_by().values_list("article_id", "body", "summary", "fields")
    for article_id, body, summary, fields in rows.iterator(chunk_size=500):
        source, parts = str(fields.get("source_url", "")), fields.get("particulars", {})
        for url in rules.item_links(body, summary, source, parts):
            places[url].add(article_id)
    _forget(set(places))
    for url, articles in places.items():
        link, _ = Link.objects.get_or_create(url=url, defaults={"host": rules.host_of(url)[:255]})
        link.articles.set(articles)
    return len(places)


def _forget(kept: set[str]) -> None:
    gone = [row.pk for row in Link.objects.only("pk", "url") if row.url not in kept]
    for start in range(0, len(gone), 500):
        Link.objects.filter(pk__in=gone[start : start + 500]).delete()


def check_links(
    *, at: datetime, look: Look | None = None, pause: float = PAUSE, budget: float = BUDGET
) -> dict[str, int]:
    """Look at links that were not looked at today, a few for each host, one after the other with a pause between.

    Hosts are asked side by side; what does not fit into `budget` seconds waits for the next round, and so does what nobody
    answered in a round in which nobody answered at all: that is our own name server or line. Gives how many links are in
    each state among those looked at.
    """
    counts: dict[str, int] = defaultdict(int)
    waiting: list[Looked] = []
    line_works = Link.objects.filter(state=LinkState.GOOD, checked_at__gte=at - LINE_PROVED).exists()
    for link, answer in _looks(_due(at), look, pause, budget):
        if not line_works and not answer.reached and not answer.refused:
            waiting.append((link, answer))
            continue
        if answer.reached:
            line_works = True
            for earlier, unanswered in waiting:
                counts[_mark(earlier, unanswered, at)] += 1
            waiting = []
        counts[_mark(link, answer, at)] += 1
    if waiting:
        logger.warning("no server answered: own line or name server?", extra={"links": len(waiting)})
    for link, answer in waiting:
        counts[_leave(link, answer)] += 1
    return dict(counts)


def _due(at: datetime) -> dict[str, list[Link]]:
    start_of_day = timezone.make_aware(datetime.combine(timezone.localdate(at), datetime.min.time()))
    due: Any = Link.objects.filter(Q(checked_at__isnull=True) | Q(checked_at__lt=start_of_day))
    by_host: dict[str, list[Link]] = defaultdict(list)
    for link in due.order_by("checked_at", "pk")[:2000]:
        if len(by_host[link.host]) < PER_HOST:
            by_host[link.host].append(link)
    return by_host


def _looks(
    by_host: dict[str, list[Link]], look: Look | None, pause: float, budget: float
) -> Iterator[Looked]:
    """Each look as soon as it is done. A host that does not come to an end is left behind when the time is over."""
    done: SimpleQueue[Looked | None] = SimpleQueue()
    end = time.monotonic() + budget

    def of_host(links: list[Link]) -> None:
        try:
            for number, link in enumerate(links):
                if number:
                    time.sleep(max(0.0, min(pause, end - time.monotonic())))
                if time.monotonic() >= end:
                    break
                done.put((link, _look(link.url, look, end)))
        finally:
            done.put(None)

    pool = ThreadPoolExecutor(HOSTS_AT_ONCE)
    try:
        for links in by_host.values():
            pool.submit(of_host, links)
        left = len(by_host)
        while left:
            try:
                found = done.get(timeout=max(0.0, end + GRACE - time.monotonic()))
            except Empty:
                logger.warning("hosts left behind", extra={"hosts": left})
                return
            if found is None:
                left -= 1
            else:
                yield found
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _look(url: str, look: Look | None, end: float) -> Answer:
    try:
        return look(url) if look is not None else look_at(url, seconds=min(SECONDS, end - time.monotonic()))
    except Exception as error:  # one bad address never stops a round
        logger.warning("link not looked at", extra={"url": url, "error": repr(error)})
        return Answer(False, "地址不能检查")


def _mark(link: Link, answer: Answer, at: datetime) -> str:
    """Keep what a look found; the owners hear of a link that is dead now."""
    before, today = link.state, timezone.localdate(at)
    mark = rules.marked(answer.good, answer.refused, link.failed_days, link.last_failed_on, today)
    link.state, link.failed_days, link.last_failed_on = mark.state, mark.failed_days, mark.last_failed_on
    link.checked_at, link.answer = at, answer.words[:120]
    link.save(update_fields=["state", "failed_days", "last_failed_on", "checked_at", "answer"])
    if mark.state == LinkState.DEAD and before != LinkState.DEAD:
        _tell_of_link(link, at)
    return mark.state


def _leave(link: Link, answer: Answer) -> str:
    """Nothing is known of it: it keeps its state and waits for the next round."""
    link.answer = f"{answer.words}（{NOT_COUNTED}）"[:120]
    link.save(update_fields=["answer"])
    return link.state


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
