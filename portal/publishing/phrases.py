"""Texts at hand: kept by a unit's own people, filled in for one case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from portal.core.actors import Actor
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.publishing.models import Phrase
from portal.units.access import units_of
from portal.units.choices import HANDLING_ROLES
from portal.units.models import Unit

PLACE = re.compile(r"\{([^{}\n]{1,12})\}")
MOST = 200


@dataclass(frozen=True)
class AtHand:
    """A text with the case's own words in it."""

    pk: int
    title: str
    outcome: str
    text: str


def phrases_of(actor: Actor) -> QuerySet[Phrase]:
    """The texts of the actor's units."""
    return Phrase.objects.filter(unit_id__in=units_of(actor)).select_related("unit")


def at_hand(unit: Unit, kind: str, words: Mapping[str, str]) -> list[AtHand]:
    """The unit's texts for a kind of case; a placeholder that nothing is known for stays as it is."""
    rows = Phrase.objects.filter(unit=unit, kind=kind)
    return [AtHand(row.pk, row.title, row.outcome, filled(row.text, words)) for row in rows[:MOST]]


def filled(text: str, words: Mapping[str, str]) -> str:
    """A text with its placeholders filled in."""
    return PLACE.sub(lambda found: words.get(found[1]) or found[0], text)


@transaction.atomic
def keep_phrase(*, unit: Unit, kind: str, outcome: str, title: str, text: str, actor: Actor) -> Phrase:
    """Keep a text under a name; the same name again replaces it. Raises StepRefused for another unit's, InvalidInput."""
    if not actor.has_role(unit.pk, *HANDLING_ROLES):
        raise StepRefused("只能管理本机关的常用语。")
    if not title.strip() or not text.strip():
        raise InvalidInput("请填写名称和内容", "title" if not title.strip() else "text")
    row, _ = Phrase.objects.update_or_create(
        unit=unit,
        kind=kind,
        title=title.strip()[:40],
        defaults={"outcome": outcome, "text": text.strip()[:2000]},
    )
    return row


def drop_phrase(*, pk: int, actor: Actor) -> None:
    """Take a text away. Raises NotFound for another unit's."""
    row = phrases_of(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound("没有这条常用语。")
    row.delete()
