"""The staff verbs of publishing."""

from __future__ import annotations

from typing import Any

from notices import actions
from notices.actions.drafting import FIELDS, OPTIONAL
from notices.forms import (
    CommentForm,
    DropForm,
    EditForm,
    PublishForm,
    ReasonForm,
    ReturnForm,
    ValidityForm,
)
from portal.web.verbs import StepForm, Verb


def _fields(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(case, name) for name in (*FIELDS, *OPTIONAL)}


def _edit(*, seen_version: int | None, case: Any, actor: Any, at: Any, **answers: Any) -> None:
    actions.edit_item(case=case, answers=answers, actor=actor, at=at, seen_version=seen_version)


_ALL = (
    Verb(
        "submit_item",
        "送审",
        "送审后内容即固定；退回或者修改后须重新送审。",
        StepForm,
        actions.submit_item,
    ),
    Verb(
        "review_item",
        "本单位审核通过",
        "确认真实、准确、合规，没有公章、签名、红头和领导批示。",
        CommentForm,
        actions.review_item,
    ),
    Verb(
        "clear_item",
        "保密审查通过",
        "确认不含国家秘密、工作秘密、商业秘密、个人隐私。",
        CommentForm,
        actions.clear_item,
    ),
    Verb("approve_item", "分管领导审定", "同意发布。", CommentForm, actions.approve_item),
    Verb(
        "approve_higher",
        "上级审核通过",
        "全市性重大信息、重要活动信息的审核。",
        CommentForm,
        actions.approve_higher,
    ),
    Verb(
        "publish_item",
        "发布",
        "发布的内容须与审定的完全一致；可以定时。",
        PublishForm,
        actions.publish_item,
    ),
    Verb(
        "review_after",
        "补审通过",
        "先行发布的突发事件信息由审核人、保密审查人分别补审，起草人、发布人不能补审。",
        CommentForm,
        actions.review_after,
    ),
    Verb(
        "publish_urgently",
        "先行发布",
        "突发公共事件信息即刻公开，{publishing.after_review}内由他人补审。",
        ReasonForm,
        actions.publish_urgently,
        main=False,
    ),
    Verb("edit_item", "修改", "审定后修改的，原审定作废，须重新送审。", EditForm, _edit, _fields, main=False),
    Verb("return_item", "退回修改", "退回经办人，须写明理由。", ReturnForm, actions.return_item, main=False),
    Verb(
        "revise",
        "修订",
        "内容有变化的，{publishing.update}内更新；新版本审定发布前，原版本继续公开，尚未到时的定时发布取消。理由会作为更正说明显示，可以在修改时改写。",
        ReasonForm,
        actions.revise,
        main=False,
    ),
    Verb(
        "recall_item",
        "撤回送审",
        "撤回后可以修改，须重新送审；已签署的意见作废。",
        StepForm,
        actions.recall_item,
        main=False,
    ),
    Verb(
        "give_up_revision",
        "放弃修订",
        "公开的版本保持不变，草稿恢复为公开的内容。",
        StepForm,
        actions.give_up_revision,
        main=False,
    ),
    Verb(
        "reopen_item",
        "重新办理",
        "撤下的信息修改后重新送审；审定发布前，原地址仍显示已撤下。",
        ReasonForm,
        actions.reopen_item,
        main=False,
    ),
    Verb(
        "set_validity",
        "标注有效性",
        "修改、失效、废止的文件保留原文并显示提示。",
        ValidityForm,
        actions.set_validity,
        main=False,
    ),
    Verb(
        "withdraw_item",
        "撤下",
        "立即撤下，原地址显示撤下的理由；修订中的信息也可以撤下。撤下后可以重新办理。",
        ReasonForm,
        actions.withdraw_item,
        main=False,
    ),
    Verb(
        "drop_item",
        "不予发布",
        "按制度第十条不予发布，须写明情形和理由。",
        DropForm,
        actions.drop_item,
        main=False,
    ),
    Verb(
        "discard_item",
        "删除草稿",
        "从未发布过的草稿可以删除，办理记录保留。",
        StepForm,
        actions.discard_item,
        main=False,
    ),
)
VERBS = {verb.code: verb for verb in _ALL}
