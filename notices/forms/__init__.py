"""The units' forms of publishing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from notices.choices import Ground, Openness, Outlet, Route, Subject, Validity
from notices.models import Article, Column
from notices.queries import readable_documents
from portal.units.queries import units_by_id
from portal.web.fields import choice_field, date_field, row_field, text_field
from portal.web.verbs import StepForm

ROUTES = {
    Route.GENERAL: "一般性信息：本单位审核、分管领导审定",
    Route.MAJOR: "重大信息（全市性重要通知公告、权威数据）：另经政府办公室审核",
    Route.BUSINESS: "业务类信息：本单位审核、分管领导审定",
    Route.MARKED: "已标注“此件公开发布”的文件：本单位审查",
    Route.EVENT: "重大新闻、重要活动：另经上一级主管部门审核",
    Route.REPOST: "转载：本单位审查，须注明来源",
    Route.EMERGENCY: "突发公共事件：可以先行发布、随后补审",
}


class ItemFields(forms.Form):
    """The particulars of an item and its words."""

    column = row_field("栏目")
    route = choice_field("信息类别", list(ROUTES.items()), "决定由谁审核；所有信息都须保密审查。")
    title = text_field("标题", 120)
    doc_number = text_field("文号", 40, required=False, help_text="如：玉政办发〔2026〕5号。没有文号的不填。")
    issuer = text_field("发文机关", 120)
    made_on = date_field("成文日期", "信息形成或者变更之日，发布期限从次日起算。")
    subject = forms.ChoiceField(label="主题分类", choices=Subject.choices)
    openness = forms.ChoiceField(label="公开属性", choices=Openness.choices, initial=Openness.PROACTIVE)
    summary = text_field("摘要", 300, rows=2, required=False)
    body = text_field(
        "正文",
        200_000,
        rows=18,
        help_text="一行一段。行首加“# ”是一级小标题，“## ”是二级；插图写成 ![图片说明](文件名)，图片另行上传。",
    )
    source = text_field("转载来源", 120, required=False, help_text="转载的必须填写，如：中国政府网。")
    source_url = forms.URLField(
        label="原文地址",
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "网址格式不正确，应以 https:// 开头"},
    )
    interprets: Any = forms.ModelChoiceField(
        queryset=None, label="解读的文件", required=False, empty_label="不是解读材料"
    )
    outlets = forms.MultipleChoiceField(
        label="其他发布方式",
        choices=[row for row in Outlet.choices if row[0] != Outlet.SITE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "请从列表中选择"},
    )

    def offer_columns(self, columns: Any) -> None:
        """Offer these columns, and the published documents that an item may interpret."""
        field: Any = self.fields["column"]
        field.queryset = columns
        readable: Any = self.fields["interprets"]
        rows = readable_documents(timezone.now()).values_list("article_id", "title", "doc_number")
        shown = {pk: _named(title, number) for pk, title, number in rows}
        items: Any = Article.objects.all()
        readable.queryset = items.filter(pk__in=shown).order_by("-made_on", "-pk")
        readable.label_from_instance = lambda case: shown[case.pk]


def _named(title: str, number: str) -> str:
    """A document as people know it: its title and its number."""
    return f"{title}（{number}）" if number else title


class OpenForm(ItemFields):
    """A new item."""

    def __init__(self, *args: Any, columns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_columns(columns)


class EditForm(StepForm, ItemFields):
    """Changed before it is out."""

    change_note = text_field(
        "更正说明", 300, rows=2, required=False, help_text="修订已发布的信息时，显示在公开页面，一并审核。"
    )

    def prepare(self) -> None:
        """The columns of the making unit; the day it was made stays."""
        self.offer_columns(Column.objects.filter(unit=self.case.unit, is_open=True))
        self.fields["made_on"].disabled = True


class FileForm(forms.Form):
    """A file or a picture beside an item."""

    file = forms.FileField(label="文件", error_messages={"required": "请选择文件"})
    alt = text_field(
        "图片替代文字", 120, required=False, help_text="图片必须填写，说明图片内容，供读屏软件朗读。"
    )


class CommentForm(StepForm):
    """A step with words that may be left out."""

    comment = text_field("意见", 300, rows=2, required=False)


class ReturnForm(StepForm):
    """A step that needs a reason to the drafter."""

    comment = text_field("退回理由", 300, rows=3)


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = text_field("理由", 300, rows=3)


class PublishForm(StepForm):
    """Now, or at a time ahead."""

    publish_at = forms.DateTimeField(
        label="发布时间",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="不填即刻发布；填写将来的时间，到时自动公开。",
        error_messages={"invalid": "时间格式应为 2026-03-16 09:00"},
    )


class ValidityForm(StepForm):
    """Whether it is still in force, and by what it is not."""

    validity = choice_field("有效性", Validity.choices)
    document = text_field(
        "依据的文件", 160, required=False, help_text="修改、失效、废止的须填写，如：玉政发〔2026〕3号。"
    )


class DropForm(StepForm):
    """On which ground it is not published."""

    ground = choice_field("不予发布的情形", Ground.choices)
    reason = text_field("理由", 300, rows=3)


class TopicForm(forms.Form):
    """A topic to be opened."""

    unit = row_field("单位")
    title = text_field("专题名称", 80)
    entry = text_field("专题代码", 30, help_text="字母和数字，用于网址，如 water2026。")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units


class ExplainForm(forms.Form):
    """Why a period has no enforcement results."""

    unit = row_field("单位")
    begins_on = date_field("期间首日", "如一月填 2026-01-01。")
    reason = text_field("书面说明", 500, rows=3)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units_by_id([unit.pk for unit in units])
