"""The readers of disclosure on application, always scoped by who is asking."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from portal.cases.choices import FileStatus
from portal.cases.models import CaseFile, CaseQuerySet
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps, clock_of
from portal.core.actors import Actor
from portal.core.clock import ClockState
from portal.core.errors import NotFound
from portal.core.wording import cn_date
from portal.documents.models import OfficialDocument
from portal.documents.queries import documents_of
from portal.privacy import masking
from portal.publishing.choices import ReleaseState
from portal.publishing.models import Release, Review
from portal.units.access import is_supervisor, units_of
from portal.units.choices import HANDLING_ROLES, Role
from portal.units.models import Account, Unit
from portal.units.queries import people_with
from requests_app.choices import ApplicantKind, Channel, Decision, State
from requests_app.models import CorrectionNotice, DisclosureRequest, ExtensionRequest, Reply, RequestDraft
from requests_app.models.request import IN_HANDS

NOT_FOUND = "没有找到该申请，请核对编号。"
PUBLIC_STEPS = frozenset(
    {
        "submit",
        "register",
        "transfer",
        "assign",
        "extend",
        "submit_reply",
        "review_reply",
        "clear_reply",
        "sign_reply",
        "reply",
        "withdraw",
        "request_correction",
        "correct",
        "lapse",
        "release",
        "retract_release",
        "recompute",
    }
)
REVEALING_ROLES = (Role.CLERK, Role.REVIEWER, Role.APPROVER)
REVEALABLE = {
    "name": "姓名或名称",
    "identity_number": "证件号码",
    "phone": "联系电话",
    "email": "电子邮箱",
    "address": "通信地址",
    "description": "其他特征描述",
    "representative": "法定代表人",
    "contact_person": "联系人",
}


def _one(found: QuerySet[Any]) -> DisclosureRequest:
    case: DisclosureRequest | None = found.select_related("unit", "officer").first()
    if case is None:
        raise NotFound(NOT_FOUND)
    return case


def find_visible(actor: Actor, granted: frozenset[uuid.UUID], public_id: uuid.UUID) -> DisclosureRequest:
    """The request on its citizen page: the applicant's own, or opened by query code; NotFound otherwise."""
    own = DisclosureRequest.objects.filter(public_id=public_id)
    if public_id in granted:
        return _one(own)
    if actor.account_id is None:
        raise NotFound(NOT_FOUND)
    return _one(own.filter(applicant_id=actor.account_id))


def find_handled(actor: Actor, public_id: uuid.UUID) -> DisclosureRequest:
    """The request on its staff page: of the actor's unit, or any for a supervisor; NotFound otherwise."""
    scope = (
        DisclosureRequest.objects.all()
        if is_supervisor(actor)
        else DisclosureRequest.objects.handled_by(actor)
    )
    return _one(scope.filter(public_id=public_id))


def own_requests(account_id: int) -> QuerySet[Any]:
    """An account's own requests, newest first."""
    return DisclosureRequest.objects.filter(applicant_id=account_id).select_related("unit").order_by("-id")


def own_drafts(account_id: int) -> QuerySet[RequestDraft]:
    """An account's drafts that have not been submitted, newest first."""
    return RequestDraft.objects.filter(account_id=account_id, submitted_as__isnull=True)


def find_draft(public_id: str, account_id: int | None) -> RequestDraft | None:
    """The draft that this browser or account is filling in; None if it is gone, submitted, or another's."""
    try:
        wanted = uuid.UUID(public_id)
    except ValueError:
        return None
    draft = RequestDraft.objects.filter(public_id=wanted).select_related("submitted_as").first()
    if draft is None or (draft.account_id is not None and draft.account_id != account_id):
        return None
    return draft


def find_unit(code: str) -> Unit | None:
    """A unit that takes requests, by code."""
    return Unit.objects.filter(code=code, is_active=True, takes_requests=True).first()


def find_document(case: DisclosureRequest, public_id: uuid.UUID, *, internal: bool) -> OfficialDocument:
    """A paper of the case; NotFound if it is not one of this case's, or for the office only."""
    paper = documents_of(case, internal=internal).filter(public_id=public_id).first()
    if paper is None:
        raise NotFound("没有找到该文书。")
    return paper


def find_file(case: DisclosureRequest, public_id: uuid.UUID) -> CaseFile:
    """An attachment of the case that passed its check; NotFound otherwise."""
    entry = case.files.select_related("stored").filter(public_id=public_id, status=FileStatus.CLEAN).first()
    if entry is None:
        raise NotFound("没有找到该附件，或附件尚未通过安全检查。")
    return entry


@dataclass(frozen=True)
class PublicStep:
    """One line of the citizen's timeline: when, what, by which unit, and what it means."""

    label: str
    at: datetime
    who: str
    note: str


def citizen_timeline(case: DisclosureRequest) -> list[PublicStep]:
    """The steps that the applicant is shown, with the unit but no names of staff."""
    steps = []
    for entry in timeline(case):
        if entry.event.kind not in PUBLIC_STEPS:
            continue
        who = case.unit.name if entry.event.actor_kind == "staff" else entry.event.actor_label
        steps.append(PublicStep(entry.label, entry.event.at, who, _note(entry)))
    return steps


def _day(text: object) -> str:
    return cn_date(date.fromisoformat(str(text))) if text else ""


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
        return f"请于{_day(facts['correct_by'])}前补正；补正到达前停止计时。"
    if entry.event.kind == "correct":
        return f"收到补正之日：{_day(facts['corrected_on'])}，答复期限自次日起重新计算。"
    if entry.event.kind == "reply":
        return f"答复类型：{facts['reply_kind_label']}。"
    if entry.event.kind == "recompute":
        return f"因放假安排公布，到期日由{_day(facts['due_before'])}调整为{_day(facts['due_after'])}。"
    return ""


@dataclass(frozen=True)
class CitizenView:
    """Everything on the applicant's page."""

    case: DisclosureRequest
    clock: ClockState | None
    steps: list[PublicStep]
    documents: list[OfficialDocument]
    files: list[CaseFile]
    can_withdraw: bool
    correction: CorrectionNotice | None


def correction_of(case: DisclosureRequest) -> CorrectionNotice | None:
    """The request's correction notice, if one was sent."""
    return CorrectionNotice.objects.filter(request=case).first()


def citizen_view(case: DisclosureRequest, today: date) -> CitizenView:
    """The applicant's page of a request."""
    return CitizenView(
        case=case,
        clock=clock_of(case, as_of=today),
        steps=citizen_timeline(case),
        documents=list(documents_of(case)),
        files=list(case.files.order_by("id")),
        can_withdraw=case.state in (State.SUBMITTED, State.AWAITING_CORRECTION, *IN_HANDS),
        correction=correction_of(case),
    )


@dataclass(frozen=True)
class StaffView:
    """Everything on the unit's page of a request; personal values are masked."""

    case: DisclosureRequest
    clock: ClockState | None
    applicant: list[tuple[str, str, str]]
    steps: list[TimelineEntry]
    verbs: list[str]
    documents: list[OfficialDocument]
    files: list[CaseFile]
    reply: Reply | None
    reviews: list[Review]
    extension: ExtensionRequest | None
    extensions: list[ExtensionRequest]
    releases: list[Release]
    revealable: dict[str, str] = field(default_factory=lambda: dict(REVEALABLE))


def staff_view(case: DisclosureRequest, actor: Actor, today: date) -> StaffView:
    """The unit's page of a request, with the steps that this actor may take now."""
    order = {verb: index for index, verb in enumerate(DisclosureRequest.VERB_ORDER)}
    allowed = sorted(
        {entry.name for entry in available_steps(case, actor)} - {"withdraw"}, key=lambda v: order.get(v, 99)
    )
    extensions = list(case.extensions.select_related("requested_by", "decided_by"))
    waiting = next((wish for wish in extensions if wish.decision == Decision.PENDING), None)
    releases = list(case.releases.order_by("-id"))
    return StaffView(
        case=case,
        clock=clock_of(case, as_of=today),
        applicant=masked_applicant(case),
        steps=timeline(case),
        verbs=_possible(allowed, waiting, extensions, releases, Reply.objects.filter(request=case).exists()),
        documents=list(documents_of(case, internal=True)),
        files=list(case.files.order_by("id")),
        reply=Reply.objects.filter(request=case).select_related("drafted_by").first(),
        reviews=list(case.reviews.prefetch_related("sign_offs__account")),
        extension=waiting,
        extensions=extensions,
        releases=releases,
    )


def _possible(
    verbs: list[str],
    waiting: ExtensionRequest | None,
    extensions: list[ExtensionRequest],
    releases: list[Release],
    has_reply: bool,
) -> list[str]:
    """The verbs that make sense beside what there is."""
    approved = any(wish.decision == Decision.APPROVED for wish in extensions)
    state = next((copy.state for copy in releases if copy.state not in ("rejected", "retracted")), "")
    hidden = set()
    if waiting is None:
        hidden |= {"extend", "refuse_extension"}
    if waiting is not None or approved:
        hidden.add("request_extension")
    if not has_reply:
        hidden.add("submit_reply")
    if state:
        hidden.add("propose_release")
    if state != "proposed":
        hidden.add("clear_release")
    if state != "cleared":
        hidden.add("release")
    if state not in ("proposed", "cleared"):
        hidden.add("reject_release")
    if state != "published":
        hidden.add("retract_release")
    return [verb for verb in verbs if verb not in hidden]


def masked_applicant(case: DisclosureRequest) -> list[tuple[str, str, str]]:
    """(field, label, masked value) of what identifies the applicant."""
    person = case.applicant_kind == ApplicantKind.CITIZEN
    rows = [
        ("name", "姓名" if person else "名称", masking.mask_name(case.name)),
        (
            "identity_number",
            "证件号码" if person else "统一社会信用代码",
            masking.mask_identity(case.identity_number),
        ),
        ("representative", "法定代表人", masking.mask_name(case.representative)),
        ("contact_person", "联系人", masking.mask_name(case.contact_person)),
        ("phone", "联系电话", masking.mask_phone(case.phone)),
        ("email", "电子邮箱", masking.mask_email(case.email) if case.email else ""),
        ("address", "通信地址", masking.mask_address(case.address)),
    ]
    return [row for row in rows if row[2]]


def officers(unit: Unit) -> QuerySet[Account]:
    """People of the unit to whom a request may be given."""
    return people_with(unit, *HANDLING_ROLES)


def reply_of_or_none(case: DisclosureRequest) -> Reply | None:
    """The case's reply, if one has been drafted."""
    return Reply.objects.filter(request=case).first()


def state_labels() -> dict[str, str]:
    """The states in Chinese."""
    return dict(State.choices)


def awaiting_release(cases: CaseQuerySet) -> CaseQuerySet:
    """Answered requests whose public copy has not been decided: none proposed yet, or one under way."""
    decided = Release.objects.filter(
        case=OuterRef("pk"),
        state__in=[ReleaseState.PUBLISHED, ReleaseState.REJECTED, ReleaseState.RETRACTED],
    )
    return cases.filter(~Exists(decided), state=State.ANSWERED)


def is_handled_by(case: DisclosureRequest, actor: Actor) -> bool:
    """True if the request's staff page is the actor's to see."""
    return is_supervisor(actor) or case.unit_id in units_of(actor)
