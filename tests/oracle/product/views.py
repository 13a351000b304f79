"""What there is to be seen of a request, in the model's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.core.errors import NotFound
from portal.messaging.models import Message
from requests_app import queries
from requests_app.annual.figures import figures
from requests_app.models import DisclosureRequest
from tests.oracle.product.people import (
    AGENT,
    FIRM,
    HEIR,
    HEIR_MAIL,
    HEIR_PHONE,
    MAIL,
    NAME,
    OFFICIAL,
    OTHER_PHONES,
    PARTY_NAME,
    PHONE,
)

PAPERS = {
    "receipt",
    "correction_notice",
    "lapse_notice",
    "extension_notice",
    "reasons_notice",
    "postponement_notice",
    "withdrawal_note",
    "fee_notice",
    "unpaid_notice",
    "third_party_notice",
    "termination_notice",
}
WAYS = {"申请行政复议": "review", "提起行政诉讼": "lawsuit"}


@dataclass
class Seen:
    """What there is to be seen after a step, in the model's words; a part that was not looked at is None."""

    state: str = ""
    due: date | None = None
    terms: dict[str, date | None] = field(default_factory=dict)
    remedies: set[tuple[str, date]] | None = None
    papers: list[str] = field(default_factory=list)
    party_papers: list[list[str]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)
    version: int = 0


class Views:
    """Mixed into the product: reading, never writing."""

    pk: int
    letters: int
    account: str
    cast: Any
    now: DisclosureRequest | None
    case: Callable[[], DisclosureRequest]
    actor: Callable[[str, date], Any]

    def look(self, day: date) -> Seen:
        """Everything that is compared after each step."""
        case = self.now = self.case()
        seen = Seen(state=case.state, due=case.due_on, version=case.version)
        correction = queries.citizen.correction_of(case) if case.state == "awaiting_correction" else None
        fee = case.fees.order_by("-id").first() if case.state == "awaiting_payment" else None
        reasons = getattr(case, "reasons", None) if case.state == "handling" else None
        seen.terms = {
            "correct_by": correction.correct_by if correction and correction.received_on else None,
            "pay_by": fee.pay_by if fee and fee.received_on else None,
            "reasons_by": reasons.answer_by if reasons and reasons.received_on else None,
        }
        parties = list(case.consultations.select_related("letter", "slip", "decision").order_by("id"))
        for number, asked in enumerate(parties):
            seen.terms[f"answer_by:{number}"] = asked.answer_by if asked.received_on else None
        seen.remedies = {(WAYS[one.way], one.day) for one in queries.citizen.remedies_of(case, day)}
        shown = [paper for paper in queries.scope.papers_for_applicant(case) if paper.status != "void"]
        seen.papers = sorted(filter(None, (_kind(paper.kind) for paper in shown)))
        seen.party_papers = [
            sorted(p.kind for p in (a.letter, a.slip, a.decision) if p is not None and p.status != "void")
            for a in parties
        ]
        self._read_letters(case, seen)
        return seen

    def _read_letters(self, case: DisclosureRequest, seen: Seen) -> None:
        """Who got new messages, and whether any names somebody it must not name."""
        names = [PARTY_NAME.format(n) for n in range(len(seen.party_papers))]
        for letter in Message.objects.filter(pk__gt=self.letters).order_by("pk"):
            self.letters = letter.pk
            words = letter.subject + letter.body
            if (
                letter.address.startswith("p")
                and letter.address[1:2].isdigit()
                and letter.address.endswith("@example.org")
            ):
                seen.told.add(f"party:{letter.address[1:-12]}")
                seen.leaks += [f"{name} in a party's message" for name in (NAME, FIRM, HEIR) if name in words]
            elif letter.account_id is not None and letter.account_id == self._own_account():
                seen.told.add("applicant")
                seen.leaks += [f"{name} in the applicant's message" for name in names if name in words]
            elif letter.address in (PHONE, HEIR_PHONE, MAIL, HEIR_MAIL, *OTHER_PHONES.values()):
                former = letter.address not in (case.phone, case.email)
                seen.told.add("former" if former else "applicant")
                seen.leaks += [f"{name} in the applicant's message" for name in names if name in words]

    def _own_account(self) -> int | None:
        return self.cast.accounts[self.account].pk if self.account else None

    def leaks(self, day: date) -> list[str]:
        """Names in papers and on the timeline where they must not be."""
        case = self.case()
        found = []
        parties = list(case.consultations.order_by("id"))
        own = [*queries.scope.papers_for_applicant(case)]
        text = "".join(str(p.facts) + p.addressee + p.title for p in own)
        text += "".join(step.note + step.label + step.who for step in queries.citizen.citizen_timeline(case))
        found += [f"party {n} in what the applicant reads" for n in range(len(parties))
                  if PARTY_NAME.format(n) in text]  # fmt: skip
        if case.name == HEIR and any(name in text for name in (NAME, FIRM)):
            found.append("the former applicant in what the applicant reads")
        if OFFICIAL in text:
            found.append("an official's name in what the applicant reads")
        for number, asked in enumerate(parties):
            theirs = [p for p in (asked.letter, asked.slip, asked.decision) if p is not None]
            words = "".join(str(p.facts) + p.addressee for p in theirs)
            if asked.kind == "third_party":
                found += [f"{n} in papers of party {number}" for n in (NAME, FIRM, HEIR, AGENT) if n in words]
            found += [f"party {other} in papers of party {number}" for other in range(len(parties))
                      if other != number and PARTY_NAME.format(other) in words]  # fmt: skip
        return found

    def opens(self, person: str, day: date) -> tuple[bool, bool]:
        """Whether that person may open the applicant's page and the office's page."""
        case = self.case()
        actor = self.actor(person, day)
        return (
            _opens(lambda: queries.scope.find_visible(actor, frozenset(), case.public_id)),
            _opens(lambda: queries.scope.find_handled(actor, case.public_id)),
        )

    def counts(self, year: int, unit: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """The rows of the annual report in which the case counts, by column; (kind, result) of its remedies."""
        found = figures(year, self.cast.units[unit])
        rows = {
            row: column
            for (row, column), ids in found.requests.items()
            if self.pk in ids and column != "total"
        }
        rows.pop("handled", None)
        own = set(self.case().remedies.values_list("pk", flat=True))
        sought = [
            key for key, ids in found.remedies.items() if key[1] != "total" for one in ids if one in own
        ]
        return rows, sorted(sought)


def _opens(look: Callable[[], Any]) -> bool:
    try:
        look()
    except NotFound:
        return False
    return True


def _kind(code: str) -> str:
    return "reply" if code.endswith("_reply") else code if code in PAPERS else ""
