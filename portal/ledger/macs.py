"""The keyed digest of one column of one row."""

from __future__ import annotations

import hashlib
import hmac
import json

from portal.privacy.crypto import key_ring, newest

PURPOSE = "rows"
HEX = 20

Values = tuple[str | None, ...]


def newest_kid() -> str:
    """The id of the key that seals rows from now on."""
    return newest(key_ring(PURPOSE))


def mac(kid: str, table: str, row: str, column: str, value: str | None) -> str:
    """HMAC-SHA256 over where the value stands and what it is, 80 bits of it; "" if the key is gone."""
    key = key_ring(PURPOSE).get(kid)
    if key is None:
        return ""
    message = f"{table}\n{row}\n{column}\n{'-' if value is None else '+' + value}"
    return hmac.digest(key, message.encode(errors="surrogatepass"), hashlib.sha256).hex()[:HEX]


def macs(kid: str, table: str, row: str, columns: tuple[str, ...], values: Values) -> dict[str, str]:
    """The digests of all columns."""
    return {
        column: mac(kid, table, row, column, value) for column, value in zip(columns, values, strict=True)
    }


def dump(found: dict[str, str]) -> str:
    """As a seal keeps them."""
    return json.dumps(found, separators=(",", ":"))


def load(kept: str) -> dict[str, str]:
    """The digests of a seal; {} for one that cannot be read."""
    try:
        found = json.loads(kept)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
