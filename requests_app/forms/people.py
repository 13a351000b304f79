"""Forms of changing how the applicant is reached and who it is."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.web.fields import TelephoneField
from requests_app.choices import ApplicantKind, Delivery, IdentityKind, OrganisationKind
from requests_app.forms.staff import StepForm, text_field

KEEP = ("", "不变")


def _email(help_text: str = "") -> forms.EmailField:
    return forms.EmailField(
        label="电子邮箱",
        required=False,
        help_text=help_text,
        error_messages={"invalid": "电子邮箱格式不正确"},
    )


def _postcode() -> forms.CharField:
    return forms.RegexField(
        r"^\d{6}$",
        label="邮政编码",
        required=False,
        error_messages={"invalid": "邮政编码应为6位数字"},
    )


class ContactChangeForm(StepForm):
    """What a clerk enters of a change that came on paper; a field left blank stays as it is."""

    phone = TelephoneField(required=False, help_text="不变的不填。")
    email = _email("不变的不填。")
    address = text_field("通信地址", 120, required=False, help_text="不变的不填。")
    postcode = _postcode()
    delivery = forms.ChoiceField(label="获取方式", choices=[KEEP, *Delivery.choices], required=False)
    evidence = text_field("变更凭据", 200, help_text="如申请人来信的日期、当面核对身份的情况。")


class OwnContactForm(forms.Form):
    """The applicant's own ways of being reached, as they are to be."""

    phone = TelephoneField(required=False, help_text="电话、电子邮箱、通信地址至少填写一项。")
    email = _email()
    address = text_field("通信地址", 120, required=False)
    postcode = _postcode()
    delivery = forms.ChoiceField(
        label="获取方式",
        choices=Delivery.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择获取方式"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AmendForm(StepForm):
    """What was written wrongly; a field left blank stays as it is."""

    name = text_field("姓名或者名称", 100, required=False, help_text="不变的不填。")
    applicant_kind = forms.ChoiceField(
        label="申请人类型", choices=[KEEP, *ApplicantKind.choices], required=False
    )
    organisation_kind = forms.ChoiceField(
        label="组织类型", choices=[KEEP, *OrganisationKind.choices], required=False
    )
    identity_kind = forms.ChoiceField(label="证件类型", choices=[KEEP, *IdentityKind.choices], required=False)
    identity_number = text_field("证件号码或者统一社会信用代码", 30, required=False, help_text="不变的不填。")
    evidence = text_field("更正凭据", 200, help_text="如核对的证件、登记证照。")


def given(data: dict[str, Any], *names: str) -> dict[str, Any]:
    """The fields that were filled in."""
    return {name: data[name] for name in names if data.get(name)}
