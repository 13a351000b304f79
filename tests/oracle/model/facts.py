"""What is known about one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.oracle.model.counting import Period, Still, stood_still
from tests.oracle.model.days import Days
from tests.oracle.model.people import Staff

SUBMITTED, REGISTERED, HANDLING = "submitted", "registered", "handling"
CORRECTING, PAYING = "awaiting_correction", "awaiting_payment"
REVIEWING, CLEARING, SIGNING, SIGNED = "reviewing", "clearing", "signing", "signed"
SENDING, ANSWERED = "sending", "answered"
WITHDRAWN, ABANDONED, ENDED = "withdrawn", "abandoned", "ended"
CLOSED = (ANSWERED, WITHDRAWN, ABANDONED, ENDED)
THIRD, JOINT, ASSISTANT = "third_party", "joint_maker", "assistant"
WAITING, SAID, SILENT, UNREACHABLE, CANCELLED = "waiting", "answered", "silent", "unreachable", "cancelled"
PARTY_TERM, PAY_TERM = 15, 20


@dataclass
class Paper:
    """A paper that somebody outside got: the applicant, or the party with that number."""

    kind: str
    to: str
    on: date
    received_on: date | None = None
    posted_on: date | None = None
    handed_over: bool = False
    shown: bool = True
    void: bool = False
    unsaid: bool = False
    of_former: bool = False
    sent_as_reply: bool = False
    sent_by: str = ""
    amended_by: set[str] = field(default_factory=set)


@dataclass
class Notice:
    """Something the applicant must do within a term: correct, pay, give reasons."""

    told_on: date
    workdays: int
    paper: Paper
    answered_on: date | None = None
    state: str = WAITING
    amount: int = 0
    receipt_by: str = ""
    amended_by: set[str] = field(default_factory=set)

    @property
    def received_on(self) -> date | None:
        """The day on which the applicant is known to have received it."""
        return self.paper.received_on

    def last_day(self, days: Days) -> date | None:
        """The term's last day; None while nobody is known to have received it (ADR 16, receipt)."""
        return None if self.received_on is None else days.after(self.received_on, self.workdays)


@dataclass
class Party:
    """Somebody who was asked for an opinion (arts. 32, 34)."""

    kind: str
    sent_on: date
    online: bool
    state: str = WAITING
    received_on: date | None = None
    opinion: str = ""
    ended_on: date | None = None
    proposed_by: str = ""
    asked_by: str = ""
    overridden: bool = False
    closed_by_end: bool = False
    receipt_by: str = ""
    amended_by: set[str] = field(default_factory=set)

    @property
    def objects(self) -> bool:
        """True if not everything may be disclosed for this party's sake."""
        return self.state == SAID and self.opinion in ("refuse", "partly") and self.kind != ASSISTANT

    def last_day(self, days: Days) -> date | None:
        """The last day for the opinion, from the party's own receipt."""
        if self.received_on is None or self.kind == ASSISTANT:
            return None
        return days.after(self.received_on, PARTY_TERM)

    def still(self, days: Days) -> list[Still]:
        """When the clock stands still for this party; an assisting unit's help stops none, a cancelled one neither."""
        if self.kind == ASSISTANT or self.state == CANCELLED:
            return []
        ended = self.ended_on if self.state in (SAID, UNREACHABLE) else None
        return stood_still(self.sent_on, PARTY_TERM, self.received_on, ended, days)


@dataclass
class Matter:
    """What is answered about one matter."""

    kind: str
    ground: str = ""
    reason: str = ""


@dataclass
class Answer:
    """The reply on its way through the hands."""

    matters: list[Matter] = field(default_factory=list)
    drafters: set[str] = field(default_factory=set)
    last_drafter: str = ""
    reviewed_by: str = ""
    cleared_by: str = ""
    signed_by: str = ""
    paper: Paper | None = None


@dataclass(frozen=True)
class Ending:
    """How a request ended: the day that counts, and the row of the annual report."""

    on: date
    row: str


@dataclass
class Remedy:
    """A reconsideration or a lawsuit."""

    kind: str
    filed_on: date
    result: str = "pending"
    ended_on: date | None = None


@dataclass
class Request:
    """One request and everything that hangs on it."""

    unit: str
    submitted_on: date
    account: str
    column: str
    delivery: str
    online: bool
    state: str = SUBMITTED
    received_on: date | None = None
    registered: bool = False
    officer: str = ""
    period: Period | None = None
    wish: tuple[int, str] | None = None
    was_extended: bool = False
    correction: Notice | None = None
    fees: list[Notice] = field(default_factory=list)
    reasons: Notice | None = None
    verdict: str = ""
    later_days: int = 0
    parties: list[Party] = field(default_factory=list)
    told_of_parties: bool = False
    answer: Answer = field(default_factory=Answer)
    searched: bool = False
    obvious: bool = False
    papers: list[Paper] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    frozen_due: date | None = None
    before_end: str = ""
    ended_on: date | None = None
    ended_as: str = ""
    wish_unsaid: bool = False
    remedies: list[Remedy] = field(default_factory=list)
    rated: bool = False
    version: int = 0
    successions: int = 0
    agent: bool = False
    organisation: bool = False
    came_online: bool = True
    tellable: bool = True
    phone: str = "landline"
    archived: bool = False

    @property
    def closed(self) -> bool:
        """True once it has ended."""
        return self.state in CLOSED

    def fee(self) -> Notice | None:
        """The fee that is waited for."""
        return next((one for one in self.fees if one.state == WAITING), None)

    def still(self, days: Days) -> list[Still]:
        """Every day on which the clock stands still: parties and fee notices (rule book, section 1)."""
        spans = [span for party in self.parties for span in party.still(days)]
        for fee in self.fees:
            if fee.state != CANCELLED:
                spans += stood_still(fee.told_on, PAY_TERM, fee.received_on, fee.answered_on, days)
        return spans


@dataclass
class World:
    """The day, the calendar, the officials, the request."""

    today: date
    days: Days
    staff: Staff
    request: Request
    told: set[str] = field(default_factory=set)
    notice_changed: bool = False

    def is_official(self, person: str, *roles: str) -> bool:
        """True if that person holds one of the offices in the request's unit today, and the case is not the own one.

        An official is a person too, and takes no official step in the own case (ADR 16, people can change).
        """
        if person == self.request.account:
            return False
        return any(self.staff.has(person, self.request.unit, role, self.today) for role in roles)

    def is_applicant(self, person: str) -> bool:
        """True for the applicant on the public pages, by account or by query code."""
        return person == "applicant"

    def is_in_own_case(self, person: str) -> bool:
        """True for an official at the desk whose own request this is."""
        return person != "" and person == self.request.account
