"""A city with years behind it, told through the real actions: the same seed, the same city; nobody is told anything."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

from portal.cases.ledger import verify_cases
from portal.cases.models import Case, CaseEvent, ClockEntry
from portal.city.telling import Told, tell
from portal.core.clock import fold
from portal.core.workdays import WorkdayCalendar
from portal.documents.models import OfficialDocument
from portal.holidays.calendars import calendar
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import enqueue, history, run_due
from portal.messaging.actions import Recipient, notify
from portal.messaging.models import Message
from portal.supervision import figures
from portal.supervision.models import FiguresMonth
from portal.web.papers import ask_for
from tests.cast import moment

UNTIL = moment("2026-09-30", 18)
COUNT = 45


@pytest.fixture
def told(organisation: None) -> Told:
    """Some cases of a year."""
    return tell(count=COUNT, years=1, seed=7, until=UNTIL, days=calendar())


def test_a_city_is_told_whole(told: Told) -> None:
    assert sum(told.kinds.values()) == Case.objects.count() > COUNT * 0.9
    assert told.kinds["disclosure"] > 10
    assert told.kinds["letter"] > 12
    assert told.steps > COUNT * 4
    assert list(verify_cases()) == []
    assert not CaseEvent.objects.filter(at__gt=UNTIL).exists()
    assert not OutboxJob.objects.exists(), "nothing waits"
    assert not Message.objects.exists(), "nobody was told"
    assert OfficialDocument.objects.filter(file__isnull=True).exists()


def test_frozen_figures_equal_a_count_of_the_rows(told: Told) -> None:
    days: WorkdayCalendar = calendar()
    closed: Counter[date] = Counter()
    in_time: Counter[date] = Counter()
    cases = Case.objects.filter(kind__in=("disclosure", "letter", "article", "error_report"))
    for case in cases.filter(closed_on__isnull=False):
        facts = [entry.fact() for entry in ClockEntry.objects.filter(case=case).order_by("id")]
        if not facts and case.kind in ("disclosure", "letter") and case.closed_on is not None:
            closed[case.closed_on.replace(day=1)] += 1
        if not facts or case.closed_on is None:
            continue
        state = fold(facts, days)
        if state.stopped_on is None:
            continue
        month = state.stopped_on.replace(day=1)
        closed[month] += 1
        # What was taken back or lapsed is no answer: neither in time nor late. Items have the city's own three days.
        answered = case.due_on is not None and case.state not in (
            "withdrawn",
            "abandoned",
            "ended",
            "dropped",
        )
        own = days.add(facts[0].on, 3) if case.kind == "article" else case.due_on
        in_time[month] += bool(answered and own and state.stopped_on <= min(own, case.due_on or own))
    assert FiguresMonth.objects.count() >= 11
    for row in FiguresMonth.objects.all():
        total = figures.totals([figures.lines_of(row.month)], "").get("")
        assert (total.closed if total else 0, total.in_time if total else 0) == (
            closed[row.month],
            in_time[row.month],
        ), row.month


@pytest.mark.one_engine
def test_a_paper_of_the_past_is_drawn_when_somebody_asks(told: Told) -> None:
    paper = OfficialDocument.objects.order_by("pk").first()
    assert paper is not None
    ask_for(paper)
    ask_for(paper)
    assert run_due() == 1
    paper.refresh_from_db()
    assert paper.file is not None
    assert paper.file.read().startswith(b"%PDF")


@pytest.mark.one_engine
def test_the_same_seed_tells_the_same_city(organisation: None) -> None:
    found = []
    for _ in range(2):
        with transaction.atomic():
            told = tell(count=15, years=1, seed=3, until=UNTIL, days=calendar())
            titles = list(Case.objects.order_by("created_at", "pk").values_list("title", flat=True))
            found.append((told, titles))
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_history_promises_nothing_and_tells_nobody(db: None) -> None:
    with history(), transaction.atomic():
        enqueue("documents.render", key="render:1", document=1)
        assert (
            notify(
                recipient=Recipient(email="a@test.invalid"),
                key="k",
                subject="s",
                body="b",
                link="/",
                at=UNTIL,
            )
            == 0
        )
    assert not OutboxJob.objects.exists()
    with transaction.atomic():
        enqueue("documents.render", key="render:1", document=1)
    assert OutboxJob.objects.count() == 1


@pytest.mark.parametrize("options", [{"cases": 0}, {"years": 0}, {"years": 9}])
def test_wrong_numbers_are_refused(db: None, settings: object, options: dict[str, int]) -> None:
    settings.PORTAL_DEMO = True  # type: ignore[attr-defined]
    with pytest.raises(SystemExit) as refused:
        call_command("seed_city", stderr=io.StringIO(), **options)
    assert refused.value.code == 2
    assert not Case.objects.exists()


@pytest.mark.one_engine
def test_command_tells_once_and_never_in_production(db: None, settings: object) -> None:
    settings.PORTAL_DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(SystemExit):
        call_command("seed_city", cases=3, years=1, stderr=io.StringIO())
    settings.PORTAL_DEMO = True  # type: ignore[attr-defined]
    out = io.StringIO()
    call_command("seed_city", "--until", "2026-09-30", cases=6, years=1, stdout=out)
    assert "6件" in out.getvalue()
    call_command("seed_city", "--until", "2026-09-30", "--again", cases=6, years=1, seed=2, stdout=out)
    assert Case.objects.count() > 6
    call_command("seed_city", "--until", "2024-02-29", "--again", cases=1, years=1, stdout=out)
    with pytest.raises(SystemExit):
        call_command("seed_city", cases=3, years=1, stderr=io.StringIO())
