"""Verbs of the units that handle a letter or help with it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from mailbox import actions
from mailbox.forms.staff import (
    AskSupplementForm,
    AssistanceForm,
    CancelAssistanceForm,
    CommentForm,
    ContributeForm,
    ExtensionForm,
    OfficerForm,
    ReasonForm,
    ReplyForm,
    ReturnForm,
    TakeSupplementForm,
)
from mailbox.queries import starting_text, template_of, term
from portal.holidays.calendars import calendar
from portal.web.verbs import StepForm, Verb


def _reply_initial(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """The text so far, or the template that is asked for (?template=3), with the contributions (?merge=1)."""
    template = template_of(case, str(asked.get("template", "")))
    return {"body": starting_text(case, template=template, merge=asked.get("merge") == "1")}


def _assist_initial(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"due_on": calendar().add(timezone.localdate(), term("assist").days)}


def _supplement_initial(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"answer_by": calendar().add(timezone.localdate(), term("supplement").days)}


def _came_today(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"came_on": timezone.localdate()}


UNIT = (
    Verb("sign_for", "签收", "签收后由您经办。", StepForm, actions.sign_for),
    Verb(
        "return_letter",
        "退办",
        "不属于本单位职责的，在退办期限内退回信箱办公室，须写明理由；退办满两次由信箱办公室裁定。",
        ReturnForm,
        actions.return_letter,
        main=False,
    ),
    Verb(
        "change_officer",
        "改由他人经办",
        "签收后由本单位另一人经办；经办人请假、调离时也可以在工作台一次改派多件。",
        OfficerForm,
        actions.change_officer,
        main=False,
    ),
    Verb(
        "ask_assistance",
        "请其他单位协办",
        "协办单位可以看到来信并反馈办理情况；保密举报不显示来信人身份。",
        AssistanceForm,
        actions.ask_assistance,
        _assist_initial,
        main=False,
    ),
    Verb(
        "cancel_assistance",
        "取消协办",
        "不再等待协办单位反馈；该单位随即不能查看来信。",
        CancelAssistanceForm,
        actions.cancel_assistance,
        main=False,
    ),
    Verb(
        "contribute",
        "协办反馈",
        "填写本单位负责部分的办理情况，由主办单位并入答复。",
        ContributeForm,
        actions.contribute,
    ),
    Verb(
        "ask_supplement",
        "请来信人补充",
        "缺少必要情况、无法办理的，请来信人补充；等待期间不计入答复期限。",
        AskSupplementForm,
        actions.ask_supplement,
        _supplement_initial,
        main=False,
    ),
    Verb(
        "supplement",
        "登记收到的补充",
        "来信人以电话、来信等方式补充的，由经办人登记；答复期限自次日起继续计算。",
        TakeSupplementForm,
        actions.supplement,
        _came_today,
    ),
    Verb(
        "continue_without",
        "未补充，继续办理",
        "补充期限已过的，按现有情况办理。",
        StepForm,
        actions.continue_without,
        main=False,
    ),
    Verb(
        "draft_reply",
        "拟写答复",
        "可以选用模板、并入协办反馈；模板中的空白全部填写后才能保存。",
        ReplyForm,
        actions.draft_reply,
        _reply_initial,
    ),
    Verb("submit_reply", "送审", "送审后不能修改；退回后可以重新拟写。", StepForm, actions.submit_reply),
    Verb(
        "review_reply",
        "审核通过",
        "确认事实清楚、答复针对来信、没有空话。",
        CommentForm,
        actions.review_reply,
    ),
    Verb("sign_reply", "签发", "单位负责人同意答复，送信箱办公室核查。", CommentForm, actions.sign_reply),
    Verb(
        "return_reply",
        "退回修改",
        "退回经办人修改，须写明理由。",
        ReasonForm,
        actions.return_reply,
        main=False,
    ),
    Verb(
        "request_extension",
        "申请延期",
        "报本单位负责人批准，每轮办理只能延期一次，理由告知来信人。",
        ExtensionForm,
        actions.request_extension,
        main=False,
    ),
    Verb("extend", "批准延期", "批准后系统向来信人发出延期答复告知书。", StepForm, actions.extend),
    Verb(
        "refuse_extension",
        "不批准延期",
        "答复期限不变。",
        StepForm,
        actions.refuse_extension,
        main=False,
    ),
)
