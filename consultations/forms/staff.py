"""The units' forms."""

from __future__ import annotations

from typing import Any

from django import forms

from consultations import rules
from consultations.choices import Access, Channel, Display, Outcome, PolicyKind
from consultations.forms.citizen import CommentForm
from consultations.models import Clause
from consultations.queries import clauses_of, commented_version, period_of, target_choices
from portal.web.fields import OfUnit, choice_field, date_field, row_field, text_field
from portal.web.verbs import StepForm

MOST_FILE = 20 * 1024 * 1024


class CommentedForm(StepForm):
    """A step with words that may be left out."""

    comment = text_field("意见", 300, rows=2, required=False)


class ReturnForm(StepForm):
    """A step that needs a reason."""

    comment = text_field("退回理由", 300, rows=3)


class DraftFields(forms.Form):
    """What is asked, until when, and whom to call."""

    title = text_field(
        "征集事项", 120, help_text="如：玉溪市城市供水管理办法（征求意见稿）。不用写书名号和“公开征求意见”。"
    )
    policy_kind = choice_field("事项类别", PolicyKind.choices)
    background = text_field(
        "起草说明", 5000, rows=8, help_text="背景、依据、主要内容，需要公众特别关注的问题。"
    )
    opens_on = date_field("开始日")
    closes_on = date_field("截止日", "这一天仍可以提意见。")
    shorter_reason = text_field(
        "缩短征集期的理由", 300, rows=2, required=False, help_text="征集期短于规定的才填写，将在页面公布。"
    )
    access = choice_field("谁可以在网上提意见", Access.choices)
    display = choice_field("意见如何显示", Display.choices)
    contact_name = text_field("联系人", 40)
    contact_phone = text_field("联系电话", 40)
    contact_email = forms.EmailField(
        label="电子邮箱", required=False, error_messages={"invalid": "电子邮箱格式不正确"}
    )
    contact_address = text_field("通信地址", 120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["policy_kind"]
        field.choices = [
            (value, f"{label}，不少于{period_of(value).text}") for value, label in PolicyKind.choices
        ]


class OpenForm(OfUnit, DraftFields):
    """A new consultation: in which unit."""

    unit = row_field("起草单位")


class EditForm(StepForm, DraftFields):
    """Changed before it is signed."""


class VersionForm(StepForm):
    """The text: typed, or as a file."""

    title = text_field("文本标题", 120)
    text = text_field(
        "全文",
        300_000,
        rows=14,
        required=False,
        help_text="直接粘贴全文；系统按编、章、节、条、款、项、目识别条款，没有条款的按段落识别。",
    )
    file = forms.FileField(
        label="或者上传文件",
        required=False,
        help_text="DOCX 或者 TXT 文件；上传后不用粘贴全文。修订、批注须先接受或者删除。",
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data: dict[str, Any] = super().clean() or {}
        if not (data.get("text") or "").strip() and not data.get("file"):
            self.add_error("text", "请粘贴全文，或者上传文件")
        if data.get("file") and data["file"].size > MOST_FILE:
            self.add_error("file", "文件不能超过20MB")
        return data


class PaperForm(StepForm):
    """A paper beside the draft."""

    file = forms.FileField(label="附件", error_messages={"required": "请选择文件"})


class RemovePaperForm(StepForm):
    """Which paper goes."""

    file = row_field("附件")

    def prepare(self) -> None:
        """The papers of the draft."""
        self.choose_from("file", self.case.files.order_by("id"))


class RemoveVersionForm(StepForm):
    """Which version goes, and why."""

    number = forms.IntegerField(
        label="版本序号", min_value=1, error_messages={"required": "请填写版本序号", "invalid": "请填写整数"}
    )
    reason = text_field("删去的理由", 200, rows=2, help_text="如：录错文件。写入办理记录。")


class ProlongForm(StepForm):
    """Until when, and why."""

    closes_on = date_field("新的截止日")
    reason = text_field("延长的理由", 300, rows=3, help_text="将在征集页面公布。")


class CancelForm(StepForm):
    """Why it ends without a result."""

    reason = text_field("终止的理由", 300, rows=3, help_text="将在征集页面公布，并告知提意见的人。")


class EnterForm(StepForm, CommentForm):
    """A comment that came by post, mail, telephone or in a meeting."""

    channel = choice_field("渠道", [row for row in Channel.choices if row[0] != Channel.WEB])
    evidence = text_field("收到情况", 200, help_text="如：3月5日挂号信，编号XA1234。")
    came_on = date_field("收到日")

    def prepare(self) -> None:
        """The clauses of the text for comment."""
        self.offer_clauses(clauses_of(commented_version(self.case)))


class FeedbackForm(StepForm):
    """The words before the table."""

    summary = text_field(
        "采纳情况综述",
        3000,
        rows=8,
        help_text="意见集中在哪些方面、总体如何研究处理。逐条情况由系统生成，不用填写。",
    )


class DispositionForm(StepForm):
    """What became of a comment."""

    outcome = choice_field("采纳情况", Outcome.choices)
    target = row_field("修改到哪一条款")
    reason = text_field(
        "理由、说明", 1000, rows=4, required=False, help_text="未采纳、部分采纳、已有规定的必须填写。"
    )
    alike = forms.BooleanField(
        label="同样处理条款、态度、文字都相同的其他意见", required=False, initial=False
    )

    def prepare(self) -> None:
        """The clauses of the revised text, and those that it took out."""
        field: Any = self.fields["target"]
        field.required = False
        field.queryset = target_choices(self.case)
        field.label_from_instance = _clause_name
        field.help_text = (
            "采纳、部分采纳的必须选择。"
            if field.queryset.exists()
            else "还没有录入修改稿：采纳、部分采纳的意见须先录入修改稿，再登记。"
        )

    def clean(self) -> dict[str, Any]:
        """The rules, each beside its field."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome"):
            field, sentence = rules.disposition_problem(
                data["outcome"], data.get("reason") or "", data.get("target") is not None
            )
            if sentence:
                self.add_error(field, sentence)
        return data


def _clause_name(clause: Clause) -> str:
    return f"第{clause.version.number}版 {clause.name}"
