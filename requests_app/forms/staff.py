"""The unit's forms, one for each verb; each carries the version of the page it was filled in on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone

from portal.core.limits import limit
from portal.core.wording import cn_moment
from portal.units.queries import receiving_units
from portal.web.fields import AcknowledgedForm
from requests_app.choices import Channel
from requests_app.queries import officers, was_entered


def date_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """A day, typed or picked."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}", "invalid": "日期格式应为 2026-03-16"},
    )


def text_field(
    label: str, most: int, *, rows: int = 0, required: bool = True, help_text: str = ""
) -> forms.CharField:
    """Words of at most so many characters, in a box of so many rows (0: one line)."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={"required": f"请填写{label}", "max_length": f"{label}不能超过{most}字"},
    )


def choice_field(label: str, choices: Any, help_text: str = "") -> forms.ChoiceField:
    """One of a few, as radio buttons."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        help_text=help_text,
        error_messages={"required": f"请选择{label}", "invalid_choice": f"请选择{label}"},
    )


def bound(form: forms.Form, name: str, most: int, sentence: str) -> None:
    """Let a number of this form be no greater than `most`, which depends on the case."""
    field: Any = form.fields[name]
    field.validators.append(MaxValueValidator(most, sentence))
    field.widget.attrs["max"] = most


def row_field(label: str) -> Any:
    """One of the case's own rows; the rows are filled in by the form."""
    return forms.ModelChoiceField(
        queryset=None,
        label=label,
        empty_label="请选择",
        error_messages={"required": f"请选择{label}", "invalid_choice": f"请选择{label}"},
    )


class StepForm(forms.Form):
    """A step without words of its own; `case` is what it is about."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.prepare()

    def prepare(self) -> None:
        """Fill choices that depend on the case."""

    def choose_from(self, name: str, rows: Any) -> None:
        """Let a field choose from these rows; a single one is chosen already."""
        field: Any = self.fields[name]
        field.queryset = rows
        if len(rows) == 1:
            self.initial.setdefault(name, rows[0])


class RegisterForm(StepForm):
    """Fixing the day of receipt."""

    channel = forms.ChoiceField(
        label="提交渠道", choices=Channel.choices, error_messages={"required": "请选择提交渠道"}
    )
    received_on = forms.DateField(
        label="收到申请之日",
        help_text="当面提交为提交之日；挂号信为签收之日；平信为与申请人确认之日；网上、传真为双方确认之日（条例第三十一条）。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写收到申请之日", "invalid": "日期格式应为 2026-03-16"},
    )
    evidence = forms.CharField(
        label="收到凭据",
        max_length=200,
        help_text="如邮件号和签收日期、与申请人确认的方式。",
        error_messages={"required": "请写明收到日的凭据"},
    )
    take = forms.BooleanField(label="由我经办（登记后直接拟写答复）", required=False, initial=True)

    def prepare(self) -> None:
        """What came in through the portal has its own record as evidence."""
        if self.case.channel == Channel.ONLINE and not was_entered(self.case):
            self.initial.setdefault("evidence", f"平台收到，{cn_moment(self.case.created_at)}")


class TransferForm(StepForm):
    """Handing the request to another unit."""

    unit: Any = forms.ModelChoiceField(
        queryset=None,
        label="转往机关",
        empty_label="请选择",
        error_messages={"required": "请选择转往的机关", "invalid_choice": "请从列表中选择机关"},
    )
    reason = forms.CharField(label="转办理由", max_length=200, error_messages={"required": "请写明转办理由"})

    def prepare(self) -> None:
        """Every other unit that takes requests."""
        self.choose_from("unit", receiving_units().exclude(pk=self.case.unit_id))


class AssignForm(StepForm):
    """Giving the request to a person."""

    officer: Any = forms.ModelChoiceField(
        queryset=None,
        label="经办人",
        empty_label="请选择",
        error_messages={"required": "请选择经办人", "invalid_choice": "请选择本机关的经办人员"},
    )

    def prepare(self) -> None:
        """The unit's own people."""
        self.choose_from("officer", officers(self.case.unit, timezone.localdate()))


class CorrectionForm(StepForm):
    """Asking for a correction."""

    unclear = forms.CharField(
        label="需要补正的事项",
        max_length=2000,
        help_text="一次写全，每项一行；将写入《补正告知书》。",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请写明需要补正的事项"},
    )
    correct_by = forms.DateField(
        label="补正期限",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写补正期限", "invalid": "日期格式应为 2026-03-16"},
    )


class CorrectedForm(StepForm):
    """A correction that came by post or at the counter."""

    text = forms.CharField(
        label="补正内容",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请填写补正内容"},
    )
    corrected_on = forms.DateField(
        label="收到补正之日",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写收到补正之日", "invalid": "日期格式应为 2026-03-16"},
    )


class ExtensionForm(StepForm):
    """Asking for more time."""

    days = forms.IntegerField(
        label="延长工作日数",
        min_value=1,
        error_messages={
            "required": "请填写延长的工作日数",
            "invalid": "请填写整数",
            "min_value": "至少延长%(limit_value)s个工作日",
        },
    )
    reason = forms.CharField(
        label="延期理由",
        max_length=300,
        help_text="将写入《延期答复告知书》告知申请人。",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明延期理由，理由将告知申请人"},
    )

    def prepare(self) -> None:
        """At most as much as the law of the case's day of receipt allows."""
        most = limit("disclosure.extension", on=self.case.law_day)
        bound(self, "days", most.days, f"最多延长{most.text}")
        self.initial.setdefault("days", most.days)


class CommentForm(StepForm):
    """A step with words that may be left out."""

    comment = forms.CharField(
        label="意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(StepForm):
    """A step that needs a reason."""

    comment = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由"},
    )


class ReleaseCopyForm(StepForm):
    """The redacted copy."""

    title = forms.CharField(label="标题", max_length=160, error_messages={"required": "请填写标题"})
    question = forms.CharField(
        label="申请内容（公开版）",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请填写申请内容"},
    )
    answer = forms.CharField(
        label="答复内容（公开版）",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="不得含有申请人或他人的个人信息、商业秘密；不带公章、红头、签名和领导批示。",
        error_messages={"required": "请填写答复内容"},
    )


class ReleaseForm(AcknowledgedForm, ReleaseCopyForm):
    """The redacted copy, and the word for what only looks personal."""


class AgreeToReleaseForm(AcknowledgedForm, CommentForm):
    """One more person agrees to the copy."""


class WithdrawalForm(StepForm):
    """A withdrawal that came on paper."""

    reason = forms.CharField(
        label="申请人书面撤回的情况",
        max_length=200,
        help_text="如撤回书的日期、收到方式。",
        error_messages={"required": "请写明申请人书面撤回的情况"},
    )


class PaperReasonForm(forms.Form):
    """Why a paper with sealed values is looked at."""

    reason = forms.CharField(
        label="查看理由",
        min_length=4,
        max_length=120,
        error_messages={"required": "请写明查看理由", "min_length": "请写明查看理由（不少于4个字）"},
    )


class RevealForm(forms.Form):
    """Looking at a sealed value."""

    field = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label="查看理由", max_length=200, error_messages={"required": "请写明查看理由"})
