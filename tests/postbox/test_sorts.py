"""Letters and what machines write; a person's mail that only looks like it stays a letter."""

from __future__ import annotations

import pytest

from portal.postbox.parsing import parse
from tests.unit.test_mail_parsing import mail

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize(
    "subject",
    [
        "自动回复：反映路灯问题",
        "自动回复:Re: x",
        "Re: 自动回复: x",
        "【自动回复】已收到",
        "[自动答复] x",
        "自动答复: x",
        "外出: x",
        "不在办公室",
        "Automatic reply: x",
        "Auto-Reply: x",
        "Out of Office",
        "Out of the office: x",
        "Autoreply - x",
        "自動回覆：x",
        "答复: 反映路灯问题（自动回复）",
    ],
)
def test_subject_of_an_automatic_answer(subject: str) -> None:
    assert parse(mail(Subject=subject).as_bytes()).sort == "automatic"


@pytest.mark.parametrize(
    "subject",
    [
        "自动回复功能坏了，没有人答复",
        "关于自动回复的建议",
        "回复：您的来信需要补充",
        "外出务工人员子女入学问题",
        "Re: 已收到您的来信",
        "办公室不在原地址",
        "休假制度咨询",
    ],
)
def test_subject_of_a_person(subject: str) -> None:
    assert parse(mail(Subject=subject).as_bytes()).sort == "letter"


@pytest.mark.parametrize(
    "text",
    [
        "这是来自QQ邮箱的假期自动回复邮件。\n您好，我最近正在休假中，无法亲自回复您的邮件。",
        "您好，我正在出差，不能及时回复，请拨打电话。",
        "您的邮件我已收到，我会尽快回复您。",
        "I am out of the office until Monday.",
    ],
)
def test_answer_whose_words_say_that_no_person_wrote(text: str) -> None:
    assert parse(mail(text, Subject="Re: 您的来信需要补充").as_bytes()).sort == "automatic"
    assert parse(mail(text, Subject="反映问题").as_bytes()).sort == "letter", (
        "no answer, so a person may look"
    )


@pytest.mark.parametrize(
    ("results", "sort"),
    [
        ("mx; dkim=pass; spf=pass; dmarc=pass", "letter"),
        ("mx; dkim=none; spf=softfail; dmarc=none", "letter"),
        ("mx; spf=fail; dkim=pass", "letter"),
        ("mx; spf=fail; dkim=none", "forged"),
        ("mx; spf=pass; dmarc=fail (p=REJECT)", "forged"),
        ("mx; dkim=pass; dmarc=fail", "forged"),
    ],
)
def test_what_our_server_found_of_the_sender(results: str, sort: str) -> None:
    assert parse(mail(Authentication_Results=results).as_bytes()).sort == sort


def test_only_the_topmost_result_is_our_servers() -> None:
    raw = (
        b"Authentication-Results: mx; dmarc=fail\r\nAuthentication-Results: mx; dmarc=pass\r\n"
        + mail().as_bytes()
    )
    assert parse(raw).sort == "forged"


def test_read_receipt_is_no_bounce() -> None:
    raw = (
        b"From: a@b.cn\r\nSubject: x\r\nContent-Type: multipart/report;"
        b" report-type=disposition-notification; boundary=r\r\n\r\n--r\r\n\r\nread\r\n--r--\r\n"
    )
    assert (parse(raw).sort, parse(raw).reason) == ("automatic", "阅读回执或者日程答复")
