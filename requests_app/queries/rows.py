"""The rows that a step on the unit's page may choose from."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.core.wording import cn_date
from portal.documents.kinds import KINDS
from portal.documents.models import OfficialDocument
from portal.records.objections import objections_of
from requests_app.choices import (
    DECIDED_UNANSWERED,
    HEARD,
    ConsultKind,
    ConsultState,
    RemedyResult,
    SendBy,
    State,
)
from requests_app.models import Consultation, Delivery, DisclosureRequest, Remedy
from requests_app.queries.receipts import reached_online, running


def open_consultations(case: DisclosureRequest) -> QuerySet[Consultation]:
    """Consultations that wait for an opinion."""
    return case.consultations.filter(state=ConsultState.WAITING)


def heard_consultations(case: DisclosureRequest) -> QuerySet[Consultation]:
    """Consultations to which an opinion may still come, late ones of those who were silent included."""
    return case.consultations.filter(state__in=HEARD)


def linked_consultations(case: DisclosureRequest) -> QuerySet[Consultation]:
    """Consultations whose page is still of use to the party: an opinion to give, or a decision to read."""
    return case.consultations.filter(Q(state=ConsultState.WAITING) | Q(decision__isnull=False))


def consultation_of(case: DisclosureRequest, position: str) -> Consultation | None:
    """The consultation at that position (from 1); None if there is none."""
    rows = list(case.consultations.order_by("pk"))
    index = int(position) if position.isdecimal() else 0
    return rows[index - 1] if 1 <= index <= len(rows) else None


def objecting_parties(case: DisclosureRequest) -> list[tuple[int, str]]:
    """(position, label) of those whose objection stands; the label names them only to the unit."""
    return [
        (position, f"{entry.name}（{entry.get_opinion_display()}）")
        for position, entry in enumerate(case.consultations.order_by("pk"), 1)
        if entry.objection_stands
    ]


def overridden(case: DisclosureRequest) -> QuerySet[Consultation]:
    """Those who were told that their information is disclosed over their objection."""
    return case.consultations.filter(overridden_on__isnull=False)


def amendable_deliveries(case: DisclosureRequest) -> QuerySet[Delivery]:
    """Deliveries with a day, of papers that are not void."""
    rows = case.deliveries.exclude(document__status="void").exclude(posted_on=None, delivered_on=None)
    return rows.select_related("document").order_by("-id")


def receipts_to_amend(case: DisclosureRequest) -> list[tuple[str, str]]:
    """(value, label) of every running notice or consultation whose receipt is known."""
    notices = [
        (kind.code, f"{kind.title}（{cn_date(row.received_on)}）")
        for kind, row in running(case)
        if row.received_on is not None
    ]
    asked = [
        (f"consult:{position}", f"第{position}份征求意见书（{cn_date(entry.received_on)}）")
        for position, entry in enumerate(case.consultations.order_by("pk"), 1)
        if entry.is_open and entry.received_on is not None
    ]
    return notices + asked


def unreceived_consultations(case: DisclosureRequest) -> QuerySet[Consultation]:
    """Consultations whose letter is not known to have been received."""
    return open_consultations(case).filter(received_on__isnull=True)


def may_still_say(asked: Consultation) -> bool:
    """True while an opinion of that party may still come."""
    return asked.state in HEARD


def is_answered(case: DisclosureRequest) -> bool:
    """True once the request is answered."""
    return case.state == State.ANSWERED


def unmet_marks(case: DisclosureRequest) -> list[str]:
    """Where the reply would give what a party marked and nobody decided to give over its objection; no party is named."""
    standing = [entry.pk for entry in case.consultations.order_by("pk") if entry.objection_stands]
    return [
        f"{row.place}有第三方标记不同意公开的内容（{row.stake}），{row.outcome.label}；请遮盖，或者报批不采纳并书面告知对方"
        for party in standing
        for row in objections_of(case, party=party)
        if not row.is_met
    ]


def overridable(case: DisclosureRequest, *, proposed: bool) -> QuerySet[Consultation]:
    """Third parties and joint makers that object and have not been overridden; with or without a proposal to do so."""
    return case.consultations.filter(
        kind__in=[ConsultKind.THIRD_PARTY, ConsultKind.JOINT_MAKER],
        opinion__in=["refuse", "partly"],
        overridden_on__isnull=True,
        override_by__isnull=not proposed,
    )


def open_remedies(case: DisclosureRequest) -> QuerySet[Remedy]:
    """Reconsiderations and lawsuits that have not ended."""
    return case.remedies.filter(result=RemedyResult.PENDING)


def valid_papers(case: DisclosureRequest) -> QuerySet[OfficialDocument]:
    """Papers of the request that are not void."""
    return OfficialDocument.objects.filter(case_id=case.pk).exclude(status="void").order_by("-id")


DECISION = "third_party_decision"
ENDINGS = Q(kind__endswith="_reply") | Q(kind__in=DECIDED_UNANSWERED)


def deliverable(case: DisclosureRequest) -> QuerySet[OfficialDocument]:
    """Numbered papers to the applicant whose delivery has not been recorded, and decisions told to third parties.

    Of an applicant who is reached online only what ended the request; a reply that waits to be sent has its own step.
    """
    to_others = [
        kind.code
        for kind in KINDS.values()
        if kind.internal or (kind.confidential and kind.code != DECISION) or not kind.numbered
    ]
    unread = Q(send_by=SendBy.ONLINE, delivered_on__isnull=True)
    done = Delivery.objects.filter(document=OuterRef("pk")).exclude(unread)
    papers = OfficialDocument.objects.filter(case_id=case.pk).exclude(kind__in=to_others)
    if reached_online(case):
        papers = papers.filter(ENDINGS | Q(kind=DECISION))
    if case.state == State.SENDING:
        papers = papers.exclude(kind__endswith="_reply")
    return papers.exclude(status="void").filter(~Exists(done)).order_by("-id")


def unreceived_deliveries(case: DisclosureRequest) -> QuerySet[Delivery]:
    """Posted papers whose receipt has not come back."""
    return case.deliveries.filter(delivered_on__isnull=True).select_related("document")
