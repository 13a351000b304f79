"""Finding one request, draft, paper or file; a foreign one answers as an unknown one."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.cases.choices import FileStatus
from portal.cases.models import CaseFile
from portal.core.actors import Actor
from portal.core.errors import NotFound, StepRefused
from portal.core.limits import limit
from portal.documents.models import OfficialDocument
from portal.documents.queries import documents_of
from portal.privacy.crypto import keyed_digest
from portal.units.access import is_supervisor, units_of
from portal.units.models import Unit
from requests_app.choices import RemedyResult, State
from requests_app.models import Consultation, DisclosureRequest, FormerApplicant, RequestDraft
from requests_app.remedies import months_later

NOT_FOUND = "没有找到该申请，请核对编号。"
NO_CONSULTATION = "链接无效或者已经更换，请使用最近一次收到的链接。"
OWN_FILES = "attachment"


def _one(found: QuerySet[Any]) -> DisclosureRequest:
    case: DisclosureRequest | None = found.select_related("unit__parent", "officer", "applicant").first()
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
    """The request on its staff page: of the actor's unit, or any for a supervisor; NotFound otherwise.

    Raises StepRefused for the official whose own request it is (回避): what the unit knows is not the applicant's to see.
    """
    scope = (
        DisclosureRequest.objects.all()
        if is_supervisor(actor)
        else DisclosureRequest.objects.handled_by(actor)
    )
    case = _one(scope.filter(public_id=public_id))
    if case.applicant_id is not None and case.applicant_id == actor.account_id:
        raise StepRefused("您是本件的申请人，应当回避；请在“我的申请”中查看和办理。")
    return case


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


def _succeeded(case: DisclosureRequest) -> QuerySet[FormerApplicant]:
    """The successions of the request, the last one first."""
    return FormerApplicant.objects.filter(request=case, papers_until__isnull=False).order_by("-id")


def files_for_applicant(case: DisclosureRequest) -> QuerySet[CaseFile]:
    """The files that the applicant handed in; a former applicant's are nobody's but the former applicant's."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    since = Coalesce(Subquery(_succeeded(case).values("until")[:1]), epoch)
    return case.files.filter(role=OWN_FILES, added_at__gt=since)


def papers_for_applicant(case: DisclosureRequest) -> QuerySet[OfficialDocument]:
    """The papers that the applicant may read: a reply on paper only once it has been posted or handed over.

    What was addressed to a former applicant, whose name and identity it holds, is not the successor's.
    """
    papers = documents_of(case)
    papers = papers.filter(pk__gt=Coalesce(Subquery(_succeeded(case).values("papers_until")[:1]), 0))
    return papers.exclude(kind__endswith="_reply") if case.state == State.SENDING else papers


def find_document(case: DisclosureRequest, public_id: uuid.UUID, *, internal: bool) -> OfficialDocument:
    """A paper of the case; NotFound if it is not one of this case's, or for the office only."""
    papers = documents_of(case, internal=True) if internal else papers_for_applicant(case)
    paper = papers.filter(public_id=public_id).first()
    if paper is None:
        raise NotFound("没有找到该文书。")
    return paper


def find_file(case: DisclosureRequest, public_id: uuid.UUID, *, internal: bool) -> CaseFile:
    """An attachment of the case that passed its check; the applicant's own only, unless `internal`."""
    found = case.files.select_related("stored").filter(public_id=public_id, status=FileStatus.CLEAN)
    own = files_for_applicant(case).values("pk")
    entry = (found if internal else found.filter(pk__in=own)).first()
    if entry is None:
        raise NotFound("没有找到该附件，或附件尚未通过安全检查。")
    return entry


def find_consultation(token: str, today: date | None = None) -> Consultation:
    """The consultation behind a party's link; NotFound for any other token, and by `today` if it has run out."""
    return find_consultation_by_hash(keyed_digest(token, "consult-token"), today)


def find_consultation_by_hash(token_hash: str, today: date | None = None) -> Consultation:
    """The consultation whose present link has that digest; a renewed link makes the former digest unknown.

    Raises NotFound from the day on which the party can bring nothing any more: the request is closed, and the months
    for a lawsuit (行政诉讼法第四十六条) have passed since, or since a decision over the party's objection.
    """
    found = (
        Consultation.objects.select_related("request__unit", "slip__file", "decision__file")
        .filter(token_hash=token_hash)
        .first()
    )
    if found is None:
        raise NotFound(NO_CONSULTATION)
    if today is not None and _has_run_out(found, today):
        raise NotFound(NO_CONSULTATION)
    return found


def _has_run_out(asked: Consultation, today: date) -> bool:
    case = asked.request
    if case.closed_on is None or case.remedies.filter(result=RemedyResult.PENDING).exists():
        return False
    since = max(case.closed_on, asked.overridden_on or case.closed_on)
    return today > months_later(since, limit("remedy.lawsuit", on=since).days)


def clerk_units(actor: Actor, role: str) -> list[Unit]:
    """The active units in which the actor holds that role, in the official order."""
    units = [unit for unit, held in actor.roles if held == role]
    return list(Unit.objects.filter(pk__in=units, is_active=True).order_by("sort", "id"))


def state_labels() -> dict[str, str]:
    """The states in Chinese."""
    return dict(State.choices)


def is_handled_by(case: DisclosureRequest, actor: Actor) -> bool:
    """True if the request's staff page is the actor's to see."""
    return is_supervisor(actor) or case.unit_id in units_of(actor)
