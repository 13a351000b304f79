"""Issuing the papers of the letter box under numbers of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mailbox.models import Letter
from portal.core.actors import Actor
from portal.documents.actions import issue
from portal.documents.kinds import number_word as word_of_series
from portal.documents.models import OfficialDocument
from portal.units.models import Unit

UNNAMED = "来信人"


def number_word(unit: Unit, series: str) -> str:
    """The word before a number: 玉政办信 for papers to writers, 玉政办督 for urging."""
    return word_of_series(unit.series_word, series)


def issue_paper(
    case: Letter,
    kind_code: str,
    *,
    unit: Unit,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any],
    addressee: str = "",
) -> OfficialDocument:
    """Issue a paper, to the writer if no other addressee is named.

    A paper of a confidential report names nobody: it is seen by people who may not know who wrote.
    """
    to = addressee or (UNNAMED if case.identity_closed else case.name)
    return issue(case, kind_code, unit=unit, actor=actor, at=at, facts=facts, addressee=to)
