"""Log lines as JSON, one object a line, without personal data."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

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


class JsonFormatter(logging.Formatter):
    """One JSON object a record; line ends and control signs are escaped by JSON itself, tokens in addresses left out."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": TOKEN.sub("/***", record.getMessage()),
        }
        entry |= {key: str(value) for key, value in vars(record).items() if key not in _PLAIN}
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=True)
