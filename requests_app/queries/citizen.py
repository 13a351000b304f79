"""The applicant's page of a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from portal.cases.models import CaseFile
from portal.cases.queries import TimelineEntry, moved_words, timeline
from portal.cases.steps import clock_of
from portal.core.clock import ClockState
from portal.core.wording import cn_date, listed
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.units.queries import units_by_id
from requests_app import rules
from requests_app.choices import (
    ENDED_UNANSWERED,
    Channel,
    FeeState,
    FixDecision,
    RemedyKind,
    RemedyResult,
    State,
    Verdict,
)
from requests_app.models import (
    CorrectionNotice,
    Delivery,
    DisclosureRequest,
    FeeNotice,
    ReasonsInquiry,
    RecordFix,
    Reply,
    ReplyItem,
    Satisfaction,
)
from requests_app.models.triage_steps import OPEN_STATES
from requests_app.queries.remedies import Unanswered, contests_of, reply_contests, unanswered
from requests_app.queries.scope import files_for_applicant, papers_for_applicant
from requests_app.remedies import LastDay, last_days


@dataclass(frozen=True)
class PublicStep:
    """One line of the citizen's timeline: when, what, by which unit, and what it means."""

    label: str
    at: datetime
    who: str
    note: str


def citizen_timeline(case: DisclosureRequest) -> list[PublicStep]:
    """The steps that the applicant is shown, with the unit but no names of staff; of papers, the applicant's own only."""
    return _shown(case, timeline(case), papers_for_applicant(case))


def _shown(
    case: DisclosureRequest, log: list[TimelineEntry], papers: Iterable[OfficialDocument]
) -> list[PublicStep]:
    own = {name for paper in papers for name in (str(paper), paper.number or paper.title)}
    entries = [
        entry
        for entry in log
        if case.concerns_applicant(entry.event.kind, entry.facts)
        and (not entry.facts.get("document") or entry.facts["document"] in own)
    ]
    others = {entry.event.unit_id for entry in entries if entry.event.unit_id} - {case.unit_id}
    names = {unit.pk: unit.name for unit in units_by_id(others)} if others else {}
    return [
        PublicStep(
            entry.label,
            entry.event.at,
            names.get(entry.event.unit_id or 0, case.unit.name)
            if entry.event.actor_kind == "staff"
            else entry.event.actor_label,
            _note(entry),
        )
        for entry in entries
    ]


def _day(text: object) -> str:
    return cn_date(date.fromisoformat(str(text))) if text else ""


def _last(text: object) -> str:
    """The last day of a term."""
    return told_day(date.fromisoformat(str(text))) if text else ""


def _sent(facts: dict[str, object]) -> str:
    """When a paper was posted and when it arrived, as far as the event knows."""
    posted = f"交邮之日：{_day(facts['posted_on'])}" if facts.get("posted_on") else ""
    arrived = f"送达之日：{_day(facts['delivered_on'])}" if facts.get("delivered_on") else ""
    return listed((posted, arrived))


def _note(entry: TimelineEntry) -> str:
    facts = entry.facts
    if entry.event.kind == "submit":
        return "受理机关将在收到后登记并与您确认收到日期。"
    if entry.event.kind == "transfer":
        return f"由{facts['from_unit']}转往{facts['to_unit']}。"
    if entry.event.kind == "register":
        channel = Channel(str(facts["channel"])).label
        return f"收到申请之日：{_day(facts['received_on'])}（{channel}），答复期限自次日起计算。"
    if entry.event.kind == "extend":
        return f"答复期限延长{facts['days']}个工作日，原到期日为{_day(facts['due_before'])}。"
    if entry.event.kind == "request_correction":
        return f"请于{_last(facts['correct_by'])}前补正；补正到达前停止计时。"
    if entry.event.kind == "correct":
        return f"收到补正之日：{_day(facts['corrected_on'])}，答复期限自次日起重新计算。"
    if entry.event.kind == "consult":
        return (
            "征求意见的时间不计入答复期限。"
            if facts["consult_kind"] != "assistant"
            else "请其他单位协助办理。"
        )
    if entry.event.kind == "postpone":
        return f"答复期限延长{facts['days']}个工作日，原到期日为{_day(facts['due_before'])}。"
    if entry.event.kind == "ask_reasons":
        return f"请于{_last(facts['answer_by'])}前说明理由。"
    if entry.event.kind == "charge_fee":
        return f"信息处理费{facts['amount']}元，请于{_last(facts['pay_by'])}前缴纳。"
    if entry.event.kind == "pay_fee":
        return f"缴费之日：{_day(facts['paid_on'])}，答复期限自次日起继续计算。"
    if entry.event.kind == "void_paper":
        return f"{facts['document']}已作废：{entry.words}"
    if entry.event.kind in ("record_delivery", "send_reply", "record_receipt"):
        return f"{facts['document']}，{_sent(facts)}。"
    if entry.event.kind == "decide_proactive":
        return entry.words
    if entry.event.kind == "decide_fix":
        return f"处理结果：{FixDecision(str(facts['decision'])).label}。"
    if entry.event.kind == "record_remedy":
        return f"{RemedyKind(str(facts['kind'])).label}，受理之日：{_day(facts['filed_on'])}。"
    if entry.event.kind == "close_remedy":
        return f"{RemedyResult(str(facts['result'])).label}。"
    if entry.event.kind == "reply":
        return f"答复类型：{facts['reply_kind_label']}。"
    if entry.event.kind == "recompute":
        return moved_words(facts)
    return ""


@dataclass(frozen=True)
class CitizenView:
    """Everything on the applicant's page. `remedies` count from the reply's delivery.

    `withheld` says of each matter that is withheld (its name, "" where it is the only one) on which ground.
    """

    case: DisclosureRequest
    clock: ClockState | None
    steps: list[PublicStep]
    documents: list[OfficialDocument]
    files: list[CaseFile]
    can_withdraw: bool
    can_change_contact: bool
    correction: CorrectionNotice | None
    fee: FeeNotice | None
    reasons: ReasonsInquiry | None
    delivery: Delivery | None
    remedies: list[LastDay]
    unanswered: Unanswered | None
    withheld: list[tuple[str, str]]
    satisfaction: Satisfaction | None
    fix: RecordFix | None
    suggested: bool
    gives: bool = False


def correction_of(case: DisclosureRequest) -> CorrectionNotice | None:
    """The request's correction notice, if one was sent."""
    return CorrectionNotice.objects.filter(request=case).first()


def citizen_view(case: DisclosureRequest, today: date) -> CitizenView:
    """The applicant's page of a request."""
    delivery, late = ending_delivery(case), unanswered(case, today)
    log, papers = timeline(case), list(papers_for_applicant(case))
    answered = case.state == State.ANSWERED
    waits = case.state == State.AWAITING_PAYMENT
    return CitizenView(
        case=case,
        clock=clock_of(case, as_of=today),
        steps=_shown(case, log, papers),
        documents=papers,
        files=list(files_for_applicant(case).order_by("id")),
        can_withdraw=case.state in OPEN_STATES,
        can_change_contact=case.state in (*OPEN_STATES, State.SENDING),
        correction=correction_of(case),
        fee=case.fees.filter(state=FeeState.WAITING).first() if waits else None,
        reasons=_reasons(case) if case.is_open else None,
        delivery=delivery,
        remedies=[late.last] if late is not None else _remedies(case, delivery),
        unanswered=late,
        withheld=_withheld(case),
        satisfaction=Satisfaction.objects.filter(request=case).first() if answered else None,
        fix=case.fixes.order_by("-id").first() if answered else None,
        suggested=any(entry.event.kind == "suggest_proactive" for entry in log),
        gives=any(entry.event.kind == "add_record" for entry in log),
    )


def _reasons(case: DisclosureRequest) -> ReasonsInquiry | None:
    return ReasonsInquiry.objects.filter(request=case, verdict=Verdict.PENDING).first()


def _withheld(case: DisclosureRequest) -> list[tuple[str, str]]:
    if case.state != State.ANSWERED:
        return []
    items = ReplyItem.objects.filter(reply__request=case).exclude(ground="").order_by("position")
    return [(item.matter, rules.ground_phrase(item.ground, item.interest)) for item in items]


def ending_delivery(case: DisclosureRequest) -> Delivery | None:
    """How the paper that ended the request, and is valid, reached the applicant; None while none has been sent."""
    if case.is_open:
        return None
    rows = case.deliveries.exclude(document__status=DocumentStatus.VOID).select_related("document")
    if case.state == State.ANSWERED:
        return rows.filter(document__in=Reply.objects.filter(request=case).values("document")).first()
    return rows.filter(document__kind__in=ENDED_UNANSWERED).order_by("-id").first()


def remedies_of(case: DisclosureRequest, today: date) -> list[LastDay]:
    """The last days of the remedies against the reply, or against not answering; none before the one or the other."""
    late = unanswered(case, today)
    if late is not None:
        return [late.last]
    return _remedies(case, ending_delivery(case))


def _remedies(case: DisclosureRequest, delivery: Delivery | None) -> list[LastDay]:
    if delivery is None or delivery.delivered_on is None or case.state == State.WITHDRAWN:
        return []
    against = reply_contests(case) if case.state == State.ANSWERED else contests_of(case.outcome)
    return last_days(delivery.delivered_on, against, calendar())
