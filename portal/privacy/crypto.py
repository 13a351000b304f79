"""Sealing of personal fields: AES-256-GCM with a key id in the token, and a keyed blind index.

Token: "p1." + kid + "." + base64url(nonce12 ‖ ciphertext ‖ tag). The associated data names table and column, so a
value cannot be moved into another column. Keys are derived from PORTAL_FIELD_KEYS, a
comma-separated list "kid:secret"; the last one seals, all of them open. A plain secret has kid "1".
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import unicodedata
from contextlib import suppress
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PREFIX = "p1"


class SealBroken(ValueError):
    """The token was altered, moved to another column, or its key is gone."""


@lru_cache(maxsize=16)
def _derived(configured: str, purpose: str) -> tuple[tuple[str, bytes], ...]:
    keys = []
    for part in configured.split(","):
        kid, _, secret = part.strip().rpartition(":")
        keys.append((kid or "1", hashlib.sha256(f"{purpose}{secret}".encode()).digest()))
    return tuple(keys)


def keys_for(purpose: str = "", kid: str | None = None) -> list[bytes]:
    """The keys of PORTAL_FIELD_KEYS for that purpose that have this id (secrets without one are all "1"), all with None."""
    derived = _derived(settings.PORTAL_FIELD_KEYS, f"{purpose}\n" if purpose else "")
    return [key for name, key in derived if kid is None or name == kid]


def key_ring(purpose: str = "") -> dict[str, bytes]:
    """The keys of PORTAL_FIELD_KEYS for that purpose, by key id; the last one is for what is written from now on."""
    return _ring(settings.PORTAL_FIELD_KEYS, f"{purpose}\n" if purpose else "")


@lru_cache(maxsize=16)
def _ring(configured: str, purpose: str) -> dict[str, bytes]:
    pairs = _derived(configured, purpose)
    return {kid: key for kid, key in pairs if kid != pairs[-1][0]} | dict(pairs[-1:])


def newest(ring: dict[str, bytes]) -> str:
    """The id of the key that seals."""
    return next(reversed(ring))


def own_prefix() -> str:
    """What every token begins with that the newest key sealed."""
    return f"{PREFIX}.{newest(key_ring())}."


def seal(plain: bytes, context: str) -> str:
    """The token for a value of that column."""
    ring = key_ring()
    kid = newest(ring)
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(ring[kid]).encrypt(nonce, plain, context.encode())
    return f"{PREFIX}.{kid}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(token: str, context: str) -> bytes:
    """The value behind a token; SealBroken if it does not belong here."""
    prefix, _, rest = token.partition(".")
    kid, _, body = rest.partition(".")
    if prefix != PREFIX:
        raise SealBroken("unknown seal")
    for key in keys_for(kid=kid):
        with suppress(InvalidTag, ValueError):
            raw = base64.urlsafe_b64decode(body)
            return AESGCM(key).decrypt(raw[:12], raw[12:], context.encode())
    raise SealBroken("the sealed value does not open here")


def normalise(value: str) -> str:
    """A value as the blind index sees it: NFKC, upper case, only letters, digits and Chinese characters."""
    folded = unicodedata.normalize("NFKC", value).upper()
    kept = "".join(ch for ch in folded if ch.isalnum())
    return kept.removeprefix("86") if len(kept) == 13 and kept.startswith("861") else kept


def blind_index(value: str, context: str) -> str:
    """A keyed digest for exact look-up; "" for an empty value."""
    plain = normalise(value)
    if not plain:
        return ""
    message = f"{context}\n{plain}".encode()
    return hmac.new(settings.PORTAL_INDEX_KEY.encode(), message, hashlib.sha256).hexdigest()


def keyed_digest(value: str, purpose: str) -> str:
    """HMAC-SHA256 under the index key, for query codes and tokens; never reversible without the key."""
    return hmac.new(
        settings.PORTAL_INDEX_KEY.encode(), f"{purpose}\n{value}".encode(), hashlib.sha256
    ).hexdigest()
