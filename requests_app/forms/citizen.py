"""The citizen's form, one thing a page."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms

from portal.core.identity import normal_identity
from portal.units.queries import receiving_units
from portal.web.fields import TelephoneField
from requests_app import rules
from requests_app.choices import ApplicantKind, Delivery, FormWanted, IdentityKind, OrganisationKind

MOST_DESCRIPTION = 2000
WHERE_TO = {Delivery.EMAIL.value: "email", Delivery.POST.value: "address"}


class UnitForm(forms.Form):
    """Which unit is asked."""

    heading = "向哪个机关提出申请？"
    heading_for_clerks = "受理机关"
    unit = forms.ChoiceField(
        label="受理机关",
        help_text="请选择制作或保存该信息的机关。不确定时选择市政府办公室，由其告知或转办。",
        error_messages={"required": "请选择受理机关", "invalid_choice": "请从列表中选择受理机关"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(unit.code, unit.name, unit.kind, unit.parent_id) for unit in receiving_units()]
        office = [(code, name) for code, name, kind, _ in units if code == "city-office"]
        departments = [(code, name) for code, name, kind, _ in units if kind == "department"]
        counties = [
            (code, name) for code, name, kind, _ in units if kind == "office" and code != "city-office"
        ]
        choices = [("", "请选择"), ("市政府", office), ("市级部门", departments), ("县（市、区）", counties)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class WhoForm(forms.Form):
    """A person or an organisation."""

    heading = "您以什么身份申请？"
    heading_for_clerks = "申请人类型"
    applicant_kind = forms.ChoiceField(
        label="申请人类型",
        choices=ApplicantKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择申请人类型"},
    )

    by_agent = forms.BooleanField(
        label="由代理人代为提出",
        required=False,
        help_text="代理人须另外填写本人信息，并上传申请人签名或者盖章的授权委托书。",
    )


class AgentForm(forms.Form):
    """Who asks for the applicant."""

    heading = "代理人信息"
    note = "代理人凭申请人的授权委托书提出申请，委托书请在“上传附件”一步提交。"
    agent_name = forms.CharField(
        label="代理人姓名", max_length=50, error_messages={"required": "请填写代理人姓名"}
    )
    agent_identity_kind = forms.ChoiceField(
        label="代理人证件类型", choices=IdentityKind.choices, error_messages={"required": "请选择证件类型"}
    )
    agent_identity_number = forms.CharField(
        label="代理人证件号码", max_length=30, error_messages={"required": "请填写代理人证件号码"}
    )
    agent_phone = TelephoneField(
        "代理人电话",
        required=False,
        help_text="没有电话的可以不填，按“怎样联系您”中填写的方式联系。",
    )

    def clean(self) -> dict[str, Any]:
        """The number must fit the document."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("agent_identity_number") and data.get("agent_identity_kind"):
            data["agent_identity_number"] = normal_identity(data["agent_identity_number"])
            problem = rules.identity_problem(data["agent_identity_kind"], data["agent_identity_number"])
            if problem:
                self.add_error("agent_identity_number", problem)
        return data


class PersonForm(forms.Form):
    """Who the person is."""

    heading = "您的身份信息"
    heading_for_clerks = "申请人身份信息"
    note = "法律规定申请应当包括姓名和身份证明。这些信息加密保存，只有经办机关因办理需要才能查看。"
    name = forms.CharField(label="姓名", max_length=50, error_messages={"required": "请填写姓名"})
    identity_kind = forms.ChoiceField(
        label="证件类型", choices=IdentityKind.choices, error_messages={"required": "请选择证件类型"}
    )
    identity_number = forms.CharField(
        label="证件号码", max_length=30, error_messages={"required": "请填写证件号码"}
    )

    def clean(self) -> dict[str, Any]:
        """The number must fit the document."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("identity_number") and data.get("identity_kind"):
            data["identity_number"] = normal_identity(data["identity_number"])
            problem = rules.identity_problem(data["identity_kind"], data["identity_number"])
            if problem:
                self.add_error("identity_number", problem)
        return data


class OrganisationForm(forms.Form):
    """Who the organisation is."""

    heading = "单位信息"
    note = "单位名称和统一社会信用代码须与登记证照一致。"
    organisation_kind = forms.ChoiceField(
        label="组织类型", choices=OrganisationKind.choices, error_messages={"required": "请选择组织类型"}
    )
    name = forms.CharField(label="单位名称", max_length=100, error_messages={"required": "请填写单位名称"})
    identity_number = forms.CharField(
        label="统一社会信用代码", max_length=30, error_messages={"required": "请填写统一社会信用代码"}
    )
    representative = forms.CharField(
        label="法定代表人或负责人", max_length=50, error_messages={"required": "请填写法定代表人或负责人"}
    )
    contact_person = forms.CharField(
        label="联系人", max_length=50, error_messages={"required": "请填写联系人"}
    )

    def clean_identity_number(self) -> str:
        """The credit code's check digit."""
        code = normal_identity(str(self.cleaned_data["identity_number"]))
        problem = rules.credit_code_problem(code)
        if problem:
            raise forms.ValidationError(problem)
        return code


class ContactForm(forms.Form):
    """How to reach the applicant."""

    heading = "怎样联系您？"
    heading_for_clerks = "申请人联系方式"
    hide_optional = True
    note = "电话、电子邮箱、通信地址至少填写一项，用于确认收到申请和通知答复。"
    phone = TelephoneField(required=False)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        error_messages={"invalid": "电子邮箱格式不正确，例如 name@example.org"},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label="通信地址",
        max_length=120,
        required=False,
        help_text="选择邮寄方式获取信息时必填；选择电子邮件的，电子邮箱必填。",
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.RegexField(
        r"^\d{6}$",
        label="邮政编码",
        required=False,
        error_messages={"invalid": "邮政编码应为6位数字"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )

    def clean(self) -> dict[str, Any]:
        """One way at least in which the applicant can be reached (条例第二十九条)."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            problem = rules.contact_problem(data["phone"], data["email"], data["address"])
            if problem:
                self.add_error("phone", problem)
        return data


class InformationForm(forms.Form):
    """What is asked for."""

    heading = "您需要什么信息？"
    heading_for_clerks = "所需的政府信息"
    hide_optional = True
    note = "以下三项至少填写一项，写得越具体越容易查找。不需要说明用途。"
    information_name = forms.CharField(
        label="信息名称", max_length=120, required=False, help_text="例如：2025年度老旧小区改造项目清单"
    )
    information_number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="例如：玉政办发〔2019〕20号"
    )
    description = forms.CharField(
        label="其他便于查找的特征描述",
        max_length=MOST_DESCRIPTION,
        required=False,
        help_text=f"如形成时间、涉及的地点或事项，最多{MOST_DESCRIPTION}字。",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": f"描述不能超过{MOST_DESCRIPTION}字，可将详细材料作为附件上传"},
    )

    def clean(self) -> dict[str, Any]:
        """At least one of the three (条例第二十九条)."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(data.get(name, "").strip() for name in self.fields):
            self.add_error("information_name", "信息名称、文号、特征描述至少填写一项")
        return data


class ReceiveForm(forms.Form):
    """How the information is wanted."""

    heading = "您希望怎样获取信息？"
    heading_for_clerks = "获取信息的方式"
    form_wanted = forms.ChoiceField(
        label="信息形式",
        choices=FormWanted.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择信息形式"},
    )
    delivery = forms.ChoiceField(
        label="获取方式",
        choices=Delivery.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择获取方式"},
    )

    def __init__(self, *args: Any, answers: dict[str, Any] | None = None, **kwargs: Any) -> None:
        """`answers` are those of the contact page; what it left out can be filled in here."""
        super().__init__(*args, **kwargs)
        self.answers = answers or {}
        for name, hint in (
            ("email", "选择电子邮件的，填写在这里。"),
            ("address", "选择邮寄的，填写在这里。"),
        ):
            if not self.answers.get(name):
                self.fields[name] = deepcopy(ContactForm.base_fields[name])
                self.fields[name].help_text = hint

    def clean(self) -> dict[str, Any]:
        """The way chosen needs an address or a mailbox, and fits the form in which the information is wanted."""
        data: dict[str, Any] = super().clean() or {}
        told = {name: str(self.answers.get(name) or data.get(name) or "") for name in ("email", "address")}
        delivery = data.get("delivery", "")
        problem = rules.delivery_problem(delivery, **told)
        if problem:
            self.add_error(WHERE_TO[delivery], problem)
        mismatch = rules.form_problem(data.get("form_wanted", ""), delivery)
        if mismatch:
            self.add_error("delivery", mismatch)
        return data


class FileInput(forms.ClearableFileInput):
    """A file field that takes several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several uploads; each is looked at when it is kept with the draft."""

    widget = FileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The uploads as they came, possibly none."""
        return data or []


class FilesForm(forms.Form):
    """Files that help."""

    heading = "上传附件（选填）"
    note = "可以上传身份证明、授权委托书或有助于查找信息的材料。没有附件可直接继续。"
    files = FilesField(  # type: ignore[assignment]  # Form.files is the upload itself
        label="选择文件",
        required=False,
        widget=FileInput(attrs={"multiple": True}),
        help_text="支持 PDF、JPG、PNG、DOCX、XLSX、TXT，单个不超过20 MB，最多10个。",
    )


class TrackForm(forms.Form):
    """Number and query code."""

    number = forms.CharField(
        label="登记编号",
        max_length=30,
        help_text="例如 G002-2026-00012",
        error_messages={"required": "请填写登记编号"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(
        label="查询码",
        max_length=40,
        help_text="提交成功时显示的12位查询码，不区分大小写",
        error_messages={"required": "请填写查询码"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CorrectForm(forms.Form):
    """The applicant's correction."""

    text = forms.CharField(
        label="补正内容",
        max_length=2000,
        help_text="请逐项说明，最多2000字。",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "请填写补正内容", "max_length": "补正内容不能超过2000字"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Taking a request back."""

    reason = forms.CharField(
        label="撤回原因", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """A step without words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
