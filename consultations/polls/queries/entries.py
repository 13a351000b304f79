"""Entries of a contest."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from consultations.polls.choices import EntryState
from consultations.polls.models import Entry, Poll
from portal.core.errors import NotFound


def entries_of(case: Poll) -> QuerySet[Any]:
    """All entries, what is not reviewed first."""
    order = Case(When(state=EntryState.PENDING, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows: QuerySet[Any] = Entry.objects.filter(poll=case)
    return rows.order_by(order, "number")


def shown_entries(case: Poll) -> list[Entry]:
    """The accepted entries, once the ballot is made."""
    if not case.definition_sha256:
        return []
    return list(Entry.objects.filter(poll=case, state=EntryState.ACCEPTED).order_by("number"))


def find_entry(case: Poll, public_id: uuid.UUID) -> Entry:
    """An entry of this contest; NotFound for any other."""
    found = Entry.objects.filter(poll=case, public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到这件作品。")
    return found
