"""Letters by e-mail: a real IMAP and a real SMTP server; once each, threads kept, no answer to machines."""

from __future__ import annotations

from email.message import EmailMessage

from django.utils import timezone
from imapclient import IMAPClient

from mailbox import actions, queries
from mailbox.models import Letter, MailedLetter
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import run_due
from portal.postbox.models import InboundMail
from portal.postbox.reading import read_all
from tests.cast import moment
from tests.factories.mailbox import Hands, staffed  # noqa: F401  a fixture
from tests.mail_servers import Postbox

WRITER = "wang@example.org"


def mail(
    text: str = "红塔区某路口路灯不亮，请尽快维修。", *, number: int = 1, **headers: str
) -> EmailMessage:
    """A mail of a writer's."""
    message = EmailMessage()
    message["From"] = f"王小明 <{WRITER}>"
    message["Subject"] = "反映路灯问题"
    message["Message-ID"] = f"<w{number}@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def comes_in(box: IMAPClient, *messages: EmailMessage) -> None:
    """Delivered, read and handled."""
    for message in messages:
        box.append("INBOX", message.as_bytes())
    read_all()
    run_due()


def test_mail_becomes_a_letter_and_the_receipt_goes_back(
    hands: Hands, box: IMAPClient, postbox: Postbox
) -> None:
    message = mail()
    message.add_attachment("清单".encode(), maintype="text", subtype="plain", filename="说明.txt")
    message.add_attachment(b"MZ\x90", maintype="application", subtype="octet-stream", filename="病毒.exe")
    comes_in(box, message)
    case = Letter.objects.get()
    assert (case.channel, case.email, case.name, case.topic) == ("mail", WRITER, "王小明", "反映路灯问题")
    assert "路灯不亮" in case.text
    assert "未收取的附件：病毒.exe" in case.text
    assert [entry.name for entry in case.files.all()] == ["说明.txt"]
    receipts = [sent for sent in postbox.mails if "已收到您的来信" in sent["Subject"]]
    assert len(receipts) == 1
    assert receipts[0]["To"] == WRITER
    assert receipts[0]["Auto-Submitted"] == "auto-generated"
    body = receipts[0].get_content()
    assert case.number in body
    assert "查询码：" in body


def test_same_mail_again_opens_nothing(hands: Hands, box: IMAPClient, postbox: Postbox) -> None:
    comes_in(box, mail())
    comes_in(box, mail())
    actions.take_mail(mail_id=InboundMail.objects.get().pk, at=moment("2026-03-02"))
    assert Letter.objects.count() == 1


def test_answer_to_the_receipt_is_added_to_the_letter(
    hands: Hands, box: IMAPClient, postbox: Postbox
) -> None:
    comes_in(box, mail())
    receipt = next(sent for sent in postbox.mails if "已收到您的来信" in sent["Subject"])
    text = "补充：是第二个路口。\n\n在 2026年3月2日，信箱 <x@y.cn> 写道：\n> 已收到"
    comes_in(box, mail(text, number=2, In_Reply_To=receipt["Message-ID"]))
    case = Letter.objects.get()
    added = case.files.get()
    assert added.stored.read().decode() == "补充：是第二个路口。"
    assert [row.opened for row in MailedLetter.objects.order_by("id")] == [True, False]


def test_follow_up_to_ones_own_mail_is_added_too(hands: Hands, box: IMAPClient, postbox: Postbox) -> None:
    comes_in(box, mail())
    comes_in(box, mail("再补充一点。", number=2, References="<w1@example.org>"))
    assert (Letter.objects.count(), MailedLetter.objects.count()) == (1, 2)


def test_stranger_cannot_add_to_a_letter(hands: Hands, box: IMAPClient, postbox: Postbox) -> None:
    comes_in(box, mail())
    forged = mail("我来补充。", number=3, References="<w1@example.org>")
    forged.replace_header("From", "other@example.org")
    comes_in(box, forged)
    assert Letter.objects.count() == 2, "another address, another letter"


def test_machines_get_no_answer(hands: Hands, box: IMAPClient, postbox: Postbox) -> None:
    comes_in(box, mail(Auto_Submitted="auto-replied"), mail(number=2, Return_Path="<>"))
    assert not Letter.objects.exists()
    assert postbox.mails == []
    assert InboundMail.objects.count() == 2


def test_flood_from_one_address_is_held_back(hands: Hands, box: IMAPClient, postbox: Postbox) -> None:
    comes_in(box, *(mail(f"第{number}封来信，路灯不亮。", number=number) for number in range(1, 26)))
    assert Letter.objects.count() == 20
    held = InboundMail.objects.filter(outcome__contains="超过").count()
    assert held == 5
    assert not OutboxJob.objects.filter(done_at__isnull=True, topic="postbox.arrived").exists()


def test_supplement_that_was_asked_for_comes_by_mail(hands: Hands, box: IMAPClient, postbox: Postbox) -> None:
    comes_in(box, mail())
    case = Letter.objects.get()
    assert case.state == "submitted"
    comes_in(box, mail("地点是北城街道。", number=4, References="<w1@example.org>"))
    assert case.files.count() == 1


def test_mail_that_answers_a_closed_letter_is_a_new_letter_beside_the_former(
    hands: Hands, box: IMAPClient, postbox: Postbox
) -> None:
    comes_in(box, mail())
    former = Letter.objects.get()
    actions.decline(
        case=former, reason="in_court", note="已受理", actor=hands.office_clerk.actor, at=former.created_at
    )
    receipt = next(sent for sent in postbox.mails if "已收到您的来信" in sent["Subject"])
    comes_in(box, mail("法院没有受理。", number=2, In_Reply_To=receipt["Message-ID"]))
    new = Letter.objects.exclude(pk=former.pk).get()
    today = timezone.localdate(new.created_at)
    assert [row.pk for row in queries.staff_view(new, hands.office_clerk.actor, today).former] == [former.pk]
    former.refresh_from_db()
    assert [row.pk for row in queries.staff_view(former, hands.office_clerk.actor, today).later] == [new.pk]
    assert former.state == "declined"
    assert new.state == "submitted"


def test_closed_letter_of_another_writer_is_not_linked(
    hands: Hands, box: IMAPClient, postbox: Postbox
) -> None:
    comes_in(box, mail())
    former = Letter.objects.get()
    actions.decline(
        case=former, reason="in_court", note="已受理", actor=hands.office_clerk.actor, at=former.created_at
    )
    forged = mail("我来接着说。", number=3, References="<w1@example.org>")
    forged.replace_header("From", "other@example.org")
    comes_in(box, forged)
    assert not MailedLetter.objects.filter(follows__isnull=False).exists()
