"""The tray and the originals: who sees them, what is shown, what a clerk makes of a mail."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from mailbox.models import Letter
from portal.postbox.models import InboundMail
from tests.factories.mailbox import Hands, staffed  # noqa: F401  a fixture
from tests.postbox.test_taking_in import comes
from tests.workflow.test_letters_by_mail import WRITER, mail


def of(person: Any) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def held(**headers: str) -> InboundMail:
    row = comes(mail(**(headers or {"List_Id": "<l.example.org>"})))
    assert row is not None
    return row


def test_tray_is_the_offices(hands: Hands) -> None:
    row = held()
    page = of(hands.office_clerk).get(reverse("workbench_mailbox:tray"))
    assert page.status_code == 200
    assert "邮件列表或者群发邮件" in page.content.decode()
    for name, args in (("tray", []), ("tray_mail", [row.pk])):
        assert of(hands.clerk).get(reverse(f"workbench_mailbox:{name}", args=args)).status_code == 404
        assert Client().get(reverse(f"workbench_mailbox:{name}", args=args)).status_code == 302


def test_clerk_makes_a_mail_of_the_tray_a_letter(hands: Hands) -> None:
    row = held()
    url = reverse("workbench_mailbox:decide_mail", args=[row.pk])
    assert of(hands.office_head).post(url, {"choice": "letter"}, follow=True).status_code == 200
    assert not Letter.objects.exists(), "only a clerk"
    of(hands.office_clerk).post(url, {"choice": "letter"})
    of(hands.office_clerk).post(url, {"choice": "letter"})
    case = Letter.objects.get()
    row.refresh_from_db()
    assert (case.email, row.in_tray, row.outcome) == (WRITER, False, f"来信{case.number}")
    assert row.decided_by


def test_clerk_adds_a_mail_to_a_letter_or_leaves_it(hands: Hands) -> None:
    comes(mail())
    case = Letter.objects.get()
    added = comes(mail("补充", number=8, Precedence="bulk"))
    left = comes(mail("广告", number=9, List_Id="<l.example.org>"))
    assert left is not None
    assert added is not None
    client = of(hands.office_clerk)
    client.post(
        reverse("workbench_mailbox:decide_mail", args=[added.pk]), {"choice": "add", "number": case.number}
    )
    client.post(
        reverse("workbench_mailbox:decide_mail", args=[left.pk]), {"choice": "dismiss", "reason": "广告"}
    )
    left.refresh_from_db()
    assert [row.opened for row in case.mails.order_by("id")] == [True, False]
    assert (left.in_tray, left.outcome) == (False, "不作为来信：广告")


def test_unreadable_mail_is_shown_with_its_reason(hands: Hands) -> None:
    row = comes(b"From: nobody\r\nSubject: x\r\n\r\ntext")
    assert row is not None
    page = of(hands.office_clerk).get(reverse("workbench_mailbox:tray_mail", args=[row.pk])).content.decode()
    assert "没有可用的发件地址" in page
    assert "text" in page


def test_original_is_shown_safely_to_who_may_read_the_letter(hands: Hands) -> None:
    message = mail("正文")
    message.add_alternative(
        '<p>标记<img src="http://e.cn/t.gif"></p><script>x()</script>查询码：ABCD-EFGH-JKLM', subtype="html"
    )
    message.add_attachment(
        b"\x00\x00\x00\x18ftypheic", maintype="image", subtype="heic", filename="现场.heic"
    )
    message.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="a.exe")
    row = comes(message)
    assert row is not None
    case = Letter.objects.get()
    root = reverse("workbench_mailbox:original", args=[case.public_id, row.pk])
    client = of(hands.office_clerk)
    assert root in client.get(reverse("workbench_mailbox:detail", args=[case.public_id])).content.decode()
    page = client.get(root).content.decode()
    assert "正文" in page
    assert "现场.heic" in page
    assert WRITER not in page, "the address is masked until it is revealed"
    assert "王小明" not in page
    marked = client.get(f"{root}html/")
    assert marked["Content-Security-Policy"].startswith("default-src 'none'")
    assert "<p>标记</p>" in marked.content.decode()
    assert "script" not in marked.content.decode()
    assert "ABCD" not in marked.content.decode()
    file = client.get(f"{root}0/")
    assert (file.content, file["Content-Type"]) == (b"\x00\x00\x00\x18ftypheic", "application/octet-stream")
    assert client.get(f"{root}1/").status_code == 404, "a program is not handed out"
    assert client.get(f"{root}9/").status_code == 404
    assert of(hands.clerk).get(root).status_code == 404


def test_moment_of_sending_is_told_by_the_clock_of_the_city(hands: Hands) -> None:
    row = held(List_Id="<l.example.org>", Date="Tue, 01 Dec 2026 23:00:00 +0000")
    page = of(hands.office_clerk).get(reverse("workbench_mailbox:tray_mail", args=[row.pk]))
    assert "2026年12月2日 07:00" in page.content.decode()
