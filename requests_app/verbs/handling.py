"""Verbs of intake, correction, extension and the reply."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.actors import Actor
from portal.core.limits import limit
from portal.holidays.calendars import calendar
from portal.publishing.actions import PublicText
from portal.units.queries import staff_account
from requests_app import actions
from requests_app.actions.release import suggested_text
from requests_app.actions.reply import ReplyText
from requests_app.actions.sending import Handover
from requests_app.forms.after import SendingForm
from requests_app.forms.reply import DropItemForm, ReplyForm, SearchForm
from requests_app.forms.staff import (
    AgreeToReleaseForm,
    AssignForm,
    CommentForm,
    CorrectedForm,
    CorrectionForm,
    ExtensionForm,
    ReasonForm,
    RegisterForm,
    ReleaseForm,
    StepForm,
    TransferForm,
    WithdrawalForm,
)
from requests_app.queries import reply_of_or_none
from requests_app.queries.proposals import proposal
from requests_app.verbs.after import sending
from requests_app.verbs.verb import Verb, same, today


def _reply(data: dict[str, Any]) -> dict[str, Any]:
    return {"text": ReplyText(**{**data, "parties": tuple(data.get("parties", ()))})}


def _register(case: Any, *, take: bool = False, actor: Actor, at: datetime, **facts: Any) -> None:
    """Register, and take the request in hand at once if the clerk wants to."""
    with transaction.atomic():
        actions.register(case=case, actor=actor, at=at, **facts)
        officer = staff_account(actor.account_id) if take else None
        if officer is not None:
            actions.assign(case=case, officer=officer, actor=actor, at=at)


def _copy(data: dict[str, Any]) -> dict[str, Any]:
    acknowledged = data.pop("acknowledged", "")
    return {"text": PublicText(**data), "acknowledged": acknowledged}


def _reply_initial(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """The matter that is asked for (?position=2), the first one without."""
    reply = reply_of_or_none(case)
    wanted = str(asked.get("position", "1"))
    position = int(wanted) if wanted.isdecimal() else 1
    item = reply.items.filter(position=position).first() if reply is not None else None
    if item is None:
        found = proposal(case, position)
        return {"position": position, **(vars(found) if found is not None else {})}
    names = (
        "position",
        "matter",
        "kind",
        "ground",
        "interest",
        "reason",
        "withheld",
        "body",
        "agency",
        "agency_contact",
        "parties",
    )
    return {name: getattr(item, name) for name in names}


def _copy_initial(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return vars(suggested_text(case)) if reply_of_or_none(case) is not None else {}


def _received_today(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"received_on": timezone.localdate(), "channel": case.channel}


def _correction_initial(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    days = limit("disclosure.correction_term", on=case.law_day).days
    return {"correct_by": calendar().add(timezone.localdate(), days)}


HANDLING = (
    Verb(
        "register",
        "登记",
        "确定收到申请之日，答复期限自次日起算，系统向申请人发出登记回执。",
        RegisterForm,
        _register,
        same,
        _received_today,
    ),
    Verb(
        "transfer",
        "转办",
        "信息由本市其他机关制作或者保存的，登记前转往该机关，并告知申请人；转出后本机关不再能查看。",
        TransferForm,
        actions.transfer,
        same,
        main=False,
    ),
    Verb("assign", "分办", "指定经办人。", AssignForm, actions.assign, same),
    Verb(
        "record_search",
        "记录检索",
        "检索了哪里、用什么词、结果如何；信息不存在的答复必须先有检索记录，记录单归入卷宗。",
        SearchForm,
        actions.record_search,
        same,
        today("searched_on"),
        main=False,
    ),
    Verb(
        "draft_reply",
        "拟写答复",
        "选择答复类型并填写内容；申请有多项内容、需要分别答复的，逐项填写。保存后可继续修改，再送审。",
        ReplyForm,
        actions.draft_reply,
        _reply,
        _reply_initial,
    ),
    Verb(
        "drop_item",
        "删除一项答复",
        "不再单独答复的一项，其后各项依次前移。",
        DropItemForm,
        actions.drop_item,
        same,
        lambda case, asked: {"position": asked.get("position", "")},
        main=False,
    ),
    Verb(
        "submit_reply", "送审", "送审后不能修改；退回后可以重新拟写。", StepForm, actions.submit_reply, same
    ),
    Verb(
        "review_reply",
        "审核通过",
        "确认事实清楚、依据正确、文书规范。",
        CommentForm,
        actions.review_reply,
        same,
    ),
    Verb(
        "clear_reply",
        "保密审查通过",
        "确认答复和公开内容不涉及国家秘密、工作秘密。",
        CommentForm,
        actions.clear_reply,
        same,
    ),
    Verb("sign_reply", "签发", "同意答复。", CommentForm, actions.sign_reply, same),
    Verb(
        "reply",
        "发出答复",
        "编号、制作文书并在申请人查询页面发布，计时停止。",
        StepForm,
        actions.reply,
        same,
    ),
    Verb(
        "issue_reply",
        "制发答复文书",
        "申请人要求邮寄或者当面领取的，编号、制作文书；计时到交邮或者签收之日为止。",
        StepForm,
        actions.issue_reply,
        same,
    ),
    Verb(
        "send_reply",
        "登记发出",
        "邮寄的填写交邮之日和邮件号，直接送达、委托送达的填写签收之日和签收人；是否按期以这一天计算。",
        SendingForm,
        actions.send_reply,
        lambda data: {"handover": Handover(**data)},
        sending,
    ),
    Verb(
        "return_reply",
        "退回修改",
        "退回经办人修改，须写明理由。",
        ReasonForm,
        actions.return_reply,
        same,
        main=False,
    ),
    Verb(
        "request_correction",
        "告知补正",
        "申请内容不明确的，自收到之日起{disclosure.correction}内一次性告知；补正到达前计时停止，到达后重新计算。",
        CorrectionForm,
        actions.request_correction,
        same,
        _correction_initial,
        main=False,
    ),
    Verb(
        "correct",
        "登记收到的补正",
        "申请人以邮寄、当面等方式提交补正的，由经办人登记；答复期限自收到补正之日重新起算。",
        CorrectedForm,
        actions.correct,
        same,
        today("corrected_on"),
    ),
    Verb(
        "lapse",
        "逾期不补正，不再处理",
        "补正期限届满后办理，系统向申请人发出告知书。",
        StepForm,
        actions.lapse,
        same,
        main=False,
    ),
    Verb(
        "request_extension",
        "申请延期",
        "报政府信息公开工作机构负责人批准，只能延长一次，不超过{disclosure.extension}。",
        ExtensionForm,
        actions.request_extension,
        same,
        main=False,
    ),
    Verb("extend", "批准延期", "批准后系统向申请人发出延期答复告知书。", StepForm, actions.extend, same),
    Verb(
        "refuse_extension",
        "不批准延期",
        "答复期限不变。",
        StepForm,
        actions.refuse_extension,
        same,
        main=False,
    ),
    Verb(
        "propose_release",
        "提出公开副本",
        "删去个人信息后供公众阅读，须经保密审查。",
        ReleaseForm,
        actions.propose_release,
        _copy,
        _copy_initial,
    ),
    Verb(
        "clear_release",
        "公开副本保密审查通过",
        "确认公开副本不涉密、无个人信息。",
        AgreeToReleaseForm,
        actions.clear_release,
        same,
    ),
    Verb("release", "公开答复", "发布到“公开答复”栏目。", AgreeToReleaseForm, actions.release, same),
    Verb(
        "reject_release",
        "不予公开副本",
        "写明理由，可修改后重新提出。",
        ReasonForm,
        actions.reject_release,
        same,
        main=False,
    ),
    Verb(
        "retract_release",
        "撤下公开副本",
        "立即从公开栏目和检索中撤下，原地址显示撤下理由。",
        ReasonForm,
        actions.retract_release,
        same,
        main=False,
    ),
    Verb(
        "withdraw",
        "登记申请人书面撤回",
        "申请人以书面或者当面方式撤回申请的，由经办人登记，系统告知申请人；申请人没有账号、电子邮箱和手机的，由经办人以外的签发人登记。",
        WithdrawalForm,
        actions.withdraw,
        same,
        main=False,
    ),
)
