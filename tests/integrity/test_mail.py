"""Mail through a real SMTP server: sent once, not lost while the server is down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.jobs.models import OutboxJob
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.units.models import Unit
from tests.factories.requests_app import NAME, submitted
from tests.mail_servers import Postbox, free_port


def due_again() -> None:
    """Let time pass for every job that backs off."""
    OutboxJob.objects.filter(done_at__isnull=True).update(not_before=timezone.now() - timedelta(seconds=1))


def test_mail_arrives_in_chinese_without_what_was_asked(office: Unit, postbox: Postbox) -> None:
    case = submitted(office, email="liang@example.org")
    run_due()
    (mail,) = postbox.mails
    text = mail.get_content()
    assert mail["To"] == "liang@example.org"
    assert str(case.number) in mail["Subject"]
    assert str(case.public_id) in text
    assert "老旧小区" not in text
    assert NAME not in text
    assert mail["Auto-Submitted"] == "auto-generated"


def test_mail_refused_for_a_while_is_sent_once_in_the_end(office: Unit, postbox: Postbox) -> None:
    postbox.refuse = 2
    submitted(office, email="liang@example.org")
    for _ in range(4):
        run_due()
        due_again()
    assert len(postbox.mails) == 1
    assert Message.objects.get(channel="mail").sent_at is not None


def test_submission_goes_on_while_mail_is_down(office: Unit, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    case = submitted(office, email="liang@example.org")
    run_due()
    job = OutboxJob.objects.get(
        topic="messaging.deliver", attempts__gt=0, done_at__isnull=True
    )  # texts wait at night
    assert case.state == "submitted"
    assert job.attempts == 1
    assert "refused" in job.last_error.lower()


def test_header_injection_is_not_possible(office: Unit, postbox: Postbox) -> None:
    submitted(office, email="liang@example.org")
    Message.objects.filter(channel="mail").update(subject="标题\r\nBcc: everyone@example.org")
    run_due()
    (mail,) = postbox.mails
    assert mail["Bcc"] is None
