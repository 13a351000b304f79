"""The form of the public copy."""

from __future__ import annotations

from mailbox.forms.staff import CommentForm
from portal.web.fields import AcknowledgedForm, text_field
from portal.web.verbs import StepForm


class ReleaseForm(AcknowledgedForm, StepForm):
    """The redacted words, as everybody will read them."""

    title = text_field("标题（公开版）", 160)
    question = text_field("来信内容（公开版）", 5000, rows=6)
    answer = text_field(
        "答复内容（公开版）",
        10_000,
        rows=12,
        help_text="不得含有来信人或他人的姓名、电话、住址等个人信息；不带公章、红头、签名和领导批示。",
    )


class AgreeToReleaseForm(AcknowledgedForm, CommentForm):
    """One more person agrees to the copy."""
