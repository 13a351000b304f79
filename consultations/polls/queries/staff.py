"""The unit's pages of votes and surveys."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from consultations.polls import questionnaire as q
from consultations.polls.choices import EntryState, Secrecy, State, Who
from consultations.polls.models import Ballot, Entry, InvalidationJob, Participation, Poll, Tally
from consultations.polls.queries.public import sealed_tally
from portal.cases.models import EventPayload
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.core.moments import begin_of
from portal.publishing.actions import digest_of
from portal.publishing.choices import ReviewStep
from portal.publishing.models import Review
from portal.publishing.takedown import hidden_verbs
from portal.units.access import is_supervisor, units_of

BALLOT = "ballot"
BY_ITSELF = frozenset(
    {
        "open_poll",
        "make_tokens",
        "review_entry",
        "recount_poll",
        "confirm_invalidation",
        "revoke_invalidation",
    }
)


@dataclass(frozen=True)
class StaffView:
    """Everything on the unit's page. How many took part is no secret from the unit, how they voted is."""

    case: Poll
    verbs: list[str]
    steps: list[tuple[TimelineEntry, str]]
    form: q.Questionnaire
    reviews: list[Review]
    participants: int
    tally: Tally | None
    jobs: list[InvalidationJob]
    tokens: int


def content_digest(case: Poll) -> str:
    """What the review is bound to: everything that voters will be shown, and the rules."""
    return digest_of(
        case.title,
        case.poll_kind,
        case.intro,
        case.opens_on.isoformat(),
        case.closes_on.isoformat(),
        case.who,
        case.secrecy,
        str(case.changeable),
        str(case.shows_running),
        str(case.entries_from or ""),
        str(case.entries_until or ""),
        str(case.most_chosen),
        q.digest(case.definition),
        *((str(case.tokens.count()),) if case.who == Who.TOKEN else ()),
    )


def handled(actor: Actor) -> QuerySet[Any]:
    """The polls of the actor's units; a supervisor sees all."""
    rows: QuerySet[Any] = Poll.objects.all()
    if not is_supervisor(actor):
        rows = rows.filter(unit_id__in=units_of(actor))
    return rows.select_related("unit").order_by("-id")


def find_handled(actor: Actor, public_id: uuid.UUID) -> Poll:
    """One of them; NotFound for any other."""
    found: Poll | None = handled(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该投票调查。")
    return found


def find_job(case: Poll, pk: int) -> InvalidationJob:
    """A proposal to leave out ballots of this poll; NotFound for any other."""
    found = InvalidationJob.objects.filter(poll=case, pk=pk).first()
    if found is None:
        raise NotFound("没有找到该项剔除。")
    return found


def staff_view(case: Poll, actor: Actor, today: date) -> StaffView:
    """The unit's page, with the steps that this actor may take now."""
    order = {verb: index for index, verb in enumerate(Poll.VERB_ORDER)}
    hidden = set(BY_ITSELF | hidden_verbs(case, begin_of(today)) | _ballot_hidden(case))
    if case.state == State.APPROVED and today <= case.closes_on:
        hidden.add("count_poll")
    if case.secrecy == Secrecy.ANONYMOUS or today < case.opens_on:
        hidden.add("propose_invalidation")
    if (
        case.entries_until is None
        or ballot_waits(case)
        or case.definition_sha256
        or today <= case.entries_until
    ):
        hidden.add("compose_ballot")
    verbs = {entry.name for entry in available_steps(case, actor)} - hidden
    said = {row.event_id: row.text for row in EventPayload.objects.filter(event__case_id=case.pk)}
    return StaffView(
        case=case,
        verbs=sorted(verbs, key=lambda verb: order.get(verb, 99)),
        steps=[(entry, said.get(entry.event.pk, "")) for entry in timeline(case)],
        form=q.read(case.definition),
        reviews=list(case.reviews.prefetch_related("sign_offs__account")),
        participants=Participation.objects.filter(poll=case).count(),
        tally=sealed_tally(case),
        jobs=list(jobs_of(case).select_related("proposed_by", "confirmed_by")),
        tokens=case.tokens.count(),
    )


def ballot_waits(case: Poll) -> str:
    """The signature that a contest's ballot waits for; "" if none is under review."""
    review = case.reviews.filter(purpose=BALLOT, closed_at__isnull=True).first()
    if review is None:
        return ""
    signed = set(review.sign_offs.values_list("step", flat=True))
    order = (ReviewStep.REVIEW, ReviewStep.SECRECY, ReviewStep.APPROVE)
    return next((step.value for step in order if step not in signed), "")


def _ballot_hidden(case: Poll) -> set[str]:
    verbs = {
        ReviewStep.REVIEW.value: "review_ballot",
        ReviewStep.SECRECY.value: "clear_ballot",
        ReviewStep.APPROVE.value: "sign_ballot",
    }
    waits = ballot_waits(case)
    return {*verbs.values(), "return_ballot"} - ({verbs[waits], "return_ballot"} if waits else set())


def ballot_digest(case: Poll) -> str:
    """What the signatures of a contest's ballot are bound to: its order and all the words of the entries on it."""
    entries = Entry.objects.filter(poll=case, state=EntryState.ACCEPTED).order_by("number")
    rows = [f"{row.number}\n{row.title}\n{row.text}" for row in entries]
    return digest_of(q.digest(case.definition), *rows)


def jobs_of(case: Poll) -> QuerySet[Any]:
    """The exclusions, each with how many ballots it really leaves out: what an earlier one left out counts there."""
    rows: QuerySet[Any] = case.invalidations.annotate(left_out=Count("ballots"))
    return rows.order_by("id")


def suspects(case: Poll, conditions: dict[str, Any]) -> QuerySet[Ballot]:
    """Ballots that fit every condition and still count.

    `origin_from`: addresses (digested daily) with at least so many ballots; `same_sheet_from`: sheets that came at
    least so many times; `since`, `until`: moments (ISO). At least one of the first two is needed.
    """
    rows = Ballot.objects.filter(poll=case, invalidated_by__isnull=True)
    if conditions.get("since"):
        rows = rows.filter(cast_at__gte=datetime.fromisoformat(conditions["since"]))
    if conditions.get("until"):
        rows = rows.filter(cast_at__lte=datetime.fromisoformat(conditions["until"]))
    by_origin, by_sheet = int(conditions.get("origin_from") or 0), int(conditions.get("same_sheet_from") or 0)
    if not by_origin and not by_sheet:
        return rows.none()
    if by_origin:
        crowded = (
            rows.exclude(origin="")
            .values("origin")
            .annotate(n=Count("pk"))
            .filter(n__gte=by_origin)
            .order_by()
        )
        rows = rows.filter(origin__in=[row["origin"] for row in crowded])
    if by_sheet:
        sheets = {pk: q.digest(answers) for pk, answers in rows.values_list("pk", "answers")}
        times = Counter(sheets.values())
        rows = rows.filter(pk__in=[pk for pk, sheet in sheets.items() if times[sheet] >= by_sheet])
    return rows
