"""Forms of the front door."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.core.numbering import names_number
from portal.holidays.explain import MOST_WORKDAYS
from portal.web.fields import text_field


class DeadlineForm(forms.Form):
    """From a day, so many working days."""

    start = forms.DateField(
        label="起始日（收到之日）",
        help_text="起始日不计入，从次日起算。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写起始日", "invalid": "日期格式应为 2026-03-16"},
    )
    workdays = forms.IntegerField(
        label="工作日数",
        min_value=1,
        max_value=MOST_WORKDAYS,
        error_messages={
            "required": "请填写工作日数",
            "invalid": "请填写整数",
            "min_value": "至少%(limit_value)s个工作日",
            "max_value": f"最多{MOST_WORKDAYS}个工作日",
        },
    )

    def clean_start(self) -> Any:
        """Within the years that the calendar knows."""
        start = self.cleaned_data["start"]
        if not 2007 <= start.year <= 2035:
            raise forms.ValidationError("请填写2007年至2035年之间的日期")
        return start


class VerifyForm(forms.Form):
    """A code, and the file to compare if there is one."""

    code = forms.CharField(
        label="核验码",
        max_length=40,
        required=False,
        help_text="印在文书末尾二维码旁，共12位；核对随答复提供的附件时不填，只上传文件。",
        error_messages={"required": "请填写核验码"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    file = forms.FileField(
        label="文书文件",
        required=False,
        help_text="可以上传收到的PDF文件，核对内容是否被改动。文件只用于比对，不保存。",
    )

    def clean_code(self) -> str:
        """The code as typed; papers are not found by their number, which anybody could count through."""
        code = str(self.cleaned_data["code"])
        if names_number(code):
            raise forms.ValidationError(
                "这里填写核验码，不填文号。核验码印在文书末尾二维码旁，共12位字母和数字"
            )
        return code

    def clean(self) -> dict[str, Any]:
        """A code, or a file alone: what a reply hands over is known by its digest."""
        data: dict[str, Any] = super().clean() or {}
        if "code" in data and not data["code"].strip() and not data.get("file"):
            self.add_error("code", "请填写核验码，或者上传随答复提供的附件")
        return data


class LostCodeForm(forms.Form):
    """Which case, and where its link is to go."""

    number = text_field("编号", 30, help_text="例如 G002-2026-00012、X2026-00012。")
    contact = text_field("手机号码或者电子邮箱", 120, help_text="须与提交时留下的一致。")


class InPersonForm(forms.Form):
    """How the clerk knows who stands there."""

    evidence = text_field("核验情况", 200, help_text="例如：核验居民身份证原件，与申请人一致；不写证件号码。")

    def clean_evidence(self) -> str:
        """Four signs at least."""
        evidence = str(self.cleaned_data["evidence"]).strip()
        if len(evidence) < 4:
            raise forms.ValidationError("请写明核验情况（不少于4个字）")
        return evidence
