"""Counting: by a job, over appended ballots; the sealed count feeds everything that shows a result."""

from __future__ import annotations

import random
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from consultations.polls import counting
from consultations.polls import questionnaire as q
from consultations.polls.actions.word import tell_unit
from consultations.polls.choices import Secrecy, State, Who
from consultations.polls.models import Ballot, Participation, Poll, Tally
from consultations.polls.queries import content_digest, sealed_tally
from portal.cases.steps import lock, take_step
from portal.core.actors import SYSTEM, Actor
from portal.core.errors import StepRefused
from portal.jobs.outbox import enqueue
from portal.publishing.actions import digest_of
from portal.publishing.screening import screen
from portal.publishing.takedown import open_take_down
from portal.search import actions as finder
from portal.units.choices import Role

GRACE = timedelta(minutes=5)
WITHHELD = "（内容含有不宜公开的信息，未列出）"


def counting_day(at: datetime) -> date:
    """The day up to which everything cast has surely been written: a vote checked in the last second of a day may
    be committed a little later, so counting waits longer than a request may take."""
    return timezone.localdate(at - GRACE)


def result_of(case: Poll) -> dict[str, Any]:
    """The count now: questions, ballots that count and were left out, who took part on which day, receipts."""
    good = Ballot.objects.filter(poll=case, invalidated_by__isnull=True)
    data = counting.count(q.read(case.definition), good.order_by("id").values_list("answers", flat=True))
    _withhold(data)
    excluded = Ballot.objects.filter(poll=case, invalidated_by__isnull=False).count()
    days = Participation.objects.filter(poll=case).values("on").annotate(n=Count("voter_key")).order_by("on")
    return {
        **data,
        "excluded": excluded,
        "definition_sha256": case.definition_sha256,
        "turnout": [[row["on"].isoformat(), row["n"]] for row in days],
        "receipts": sorted(good.values_list("receipt", flat=True)),
        **({"tokens": case.tokens.count()} if case.who == Who.TOKEN else {}),
    }


def _withhold(data: dict[str, Any]) -> None:
    """Free answers that hold somebody's number are counted, but their words go into no result."""
    for question in data["questions"]:
        for group in question.get("texts", []):
            if any(finding.blocks for finding in screen(group["text"])):
                group["text"] = WITHHELD


def _keep(case: Poll, data: dict[str, Any], at: datetime, *, sealed: bool) -> Tally:
    last = Tally.objects.filter(poll=case).order_by("-number").values_list("number", flat=True).first()
    return Tally.objects.create(
        poll=case,
        number=(last or 0) + 1,
        sealed=sealed,
        data=data,
        sha256=digest_of(q.digest(data)),
        counted_at=at,
    )


def shuffle(case: Poll) -> None:
    """Write the ballots of an anonymous poll anew in random order under new ids: no order tells who came when."""
    rows = list(Ballot.objects.filter(poll=case).values_list("answers", "receipt"))
    random.SystemRandom().shuffle(rows)
    Ballot.objects.filter(poll=case).delete()
    Ballot.objects.bulk_create(
        [Ballot(id=uuid.uuid4(), poll=case, answers=answers, receipt=receipt) for answers, receipt in rows],
        batch_size=1000,
    )
    Participation.objects.filter(poll=case).update(origin="")


@transaction.atomic
def count_poll(*, case: Poll, actor: Actor, at: datetime, seen_version: int | None = None) -> Tally:
    """Count and seal after the last day. Raises StepRefused before."""
    Poll.objects.select_for_update().get(pk=case.pk)
    if case.secrecy == Secrecy.ANONYMOUS and counting_day(at) > case.closes_on:
        shuffle(case)
    data = result_of(case)
    tally = _keep(case, data, at, sealed=True)
    take_step(
        case,
        "count_poll",
        actor=actor,
        at=at,
        seen_version=seen_version,
        today=counting_day(at),
        ballots=data["ballots"],
        excluded=data["excluded"],
        sha256=tally.sha256,
    )
    tell_unit(case, Role.APPROVER, "已计票，结果待公布", at)
    return tally


@transaction.atomic
def recount(*, case: Poll, at: datetime) -> Tally:
    """Seal another count after ballots were left out or restored."""
    data = result_of(case)
    tally = _keep(case, data, at, sealed=True)
    take_step(
        case,
        "recount_poll",
        actor=SYSTEM,
        at=at,
        ballots=data["ballots"],
        excluded=data["excluded"],
        sha256=tally.sha256,
    )
    return tally


def close_ended(*, at: datetime) -> int:
    """Count every poll whose last day has passed; gives how many."""
    ended = Poll.objects.filter(state=State.APPROVED, closes_on__lt=counting_day(at))
    cases: list[Any] = list(ended.select_related("unit").order_by("pk"))
    for case in cases:
        count_poll(case=case, actor=SYSTEM, at=at)
    return len(cases)


def count_running(*, at: datetime) -> int:
    """Renew the running count of open polls that show one; gives how many."""
    today = timezone.localdate(at)
    rows: Any = Poll.objects.filter(
        state=State.APPROVED, shows_running=True, opens_on__lte=today, closes_on__gte=today
    )
    for case in rows:
        data = result_of(case)
        data["receipts"] = []
        with transaction.atomic():
            Tally.objects.filter(poll=case, sealed=False).delete()
            _keep(case, data, at, sealed=False)
    return len(rows)


@transaction.atomic
def publish_result(*, case: Poll, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """The leader makes the sealed result public."""
    tally = sealed_tally(case)
    if tally is None:
        raise StepRefused("还没有计票结果。")
    take_step(case, "publish_result", actor=actor, at=at, seen_version=seen_version, sha256=tally.sha256)
    enqueue("polls.index", key=f"poll:{case.pk}:published:{case.last_seq}", poll=case.pk)


def is_public(case: Poll, at: datetime) -> bool:
    """True if everyone may read anything of it at that moment, were it not taken down."""
    return case.approved_at is not None and case.begins_on <= timezone.localdate(at)


def search_key(case: Poll) -> str:
    """The key of its entry in the index."""
    return f"poll:{case.public_id}"


def shown_digest(case: Poll) -> str:
    """All that everyone is shown now: the questions and, once it is public, the sealed result."""
    tally = sealed_tally(case) if case.state == State.PUBLISHED else None
    return digest_of(content_digest(case), tally.sha256 if tally is not None else "")


def reindex(case: Poll, at: datetime) -> None:
    """Promise the entry in the index anew."""
    enqueue("polls.index", key=f"poll:{case.pk}:{case.last_seq}", poll=case.pk)


@transaction.atomic
def index_poll(*, poll_id: int, at: datetime) -> None:
    """Put a poll that everyone may read into the index; anything else out of it. No result before it is public."""
    lock(Poll.objects.get(pk=poll_id))
    case: Any = Poll.objects.select_related("unit").get(pk=poll_id)
    key = search_key(case)
    if not is_public(case, at) or case.state == State.CANCELLED or open_take_down(case) is not None:
        finder.drop(key=key)
        return
    titles = "\n".join(question.title for question in q.read(case.definition).questions)
    finder.index(
        kind="poll",
        key=key,
        title=f"{case.get_poll_kind_display()}：{case.title}"[:200],
        body=f"{case.intro}\n{titles}",
        unit=case.unit,
        published_on=case.opens_on,
        url=reverse("polls:detail", args=[case.public_id]),
    )
