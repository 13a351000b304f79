"""What became of messages is told: reports of the gateway, peers that do not answer, jobs that were given up."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from portal.administration.models import AdminRecord
from portal.jobs.models import OutboxJob, WorkerBeat
from portal.jobs.outbox import run_due
from portal.messaging import tasks
from portal.messaging.actions import Recipient, notify
from portal.messaging.models import Message, Peer
from portal.messaging.queries import late
from portal.supervision import health
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person

pytestmark = pytest.mark.django_db
SECRET = "a secret of the provider and the city"
HALF = timedelta(minutes=30)


def text(key: str, *, at: Any = None, secret: bool = True) -> Message:
    """A text to somebody; one that brings a code unless said otherwise."""
    with transaction.atomic():
        notify(
            recipient=Recipient(phone="13887700001"),
            key=key,
            subject="查询码",
            body="请妥善保存。",
            link="/",
            at=at or timezone.now(),
            secret=secret,
        )
    return Message.objects.get(key=f"{key}:sms")


def report(told: Any, *, secret: str = SECRET) -> Any:
    """What the gateway posts."""
    body = json.dumps(told)
    signature = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    return Client().post(
        "/api/v1/texts/reports/", body, "application/json", headers={"X-Portal-Signature": signature}
    )


@pytest.fixture
def sent(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Message:
    """A text that the gateway took."""
    settings.PORTAL_SMS_SECRET = SECRET
    monkeypatch.setattr(tasks, "gateway", lambda: type("G", (), {"send": lambda *args, **kwargs: None})())
    row = text("one")
    assert run_due() == 1
    row.refresh_from_db()
    assert len(row.gateway_id) == 36
    return row


def test_a_signed_report_is_written_down_once(sent: Message) -> None:
    assert report({"id": sent.gateway_id, "status": "failed", "reason": "空号"}).status_code == 204
    sent.refresh_from_db()
    assert (sent.report, sent.report_reason) == ("failed", "空号")
    assert "1条" in [
        row.value for row in health.readings(timezone.now()) if row.title == "一天内没有送达的短信"
    ]
    assert report({"id": sent.gateway_id, "status": "delivered"}).status_code == 204
    assert report({"id": sent.gateway_id, "status": "failed"}).status_code == 204
    sent.refresh_from_db()
    assert sent.report == "delivered"


@pytest.mark.parametrize(
    ("told", "secret", "status"),
    [
        ({"id": "x", "status": "failed"}, "another secret", 409),
        ({"id": "x", "status": "failed"}, SECRET, 404),
        ({"id": "", "status": "failed"}, SECRET, 400),
        ({"id": "x", "status": "lost"}, SECRET, 400),
        ([1], SECRET, 400),
    ],
)
def test_other_reports_are_refused(settings: Any, told: Any, secret: str, status: int) -> None:
    settings.PORTAL_SMS_SECRET = SECRET
    assert report(told, secret=secret).status_code == status


def test_without_a_secret_no_report_is_believed(settings: Any) -> None:
    settings.PORTAL_SMS_SECRET = ""
    assert report({"id": "x", "status": "failed"}, secret="").status_code == 409


def test_a_silent_peer_is_left_alone_after_three_tries_and_costs_no_tries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = []

    def away() -> Any:
        tried.append(1)
        raise TimeoutError("timed out")

    monkeypatch.setattr(tasks, "gateway", away)
    for number in range(5):
        text(f"t{number}")
    run_due()
    assert len(tried) == 3
    peer = Peer.objects.get()
    assert (peer.channel, peer.failures, peer.last_error) == ("sms", 3, "TimeoutError: timed out")
    waiting = OutboxJob.objects.filter(done_at__isnull=True)
    assert sorted(waiting.values_list("attempts", flat=True)) == [0, 0, 1, 1, 1]
    assert {job.not_before for job in waiting.filter(attempts=0)} == {peer.closed_until}
    (line,) = [row for row in health.readings(timezone.now()) if row.title == "短信网关"]
    assert (line.value[:9], line.good) == ("连续3次没有成功，", False)
    Peer.objects.update(closed_until=timezone.now())
    OutboxJob.objects.filter(done_at__isnull=True).update(not_before=timezone.now())
    monkeypatch.setattr(tasks, "gateway", lambda: type("G", (), {"send": lambda *args, **kwargs: None})())
    run_due()
    assert Message.objects.filter(sent_at__isnull=True).count() == 0
    assert "短信网关" not in [row.title for row in health.readings(timezone.now())]


@pytest.mark.parametrize(
    ("error", "pauses"),
    [
        (SMTPRecipientsRefused({"nobody@test.invalid": (550, b"no such user")}), False),
        (SMTPDataError(554, b"refused"), False),
        (SMTPServerDisconnected("gone"), True),
        (SMTPAuthenticationError(535, b"no"), True),
        (TimeoutError("no answer"), True),
    ],
)
def test_addresses_that_are_refused_do_not_stop_the_mail_of_others(
    monkeypatch: pytest.MonkeyPatch, error: Exception, pauses: bool
) -> None:
    def fail(row: Message) -> None:
        raise error

    monkeypatch.setattr(tasks, "_send", fail)
    for number in range(4):
        with transaction.atomic():
            notify(
                recipient=Recipient(email=f"nobody{number}@test.invalid"),
                key=f"refused-{number}",
                subject="告知",
                body="内容",
                link="/",
                at=timezone.now(),
            )
    run_due()
    assert bool(Peer.objects.filter(channel="mail", closed_until__gt=timezone.now())) is pauses


def test_texts_that_wait_for_the_morning_are_not_late() -> None:
    night = moment("2026-03-16", 22)
    text("rings", at=night, secret=False)
    code = text("code", at=night)
    OutboxJob.objects.filter(arguments__message=code.pk).update(not_before=night)
    assert list(late(night + timedelta(hours=1), HALF)) == [code]
    morning = moment("2026-03-17", 8)
    assert late(morning + timedelta(minutes=29), HALF).count() == 1
    assert late(morning + timedelta(minutes=31), HALF).count() == 2


def test_the_hint_at_the_signature_looks_at_the_heartbeat() -> None:
    now = timezone.now()

    def hint() -> str:
        return next(row.hint for row in health.readings(now) if row.title == "台账签名")

    assert hint() == "任务进程没有运行：运行时每小时自动进行"
    WorkerBeat.objects.create(owner="here:1", at=now)
    assert hint() == "任务进程正在运行，每小时自动进行；不能等的运行 manage.py sign_anchor"


@pytest.mark.parametrize(
    ("button", "said", "act"), [("revive", "重新办理", "revive"), ("drop", "放弃", "drop")]
)
def test_a_dead_job_is_revived_or_dropped_by_a_button_on_record(
    office: Unit, button: str, said: str, act: str
) -> None:
    job = OutboxJob.objects.create(
        topic="messaging.deliver", key="k", arguments={"message": 0}, not_before=timezone.now(), attempts=5,
        dead_at=timezone.now(), last_error="TimeoutError",
    )  # fmt: skip
    admin = person("admin", office, Role.SYSTEM_ADMIN)
    client = admin.client()
    assert f'action="/administration/jobs/{job.pk}/"' in client.get("/supervision/system/").content.decode()
    page = client.post(f"/administration/jobs/{job.pk}/", {button: "1"}, follow=True).content.decode()
    assert said in page and "失败的任务</h2>" not in page
    job.refresh_from_db()
    assert (job.attempts, job.dead_at is None, job.done_at is None) == (
        (0, True, True) if button == "revive" else (5, False, False)
    )
    (record,) = AdminRecord.objects.all()
    assert (record.act, record.subject, record.before) == (
        act,
        "messaging.deliver k",
        {"attempts": 5, "error": "TimeoutError"},
    )
    again = client.post(f"/administration/jobs/{job.pk}/", {button: "1"}, follow=True).content.decode()
    assert ("已经不在失败的任务中" in again, AdminRecord.objects.count()) == (True, 1)


def test_only_a_system_administrator_may(office: Unit, clerk: Person) -> None:
    auditor = person("auditor", office, Role.AUDIT_ADMIN)
    assert "/administration/jobs/" not in auditor.client().get("/supervision/system/").content.decode()
    for somebody in (auditor, clerk):
        assert somebody.client().post("/administration/jobs/1/").status_code == 403
    assert (
        person("admin", office, Role.SYSTEM_ADMIN).client().get("/administration/jobs/1/").status_code == 405
    )
