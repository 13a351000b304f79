"""Log lines as JSON, one object a line, with the request and the account's number, without personal words."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from portal.core import trace

_PLAIN = set(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "request",
    "taskName",
    "server_time",
    "status_code",
}


# A part of an address that opens something by itself: a party's link, a rating link (public ids have 36 signs).
TOKEN = re.compile(r"/[A-Za-z0-9_-]{40,}(?=/|\s|$)")
# What somebody wrote or is: Chinese words (also as they stand in an address), mail addresses, telephone and identity
# numbers with or without marks between. What we say ourselves is English.
PERSONAL = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[mail]"),
    (re.compile(r"(?:%[0-9A-Fa-f]{2}){2,}"), "[words]"),
    (re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff·]+"), "[words]"),
    (re.compile(r"(?<![\w-])\+?\d(?:[ -]?\d){5,}[Xx]?(?![\w-])"), "[number]"),
)
QUERY = re.compile(r"(\?)[^\s\"']*")


def plain(text: str) -> str:
    """The text without what could name a person: whole values are left out, not parts of them."""
    text = QUERY.sub(r"\1…", TOKEN.sub("/***", text))
    for pattern, instead in PERSONAL:
        text = pattern.sub(instead, text)
    return text


class JsonFormatter(logging.Formatter):
    """One JSON object a record; line ends and control signs are escaped by JSON itself."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": plain(record.getMessage()),
            **trace.known(),
        }
        entry |= {key: _value(value) for key, value in vars(record).items() if key not in _PLAIN}
        if record.exc_info and record.exc_info[1] is not None:
            entry["exception"] = _exception(record.exc_info[1], record.exc_info[2])
        return json.dumps(entry, ensure_ascii=True)


def _value(value: object) -> str | int | float:
    return value if isinstance(value, int | float) else plain(str(value))


def _exception(error: BaseException, at: TracebackType | None) -> str:
    """Where it was raised and what it was; its words without what could name a person, nor the row that a database quotes."""
    frames = "".join(traceback.format_tb(at))
    words = plain(str(error).split("\nDETAIL:")[0])
    cause = error.__cause__
    behind = f"\nbecause of {type(cause).__name__}" if cause is not None else ""
    return f"{frames}{type(error).__name__}: {words[:500]}{behind}"
