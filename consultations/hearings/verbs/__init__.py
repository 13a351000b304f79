"""The staff verbs of hearings."""

from __future__ import annotations

from typing import Any

from consultations.hearings import actions
from consultations.hearings.actions.desk import FIELDS
from consultations.hearings.forms import (
    CommentForm,
    EditForm,
    MinutesForm,
    PapersForm,
    ReasonForm,
    ReportForm,
    ReturnForm,
)
from portal.web.takedown import TAKE_DOWN_VERBS
from portal.web.verbs import StepForm, Verb


def _report(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"report": case.report}


def _fields(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    groups = "\n".join(f"{group.title} {group.seats}" for group in case.groups.order_by("id"))
    return {"groups": groups, **{name: getattr(case, name) for name in (*FIELDS, "subject")}}


def _edit(*, groups: Any, case: Any, actor: Any, at: Any, seen_version: int | None, **answers: Any) -> None:
    actions.edit_hearing(
        case=case, answers=answers, groups=groups, actor=actor, at=at, seen_version=seen_version
    )


_ALL = (
    Verb("submit_hearing", "送审", "送审后不能修改。", StepForm, actions.submit_hearing),
    Verb("review_hearing", "审核通过", "确认事项、席位和时间。", CommentForm, actions.review_hearing),
    Verb(
        "announce_hearing",
        "签发公告",
        "公告同时公布抽选种子的摘要，报名截止后才公布种子。",
        CommentForm,
        actions.announce_hearing,
    ),
    Verb(
        "fix_list",
        "固定报名名单",
        "报名截止后系统自动固定，也可以在这里办理；名单在公开种子以前公布，抽选只按名单进行。",
        StepForm,
        actions.fix_list,
        main=False,
    ),
    Verb(
        "draw_seats",
        "公开抽选",
        "公布种子，系统按公布的算法抽选，任何人可以重算。",
        StepForm,
        actions.draw_seats,
    ),
    Verb(
        "send_papers",
        "送达听证会材料",
        "材料发给每位听证参加人；重大行政决策的须于召开{hearing.papers}前送达。",
        PapersForm,
        actions.send_papers,
    ),
    Verb("hold_hearing", "登记笔录", "听证会举行后登记。", MinutesForm, actions.hold_hearing),
    Verb(
        "submit_report",
        "听证报告送签",
        "写明采纳情况和未采纳的理由。",
        ReportForm,
        actions.submit_report,
        _report,
    ),
    Verb(
        "clear_report",
        "听证报告保密审查通过",
        "确认报告和笔录不含不得公开的内容。",
        CommentForm,
        actions.clear_report,
    ),
    Verb("publish_report", "公布听证报告", "签发后公开。", CommentForm, actions.publish_report),
    Verb("edit_hearing", "修改", "送审前、退回后可以修改，包括日期。", EditForm, _edit, _fields, main=False),
    Verb(
        "recall_hearing",
        "撤回送审",
        "撤回后可以修改，须重新送审。",
        StepForm,
        actions.recall_hearing,
        main=False,
    ),
    *TAKE_DOWN_VERBS,
    Verb("return_hearing", "退回修改", "须写明理由。", ReturnForm, actions.return_hearing, main=False),
    Verb("return_report", "退回修改报告", "须写明理由。", ReturnForm, actions.return_report, main=False),
    Verb("cancel_hearing", "取消", "理由显示在页面上。", ReasonForm, actions.cancel_hearing, main=False),
)
VERBS = {verb.code: verb for verb in _ALL}
