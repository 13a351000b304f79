"""Keyed digests: nothing that names a voter is kept in clear, and staff cannot compute what links a ballot."""

from __future__ import annotations

import hashlib
from datetime import date
from ipaddress import ip_network

from consultations.polls.models import Poll, PollToken
from portal.core.numbering import normalise_code
from portal.privacy.crypto import keyed_digest

RECEIPT = 20


def voter_key(case: Poll, kind: str, value: str) -> str:
    """What makes a voter one voter in this poll; another one in every poll."""
    return keyed_digest(f"{case.public_id}\n{kind}\n{value}", "poll-voter")


def link_of(case: Poll, who: str) -> str:
    """How a voter's own ballot is found again."""
    return keyed_digest(f"{case.public_id}\n{who}", "poll-link")


def receipt_of(case: Poll, who: str, key: str) -> str:
    """The receipt of a voter for a submission's key, so that a retry shows the same one; the key is kept nowhere."""
    return keyed_digest(f"{case.public_id}\n{who}\n{key}", "poll-receipt")[:RECEIPT]


def receipt_digest(case: Poll, receipt: str) -> str:
    """Under which a receipt is kept and published: plain SHA-256, so that anybody can check a receipt (80 bits)."""
    return hashlib.sha256(f"{case.public_id}\n{receipt.strip().lower()}".encode()).hexdigest()


def origin_of(address: str, day: date) -> str:
    """A digest of a network address that changes every day; of IPv6 the /64 of a household, which has 2^64 of them."""
    return keyed_digest(f"{day}\n{_household(address)}", "poll-origin") if address else ""


def _household(address: str) -> str:
    try:
        network = ip_network(address, strict=False)
    except ValueError:
        return address
    return str(network.supernet(new_prefix=64)) if network.version == 6 else address


def token_digest(case: Poll, token: str) -> str:
    """Under which a token is kept."""
    return keyed_digest(f"{case.public_id}\n{normalise_code(token)}", "poll-token")


def is_token(case: Poll, token: str) -> bool:
    """True if it is one of the poll's tokens."""
    return bool(token) and PollToken.objects.filter(poll=case, digest=token_digest(case, token)).exists()
