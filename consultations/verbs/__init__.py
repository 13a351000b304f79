"""The staff verbs of public comment."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from consultations import actions
from consultations.actions.drafting import FIELDS
from consultations.forms.staff import (
    CancelForm,
    CommentedForm,
    EditForm,
    EnterForm,
    FeedbackForm,
    ProlongForm,
    RemovePaperForm,
    RemoveVersionForm,
    ReturnForm,
    VersionForm,
)
from consultations.queries import current_version
from portal.publishing.actions import digest_of
from portal.web.takedown import TAKE_DOWN_VERBS
from portal.web.verbs import StepForm, Verb


def _fields(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(case, name) for name in FIELDS}


def _title(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    version = current_version(case)
    return {"title": version.title if version else case.title, "text": version.text if version else ""}


def _newest(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    version = current_version(case)
    return {"number": version.number} if version else {}


def _today(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"came_on": min(timezone.localdate(), case.closes_on)}


def _summary(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"summary": case.feedback_summary}


def _edit(*, title: str, seen_version: int | None, case: Any, actor: Any, at: Any, **answers: Any) -> None:
    actions.edit_draft(
        case=case, answers={"title": title, **answers}, actor=actor, at=at, seen_version=seen_version
    )


def _enter(*, case: Any, seen_version: int | None, **facts: Any) -> None:
    """Enter a comment; the key is made of everything that was typed, so two letters are two and a double click is one.

    It depends on no other step, so the version of the page does not matter.
    """
    typed = {name: facts[name] for name in sorted(facts) if name not in ("actor", "at")}
    key = f"{case.public_id}:{digest_of(*(f'{name}={value}' for name, value in typed.items()))}"
    actions.enter_comment(case=case, key=key, **facts)


_ALL = (
    Verb(
        "submit_draft",
        "送审",
        "送审后不能修改；退回后可以重新修改。审核、保密审查、签发须由另外三人办理。",
        StepForm,
        actions.submit_draft,
    ),
    Verb(
        "review_draft",
        "审核通过",
        "确认内容完整、期限合规、联系方式有效。",
        CommentedForm,
        actions.review_draft,
    ),
    Verb("clear_draft", "保密审查通过", "确认不含不得公开的内容。", CommentedForm, actions.clear_draft),
    Verb(
        "announce",
        "签发发布",
        "签发后自开始日起，所有人可以阅读并提出意见，同时生成公开征求意见公告。",
        CommentedForm,
        actions.announce,
    ),
    Verb(
        "return_draft",
        "退回修改",
        "退回经办人修改，须写明理由。",
        ReturnForm,
        actions.return_draft,
        main=False,
    ),
    Verb("edit_draft", "修改征集内容", "送审前可以修改。", EditForm, _edit, _fields, main=False),
    Verb(
        "add_version",
        "录入文本",
        "征集前录入征求意见稿，征集后录入修改稿。系统识别条款，并与上一版逐条比较。",
        VersionForm,
        actions.add_version,
        _title,
    ),
    Verb(
        "remove_version",
        "删去录错的文本",
        "删去最新一版文本，须写明理由；删去后可以重新录入。",
        RemoveVersionForm,
        actions.remove_version,
        _newest,
        main=False,
    ),
    Verb(
        "remove_paper",
        "删去附件",
        "送审前可以删去录错的附件。",
        RemovePaperForm,
        actions.remove_paper,
        main=False,
    ),
    Verb(
        "recall_draft", "撤回送审", "撤回后可以修改，须重新送审。", StepForm, actions.recall_draft, main=False
    ),
    Verb(
        "enter_comment",
        "登记其他渠道的意见",
        "来信、电子邮件、电话和座谈会收到的意见，与网上意见一并研究、一并反馈。",
        EnterForm,
        _enter,
        _today,
        main=False,
    ),
    Verb("prolong", "延长征集期", "新的截止日和理由在页面公布。", ProlongForm, actions.prolong, main=False),
    Verb(
        "close",
        "结束征集",
        "截止日已过，系统每十分钟自动结束一次，也可以在这里办理。",
        StepForm,
        actions.close,
    ),
    Verb(
        "submit_feedback",
        "采纳情况送审",
        "所有意见都登记采纳情况后才能送审；情况表由系统生成。",
        FeedbackForm,
        actions.submit_feedback,
        _summary,
    ),
    Verb(
        "review_feedback", "采纳情况审核通过", "核对逐条情况和理由。", CommentedForm, actions.review_feedback
    ),
    Verb(
        "clear_feedback",
        "采纳情况保密审查通过",
        "确认综述、逐条理由和修改稿不含不得公开的内容。",
        CommentedForm,
        actions.clear_feedback,
    ),
    Verb(
        "feed_back",
        "公布采纳情况",
        "公布后所有人可以查阅，并告知留下联系方式的提意见人。",
        CommentedForm,
        actions.feed_back,
    ),
    Verb(
        "return_feedback",
        "退回修改",
        "退回经办人修改采纳情况，须写明理由。",
        ReturnForm,
        actions.return_feedback,
        main=False,
    ),
    *TAKE_DOWN_VERBS,
    Verb("cancel", "终止征集", "不再征集意见，理由在页面公布。", CancelForm, actions.cancel, main=False),
)
VERBS = {verb.code: verb for verb in _ALL}
