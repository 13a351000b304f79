"""The SMS adaptor: one interface, and a local gateway that writes to a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class SmsGateway(Protocol):
    """What a provider's adaptor offers."""

    def send(self, phone: str, text: str, dedupe: str) -> None:
        """Send one text; raise on failure; the same `dedupe` is delivered once."""


class FileGateway:
    """The local gateway of development and tests: one JSON line a text in var/sms.jsonl."""

    def __init__(self) -> None:
        self.path = Path(settings.VAR_DIR) / "sms.jsonl"

    def send(self, phone: str, text: str, dedupe: str) -> None:
        """Append the text to the file, unless that dedupe key is there already."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists() and f'"{dedupe}"' in self.path.read_text(encoding="utf-8"):
            return
        with self.path.open("a", encoding="utf-8") as handle:
            handle.write(
                json.dumps({"dedupe": dedupe, "phone": phone, "text": text}, ensure_ascii=False) + "\n"
            )


def gateway() -> SmsGateway:
    """The configured gateway (PORTAL_SMS_GATEWAY names a class)."""
    made: SmsGateway = import_string(settings.PORTAL_SMS_GATEWAY)()
    return made
