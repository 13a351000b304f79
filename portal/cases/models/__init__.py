"""The docket's tables."""

from portal.cases.models.case import Case, CaseQuerySet
from portal.cases.models.event import CaseEvent, ClockEntry, EventPayload, LedgerAnchor
from portal.cases.models.file import CaseFile
from portal.cases.models.hold import LegalHold
from portal.cases.models.intake import CodeFailure, NumberCounter, Submission
from portal.cases.models.link import CaseLink
from portal.cases.models.proof import ProofRound

__all__ = [
    "Case",
    "CaseEvent",
    "CaseFile",
    "CaseLink",
    "CaseQuerySet",
    "ClockEntry",
    "CodeFailure",
    "EventPayload",
    "LedgerAnchor",
    "LegalHold",
    "NumberCounter",
    "ProofRound",
    "Submission",
]
