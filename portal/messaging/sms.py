"""The SMS adaptor: one interface, a gateway over HTTP, and a local one that writes to a file."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

SECONDS = 8
SIGNATURE = "X-Portal-Signature"


def signature_of(body: bytes) -> str:
    """What stands in SIGNATURE, both ways: the HMAC-SHA256 of the body under PORTAL_SMS_SECRET, in hex."""
    return hmac.new(settings.PORTAL_SMS_SECRET.encode(), body, hashlib.sha256).hexdigest()


class SmsGateway(Protocol):
    """What a provider's adaptor offers."""

    def send(self, phone: str, text: str, dedupe: str) -> None:
        """Send one text; raise on failure; the same `dedupe` is delivered once."""


class FileGateway:
    """The local gateway of development and tests: one JSON line a text in var/sms.jsonl. It sends nothing to anybody."""

    def __init__(self) -> None:
        self.path = Path(settings.VAR_DIR) / "sms.jsonl"

    def send(self, phone: str, text: str, dedupe: str) -> None:
        """Append the text to the file, unless that dedupe key is there already; in production it refuses to pretend."""
        if settings.PRODUCTION:
            raise RuntimeError("没有设置短信网关（PORTAL_SMS_GATEWAY），短信不能发送")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists() and f'"{dedupe}"' in self.path.read_text(encoding="utf-8"):
            return
        self.path.touch(mode=0o600)
        with self.path.open("a", encoding="utf-8") as handle:
            handle.write(
                json.dumps({"dedupe": dedupe, "phone": phone, "text": text}, ensure_ascii=False) + "\n"
            )


class HttpGateway:
    """A provider, or a small bridge to one, over HTTPS (PORTAL_SMS_URL, PORTAL_SMS_SECRET).

    POST of JSON `{"id", "to", "text", "at"}`; `id` is the same at every try of one text. X-Portal-Signature is the
    HMAC-SHA256 of the body under the secret, in hex. Any answer but 2xx within eight seconds is a failure: the job
    tries again later.
    """

    def send(self, phone: str, text: str, dedupe: str) -> None:
        """Hand one text over; raises OSError where it was not taken."""
        told = {"id": dedupe, "to": phone, "text": text, "at": int(time.time())}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", SIGNATURE: signature_of(body)}
        address = urlsplit(settings.PORTAL_SMS_URL)
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        with closing(kind(address.netloc, timeout=SECONDS)) as link:
            link.request("POST", address.path or "/", body, headers)
            status = link.getresponse().status
        if not 200 <= status < 300:
            raise OSError(f"短信网关答复{status}")


def gateway() -> SmsGateway:
    """The configured gateway (PORTAL_SMS_GATEWAY names a class)."""
    made: SmsGateway = import_string(settings.PORTAL_SMS_GATEWAY)()
    return made
