"""Forms of the reply."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.units.models import Unit
from requests_app.choices import NotProcessedReason, ProtectedInterest, RefusalGround, ReplyKind
from requests_app.forms.staff import StepForm, date_field, text_field
from requests_app.queries import objecting_parties


class SearchForm(StepForm):
    """One search for the information."""

    searched_on = date_field("检索日期")
    place = text_field("检索范围", 200, help_text="例如：公文系统2020年以来收发文、档案室2025年全部卷宗。")
    words = text_field(
        "检索词、方法", 200, help_text="例如：以“老旧小区”“改造”为词全文检索，并翻阅卷内目录。"
    )
    result = text_field("检索结果", 300, rows=3)
    found = forms.BooleanField(label="查到了申请的信息", required=False)


class DropItemForm(StepForm):
    """Which matter is no longer answered on its own."""

    position = forms.IntegerField(
        label="删除第几项",
        min_value=1,
        max_value=20,
        error_messages={"required": "请填写第几项", "invalid": "请填写整数"},
    )


# Which fields belong to which outcomes; the others stay out of sight where scripts run.
ONLY_FOR = {
    "ground": "refuse partial",
    "interest": "refuse partial",
    "reason": "not_processed",
    "withheld": "partial",
    "agency": "not_ours",
    "agency_contact": "not_ours",
}


class ReplyForm(StepForm):
    """Drafting the reply."""

    position = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=20)
    matter = text_field(
        "所答事项",
        200,
        required=False,
        help_text="申请包含多项内容、需要分别答复时填写；只有一项的留空。",
    )
    kind = forms.ChoiceField(
        label="答复类型",
        choices=ReplyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择答复类型"},
    )
    ground = forms.ChoiceField(
        label="不予公开的理由",
        choices=[("", "（不予公开、部分公开时选择）"), *RefusalGround.choices],
        required=False,
    )
    interest = forms.ChoiceField(
        label="涉及的第三方权益",
        choices=[("", "（仅保护第三方合法权益时选择）"), *ProtectedInterest.choices],
        required=False,
        help_text="写入文书：商业秘密、个人隐私须说明是哪一种（条例第十五条）。",
    )
    reason = forms.ChoiceField(
        label="不予处理的情形",
        choices=[("", "（仅不予处理时选择）"), *NotProcessedReason.choices],
        required=False,
    )
    body = forms.CharField(
        label="答复内容",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="予以公开、部分公开的写明信息内容或获取方式；已主动公开的写明在哪里、怎样查阅；不予公开、无法提供、不予处理的写明理由和途径。条文依据和救济途径由系统写入文书。",
        error_messages={"required": "请填写答复内容", "max_length": "答复内容不能超过10000字"},
    )
    withheld = forms.CharField(
        label="不予公开的部分",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="部分公开的必填：哪些内容不予公开、为什么（条例第三十七条）。",
    )
    parties = forms.TypedMultipleChoiceField(
        label="为谁不予公开",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不同意公开的第三方、共同制作机关：本项保护谁的权益就选谁；只有一项答复的可以不选。",
        error_messages={"invalid_choice": "请选择列出的征求对象"},
    )
    agency = forms.CharField(
        label="负责公开的机关", max_length=80, required=False, help_text="非本机关公开且能够确定的填写。"
    )
    agency_contact = forms.CharField(label="该机关联系方式", max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """How another unit can be reached is known, unless the clerk says otherwise."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("agency") and not data.get("agency_contact"):
            unit = Unit.objects.filter(name=data["agency"].strip(), is_active=True).first()
            if unit is not None:
                data["agency_contact"] = "，".join(part for part in (unit.address, unit.phone) if part)
        return data

    def prepare(self) -> None:
        """Those who object, by position; no such question where nobody does."""
        for name, kinds in ONLY_FOR.items():
            self.fields[name].widget.attrs["data-for"] = kinds
        self.fields["agency"].widget.attrs["list"] = "units"
        objecting: Any = objecting_parties(self.case)
        if objecting:
            self.fields["parties"].choices = objecting  # type: ignore[attr-defined]
        else:
            del self.fields["parties"]
