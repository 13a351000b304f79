"""Verbs of the mailbox office, of merging, and of the supervisors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mailbox import actions
from mailbox.forms.staff import (
    AcceptForm,
    AssignForm,
    DeclineForm,
    HandOverForm,
    MergeForm,
    ReaderForm,
    ReasonForm,
    RevokeReaderForm,
    RuleUnitForm,
    SupervisionForm,
)
from portal.core.actors import Actor
from portal.web.verbs import StepForm, Verb


def _merge(case: Any, numbers: str, actor: Actor, at: datetime, seen_version: int | None) -> int:
    """The letters named, under this one."""
    members = actions.letters_by_number(actor, numbers.replace("，", "\n").replace("、", "\n").split())
    return actions.merge(case=case, members=members, actor=actor, at=at, seen_version=seen_version)


OFFICE = (
    Verb(
        "accept",
        "受理",
        "确定繁简，答复期限自受理次日起算，系统向来信人发出受理告知书。",
        AcceptForm,
        actions.accept,
    ),
    Verb(
        "decline",
        "不予受理",
        "只限列明的情形，须写明具体情况；属于政府信息公开申请的，告知来信人提出途径。",
        DeclineForm,
        actions.decline,
        main=False,
    ),
    Verb(
        "hand_over",
        "属于依申请公开",
        "来信属于政府信息公开申请的，告知来信人到“依申请公开”提出，本件办结。",
        HandOverForm,
        actions.hand_over,
        main=False,
    ),
    Verb(
        "assign",
        "交办",
        "交给主办单位。单位应在期限内签收，或者写明理由退办。",
        AssignForm,
        actions.assign,
    ),
    Verb(
        "rule_unit",
        "裁定承办单位",
        "已两次退办的，由信箱办公室负责人裁定，承办单位不得再退。",
        RuleUnitForm,
        actions.rule_unit,
    ),
    Verb(
        "recall",
        "收回交办",
        "交错单位或者长时间没有办理的，写明理由收回，重新交办；答复期限不停止计算，该单位的稿件、签署、协办一并终止，并在消息中收到告知。",
        ReasonForm,
        actions.recall,
        main=False,
    ),
    Verb(
        "answer",
        "核查通过，答复来信人",
        "核查答复是否针对来信、有无空话和个人信息；通过后编号制作答复书并告知来信人，并入的来信一并答复。",
        StepForm,
        actions.answer,
    ),
    Verb(
        "return_check",
        "核查退回",
        "答非所问、事实不清的，退回主办单位，须写明理由；答复期限不停止计算。",
        ReasonForm,
        actions.return_check,
        main=False,
    ),
    Verb(
        "merge",
        "将其他来信并入本件",
        "同一事项的多件来信以本件为主件合并办理，一次答复，各来信人按各自编号收到答复。",
        MergeForm,
        _merge,
        main=False,
    ),
    Verb(
        "unmerge",
        "撤销并件",
        "不是同一事项的，撤销并件，恢复到并件前的环节单独办理。",
        ReasonForm,
        actions.unmerge,
        main=False,
    ),
    Verb(
        "name_reader",
        "指定知悉人员",
        "保密举报的来信人身份只有指定人员可以查看，每次查看都有记录。",
        ReaderForm,
        actions.name_reader,
        main=False,
    ),
    Verb(
        "revoke_reader",
        "撤销知悉人员",
        "撤销后该人员不能再查看来信人身份；曾经指定和查看的记录保留。",
        RevokeReaderForm,
        actions.revoke_reader,
        main=False,
    ),
    Verb(
        "conclude_supervision",
        "督查结论",
        "来信人重新办理后仍不满意，由监督部门作出结论并告知来信人。",
        SupervisionForm,
        actions.conclude_supervision,
    ),
)
