"""Telling the stories in the order of time: a queue of moments, one step of one story at each."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from notices import actions as notices
from notices.models import Article
from portal.cases.models import Case
from portal.city import items, letters, requests
from portal.city.stage import City, build
from portal.core.workdays import WorkdayCalendar
from portal.jobs.outbox import history
from portal.publishing import actions as publishing
from portal.publishing.models import Release
from portal.supervision import figures

Story = Iterator[datetime]
SHARES: tuple[tuple[Callable[[City, date], Story], int], ...] = (
    (requests.story, 34),
    (letters.story, 48),
    (items.article, 14),
    (items.error_report, 3),
    (items.order, 1),
)
BATCH = 200
FESTIVAL = 0.3
HOT = 2.5


@dataclass(frozen=True)
class Told:
    """What was made: cases by kind and by state, and how many steps it took."""

    kinds: Counter[str]
    states: Counter[str]
    steps: int


def _days_of(rng: Random, count: int, first: date, until: date, days: WorkdayCalendar) -> list[date]:
    """When so many cases begin: fewer at weekends and in holidays, a hot month now and then, slowly more each year."""
    span = [first + timedelta(days=offset) for offset in range((until - first).days + 1)]
    hot = {(rng.randint(first.year, until.year), rng.randint(1, 12)) for _ in range(3)}
    weights = [
        (1.0 if days.is_workday(day) else FESTIVAL)
        * (HOT if (day.year, day.month) in hot else 1.0)
        * (1 + 0.15 * (day - first).days / 365)
        for day in span
    ]
    return sorted(rng.choices(span, weights, k=count))


def tell(
    *,
    count: int,
    years: int,
    seed: int,
    until: datetime,
    days: WorkdayCalendar,
    say: Callable[[str], None] = lambda text: None,
) -> Told:
    """Tell that many cases of the last years up to a moment, through the real actions; nobody is told anything.

    The same seed gives the same stories. Papers are drawn when somebody asks for them. The past months' figures are
    frozen and the search index is brought up to date at the end.
    """
    rng = Random(seed)  # noqa: S311  # nosec B311: a story, not a secret
    last = until.date()
    first = date(last.year - years, last.month, min(last.day, 28))
    with history():
        with transaction.atomic():
            notices.load_catalogue()
            city = build(rng, days, until)
        steps = _run(city, _days_of(rng, count, first, last, days), say)
    with transaction.atomic():
        for pk in Release.objects.values_list("pk", flat=True):
            publishing.index_release(release_id=pk)
        for pk in Article.objects.filter(versions__isnull=False).distinct().values_list("pk", flat=True):
            notices.index_article(article_id=pk, at=until)
    figures.freeze_past(at=until)
    figures.renew_pace(at=until, days=days)
    cases = list(Case.objects.order_by().values_list("kind", "state"))
    return Told(
        Counter(kind for kind, _ in cases), Counter(f"{kind}:{state}" for kind, state in cases), steps
    )


def _run(city: City, begins: list[date], say: Callable[[str], None]) -> int:
    queue: list[tuple[datetime, int, Story]] = []
    stories, shares = zip(*SHARES, strict=True)
    for number, day in enumerate(begins):
        story = city.rng.choices(stories, shares)[0](city, day)
        _push(queue, number, story, city, city.until.min.replace(tzinfo=city.until.tzinfo))
    steps = 0
    while queue:
        with transaction.atomic():
            for _ in range(BATCH):
                if not queue:
                    break
                moment, number, story = heapq.heappop(queue)
                city.now = moment
                _push(queue, number, story, city, moment)
                steps += 1
        if steps % 5000 < BATCH:
            say(f"{city.now:%Y-%m-%d}：{steps}步")
    return steps


def _push(
    queue: list[tuple[datetime, int, Story]], number: int, story: Story, city: City, now: datetime
) -> None:
    """Let the story go on to its next moment and wait there; one that lies ahead of `until` stays as it is."""
    following = next(story, None)
    if following is not None and max(following, now) <= city.until:
        heapq.heappush(queue, (max(following, now), number, story))
