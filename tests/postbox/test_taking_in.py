"""Mails taken in and handled: what becomes a letter, what waits for a person, and that nothing is lost or twice."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone

from mailbox import actions
from mailbox.models import Letter, MailedLetter
from mailbox.queries import term
from portal.holidays.calendars import calendar
from portal.jobs.outbox import run_due
from portal.messaging.models import Channel, Message
from portal.messaging.threads import message_id, number_of
from portal.postbox import actions as postbox
from portal.postbox import guard
from portal.postbox.models import InboundMail
from tests.factories.mailbox import Hands, assisting_unit, staffed  # noqa: F401  fixtures
from tests.workflow.test_letters_by_mail import WRITER, mail

AT = timezone.now


def comes(message: EmailMessage | bytes) -> InboundMail | None:
    """Taken in and handled."""
    raw = message if isinstance(message, bytes) else message.as_bytes()
    row = postbox.take_in(raw=raw, at=AT())
    run_due()
    if row is not None:
        row.refresh_from_db()
    return row


def receipt_id() -> str:
    sent = Message.objects.get(key__contains=":receipt-by-mail")
    return message_id(sent.pk, "portal.invalid")


def awaiting(hands: Hands) -> Letter:
    """The one letter, in the hands of a unit that has asked its writer for more."""
    case, at = Letter.objects.get(), AT()
    actions.accept(case=case, complexity="reply_simple", actor=hands.office_clerk.actor, at=at)
    actions.assign(case=case, unit=hands.unit, actor=hands.office_clerk.actor, at=at)
    actions.sign_for(case=case, actor=hands.clerk.actor, at=at)
    by = calendar().term(timezone.localdate(at), term("supplement").days)
    actions.ask_supplement(case=case, asked="请写明地点", answer_by=by.last, actor=hands.clerk.actor, at=at)
    return case


def sent_mails() -> list[str]:
    return list(Message.objects.filter(channel=Channel.MAIL).order_by("id").values_list("subject", flat=True))


def test_unreadable_mail_is_kept_and_the_next_is_a_letter(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = guard.MailReader("tests.postbox.stand_ins.reader", seconds=0.3)
    with monkeypatch.context() as patched:
        patched.setattr(guard, "_reader", reader)
        bad = comes(b"endless")
    reader.stop()
    good = comes(mail())
    assert bad is not None
    assert good is not None
    assert (bad.kind, bad.in_tray, bad.reason) == ("unreadable", True, "读取邮件用时过长，已经停止")
    assert bad.stored.read() == b"endless"
    assert Letter.objects.count() == 1


def test_same_id_from_another_sender_is_another_mail(hands: Hands) -> None:
    other = mail("另一封信，另一个人。")
    other.replace_header("From", "other@example.org")
    comes(mail())
    comes(other)
    assert comes(mail()) is None
    assert sorted(Letter.objects.values_list("channel", flat=True)) == ["mail", "mail"]
    assert sorted(letter.email for letter in Letter.objects.all()) == ["other@example.org", WRITER]


def test_same_id_and_sender_above_other_words_is_not_lost(hands: Hands) -> None:
    comes(mail())
    comes(mail("第二封信：红龙路的路灯也不亮。"))
    again = mail("第二封信：红龙路的路灯也不亮。", Received="from elsewhere")
    assert comes(again) is None
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Subject": "自动回复：您的来信需要补充"}, "automatic"),
        ({"Subject": "自动回复:反映路灯问题"}, "automatic"),
        ({"Subject": "Automatic reply: x"}, "automatic"),
        ({"Subject": "Out of Office: x"}, "automatic"),
        ({"List-Id": "<l.example.org>"}, "list"),
        ({"Authentication-Results": "mx; spf=fail; dmarc=fail"}, "forged"),
    ],
)
def test_supplement_that_is_awaited_is_no_machines(hands: Hands, headers: dict[str, str], kind: str) -> None:
    comes(mail())
    case = awaiting(hands)
    answer = mail("我撤回", number=2, In_Reply_To=receipt_id())
    for name, value in headers.items():
        del answer[name]
        answer[name] = value
    row = comes(answer)
    case.refresh_from_db()
    assert row is not None
    assert (row.kind, row.in_tray, case.state) == (kind, True, "awaiting_supplement")
    assert MailedLetter.objects.count() == 1


def test_awaited_supplement_by_the_writer_is_taken(hands: Hands) -> None:
    comes(mail())
    case = awaiting(hands)
    quoted = '北城街道第二个路口。\n\nAt 2026-03-02 10:00:00, "信箱" <x@y.cn> wrote:\n> 查询码：ABCD-EFGH-JKLM\n\n谢谢。'
    comes(mail(quoted, number=2, In_Reply_To=receipt_id()))
    case.refresh_from_db()
    assert case.supplements.get().text == "北城街道第二个路口。\n\n谢谢。"


def test_id_of_ours_without_its_signature_names_nothing(hands: Hands) -> None:
    comes(mail())
    number = Message.objects.get(key__contains=":receipt-by-mail").pk
    own = message_id(number, "portal.invalid")
    forged = f"<message-{number}@portal.invalid>"
    comes(mail("我撤回我的来信，请不要办理。", number=2, In_Reply_To=forged))
    assert Letter.objects.count() == 2, "a letter of its own, not a word in the first"
    assert number_of(own.strip("<>")) == number
    assert number_of(f"message-{number}.{'0' * 20}@portal.invalid") is None


def test_one_receipt_that_takes_replies_and_names_what_was_not_taken(hands: Hands) -> None:
    message = mail()
    message.add_attachment(
        b"\x00\x00\x00\x18ftypheic", maintype="image", subtype="heic", filename="现场.heic"
    )
    for number in range(6):
        message.add_attachment(
            f"清单{number}".encode(), maintype="text", subtype="plain", filename=f"{number}.txt"
        )
    comes(message)
    case = Letter.objects.get()
    assert sent_mails() == [f"已收到您的来信（{case.number}）"]
    told = Message.objects.get(key__contains=":receipt-by-mail")
    assert told.takes_replies
    assert "现场.heic" in told.secret_text
    assert "附件超过5个" in told.secret_text
    assert [entry.name for entry in case.files.order_by("id")] == [f"{number}.txt" for number in range(5)]
    assert "未收取的附件：现场.heic、5.txt" in case.text


def test_long_mail_says_that_the_rest_is_in_the_original(hands: Hands) -> None:
    comes(mail("路" * 6000))
    text = Letter.objects.get().text
    assert len(text) == 5000
    assert text.endswith("路\n（正文超过5000字，其余见邮件原件）")


def test_closed_letter_is_followed_by_another(hands: Hands) -> None:
    comes(mail())
    former = Letter.objects.get()
    actions.decline(case=former, reason="in_court", note="已受理", actor=hands.office_clerk.actor, at=AT())
    comes(mail("法院没有受理，请继续办理。", number=2, In_Reply_To=receipt_id()))
    assert MailedLetter.objects.get(follows=former).letter.text == "法院没有受理，请继续办理。"


def test_writer_is_told_the_new_unit_after_a_return(hands: Hands, transport: Any) -> None:
    comes(mail())
    case, at, clerk = Letter.objects.get(), AT(), hands.office_clerk.actor
    actions.accept(case=case, complexity="reply_simple", actor=clerk, at=at)
    actions.assign(case=case, unit=hands.unit, actor=clerk, at=at)
    actions.return_letter(case=case, reason="不属于本单位职责", actor=hands.clerk.actor, at=at)
    actions.assign(case=case, unit=transport, actor=clerk, at=at)
    told = Message.objects.filter(key__contains=":assigned:", channel=Channel.MAIL).order_by("id")
    assert [(row.subject, row.body) for row in told] == [
        (f"您的来信已交办（{case.number}）", f"承办单位：{hands.unit.name}。"),
        (f"您的来信已改由其他单位办理（{case.number}）", f"承办单位：{transport.name}。"),
    ]


def bounce_of(identity: str, to: str = WRITER) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example.org\r\nMessage-ID: <b@mx>\r\nSubject: Undelivered\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n'
        "--r\r\n\r\nfailed\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\n\r\n--r\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: {identity}\r\nSubject: x\r\n\r\nbody\r\n--r--\r\n"
    ).encode()


def test_bounce_marks_the_address_and_tells_the_clerk(hands: Hands) -> None:
    comes(mail())
    case = Letter.objects.get()
    row = comes(bounce_of(receipt_id()))
    assert row is not None
    assert (row.in_tray, row.outcome) == (False, f"退信，来信{case.number}")
    assert postbox.is_failed(WRITER)
    told = Message.objects.get(key__contains=":bounce-", account=hands.office_clerk.account)
    assert told.body == "发给来信人的电子邮件被退回，请用电话、信函等其他方式联系来信人。"
    comes(mail("我的邮箱恢复了，请继续联系我。", number=5))
    assert not postbox.is_failed(WRITER)


def test_bounce_that_names_no_mail_of_ours_marks_nothing(hands: Hands) -> None:
    comes(mail())
    row = comes(bounce_of("<message-1@portal.invalid>"))
    assert row is not None
    assert (row.kind, row.in_tray, postbox.is_failed(WRITER)) == ("bounce", True, False)


def test_sixty_forged_senders_write_no_letter_and_get_no_mail(hands: Hands) -> None:
    for number in range(60):
        forged = mail(number=number, Authentication_Results="mx.city; dmarc=fail header.from=example.org")
        forged.replace_header("From", f"p{number}@example.org")
        postbox.take_in(raw=forged.as_bytes(), at=AT())
    run_due()
    assert (Letter.objects.count(), sent_mails()) == (0, [])
    assert InboundMail.objects.filter(in_tray=True, kind="forged").count() == 60
