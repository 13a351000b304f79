"""What falls with an ending, and what falls with an ending that is undone: its papers, its public copy."""

from __future__ import annotations

from datetime import datetime

from portal.documents.actions import void
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.publishing import actions as desk
from portal.publishing.choices import ReleaseState
from portal.publishing.models import Release
from requests_app.actions.release import PURPOSE as COPY
from requests_app.choices import ENDED_UNANSWERED, ConsultState, FeeState, ReopenGround, State
from requests_app.models import Consultation, DisclosureRequest, Reply


def void_answer(reply: Reply, reason: str) -> None:
    """The reply's paper, if one was issued, is void and no longer the reply's."""
    paper = reply.document
    if paper is not None and paper.status != DocumentStatus.VOID:
        void(document=paper, reason=reason)
    if paper is not None:
        reply.document = None
        reply.save(update_fields=["document"])


def void_ending(case: DisclosureRequest, reason: str) -> None:
    """Every valid paper by which the request ended is void."""
    for reply in Reply.objects.filter(request=case).select_related("document"):
        void_answer(reply, reason)
    papers = OfficialDocument.objects.filter(case_id=case.pk, kind__in=ENDED_UNANSWERED)
    for paper in papers.exclude(status=DocumentStatus.VOID):
        void(document=paper, reason=reason)


def take_copy_back(case: DisclosureRequest, reason: str, at: datetime) -> None:
    """A public copy of an answer that no longer stands is taken down, or not published; its step is the caller's."""
    copy = Release.objects.filter(case=case).order_by("-id").first()
    if copy is None:
        return
    if copy.state == ReleaseState.PUBLISHED:
        desk.retract(release=copy, reason=reason)
    elif copy.state in (ReleaseState.PROPOSED, ReleaseState.CLEARED):
        copy.reject()
        copy.save()
        desk.close_review(review=desk.open_round(case, COPY), at=at)


def ended_with_it(case: DisclosureRequest) -> list[Consultation]:
    """The consultations that were ended by this end of the request: not by a decision of their own, nor by an earlier end."""
    open_now: set[int] = set()
    steps = case.events.filter(kind__in=["consult", "close_consultation", "reopen", "answer_anew"])
    for kind, facts in steps.order_by("seq").values_list("kind", "facts"):
        if kind == "consult":
            open_now.add(facts["position"])
        elif kind == "close_consultation":
            open_now.discard(facts["position"])
        elif facts["ground"] != ReopenGround.MISTAKE:
            open_now.clear()
    asked = enumerate(case.consultations.order_by("pk"), 1)
    return [row for place, row in asked if row.state == ConsultState.CANCELLED and place in open_now]


def wait_again(case: DisclosureRequest, state_before: str) -> None:
    """The end was a mistake: who was asked is asked still, and the fee that was to be paid is to be paid."""
    for row in ended_with_it(case):
        row.state = ConsultState.WAITING
        row.save(update_fields=["state"])
    fee = case.fees.order_by("-id").first()
    if state_before == State.AWAITING_PAYMENT and fee is not None:
        fee.state = FeeState.WAITING
        fee.save(update_fields=["state"])


def end_everything(case: DisclosureRequest, at: datetime) -> None:
    """Reviews and consultations of a request that has ended."""
    for review in case.reviews.filter(closed_at__isnull=True):
        review.closed_at = at
        review.save(update_fields=["closed_at"])
    case.consultations.filter(state=ConsultState.WAITING).update(state=ConsultState.CANCELLED)
    case.fees.filter(state=FeeState.WAITING).update(state=FeeState.CANCELLED)
