"""Rising topics with the letters of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from mailbox.models import Letter
from mailbox.queries.scope import in_office
from mailbox.topics import PAST_WEEKS, WEEK, Rise, Titled, rising
from portal.core.actors import Actor
from portal.units.access import is_supervisor


@dataclass(frozen=True)
class Topic:
    """A rising topic and its letters of this week."""

    rise: Rise
    letters: list[Any]


def watches_topics(actor: Actor) -> bool:
    """True for the mailbox office and for supervisors."""
    return is_supervisor(actor) or in_office(actor)


def rising_topics(today: date) -> list[Topic]:
    """What rises in the titles of the seven days up to today. Confidential letters are left out: their titles are
    not for lists."""
    zone = timezone.get_current_timezone()
    first = today - timedelta(days=(PAST_WEEKS + 1) * WEEK - 1)
    rows = Letter.objects.filter(
        confidential=False,
        created_at__gte=datetime.combine(first, time.min, zone),
        created_at__lt=datetime.combine(today + timedelta(days=1), time.min, zone),
    ).values_list("pk", "created_at", "title")
    found = rising((Titled(pk, timezone.localdate(at), title) for pk, at, title in rows), today)
    wanted = {pk for rise in found for pk in rise.letters}
    letters: dict[int, Any] = {
        letter.pk: letter for letter in Letter.objects.filter(pk__in=wanted).select_related("unit")
    }
    return [Topic(rise, [letters[pk] for pk in rise.letters]) for rise in found]


def week_ends(today: date) -> list[date]:
    """The last day of each week that is compared, this one last."""
    return [today - timedelta(days=WEEK * back) for back in range(PAST_WEEKS, -1, -1)]
