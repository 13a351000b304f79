"""The unit's page of a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from portal.cases.models import Case, CaseFile, CaseQuerySet
from portal.cases.queries import TimelineEntry, linked, timeline
from portal.cases.steps import available_steps, clock_of
from portal.core.actors import Actor
from portal.core.clock import ClockState
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.documents.queries import documents_of
from portal.privacy import personal
from portal.publishing.choices import ReleaseState
from portal.publishing.models import Release, Review
from portal.units.choices import HANDLING_ROLES, Role
from portal.units.models import Account, Unit
from portal.units.queries import people_with
from requests_app.choices import (
    HEARD,
    ApplicantKind,
    Decision,
    FixDecision,
    RemedyResult,
    State,
    Verdict,
)
from requests_app.choices import Delivery as DeliveryWanted
from requests_app.models import (
    CaseArchive,
    Consultation,
    Delivery,
    DisclosureRequest,
    ExtensionRequest,
    FeeNotice,
    ReasonsInquiry,
    RecordFix,
    Remedy,
    Reply,
    ReplyItem,
    Satisfaction,
    SearchRecord,
)
from requests_app.models.triage_steps import OBVIOUS
from requests_app.queries.receipts import FEE, NoticeKind, running
from requests_app.queries.rows import deliverable
from requests_app.queries.similar import Similar, Volume, asked_by_others, similar_to, volume_of
from requests_app.queries.volumes import is_new, volumes_of

REVEALING_ROLES = (Role.CLERK, Role.REVIEWER, Role.APPROVER)
REVEALABLE = personal.revealable(DisclosureRequest)


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
    items: list[ReplyItem]
    reviews: list[Review]
    extension: ExtensionRequest | None
    extensions: list[ExtensionRequest]
    releases: list[Release]
    consultations: list[Consultation]
    fees: list[FeeNotice]
    searches: list[SearchRecord]
    reasons: ReasonsInquiry | None
    deliveries: list[Delivery]
    remedies: list[Remedy]
    fixes: list[RecordFix]
    satisfaction: Satisfaction | None
    archives: list[CaseArchive]
    is_filed: bool
    similar: list[Similar]
    volume: Volume
    others: int
    notices: list[tuple[NoticeKind, Any]]
    revealable: dict[str, str] = field(default_factory=lambda: dict(REVEALABLE))

    @property
    def unserved(self) -> list[tuple[NoticeKind, Any]]:
        """The running notices that the applicant is not known to have received."""
        return [(kind, row) for kind, row in self.notices if row.received_on is None]

    @property
    def linked(self) -> list[tuple[str, Case]]:
        """The case that this one goes on as, or comes from."""
        return linked(self.case)


def was_entered(case: DisclosureRequest) -> bool:
    """True for a request that one of the staff typed in."""
    return case.events.filter(kind="submit", actor_kind="staff").exists()


def staff_view(case: DisclosureRequest, actor: Actor, today: date) -> StaffView:
    """The unit's page of a request, with the steps that this actor may take now."""
    order = {verb: index for index, verb in enumerate(DisclosureRequest.VERB_ORDER)}
    allowed = sorted(
        {entry.name for entry in available_steps(case, actor)}, key=lambda verb: order.get(verb, 99)
    )
    extensions = list(case.extensions.select_related("requested_by", "decided_by"))
    reply = reply_of_or_none(case)
    fees = list(case.fees.all())
    reasons = ReasonsInquiry.objects.filter(request=case).first()
    log = timeline(case)
    done = {entry.event.kind for entry in log}
    archives = volumes_of(case) if "archive" in done else []
    view = StaffView(
        case=case,
        clock=clock_of(case, as_of=today),
        applicant=masked_applicant(case),
        steps=log,
        verbs=allowed,
        documents=list(documents_of(case, internal=True)),
        files=list(case.files.order_by("id")),
        reply=reply,
        items=list(reply.items.all()) if reply is not None else [],
        reviews=list(case.reviews.prefetch_related("sign_offs__account")),
        extension=next((wish for wish in extensions if wish.decision == Decision.PENDING), None),
        extensions=extensions,
        releases=list(case.releases.order_by("-id")),
        consultations=list(case.consultations.select_related("letter", "slip", "decision")),
        fees=fees,
        searches=list(case.searches.select_related("searched_by")),
        reasons=reasons,
        deliveries=list(case.deliveries.select_related("document")),
        remedies=list(case.remedies.all()) if "record_remedy" in done else [],
        fixes=list(case.fixes.all()) if "ask_fix" in done else [],
        satisfaction=Satisfaction.objects.filter(request=case).first() if "rate" in done else None,
        archives=archives,
        is_filed=bool(archives) and not is_new(archives[-1], log),
        similar=similar_to(case),
        volume=volume_of(case, today),
        others=asked_by_others(case),
        notices=running(case, fees=fees, reasons=[reasons] if reasons is not None else []),
    )
    hidden = _out_of_place(view)
    view.verbs[:] = [verb for verb in view.verbs if verb not in hidden]
    return view


def _out_of_place(view: StaffView) -> set[str]:
    """The verbs that make no sense beside what there is."""
    return _about_clock(view) | _about_reply(view) | _about_parties(view) | _about_the_end(view)


def _unless(sensible: bool, *verbs: str) -> set[str]:
    return set() if sensible else set(verbs)


def _about_clock(view: StaffView) -> set[str]:
    approved = any(wish.decision == Decision.APPROVED for wish in view.extensions)
    verdict = view.reasons.verdict if view.reasons is not None else ""
    flagged = view.case.internal_due_for == OBVIOUS
    later = view.reasons is not None and view.reasons.later_days and view.reasons.postponed_on is None
    return (
        _unless(view.extension is not None, "extend", "refuse_extension")
        | _unless(view.extension is None and not approved, "request_extension")
        | _unless(view.reasons is None, "ask_reasons")
        | _unless(verdict == Verdict.PENDING, "give_reasons")
        | _unless(verdict in (Verdict.PENDING, Verdict.GIVEN), "judge_reasons")
        | _unless(bool(later), "postpone")
        | _unless(not flagged, "flag_obvious")
        | _unless(flagged, "unflag_obvious")
        | _unless(not any(fee.state == "paid" for fee in view.fees), "charge_fee")
    )


def _about_reply(view: StaffView) -> set[str]:
    state = next((copy.state for copy in view.releases if copy.state not in ("rejected", "retracted")), "")
    paper = view.reply.document if view.reply is not None else None
    issued = paper is not None and paper.status != DocumentStatus.VOID
    online = view.case.delivery in (DeliveryWanted.ONLINE, DeliveryWanted.EMAIL)
    return (
        _unless(view.reply is not None, "submit_reply")
        | _unless(online, "reply")
        | _unless(not online and not issued, "issue_reply")
        | _unless(issued, "send_reply")
        | _unless(len(view.items) > 1, "drop_item")
        | _unless(not state, "propose_release")
        | _unless(state == "proposed", "clear_release")
        | _unless(state == "cleared", "release")
        | _unless(state in ("proposed", "cleared"), "reject_release")
        | _unless(state == "published", "retract_release")
    )


def _about_parties(view: StaffView) -> set[str]:
    still = [entry for entry in view.consultations if entry.is_open]
    objecting = [entry for entry in view.consultations if entry.objection_stands]
    return (
        _unless(bool(still), "close_consultation")
        | _unless(
            any(entry.decision_id is not None for entry in view.consultations) or bool(still), "renew_link"
        )
        | _unless(any(entry.state in HEARD for entry in view.consultations), "take_opinion")
        | _unless(any(entry.overridden_on is not None for entry in view.consultations), "revoke_override")
        | _unless(any(entry.received_on is None for entry in still), "record_party_receipt")
        | _unless(any(entry.override_by_id is None for entry in objecting), "propose_override")
        | _unless(
            any(entry.override_by_id is not None for entry in objecting),
            "approve_override",
            "refuse_override",
        )
    )


def _about_the_end(view: StaffView) -> set[str]:
    decided = any(entry.event.kind == "decide_proactive" for entry in view.steps)
    suggested = any(entry.event.kind == "suggest_proactive" for entry in view.steps)
    given = view.reply is not None and view.reply.kind in ("disclose", "partial")
    return (
        _unless(deliverable(view.case).exists(), "record_delivery")
        | _unless(any(row.delivered_on is None for row in view.deliveries), "record_receipt")
        | _unless(any(row.delivered_on or row.posted_on for row in view.deliveries), "amend_delivery")
        | _unless(any(kind is not FEE for kind, _ in view.unserved), "record_notice_receipt")
        | _unless(any(kind is FEE for kind, _ in view.unserved), "record_fee_receipt")
        | _unless(_received(view), "amend_receipt")
        | _unless(not view.case.unit.is_active, "hand_on")
        | {"open_papers"}
        | _unless(not decided and given and (suggested or view.others > 1), "decide_proactive")
        | _unless(any(fix.decision == FixDecision.PENDING for fix in view.fixes), "decide_fix")
        | _unless(not any(fix.decision == FixDecision.PENDING for fix in view.fixes), "ask_fix")
        | _unless(any(row.result == RemedyResult.PENDING for row in view.remedies), "close_remedy")
        | _unless(not view.is_filed, "archive")
        | {"rate", "suggest_proactive"}
    )


def _received(view: StaffView) -> bool:
    """True if the receipt of something that runs is known, and may have been entered wrongly."""
    asked = any(entry.is_open and entry.received_on is not None for entry in view.consultations)
    return asked or any(row.received_on is not None for _, row in view.notices)


def masked_applicant(case: DisclosureRequest) -> list[tuple[str, str, str]]:
    """(field, label, masked value) of what identifies the applicant."""
    if case.applicant_kind == ApplicantKind.CITIZEN:
        return personal.masked(case, {"name": "姓名", "identity_number": "证件号码"})
    return personal.masked(case, {"name": "名称", "identity_number": "统一社会信用代码"})


def officers(unit: Unit, today: date) -> QuerySet[Account]:
    """People of the unit to whom a request may be given."""
    return people_with(unit, *HANDLING_ROLES, on=today)


def reply_of_or_none(case: DisclosureRequest) -> Reply | None:
    """The case's reply, if one has been drafted."""
    return Reply.objects.filter(request=case).select_related("drafted_by", "document").first()


def awaiting_release(cases: CaseQuerySet) -> CaseQuerySet:
    """Answered requests that still ask for something: no public copy decided, a reply not delivered, a fix to decide."""
    decided = Release.objects.filter(
        case=OuterRef("pk"),
        state__in=[ReleaseState.PUBLISHED, ReleaseState.REJECTED, ReleaseState.RETRACTED],
    )
    answered = Reply.objects.filter(request=OuterRef("pk"), document__isnull=False)
    delivered = Delivery.objects.filter(
        request=OuterRef("pk"), document__kind__endswith="_reply", delivered_on__isnull=False
    )
    fixing = RecordFix.objects.filter(request=OuterRef("pk"), decision=FixDecision.PENDING)
    return cases.filter(
        ~Exists(decided) | (Exists(answered) & ~Exists(delivered)) | Exists(fixing), state=State.ANSWERED
    )
