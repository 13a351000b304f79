"""What of a mail stands in a letter: at most 5,000 signs with the line that says what does not."""

from __future__ import annotations

import pytest

from mailbox.actions.mail_content import content_of
from portal.postbox.parsing import LeftOut, ParsedMail

pytestmark = pytest.mark.one_engine
CUT = "\n（正文超过5000字，其余见邮件原件）"
MISSING = "\n（未收取的附件：照片.jpg，类型、大小或者数量不符合要求，或者只是链接）"
PHOTO = LeftOut("照片.jpg", "只是链接")


def mail(text: str, *left_out: LeftOut) -> ParsedMail:
    return ParsedMail("梁某", "liang@example.org", "路灯", text, "<1@example.org>", left_out=left_out)


def test_letter_of_just_5000_signs_is_whole() -> None:
    found = content_of(mail("灯" * 5000), answers_us=False)
    assert (found.text, found.left_out) == ("灯" * 5000, ())


def test_sign_5001_leaves_room_for_the_line_that_says_so() -> None:
    """The line has 20 signs, so 4,980 of the mail's stand."""
    found = content_of(mail("灯" * 5001), answers_us=False)
    assert found.text == "灯" * 4980 + CUT
    assert [entry.what for entry in found.to_tell] == ["正文"]


def test_words_and_the_line_about_files_share_the_5000_signs() -> None:
    """The line has 38 signs: 4,962 fit beside it, one more is cut."""
    assert content_of(mail("灯" * 4962, PHOTO), answers_us=False).text == "灯" * 4962 + MISSING
    cut = content_of(mail("灯" * 4963, PHOTO), answers_us=False)
    assert (len(cut.text), [entry.what for entry in cut.to_tell]) == (5000, ["照片.jpg", "正文"])
    assert cut.text.endswith("或者只是链接；正文超过5000字，其余见邮件原件）")


def test_mail_without_words_is_its_subject() -> None:
    assert content_of(mail(""), answers_us=False).text == "路灯"
