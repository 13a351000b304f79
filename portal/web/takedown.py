"""The staff verbs of taking down and bringing back, the same for every kind of case that has public pages."""

from __future__ import annotations

from portal.publishing import takedown
from portal.web.fields import text_field
from portal.web.verbs import StepForm, Verb


class TakeDownForm(StepForm):
    """Why it goes down."""

    reason = text_field("撤下的理由", 200, rows=3, help_text="显示在原来的网址上，请不要重复须撤下的内容。")


class AgreedForm(StepForm):
    """A signature with words that may be left out."""

    comment = text_field("意见", 300, rows=2, required=False)


class BackForm(StepForm):
    """Why it stays down."""

    comment = text_field("退回理由", 300, rows=3)


TAKE_DOWN_VERBS = (
    Verb(
        "take_down",
        "撤下",
        "立即从所有公开页面、列表和检索中撤下；恢复公开须重新审核、保密审查和签发。",
        TakeDownForm,
        takedown.take_down,
        main=False,
    ),
    Verb(
        "submit_return",
        "恢复公开送审",
        "按现在的内容送审，审核、保密审查、签发后恢复公开。",
        StepForm,
        takedown.submit_return,
    ),
    Verb("review_return", "恢复公开审核通过", "确认可以恢复公开。", AgreedForm, takedown.review_return),
    Verb(
        "clear_return", "恢复公开保密审查通过", "确认不含不得公开的内容。", AgreedForm, takedown.clear_return
    ),
    Verb("restore", "恢复公开", "签发后所有人可以查阅。", AgreedForm, takedown.restore),
    Verb(
        "refuse_return",
        "恢复公开退回",
        "保持撤下，须写明理由。",
        BackForm,
        takedown.refuse_return,
        main=False,
    ),
)
