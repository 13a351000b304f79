"""Forms of courses."""

from __future__ import annotations

from django import forms

from portal.web.fields import OfUnit, date_field, row_field, text_field
from portal.web.verbs import StepForm


class CourseFields(forms.Form):
    """What is taught, from when to when."""

    title = text_field("培训名称", 120)
    intro = text_field("简介", 2000, rows=4)
    material = text_field("学习材料", 100_000, rows=14, help_text="一行一段；行首加“# ”是小标题。")
    opens_on = date_field("开始日")
    closes_on = date_field("截止日", "这一天仍可以学习、测验。")
    pass_mark = forms.IntegerField(
        label="及格分（百分制）",
        min_value=1,
        max_value=100,
        initial=80,
        error_messages={
            "required": "请填写及格分",
            "invalid": "请填写整数",
            "min_value": "至少1分",
            "max_value": "最高100分",
        },
    )


class EditForm(StepForm, CourseFields):
    """Changed before it is signed."""


class OpenForm(OfUnit, CourseFields):
    """A new course: of which unit."""

    unit = row_field("组织单位")


class QuestionForm(forms.Form):
    """One question of the quiz."""

    title = text_field("题目", 200)
    options = text_field("选项", 3000, rows=5, help_text="一行一个。")
    correct = text_field("正确选项的序号", 60, help_text="从1数起；多个用逗号分开，如：1,3")

    def clean_options(self) -> list[str]:
        """The lines."""
        return str(self.cleaned_data["options"]).splitlines()

    def clean_correct(self) -> list[int]:
        """The places."""
        parts = str(self.cleaned_data["correct"]).replace("，", ",").replace("、", ",").split(",")
        if not all(part.strip().isdecimal() and len(part.strip()) < 4 for part in parts):
            raise forms.ValidationError("请填写序号，如：1,3")
        return [int(part) for part in parts]


class EnrolForm(forms.Form):
    """The name for the certificate."""

    name = text_field("姓名", 50, help_text="写在结业证书上，加密保存，不公开。")


class CommentForm(StepForm):
    """A step with words that may be left out."""

    comment = text_field("意见", 300, rows=2, required=False)


class ReturnForm(StepForm):
    """A step that needs a reason to the drafter."""

    comment = text_field("退回理由", 300, rows=3)


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = text_field("取消的理由", 300, rows=3)
