"""Mails that became no letter lose their original after half a year, and do not come again from a moved mailbox."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.postbox.actions import mark_taken, take_in
from portal.postbox.models import InboundMail
from portal.privacy.retention import RULES
from portal.units.models import Unit
from tests.cast import moment

AT = moment("2026-01-05")
HEAD = "From: liang@example.org\nTo: box@example.org\nMessage-ID: <{id}@example.org>\nSubject: {subject}\n{more}\n"
WORDS = "红塔区某路口的路灯不亮，夜间行人很不安全。"


def arrived(name: str, subject: str = "路灯", more: str = "", text: str = WORDS) -> InboundMail:
    raw = (HEAD.format(id=name, subject=subject, more=more) + "\n" + text).encode()
    found = take_in(raw=raw, at=AT)
    assert found is not None
    return found


def erase(days: int) -> int:
    at = AT + timedelta(days=days)
    rule = RULES["tray_mails"]
    return rule.erase(rule.overdue(at), at)


def test_machines_mails_go_after_180_days_and_never_come_again(office: Unit) -> None:
    mail = arrived("auto", more="Auto-Submitted: auto-replied\n")
    assert (mail.kind, mail.in_tray) == ("automatic", True)
    assert erase(180) == 0
    assert erase(181) == 1
    mail.refresh_from_db()
    assert mail.erased_at is not None and not mail.in_tray
    assert "原件已按保存期限清除" in mail.stored.read().decode()
    again = (
        HEAD.format(id="auto", subject="路灯", more="Auto-Submitted: auto-replied\n") + "\n" + WORDS
    ).encode()
    assert take_in(raw=again, at=timezone.now()) is None
    assert erase(400) == 0


def test_what_waits_for_a_person_stays_and_what_was_decided_goes(office: Unit) -> None:
    waiting, dismissed = arrived("one"), arrived("two", text=WORDS + "二")
    InboundMail.objects.filter(pk=waiting.pk).update(in_tray=True, kind="forged")
    mark_taken(mail=dismissed, outcome="不作为来信：广告", at=AT + timedelta(days=10), decided_by="办公室")
    assert erase(190) == 0
    assert erase(191) == 1
    assert InboundMail.objects.get(erased_at__isnull=False).pk == dismissed.pk


def test_mail_that_became_a_letter_keeps_its_original(office: Unit) -> None:
    from mailbox.actions import take_mail
    from mailbox.models import MailedLetter

    mail = arrived("letter")
    take_mail(mail_id=mail.pk, at=AT)
    assert MailedLetter.objects.filter(mail=mail).exists()
    assert erase(1000) == 0
