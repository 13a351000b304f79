"""Forms of hearings."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from consultations.hearings.choices import Subject
from consultations.hearings.models import Hearing
from portal.core.limits import with_periods
from portal.web.fields import OfUnit, TelephoneField, choice_field, date_field, row_field, text_field
from portal.web.verbs import StepForm

LINE = re.compile(r"^(.{1,40}?)[\s，,:：]+(\d{1,3})$")


class HearingFields(forms.Form):
    """What is heard, where and when, and who may take part."""

    title = text_field("听证事项", 120)
    subject = choice_field(
        "事项类别",
        Subject.choices,
        "规章草案的，举行{hearing.notice_rules}前公布；重大行政决策的，听证会材料于召开{hearing.papers}前送达参加人；其他事项按期限表。",
    )
    matter = text_field("事项说明", 5000, rows=6)
    place = text_field("地点", 120)
    held_on = date_field("举行日")
    held_at = forms.TimeField(
        label="时间",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "请填写时间", "invalid": "时间格式应为 09:30"},
    )
    sign_up_from = date_field("报名开始日")
    sign_up_until = date_field("报名截止日")
    groups = text_field("各方席位", 1000, rows=4, help_text="一行一方，名称后写席位数，如：消费者 6")
    contact_phone = text_field("联系电话", 40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject = self.fields["subject"]
        subject.help_text = with_periods(str(subject.help_text), on=timezone.localdate())

    def clean_groups(self) -> list[tuple[str, int]]:
        """(group, seats) of each line."""
        found = []
        for line in str(self.cleaned_data["groups"]).splitlines():
            if not line.strip():
                continue
            match = LINE.match(line.strip())
            if match is None or not 1 <= int(match.group(2)) <= 100:
                raise forms.ValidationError(f"“{line.strip()[:20]}”应写成：名称 席位数（1至100）")
            found.append((match.group(1), int(match.group(2))))
        if not found:
            raise forms.ValidationError("请填写各方席位")
        return found


class OpenForm(OfUnit, HearingFields):
    """A new hearing: of which unit."""

    unit = row_field("组织单位")


class EditForm(StepForm, HearingFields):
    """Changed before it is signed."""


class RevealForm(forms.Form):
    """Why the names and telephones are looked at."""

    reason = text_field("查看理由", 200, rows=2)


class SignUpForm(forms.Form):
    """Somebody who wants to take part."""

    group = forms.TypedChoiceField(
        label="以哪一方参加",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择以哪一方参加", "invalid_choice": "请选择以哪一方参加"},
    )
    name = text_field("姓名", 50)
    phone = TelephoneField(help_text="每人凭联系电话报名一次。")
    email = forms.EmailField(
        label="电子邮箱", required=False, error_messages={"invalid": "电子邮箱格式不正确"}
    )
    view = text_field("主要观点", 1000, rows=4, required=False)

    def __init__(self, *args: Any, hearing: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["group"]
        field.choices = [
            (group.pk, f"{group.title}（{group.seats}席）") for group in hearing.groups.order_by("id")
        ]


class CommentForm(StepForm):
    """A step with words that may be left out."""

    comment = text_field("意见", 300, rows=2, required=False)


class ReturnForm(StepForm):
    """A step that needs a reason to the drafter."""

    comment = text_field("退回理由", 300, rows=3)


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = text_field("取消的理由", 300, rows=3, help_text="会显示在页面上，并告知报名的人。")


class PapersForm(StepForm):
    """What those who take part are given to read."""

    papers = text_field(
        "听证会材料",
        5000,
        rows=6,
        help_text="一行一份，写明名称和取得的地址；系统发给每位听证参加人，并显示在公开页面。",
    )


class MinutesForm(StepForm):
    """What was said."""

    present = forms.IntegerField(
        label="到会参加人数",
        min_value=0,
        max_value=1000,
        error_messages={"required": "请填写人数", "invalid": "请填写整数"},
    )
    minutes = text_field(
        "听证笔录", 50_000, rows=14, help_text="按发言次序记录主要意见，随报告公开，不写个人联系方式。"
    )


class ReportForm(StepForm):
    """The report."""

    report = text_field("听证报告", 20_000, rows=12, help_text="参加人的主要意见、采纳情况和未采纳的理由。")
