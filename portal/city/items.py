"""The stories of published items, reports of errors in pages, and orders of the supervisors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from notices import actions as notices
from notices.models import Column
from notices.reports import actions as reports
from portal.city import words
from portal.city.stage import City
from portal.core.actors import GUEST
from portal.supervision import actions as supervision

ENTRIES = ("notices", "news-work", "documents", "news-reading")


def article(city: City, day: date) -> Iterator[datetime]:
    """An item from its draft to its publication."""
    rng, unit = city.rng, city.unit()
    column = (
        Column.objects.filter(unit=unit, entry__in=ENTRIES[: 1 + rng.randrange(3)]).order_by("-pk").first()
    )
    if column is None:
        return
    cast = city.cast(unit)
    where, what = words.place(rng), words.matter(rng, unit.code)
    yield city.work(day, 1)
    made_on = timezone.localdate(city.now)
    route = rng.choice(("general", "business"))
    case = notices.open_item(
        answers={
            "column": column,
            "title": f"{where}{what}{rng.choice(words.NEWS)}",
            "route": route,
            "subject": rng.choice(words.SUBJECTS),
            "body": f"{made_on.year}年{made_on.month}月，{unit.name}在{where}开展{what}工作。\n有关情况见下表，咨询电话：0877-12345。",
            "doc_number": "",
            "issuer": unit.name,
            "made_on": made_on,
            "openness": "proactive",
            "summary": "",
            "source": "",
            "source_url": "",
            "interprets": None,
            "outlets": ["board"],
        },
        actor=cast["clerk"],
        at=city.now,
    )
    yield city.moment(made_on, 17, 18)
    notices.submit_item(case=case, actor=cast["clerk"], at=city.now)
    late = rng.random() < city.habits[unit.pk].late
    yield city.work(made_on, 5 if late else 1)
    notices.review_item(case=case, actor=cast["reviewer"], at=city.now)
    reviewed = timezone.localdate(city.now)
    yield city.work(reviewed, 1)
    notices.clear_item(case=case, actor=cast["secrecy"], at=city.now)
    if case.state == "leading":
        yield city.moment(timezone.localdate(city.now), 17, 18)
        notices.approve_item(case=case, actor=cast["approver"], at=city.now)
    yield city.moment(city.days.add(timezone.localdate(city.now), 1), 8, 10)
    notices.publish_item(case=case, actor=cast["publisher"], at=city.now)


def error_report(city: City, day: date) -> Iterator[datetime]:
    """A reader finds an error in a page."""
    rng = city.rng
    yield city.moment(day, 8, 22)
    case = reports.report_error(
        page="/notices/",
        sort=rng.choice(("words", "link")),
        text=f"第{rng.randint(1, 9)}段有错字或者链接打不开。",
        key=city.next_key(),
        actor=GUEST,
        at=city.now,
    )
    clerk = city.cast(city.office)["clerk"]
    yield city.work(day, rng.choices((1, 2, 3, 5), (5, 4, 3, 1))[0])
    verb = reports.fix_error if rng.random() < 0.8 else reports.find_no_error
    verb(case=case, answer="已核对，感谢指出。", actor=clerk, at=city.now)


def order(city: City, day: date) -> Iterator[datetime]:
    """A supervisor asks a unit to account for something."""
    rng, unit = city.rng, city.unit()
    yield city.work(day, 1)
    case = supervision.issue_order(
        sort=rng.choices(("remind", "supervise", "correct"), (5, 4, 1))[0],
        demand="近期有办件超过期限，请查明原因，采取措施并报告。",
        actor=city.supervisor,
        at=city.now,
        unit=unit,
    )
    issued = timezone.localdate(city.now)
    yield city.work(issued, rng.choices((1, 3, 7), (4, 4, 1))[0])
    supervision.report_back(
        case=case, report="已查明原因并调整分工，今后按期办理。", actor=city.cast(unit)["clerk"], at=city.now
    )
    yield city.work(timezone.localdate(city.now), 1)
    supervision.close_order(case=case, verdict="情况属实，同意办结。", actor=city.supervisor, at=city.now)
