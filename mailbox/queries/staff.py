"""The units' page of a letter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from mailbox import rules
from mailbox.choices import IN_UNIT, OPEN_STATES, AssignmentState, Decision, Part, State
from mailbox.models import Assignment, ExtensionRequest, Letter, NamedReader, Reminder, Reply, Supplement
from mailbox.queries.choosing import equal_letters, is_possible_leader
from mailbox.queries.clock import round_clock
from mailbox.queries.drafting import contributions, reply_of_round
from mailbox.queries.scope import handled, in_office, mailbox_office, may_know_writer, may_recall
from portal.cases.models import CaseFile, EventPayload
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps
from portal.core.actors import Actor
from portal.core.clock import ClockState
from portal.documents.kinds import KINDS
from portal.documents.models import OfficialDocument
from portal.documents.queries import documents_of
from portal.privacy import personal
from portal.publishing.choices import ENDED, ReleaseState
from portal.publishing.models import Release, Review
from portal.units.access import is_supervisor
from portal.units.choices import Role

REVEALABLE = personal.revealable(Letter)
BEFORE_UNIT = (State.SUBMITTED, State.ACCEPTED, State.RETURNED)
ON_MEMBERS = frozenset({"merge", "unmerge", "handle_alone", "answer_with_leader"})
LENT = frozenset(
    {"contribute", "recall", "name_reader", "revoke_reader", "conclude_supervision", "retract_release"}
)


@dataclass(frozen=True)
class StaffView:
    """Everything on the units' page of a letter. `knows` is true if the reader may be shown who wrote; the words
    are cleared of the writer's own name and numbers for everybody else. No rating is ever here."""

    case: Letter
    knows: bool
    topic: str
    text: str
    again_reason: str
    clock: ClockState | None
    writer: list[tuple[str, str, str]]
    steps: list[tuple[TimelineEntry, str]]
    verbs: list[str]
    documents: list[OfficialDocument]
    files: list[CaseFile]
    reply: Reply | None
    replies: list[Reply]
    reviews: list[Review]
    parts: list[Assignment]
    given: list[Assignment]
    supplements: list[tuple[Supplement, str]]
    extension: ExtensionRequest | None
    extensions: list[ExtensionRequest]
    reminders: list[Reminder]
    members: list[Letter]
    former: list[Letter]
    later: list[Letter]
    releases: list[Release]
    readers: list[NamedReader]
    equal: list[tuple[Letter, int]]
    revealable: dict[str, str] = field(default_factory=lambda: dict(REVEALABLE))


def staff_view(case: Letter, actor: Actor, today: date) -> StaffView:
    """The units' page of a letter, with the steps that this actor may take now."""
    knows = may_know_writer(case, actor)
    extensions = list(case.extensions.select_related("requested_by", "decided_by"))
    view = StaffView(
        case=case,
        knows=knows,
        topic=shown(case, case.topic, knows),
        text=shown(case, case.text, knows),
        again_reason=shown(case, case.again_reason, knows),
        clock=round_clock(case, as_of=today),
        writer=masked_writer(case, knows),
        steps=_log(case, knows),
        verbs=_verbs(case, actor),
        documents=papers_for(case, knows),
        files=files_for(case, knows),
        reply=reply_shown(case, knows),
        replies=cleared(case, list(case.replies.select_related("drafted_by", "document")), knows, "body"),
        reviews=list(case.reviews.prefetch_related("sign_offs__account")),
        parts=cleared(
            case, list(case.assignments.select_related("unit", "contributed_by")), knows, "contribution"
        ),
        given=cleared(case, contributions(case), knows, "contribution"),
        supplements=[
            (row, shown(case, row.text, knows))
            for row in cleared(case, list(case.supplements.all()), knows, "asked")
        ],
        extension=next((wish for wish in extensions if wish.decision == Decision.PENDING), None),
        extensions=extensions,
        reminders=list(case.reminders.select_related("unit")),
        members=_members(case),
        former=visible_of(actor, Letter.objects.filter(followed_by_mails__letter=case)),
        later=visible_of(actor, Letter.objects.filter(mails__follows=case)),
        releases=list(case.releases.order_by("-id")),
        readers=list(case.named_readers.select_related("account", "named_by")),
        equal=equal_letters(case) if in_office(actor) and case.state in BEFORE_UNIT else [],
    )
    hidden = _out_of_place(view)
    view.verbs[:] = [verb for verb in view.verbs if verb not in hidden]
    return view


def visible_of(actor: Actor, letters: QuerySet[Any]) -> list[Letter]:
    """Those of the letters that this actor may open, the oldest first."""
    return list(handled(actor).filter(pk__in=letters.values("pk")).order_by("id"))


def _members(case: Letter) -> list[Letter]:
    rows: Any = case.members.select_related("unit").order_by("id")
    return list(rows)


def _log(case: Letter, knows: bool) -> list[tuple[TimelineEntry, str]]:
    """Every step with the words that staff wrote for it: why something went back or apart."""
    said = {row.event_id: row.text for row in EventPayload.objects.filter(event__case_id=case.pk)}
    return [(entry, shown(case, said.get(entry.event.pk, ""), knows)) for entry in timeline(case)]


def shown(case: Letter, text: str, knows: bool) -> str:
    """Words as this reader sees them: what is masked beside the text does not stand in it."""
    return text if knows else rules.without(text, case.personal_values())


def cleared(case: Letter, rows: list[Any], knows: bool, *fields: str) -> list[Any]:
    """Rows that are only shown, with these fields as this reader sees them."""
    for row in () if knows else rows:
        for name in fields:
            setattr(row, name, shown(case, getattr(row, name), knows))
    return rows


def reply_shown(case: Letter, knows: bool) -> Reply | None:
    """The answer of this round as this reader sees it."""
    return next(iter(cleared(case, [row for row in (reply_of_round(case),) if row], knows, "body")), None)


def masked_writer(case: Letter, knows: bool) -> list[tuple[str, str, str]]:
    """(field, label, masked value) of what identifies the writer; nothing of a confidential report's."""
    if case.identity_closed and not knows:
        return []
    return personal.masked(case)


def papers_for(case: Letter, knows: bool) -> list[OfficialDocument]:
    """The papers that this reader may open: those to the writer bear a name, unless the report is confidential."""
    papers = list(documents_of(case, internal=True))
    if knows or case.identity_closed:
        return papers
    return [paper for paper in papers if KINDS[paper.kind].internal]


def names_writer(case: Letter, paper: OfficialDocument) -> bool:
    """True if a paper bears the writer's name or one of the other sealed values: handing it out is a look at them."""
    return rules.holds_any(f"{paper.addressee}{paper.facts}", case.personal_values())


def files_for(case: Letter, knows: bool) -> list[CaseFile]:
    """The attachments that this reader may open: what a confidential reporter sent may show who it is."""
    return list(case.files.order_by("id")) if knows or not case.identity_closed else []


def _verbs(case: Letter, actor: Actor) -> list[str]:
    order = {verb: index for index, verb in enumerate(Letter.VERB_ORDER)}
    found = {entry.name for entry in available_steps(case, actor)} - ON_MEMBERS - LENT
    return sorted(found | _beside_the_holder(case, actor), key=lambda verb: order.get(verb, 99))


def _beside_the_holder(case: Letter, actor: Actor) -> set[str]:
    """What others than the unit that holds the letter may do, and what is done to several letters at once."""
    office = mailbox_office().pk
    clerk = actor.has_role(office, Role.CLERK) or actor.has_role(case.unit_id, Role.CLERK)
    found: set[str] = set()
    if asked_of(case, actor) is not None and case.state in OPEN_STATES:
        found.add("contribute")
    if case.identity_closed and actor.has_role(office, Role.APPROVER):
        found.update({"name_reader", "revoke_reader"})
    if is_supervisor(actor) and case.supervised_on is not None and not case.supervision_verdict:
        found.add("conclude_supervision")
    if any(
        copy.state == ReleaseState.PUBLISHED and actor.has_role(copy.unit_id, Role.PUBLISHER, Role.APPROVER)
        for copy in case.releases.all()
    ):
        found.add("retract_release")
    if clerk and is_possible_leader(case):
        found.add("merge")
    if case.state in (State.ASSIGNED, *IN_UNIT) and case.unit_id != office and may_recall(case, actor):
        found.add("recall")
    if clerk and case.state == State.MERGED:
        found.add("unmerge")
    return found


def asked_of(case: Letter, actor: Actor) -> Assignment | None:
    """The contribution that is waited for from a unit of which the actor is a clerk."""
    units = [unit for unit, role in actor.roles if role == Role.CLERK]
    return (
        Assignment.objects.filter(
            letter=case, part=Part.ASSIST, state=AssignmentState.WAITING, unit_id__in=units
        )
        .select_related("unit")
        .order_by("due_on", "id")
        .first()
    )


def _out_of_place(view: StaffView) -> set[str]:
    """The verbs that make no sense beside what there is."""
    case = view.case
    ruled = case.returns >= rules.MOST_RETURNS
    extended = any(w.decision == Decision.APPROVED and w.round == case.round for w in view.extensions)
    waiting = any(part.part == Part.ASSIST and part.state == AssignmentState.WAITING for part in view.parts)
    copy = next((copy.state for copy in view.releases if copy.state not in ENDED), "")
    sensible: list[tuple[bool, Any]] = [
        (not ruled, {"assign"}),
        (ruled and case.state == State.RETURNED, {"rule_unit"}),
        (not case.binding, {"return_letter"}),
        (waiting, {"cancel_assistance"}),
        (view.extension is not None, {"extend", "refuse_extension"}),
        (view.extension is None and not extended, {"request_extension"}),
        (view.reply is not None, {"submit_reply"}),
        (bool(view.readers), {"revoke_reader"}),
        (not view.members, {"decline", "hand_over"}),
        (not case.identity_closed, {"hand_over"}),
        (not copy and not case.never_public and case.leader_id is None, {"propose_release"}),
        (copy == ReleaseState.PROPOSED, {"clear_release"}),
        (copy == ReleaseState.CLEARED, {"release"}),
        (copy in (ReleaseState.PROPOSED, ReleaseState.CLEARED), {"reject_release"}),
    ]
    hidden = {verb for fits, verbs in sensible if not fits for verb in verbs}
    return hidden | {"rehandle", "escalate", "remind", "submit", "withdraw"}
