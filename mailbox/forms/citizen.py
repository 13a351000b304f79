"""The writer's form, in sections of one page; the same sections serve the clerk who enters a letter."""

from __future__ import annotations

from typing import Any

from django import forms

from mailbox import rules
from mailbox.choices import Addressee, Channel, LetterKind, Place
from mailbox.forms.fields import mark_field
from mailbox.queries import answering_units
from portal.web.fields import FileInput, FilesField, TelephoneField, choice_field, text_field


class AddressForm(forms.Form):
    """To whom."""

    heading = "写给谁"
    addressee = choice_field("收信人", Addressee.choices)
    addressed_unit = forms.ChoiceField(
        label="单位",
        required=False,
        help_text="写给单位负责人的，请选择单位。",
        error_messages={"invalid_choice": "请从列表中选择单位"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(unit.code, unit.name) for unit in answering_units()]
        self.fields["addressed_unit"].choices = [("", "请选择"), *units]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """A unit for a head of a unit, none otherwise."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("addressee") == Addressee.HEAD and not data.get("addressed_unit"):
            if "addressed_unit" not in self.errors:
                self.add_error("addressed_unit", "请选择写给哪个单位的负责人")
        elif data.get("addressee"):
            data["addressed_unit"] = data.get("addressed_unit") if data["addressee"] == Addressee.HEAD else ""
        return data


class MatterForm(forms.Form):
    """What about."""

    heading = "反映什么"
    letter_kind = choice_field("来信类型", LetterKind.choices)
    place = forms.ChoiceField(
        label="事项发生地",
        choices=[("", "请选择"), *Place.choices],
        error_messages={"required": "请选择事项发生地", "invalid_choice": "请从列表中选择事项发生地"},
    )
    topic = text_field(
        "标题",
        60,
        help_text="一句话说明事项，不超过60字；标题会显示在办理单位的待办列表中，请不要写姓名、电话。",
    )
    text = text_field(
        "内容",
        rules.MOST_TEXT,
        rows=10,
        help_text=f"请写明时间、地点、经过和您的要求，一信一事，{rules.LEAST_TEXT}至{rules.MOST_TEXT}字。",
    )

    def clean_text(self) -> str:
        """Long enough to be about something."""
        text = str(self.cleaned_data["text"]).strip()
        if len(text) < rules.LEAST_TEXT:
            raise forms.ValidationError(f"内容太短，请写明具体事项，至少{rules.LEAST_TEXT}字")
        return text


class WriterForm(forms.Form):
    """Who writes."""

    heading = "来信人信息"
    note = "姓名和联系方式加密保存，只用于办理和答复。电话、电子邮箱、通信地址至少填写一项。"
    name = text_field("姓名", 50)
    phone = TelephoneField(required=False)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        error_messages={"invalid": "电子邮箱格式不正确，例如 name@example.org"},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    residence = text_field("居住地（通信地址）", 120, required=False)

    def clean(self) -> dict[str, Any]:
        """One way at least in which the writer can be reached."""
        data: dict[str, Any] = super().clean() or {}
        if not {"phone", "email", "residence"} & set(self.errors):
            problem = rules.contact_problem(data["phone"], data["email"], data["residence"])
            if problem:
                self.add_error("phone", problem)
        return data


class OpennessForm(forms.Form):
    """Open or confidential."""

    heading = "公开还是保密"
    confidential = forms.TypedChoiceField(
        label="来信内容",
        choices=[
            ("no", "一般来信"),
            ("yes", "内容保密，不公开；举报选择保密的，您的身份只有指定人员可以查看"),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
        error_messages={"required": "请选择公开还是保密", "invalid_choice": "请选择公开还是保密"},
    )
    consent_to_publish = forms.BooleanField(
        label="同意在隐去个人信息后公开来信和答复，供他人参考", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Not both."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("confidential") and data.get("consent_to_publish"):
            self.add_error("consent_to_publish", "要求保密的来信不公开，请取消其中一项")
        return data


class LetterFilesForm(forms.Form):
    """Files that help."""

    heading = "附件"
    files = FilesField(  # type: ignore[assignment]  # Form.files is the upload itself
        label="选择文件",
        required=False,
        widget=FileInput(attrs={"multiple": True}),
        help_text="可以上传照片、文件，最多5个，单个不超过20 MB；本页有错误时须重新选择。",
    )


class ReceivedForm(forms.Form):
    """How a letter that did not come by this form came in."""

    heading = "收到情况"
    channel = choice_field("来信渠道", [choice for choice in Channel.choices if choice[0] != Channel.WEB])
    evidence = text_field("收到情况", 200, help_text="如来电时间、来信日期和收到方式、邮件地址。")


SECTIONS: dict[str, type[forms.Form]] = {
    "address": AddressForm,
    "matter": MatterForm,
    "writer": WriterForm,
    "openness": OpennessForm,
    "files": LetterFilesForm,
}


def letter_forms(data: Any = None, files: Any = None) -> dict[str, forms.Form]:
    """The sections of the writer's page in order."""
    return {name: shape(data, files) for name, shape in SECTIONS.items()}


def entry_forms(data: Any = None, files: Any = None) -> dict[str, forms.Form]:
    """The sections of the clerk's page: how it came in, then as for the writer."""
    return {"received": ReceivedForm(data, files), **letter_forms(data, files)}


class TrackForm(forms.Form):
    """Number and query code."""

    number = forms.CharField(
        label="来信编号",
        max_length=30,
        help_text="例如 X2026-00012",
        error_messages={"required": "请填写来信编号"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(
        label="查询码",
        max_length=40,
        help_text="提交成功时显示的12位查询码，不区分大小写",
        error_messages={"required": "请填写查询码"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SupplementForm(forms.Form):
    """What the writer adds."""

    text = text_field("补充内容", 3000, rows=8)
    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """That the letter is taken back."""

    reason = text_field("撤回的原因", 300, rows=3, required=False)
    sure = forms.BooleanField(
        label="我确认撤回这封来信，撤回后不能恢复", error_messages={"required": "请确认撤回"}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RateForm(forms.Form):
    """The rating."""

    solved = mark_field("解决情况", "没有解决", "完全解决")
    attitude = mark_field("办理态度", "很不满意", "很满意")
    why = text_field("理由", 500, rows=3, required=False, help_text="一句话说明即可。")


class ObjectForm(forms.Form):
    """Why the writer is not satisfied."""

    reason = text_field("不满意的理由", 1000, rows=5, help_text="请写明哪些问题没有解决，将转给办理人员。")
