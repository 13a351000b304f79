"""The keys that sign the anchors: PORTAL_ANCHOR_KEY, a comma-separated list; the last secret signs, all verify.

`pub:HEX` stands for a key that only verifies: what is left of an old one, or all that a web process may know.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

PUBLIC = "pub:"


class AnchorKeyMissing(RuntimeError):
    """This process has no key to sign with."""


def _entries() -> list[str]:
    return [entry.strip() for entry in settings.PORTAL_ANCHOR_KEY.split(",") if entry.strip()]


def _private(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(secret.encode()).digest())


def signing_key() -> Ed25519PrivateKey:
    """The key that signs; AnchorKeyMissing where there is none."""
    secrets = [entry for entry in _entries() if not entry.startswith(PUBLIC)]
    if not secrets:
        raise AnchorKeyMissing("PORTAL_ANCHOR_KEY is not set: this process cannot sign anchors")
    return _private(secrets[-1])


def can_sign() -> bool:
    """True where anchors may be signed."""
    return any(not entry.startswith(PUBLIC) for entry in _entries())


def public_keys() -> list[str]:
    """The keys that verify, as hexadecimal, oldest first."""
    return [
        entry.removeprefix(PUBLIC)
        if entry.startswith(PUBLIC)
        else _private(entry).public_key().public_bytes_raw().hex()
        for entry in _entries()
    ]


def is_signed(signature: str, message: bytes) -> bool:
    """True if one of our keys signed the message; the signature as hexadecimal, anything else is none."""
    for key in public_keys():
        with suppress(InvalidSignature, ValueError):
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
            return True
    return False
