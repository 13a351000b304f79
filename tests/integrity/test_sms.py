"""Texts: over HTTP with a signature that the other side recomputes; never pretended in production."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.utils import timezone

from portal.jobs.outbox import run_due
from portal.messaging.actions import Recipient, notify
from portal.messaging.checks import check_gateway
from portal.messaging.models import Message
from portal.messaging.sms import FileGateway

SECRET = "a secret of the provider and the city"


class Provider(HTTPServer):
    """Takes texts; refuses the first `refuse` of them."""

    refuse = 0
    taken: list[tuple[str, dict[str, Any]]]


class Taking(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.headers["X-Portal-Signature"], {"raw": body, **json.loads(body)}))
        refused = len(self.server.taken) <= self.server.refuse
        self.send_response(503 if refused else 202)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), Taking)
    server.taken = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PORTAL_SMS_GATEWAY = "portal.messaging.sms.HttpGateway"
    settings.PORTAL_SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.PORTAL_SMS_SECRET = SECRET
    yield server
    server.shutdown()
    server.server_close()


def write(key: str) -> Message:
    notify(
        recipient=Recipient(phone="13887700001"),
        key=key,
        subject="查询码",
        body="请妥善保存。",
        link="/requests/track/",
        at=timezone.now(),
        secret=True,
    )
    return Message.objects.get(key=f"{key}:sms")


@pytest.mark.django_db
def test_text_is_signed_and_tried_again_under_the_same_id(provider: Provider) -> None:
    provider.refuse = 1
    row = write("one")
    assert run_due() == 0
    row.refresh_from_db()
    assert row.sent_at is None, "a refusal is no delivery"
    from portal.jobs.models import OutboxJob

    OutboxJob.objects.update(not_before=timezone.now())
    assert run_due() == 1
    row.refresh_from_db()
    assert row.sent_at is not None
    (first, told), (_, again) = provider.taken
    assert hmac.compare_digest(first, hmac.new(SECRET.encode(), told["raw"], hashlib.sha256).hexdigest())
    assert (told["to"], told["id"]) == ("13887700001", again["id"])
    assert told["text"].startswith("查询码 请妥善保存。")


@pytest.mark.django_db
def test_ids_of_texts_do_not_come_again_with_the_numbers_of_rows(provider: Provider) -> None:
    """After a restore to an earlier point another text gets the number that one had."""
    first = write("before")
    run_due()
    number = first.pk
    Message.objects.all().delete()
    second = write("after")
    Message.objects.filter(pk=second.pk).update(id=number)
    run_due()
    ids = [told["id"] for _, told in provider.taken]
    assert len(set(ids)) == len(ids)


def test_production_does_not_pretend(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(RuntimeError, match="没有设置短信网关"):
        FileGateway().send("13887700001", "x", "id")
    assert [entry.id for entry in check_gateway()] == ["portal.E020"]
    settings.PORTAL_SMS_GATEWAY = "portal.messaging.sms.HttpGateway"
    assert check_gateway() == []
