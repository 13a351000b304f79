"""Issuing the papers of the letter box under numbers of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mailbox.models import Letter
from portal.core.actors import Actor
from portal.core.numbering import official_number
from portal.documents.actions import issue
from portal.documents.kinds import kind_of
from portal.documents.models import OfficialDocument
from portal.units.models import Unit

DISCLOSURE_SUFFIX = "公开"
WORDS = {"mailbox": "信", "mailbox_urge": "督"}
UNNAMED = "来信人"


def number_word(unit: Unit, series: str) -> str:
    """The word before a number: 玉政办信 for papers to writers, 玉政办督 for urging.

    A unit has one series word, made for disclosure (玉政办公开); the same number twice would be two papers.
    """
    return f"{unit.series_word.removesuffix(DISCLOSURE_SUFFIX)}{WORDS[series]}"


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
    paper = issue(case, kind_code, unit=unit, actor=actor, at=at, facts=facts, addressee=to)
    if paper.ordinal is not None:
        word = number_word(unit, kind_of(kind_code).series)
        paper.number = official_number(word, paper.year, paper.ordinal)
        paper.save(update_fields=["number"])
    return paper
