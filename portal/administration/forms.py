"""Forms of the administrators' room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import fields_for_model

from portal.core.workdays import YearNotice
from portal.holidays.notice_text import ReadNotice, read_notice
from portal.units.choices import Role
from portal.units.models import Unit
from portal.web.fields import choice_field, date_field, row_field, text_field

REQUIRED = {
    "required": "请填写这一项",
    "invalid": "格式不正确",
    "min_value": "数值太小",
    "max_value": "数值太大",
    "invalid_choice": "请选择一项",
    "max_length": "文字太长",
}
UNIT_FIELDS = (
    "address",
    "postcode",
    "phone",
    "email",
    "office_hours",
    "fee_account",
    "review_body",
    "review_also",
    "review_channel",
    "court",
    "takes_requests",
)


class NoticeForm(forms.Form):
    """A year's notice as it is read out: runs of days off, and weekend days that are worked."""

    document = text_field("文号", 100, help_text="例如：国办发明电〔2025〕7号")
    issued_on = date_field("发文日期")
    days_off = text_field(
        "放假", 2000, rows=8, help_text="每行一个假期：名称 首日 末日，例如“春节 2027-02-05 2027-02-11”。"
    )
    work_on = text_field(
        "调休上班",
        2000,
        rows=5,
        required=False,
        help_text="每行一天：名称 日期，例如“春节 2027-02-14”。没有的不填。",
    )

    def clean_days_off(self) -> list[tuple[date, date, str]]:
        """(first, last, name), both ends included."""
        return [
            (self._day(first), self._day(last), name)
            for name, first, last in self._lines("days_off", 3, "名称 首日 末日")
        ]

    def clean_work_on(self) -> list[tuple[date, str]]:
        """(day, name)."""
        return [(self._day(day), name) for name, day in self._lines("work_on", 2, "名称 日期")]

    def _lines(self, field: str, parts: int, pattern: str) -> list[list[str]]:
        found = []
        for number, line in enumerate(self.cleaned_data[field].splitlines(), 1):
            words = line.split()
            if not words:
                continue
            if len(words) != parts:
                raise forms.ValidationError(f"第{number}行应为“{pattern}”，中间用空格隔开")
            found.append(words)
        return found

    def _day(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise forms.ValidationError(f"“{text}”不是日期，应为 2027-02-05 的形式") from error

    def notice(self, year: int) -> YearNotice:
        """The notice as the calendar takes it."""
        data = self.cleaned_data
        return YearNotice(year, data["document"], tuple(data["days_off"]), tuple(data["work_on"]))


class NoticeTextForm(forms.Form):
    """A year's notice as it was published, pasted whole."""

    text = text_field(
        "通知全文",
        6000,
        rows=8,
        help_text="粘贴国务院办公厅的通知，系统读出放假和调休上班的日期填入下面的表，核对后再预览、录入。",
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._year = year

    def clean_text(self) -> ReadNotice:
        """What was read, with nothing left open."""
        found = read_notice(self.cleaned_data["text"], self._year)
        if found.problems:
            raise forms.ValidationError(found.problems)
        return found

    def words(self) -> dict[str, Any]:
        """As the form of the notice takes it."""
        found = self.cleaned_data["text"]
        notice = YearNotice(self._year, found.document, tuple(found.days_off), tuple(found.work_on))
        return notice_words(notice) | {"issued_on": found.issued_on}


def notice_words(notice: YearNotice | None) -> dict[str, Any]:
    """A notice as the form's words."""
    if notice is None:
        return {}
    return {
        "document": notice.source,
        "days_off": "\n".join(f"{name} {first} {last}" for first, last, name in notice.days_off),
        "work_on": "\n".join(f"{name} {day}" for day, name in notice.work_on),
    }


def row_form(row: Any, fields: tuple[str, ...], data: Any = None) -> forms.Form:
    """A form for some fields of a row, filled with what they hold."""
    found = fields_for_model(type(row), fields=fields, error_messages=dict.fromkeys(fields, REQUIRED))
    made = type("RowForm", (forms.Form,), dict(found))
    return made(data, initial={name: getattr(row, name) for name in fields})  # type: ignore[no-any-return]


class WordForm(forms.Form):
    """What people say, and what it is called."""

    plain = text_field("通俗说法", 40, help_text="两个词要同时出现才算的，用加号连接，例如：上班+受伤。")
    official = text_field("正式用语", 120, help_text="多个用空格隔开，最要紧的写在前面。")
    source = text_field("来源", 80, required=False)


class AppointForm(forms.Form):
    """Who is appointed to what, from when to when."""

    email = forms.EmailField(
        label="登录邮箱", error_messages={"required": "请填写登录邮箱", "invalid": "邮箱格式不正确"}
    )
    name = text_field("姓名", 40, required=False, help_text="新账号填写；已有账号的不填。")
    unit = row_field("机构")
    role = choice_field("角色", Role.choices)
    starts_on = date_field("起始日")
    ends_on = date_field("终止日", "最后一天；没有的不填。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.filter(is_active=True).order_by("sort", "id")
        self.fields["ends_on"].required = False


class EndForm(forms.Form):
    """An appointment's last day."""

    ends_on = date_field("终止日", "最后一天，次日起不能再办理。")


class HoldForm(forms.Form):
    """Which case is kept, and why."""

    number = text_field("办件编号", 30, help_text="例如 G2026-00012")
    reason = text_field("理由", 200, rows=2, help_text="例如：行政诉讼一审中。")
