"""The hash chain of a case: canonical JSON, SHA-256 links, verification."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

GENESIS = "0" * 64
VERSION = "v1"


def canonical(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, NFC text, times as UTC microseconds, no floats.

    Raises TypeError for a float or an unknown type: what two databases may print differently has no
    place in a digest.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str(value))
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def timestamp(at: datetime) -> str:
    """An aware time as UTC text with microseconds; ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("naive time in the log")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def link(previous: str, fields: Mapping[str, Any]) -> str:
    """The digest of an event: SHA-256 over version, the event's canonical fields, and the link before."""
    return hashlib.sha256(f"{VERSION}\n{canonical(fields)}\n{previous}".encode()).hexdigest()


def genesis(case_public_id: str) -> str:
    """The link before a case's first event: bound to the case, so chains cannot be swapped."""
    return hashlib.sha256(f"{VERSION}\n{case_public_id}\n{GENESIS}".encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold."""

    seq: int
    reason: str


def verify(case_public_id: str, events: Iterable[tuple[int, Mapping[str, Any], str, str]]) -> Break | None:
    """None if the chain holds; events are (seq, fields, prev, digest) in order of seq, from 1."""
    previous = genesis(case_public_id)
    expected = 1
    for seq, fields, prev, digest in events:
        if seq != expected:
            return Break(expected, "缺少事件")
        if prev != previous:
            return Break(seq, "与前一事件的链接不符")
        if link(previous, fields) != digest:
            return Break(seq, "内容与摘要不符")
        previous = digest
        expected += 1
    return None
