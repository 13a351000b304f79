"""One small function a verb: the product's public action with the facts of the model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from portal.core.errors import NotFound
from portal.documents.models import OfficialDocument
from portal.units.models import Account, Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.actions.people import Contact
from requests_app.actions.reply import ReplyText
from requests_app.actions.sending import Handover
from requests_app.actions.succession import Successor
from tests.oracle.product.people import (
    FIRM_CODE,
    HEIR,
    HEIR_MAIL,
    HEIR_PHONE,
    OTHER_PHONES,
    PARTY_NAME,
    UNITS,
)

Call = Callable[..., Any]
Make = Callable[..., Call]
TRACKING = "XA12345678953"


def plain(action: Call, names: dict[str, str] | None = None, **fixed: Any) -> Make:
    """The action as it is, some facts under other names, some fixed."""

    def make(case: Any, **facts: Any) -> Call:
        given = {(names or {}).get(name, name): value for name, value in facts.items()}
        return lambda **rest: action(**fixed, **given, **rest)

    return make


def asked(action: Call, names: dict[str, str] | None = None, **fixed: Any) -> Make:
    """The same about one of those who were asked."""

    def make(case: Any, *, number: int, **facts: Any) -> Call:
        given = {(names or {}).get(name, name): value for name, value in facts.items()}
        rows = list(case.consultations.order_by("id"))
        if number >= len(rows):
            return nothing
        return lambda **rest: action(consultation=rows[number], **fixed, **given, **rest)

    return make


def nothing(**rest: Any) -> None:
    """There is nothing that the step could be about."""
    raise NotFound("there is no such thing")


def paper(case: Any, kind: str) -> OfficialDocument | None:
    """The newest paper of that kind."""
    papers = OfficialDocument.objects.filter(case_id=case.pk).order_by("-id")
    papers = papers.filter(kind__endswith="_reply") if kind == "reply" else papers.filter(kind=kind)
    return papers.first()


def _transfer(case: Any, *, unit: str) -> Call:
    target = Unit.objects.get(code=UNITS[unit])
    return lambda **rest: actions.transfer(unit=target, reason="由该机关制作。", **rest)


def _assign(case: Any, *, officer: str) -> Call:
    account = Account.objects.get(email=f"{officer}@oracle.invalid")
    return lambda **rest: actions.assign(officer=account, **rest)


def _register(case: Any, *, received_on: date) -> Call:
    facts = {"received_on": received_on, "channel": case.channel, "evidence": "平台确认"}
    return lambda **rest: actions.register(**facts, **rest)


def _consult(case: Any, *, kind: str, online: bool) -> Call:
    number = case.consultations.count()
    where = (
        {"send_by": "online", "email": f"p{number}@example.org"}
        if online
        else {"send_by": "post", "address": "玉溪市红塔区", "tracking": TRACKING}
    )
    party = Party(kind=kind, name=PARTY_NAME.format(number), asked="合同价款。", **where)
    return lambda **rest: actions.consult(party=party, **rest)


def _opinion(case: Any, *, number: int, opinion: str, on: date | None) -> Call:
    facts: dict[str, Any] = {"opinion": opinion, "reason": "涉及商业秘密。"}
    if on is not None:
        facts["answered_on"] = on
    return asked(actions.take_opinion, **facts)(case, number=number)


def _draft(case: Any, *, position: int, kind: str, ground: str, reason: str) -> Call:
    words: dict[str, Any] = {"position": position, "ground": ground, "reason": reason}
    words["matter"] = f"事项{position}"
    if kind == "partial":
        words["withheld"] = "单价部分"
    if ground == "third_party":
        words["interest"] = "trade_secret"
    if kind == "not_ours":
        words |= {"agency": "玉溪市自然资源和规划局", "agency_contact": "0877-2020000"}
    text = ReplyText(kind, "答复内容如下，共十二项。", **words)
    return lambda **rest: actions.draft_reply(text=text, **rest)


def _search(case: Any, *, on: date) -> Call:
    facts = {"place": "档案室", "words": "清单", "result": "未查到", "found": False}
    return lambda **rest: actions.record_search(searched_on=on, **facts, **rest)


def _handover(by: str, on: date) -> Handover:
    return (
        Handover("post", posted_on=on, tracking=TRACKING)
        if by == "post"
        else Handover("in_person", on, signer="收件人")
    )


def _post(case: Any, *, by: str, on: date) -> Call:
    return lambda **rest: actions.send_reply(handover=_handover(by, on), **rest)


def _deliver(case: Any, *, kind: str, on: date) -> Call:
    found = paper(case, kind)
    if found is None:
        return nothing
    return lambda **rest: actions.record_delivery(document=found, handover=_handover("in_person", on), **rest)


def _receipt(case: Any, *, on: date) -> Call:
    row = case.deliveries.filter(document__kind__endswith="_reply").order_by("-id").first()
    if row is None:
        return nothing
    return lambda **rest: actions.record_receipt(delivery=row, delivered_on=on, signer="收件人", **rest)


def _amend_delivery(case: Any, *, by: str, on: date) -> Call:
    row = case.deliveries.filter(document__kind__endswith="_reply").order_by("-id").first()
    if row is None:
        return nothing
    facts = {"delivery": row, "handover": _handover(by, on), "reason": "登记有误。"}
    return lambda **rest: actions.amend_delivery(**facts, **rest)


def _void(case: Any, *, kind: str) -> Call:
    found = paper(case, kind)
    return nothing if found is None else plain(actions.void_paper, document=found, reason="文字有误。")(case)


def _remedy(case: Any, *, kind: str, on: date) -> Call:
    return lambda **rest: actions.record_remedy(kind=kind, body="玉溪市人民政府", filed_on=on, **rest)


def _remedy_ends(case: Any, *, number: int, result: str, on: date) -> Call:
    rows = list(case.remedies.order_by("id"))
    if number >= len(rows):
        return nothing
    return lambda **rest: actions.close_remedy(remedy=rows[number], result=result, ended_on=on, **rest)


def _succeed(case: Any, *, reason: str) -> Call:
    ways = {"phone": HEIR_PHONE, "email": HEIR_MAIL, "address": "云南省玉溪市江川区示例路9号"}
    heir = Successor(HEIR, "resident", "11010519491231002X", **ways)
    if case.applicant_kind == "organisation":
        heir = Successor(HEIR, "", FIRM_CODE, **ways)
    return lambda **rest: actions.succeed(successor=heir, reason=reason, evidence="公证书。", **rest)


def _change_contact(case: Any, *, phone: str) -> Call:
    contact = Contact(phone=OTHER_PHONES[phone])
    return lambda **rest: actions.change_contact(contact=contact, evidence="来信。", **rest)


VERBS: dict[str, Make] = {
    "register": _register,
    "transfer": _transfer,
    "assign": _assign,
    "search": _search,
    "request_correction": plain(actions.request_correction, unclear="请明确年度。"),
    "correct": plain(actions.correct, {"on": "corrected_on"}, text="2025年度。"),
    "lapse": plain(actions.lapse),
    "flag": plain(actions.flag_obvious, ground="state_secret"),
    "ask_reasons": plain(actions.ask_reasons, finding="本月46件。"),
    "give_reasons": plain(actions.give_reasons, text="课题研究需要。"),
    "judge_reasons": plain(actions.judge_reasons, {"later": "later_days"}, note="经审查。"),
    "postpone": plain(actions.postpone),
    "request_extension": plain(actions.request_extension, {"count": "days"}, reason="检索范围较大。"),
    "extend": plain(actions.extend),
    "refuse_extension": plain(actions.refuse_extension),
    "charge_fee": plain(actions.charge_fee, reason="数量较多。", ways="缴款码。"),
    "fee_received": plain(actions.record_fee_receipt, {"on": "received_on"}, evidence="签收。"),
    "notice_received": plain(actions.record_notice_receipt, {"on": "received_on"}, evidence="签收。"),
    "amend_receipt": plain(actions.amend_receipt, {"on": "received_on"}, reason="登记有误。"),
    "amend_party_receipt": asked(actions.amend_party_receipt, {"on": "received_on"}, reason="登记有误。"),
    "refuse_override": asked(actions.refuse_override, reason="不同意。"),
    "revoke_override": asked(actions.revoke_override, reason="情况有变。"),
    "recall_reply": plain(actions.recall_reply, reason="须再修改。"),
    "reopen": plain(actions.reopen, reason="情况说明。"),
    "answer_anew": plain(actions.answer_anew, reason="情况说明。"),
    "amend_delivery": _amend_delivery,
    "pay": plain(actions.pay_fee, {"on": "paid_on"}, evidence="缴款书。"),
    "cancel_fee": plain(actions.cancel_fee, comment="计算有误。"),
    "lapse_fee": plain(actions.lapse_fee),
    "consult": _consult,
    "party_received": asked(actions.record_party_receipt, {"on": "received_on"}, evidence="签收。"),
    "opinion": _opinion,
    "stop_asking": asked(actions.close_consultation, reason="情况说明。"),
    "propose_override": asked(actions.propose_override, reason="涉及公共利益。"),
    "approve_override": asked(actions.approve_override),
    "draft": _draft,
    "drop": plain(actions.drop_item),
    "submit": plain(actions.submit_reply),
    "review": plain(actions.review_reply),
    "clear": plain(actions.clear_reply),
    "sign": plain(actions.sign_reply),
    "send_back": plain(actions.return_reply, comment="请修改。"),
    "reply": plain(actions.reply),
    "issue": plain(actions.issue_reply),
    "post": _post,
    "receipt": _receipt,
    "deliver": _deliver,
    "void": _void,
    "remedy": _remedy,
    "remedy_ends": _remedy_ends,
    "rate": plain(actions.rate, words=""),
    "withdraw": plain(actions.withdraw, reason="申请人来信撤回。"),
    "terminate": plain(actions.terminate, evidence="证明材料。"),
    "succeed": _succeed,
    "change_contact": _change_contact,
    "archive": plain(actions.archive),
    "open_page": plain(nothing),
}
