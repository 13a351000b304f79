"""How records are kept for a disclosure request: who works here, what is sealed, what a reply may and may not say of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from portal.core.actors import Actor
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.records.rooms import Room
from requests_app import queries
from requests_app.choices import KIND, State
from requests_app.models import DisclosureRequest, Reply, ReplyItem


def find(actor: Actor, public_id: uuid.UUID) -> DisclosureRequest:
    """The request on its staff page."""
    return queries.find_handled(actor, public_id)


def find_own(actor: Actor, granted: frozenset[uuid.UUID], public_id: uuid.UUID) -> DisclosureRequest:
    """The request on its applicant's page."""
    return queries.find_visible(actor, granted, public_id)


def letter(case: DisclosureRequest) -> OfficialDocument | None:
    """The valid paper of the reply; None before it was issued."""
    answer = Reply.objects.filter(request=case).select_related("document__file").first()
    paper = answer.document if answer is not None else None
    return paper if paper is not None and paper.status != DocumentStatus.VOID else None


def reached(case: DisclosureRequest) -> bool:
    """True once an answer that is valid has gone out to the applicant."""
    return case.state == State.ANSWERED and letter(case) is not None


def matters(case: DisclosureRequest) -> Sequence[tuple[int, str]]:
    """The matters that are answered one by one."""
    items = ReplyItem.objects.filter(reply__request=case).order_by("position")
    return [(item.position, item.matter or "答复内容") for item in items]


def searches(case: DisclosureRequest) -> Sequence[tuple[int, str]]:
    """The search records that found something."""
    return [(row.pk, f"{row.searched_on} {row.place}") for row in case.searches.filter(found=True)]


def parties(case: DisclosureRequest) -> Sequence[tuple[int, str]]:
    """Those who are asked and have not answered yet."""
    return [
        (row.pk, f"{row.get_kind_display()}：{row.name}")
        for row in queries.open_consultations(case).order_by("pk")
    ]


def party_values(case: DisclosureRequest, party: int) -> tuple[str, ...]:
    """What names or reaches one of those who are asked."""
    row = case.consultations.filter(pk=party).first()
    return row.naming_values() if row is not None else ()


def party_names(case: DisclosureRequest) -> Sequence[tuple[int, str]]:
    """Everybody who was asked, whatever came of it."""
    return [(row.pk, row.name) for row in case.consultations.order_by("pk")]


def may_object(case: DisclosureRequest, party: int) -> bool:
    """True while an opinion may still come: nobody who has given it, or is not asked any more, marks anything."""
    return queries.heard_consultations(case).filter(pk=party).exists()


ROOM = Room(
    kind=KIND,
    find=find,
    find_own=find_own,
    open_states=(State.REGISTERED, State.HANDLING, State.AWAITING_PAYMENT),
    sealed=lambda case: case.personal_values(),
    own=lambda case: case.applicant_values(),
    reached=reached,
    staff_url="workbench_requests:detail",
    own_url="requests:detail",
    matters=matters,
    searches=searches,
    letter=letter,
    parties=parties,
    party_values=party_values,
    party_names=party_names,
    may_object=may_object,
)
