"""The docket's tables."""

from portal.cases.models.case import Case, CaseQuerySet
from portal.cases.models.event import CaseEvent, ClockEntry, EventPayload, LedgerAnchor
from portal.cases.models.file import CaseFile
from portal.cases.models.hold import LegalHold
from portal.cases.models.intake import CodeFailure, NumberCounter, Submission
from portal.cases.models.link import CaseLink
from portal.cases.models.proof import ProofRound
from portal.cases.models.recount import CountedBy

__all__ = [
    "Case",
    "CaseEvent",
    "CaseFile",
    "CaseLink",
    "CaseQuerySet",
    "ClockEntry",
    "CodeFailure",
    "CountedBy",
    "EventPayload",
    "LedgerAnchor",
    "LegalHold",
    "NumberCounter",
    "ProofRound",
    "Submission",
]
