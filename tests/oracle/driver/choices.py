"""Which step comes next, by whom, with which facts: plain data drawn at random, sensible more often than not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle.model import facts as states
from tests.oracle.model.facts import World
from tests.oracle.model.giving import due_date
from tests.oracle.model.people import APPROVER, CLERK, REVIEWER, SECRECY

Facts = dict[str, Any]
KINDS = ("disclose", "already_public", "partial", "refuse", "not_held", "not_ours", "needs_creation", "unclear",
         "inquiry", "not_processed")  # fmt: skip
GROUNDS = ("state_secret", "forbidden", "security", "third_party", "third_party", "internal", "process",
           "enforcement_file")  # fmt: skip
REASONS = ("petition", "duplicate", "publication", "excessive", "confirmation")
DELIVERABLE = ("receipt", "correction_notice", "fee_notice", "reasons_notice", "reply", "extension_notice")
FITTING: dict[str, tuple[str, ...]] = {
    states.SUBMITTED: (*("register",) * 10, "transfer", "withdraw"),
    states.REGISTERED: (*("assign",) * 6, "search", "flag"),
    states.HANDLING: (
        *("draft", "submit", "consult", "party_received", "opinion", "charge_fee", "request_correction") * 2,
        *("propose_override", "approve_override", "stop_asking", "request_extension", "extend") * 2,
        "draft", "draft", "draft", "submit", "submit", "submit", "consult", "consult", "party_received",
        "opinion", "opinion", "stop_asking", "propose_override", "approve_override", "revoke_override", "refuse_override", "amend_party_receipt",
        "search", "charge_fee", "notice_received", "amend_receipt",
        "request_correction", "request_correction", "ask_reasons", "give_reasons", "judge_reasons", "postpone",
        "request_extension", "extend", "refuse_extension", "assign", "drop", "deliver", "open_page", "remedy",
        "withdraw", "terminate", "succeed", "flag", "void", "change_contact",
    ),
    states.CORRECTING: ("correct", "correct", "lapse", "lapse", "notice_received", "notice_received", "amend_receipt", "deliver", "open_page", "withdraw", "opinion",
                        "party_received", "succeed", "terminate", "change_contact"),
    states.PAYING: ("fee_received", "fee_received", "amend_receipt", "pay", "cancel_fee", "lapse_fee", "lapse_fee", "opinion",
                    "open_page", "deliver", "withdraw", "stop_asking", "party_received", "change_contact"),
    states.REVIEWING: ("review", "review", "review", "send_back", "request_extension", "extend", "assign"),
    states.CLEARING: ("clear", "clear", "clear", "send_back", "extend", "request_extension"),
    states.SIGNING: ("sign", "sign", "sign", "send_back", "extend"),
    states.SIGNED: ("reply", "reply", "issue", "recall_reply", "extend", "withdraw"),
    states.SENDING: ("post", "post", "post", "recall_reply", "assign", "change_contact"),
    states.ANSWERED: ("receipt", "receipt", "deliver", "open_page", "remedy", "remedy", "remedy_ends", "rate",
                      "void", "answer_anew", "answer_anew", "amend_delivery", "archive"),
    states.WITHDRAWN: ("archive", "reopen", "reopen", "remedy", "deliver", "void"),
    states.ABANDONED: ("reopen", "reopen", "remedy", "remedy_ends", "deliver"),
    states.ENDED: ("reopen", "reopen", "remedy"),
}  # fmt: skip
ROLE_OF = {
    "review": (REVIEWER,), "clear": (SECRECY,), "sign": (APPROVER,), "extend": (APPROVER,),
    "refuse_extension": (APPROVER,), "postpone": (APPROVER,), "approve_override": (APPROVER,),
    "terminate": (APPROVER,), "revoke_override": (APPROVER,), "refuse_override": (APPROVER,),
    "amend_party_receipt": (APPROVER,), "amend_receipt": (APPROVER,), "amend_delivery": (APPROVER,), "reopen": (APPROVER,), "answer_anew": (APPROVER,), "recall_reply": (APPROVER,),
    "void": (APPROVER,), "send_back": (REVIEWER, SECRECY, APPROVER), "stop_asking": (CLERK, APPROVER),
    "withdraw": (APPROVER, CLERK), "party_received": (CLERK, APPROVER), "fee_received": (CLERK, APPROVER),
}  # fmt: skip
OF_APPLICANT = ("change_contact", "correct", "give_reasons", "withdraw", "rate", "open_page")
OF_PARTY = ("party_received", "opinion")
EVERYBODY = ("clerk", "clerk2", "reviewer", "secrecy", "approver", "approver2", "double", "publisher",
             "supervisor", "outsider", "stranger", "applicant")  # fmt: skip


def somebody(r: Random, world: World, verb: str, facts: Facts) -> str:
    """Mostly somebody whose step it is; one time in ten anybody at all."""
    if r.random() < 0.1:
        return r.choice(EVERYBODY if verb != "open_page" else ("applicant",))
    if verb in OF_APPLICANT and (verb in ("rate", "open_page") or r.random() < 0.6):
        return "applicant"
    if verb in OF_PARTY and r.random() < 0.5:
        return f"party:{facts['number']}"
    roles = ROLE_OF.get(verb, (CLERK,))
    able = [one.person for one in world.staff.appointments
            if one.unit == world.request.unit and one.role in roles and one.holds(world.today)]  # fmt: skip
    if verb == "submit" and world.request.answer.drafters and r.random() < 0.9:
        return world.request.answer.last_drafter
    others = [person for person in able if person != "double"]
    return r.choice(others if others and r.random() < 0.8 else able or ["clerk"])


def _back(r: Random, world: World, most: int = 4) -> date:
    """Today, a few days before, once in a while tomorrow."""
    return world.today - timedelta(days=r.choice((0, 0, 0, r.randint(0, most), r.randint(0, most * 5), -1)))


def _number(r: Random, world: World) -> int:
    return r.randint(0, max(0, len(world.request.parties) - 1))


def _draft(r: Random, w: World) -> Facts:
    kind = r.choice(KINDS)
    return {
        "position": r.choice((1, 1, 1, 1, 2, 3)),
        "kind": kind,
        "ground": r.choice(GROUNDS) if kind in ("partial", "refuse") else "",
        "reason": r.choice(REASONS) if kind == "not_processed" else "",
    }


def _opinion(r: Random, w: World) -> Facts:
    said = r.choice(("agree", "agree", "partly", "refuse"))
    return {"number": _number(r, w), "opinion": said, "on": r.choice((None, _back(r, w)))}


def _charge(r: Random, w: World) -> Facts:
    tariff = r.choice(("by_page", "by_piece"))
    earlier = r.randint(0, 40) if tariff == "by_piece" else 0
    return {"tariff": tariff, "count": r.randint(1, 300 if tariff == "by_page" else 45), "earlier": earlier}


def _in_days(r: Random, w: World, *options: int) -> date:
    return w.days.after(w.today, r.choice(options)) + timedelta(days=r.choice((0, 0, 1)))


def _anew(r: Random, w: World) -> Facts:
    ground = r.choice(("review", "void", "mistake", "review"))
    decided = _back(r, w) if ground == "review" else None
    return {"ground": ground, "begins_on": decided, "days": r.choice((0, 10, 15)) if decided else 0}


def _reopen(r: Random, w: World) -> Facts:
    ground = r.choice(("mistake", "good_reason", "review"))
    begins = _back(r, w) if ground == "review" else None
    return {"ground": ground, "begins_on": begins, "days": r.choice((0, 0, 15)) if begins else 0}


DRAW: dict[str, Callable[[Random, World], Facts]] = {
    "register": lambda r, w: {"received_on": _back(r, w, 2)},
    "transfer": lambda r, w: {"unit": r.choice(("housing", "office"))},
    "assign": lambda r, w: {
        "officer": r.choice(("clerk", "clerk", "clerk2", "double", "outsider", "approver"))
    },
    "search": lambda r, w: {"on": _back(r, w)},
    "request_correction": lambda r, w: {"correct_by": _in_days(r, w, 4, 5, 10, 15, 15, 30, 31)},
    "correct": lambda r, w: {"on": _back(r, w)},
    "ask_reasons": lambda r, w: {"answer_by": _in_days(r, w, 5, 7, 10)},
    "judge_reasons": lambda r, w: {
        "verdict": r.choice(("reasonable", "reasonable", "unreasonable", "silent")),
        "later": r.choice((0, 10, 20, 40, 41, 60, 61)),
    },
    "request_extension": lambda r, w: {"count": r.choice((1, 5, 10, 20, 20, 21))},
    "charge_fee": _charge,
    "fee_received": lambda r, w: {"on": _back(r, w)},
    "pay": lambda r, w: {"on": _back(r, w)},
    "consult": lambda r, w: {
        "kind": r.choice(("third_party", "third_party", "joint_maker", "assistant")),
        "online": r.random() < 0.7,
    },
    "party_received": lambda r, w: {"number": _number(r, w), "on": _back(r, w)},
    "opinion": _opinion,
    "stop_asking": lambda r, w: {
        "number": _number(r, w),
        "result": r.choice(("silent", "silent", "unreachable", "cancelled")),
    },
    "propose_override": lambda r, w: {"number": _number(r, w)},
    "approve_override": lambda r, w: {"number": _number(r, w)},
    "draft": _draft,
    "refuse_override": lambda r, w: {"number": _number(r, w)},
    "revoke_override": lambda r, w: {"number": _number(r, w)},
    "amend_party_receipt": lambda r, w: {"number": _number(r, w), "on": _back(r, w)},
    "drop": lambda r, w: {"position": r.randint(1, 2)},
    "post": lambda r, w: {"by": r.choice(("post", "in_person")), "on": _back(r, w, 1)},
    "receipt": lambda r, w: {"on": _back(r, w, 2)},
    "deliver": lambda r, w: {"kind": r.choice(DELIVERABLE), "on": _back(r, w)},
    "void": lambda r, w: {"kind": r.choice(("reply", "reply", "extension_notice", "receipt"))},
    "remedy": lambda r, w: {
        "kind": r.choice(("reconsideration", "reconsideration", "lawsuit")),
        "on": _back(r, w, 2),
    },
    "remedy_ends": lambda r, w: {
        "number": 0,
        "result": r.choice(("corrected", "corrected", "upheld", "other")),
        "on": _back(r, w, 2),
    },
    "rate": lambda r, w: {"mark": r.choice((0, 1, 3, 5, 6))},
    "terminate": lambda r, w: {"reason": r.choice(("death", "dissolution", "other"))},
    "succeed": lambda r, w: {"reason": "merger" if w.request.organisation else "death"},
    "reopen": _reopen,
    "change_contact": lambda r, w: {"phone": r.choice(("second", "second", "third"))},
    "notice_received": lambda r, w: {"notice": r.choice(("correction", "reasons")), "on": _back(r, w)},
    "amend_receipt": lambda r, w: {"notice": r.choice(("fee", "correction", "reasons")), "on": _back(r, w)},
    "amend_delivery": lambda r, w: {"by": r.choice(("post", "in_person")), "on": _back(r, w, 2)},
    "answer_anew": _anew,
}


def jump(r: Random, world: World) -> date:
    """A later day: the next ones, after a weekend, the last day of a term or the day after it, New Year."""
    today, request = world.today, world.request
    ends = [due_date(world)]
    for told in (request.correction, request.reasons, *request.fees):
        if told is not None and told.answered_on is None:
            ends.append(told.last_day(world.days))
    ends += [party.last_day(world.days) for party in request.parties if party.state == states.WAITING]
    ahead = sorted(day for day in ends if day is not None and day >= today)
    kind = r.random()
    if ahead and kind < 0.3:
        return r.choice(ahead) + timedelta(days=r.choice((0, 1)))
    if request.closed and kind < 0.6:
        return today
    if kind < 0.315:
        return max(today, date(today.year, 12, 30)) + timedelta(days=r.randint(0, 5))
    if kind < 0.42:
        return today + timedelta(days=r.randint(7, 45))
    return today + timedelta(days=r.choice((0, 1, 1, 2, 3, 4)))
