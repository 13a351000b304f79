"""An entry of a contest."""

from __future__ import annotations

from django import forms

from portal.web.fields import text_field


class EntryForm(forms.Form):
    """What is entered, and how its sender is reached; nobody else sees the latter."""

    title = text_field("作品名称或者口号", 120)
    text = text_field(
        "说明", 2000, rows=5, required=False, help_text="创作说明，可以不填。不要写姓名、电话。"
    )
    name = text_field("姓名或者名称", 50, help_text="只用于联系和颁奖，不公开，评选时不显示。")
    email = forms.EmailField(
        label="电子邮箱",
        max_length=200,
        help_text="告知审核结果；不公开。",
        error_messages={"required": "请填写电子邮箱", "invalid": "电子邮箱格式不正确"},
    )
