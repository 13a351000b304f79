"""The writer's page of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mailbox.choices import OPEN_STATES, State
from mailbox.models import Letter, RatingInvitation, Reply, Supplement
from mailbox.queries.clock import round_clock
from mailbox.queries.scope import invitation_of
from mailbox.rules import ROUNDS, SATISFIED
from portal.cases.models import Case, CaseFile
from portal.cases.queries import TimelineEntry, linked, moved_words, timeline
from portal.core.clock import ClockState
from portal.core.wording import cn_date
from portal.documents.models import OfficialDocument
from portal.documents.queries import documents_of
from portal.holidays.told import told_day
from portal.units.models import Unit

LABELS = {
    "rule_unit": "交办",
    "sign_reply": "答复已签发，正在核查",
    "answer": "答复",
    "merge": "与同一事项合并办理",
    "release": "隐去个人信息后公开",
}
STATES = {
    State.ASSIGNED: "已交承办单位",
    State.RETURNED: "已受理，正在确定承办单位",
    State.DRAFTED: "办理中",
    State.REVIEWING: "答复审核中",
    State.SIGNING: "答复审核中",
    State.CHECKING: "答复审核中",
    State.MERGED: "与同一事项合并办理",
}


@dataclass(frozen=True)
class PublicStep:
    """One line of the writer's timeline: when, what, by which unit, and what it means."""

    label: str
    at: datetime
    who: str
    note: str


@dataclass(frozen=True)
class WriterView:
    """Everything on the writer's page. `unsatisfied` is true where the writer may say so: a rating below the
    middle, and not yet with the supervisors."""

    case: Letter
    state: str
    clock: ClockState | None
    steps: list[PublicStep]
    documents: list[OfficialDocument]
    files: list[CaseFile]
    reply: Reply | None
    supplement: Supplement | None
    invitation: RatingInvitation | None
    rated: bool
    unsatisfied: bool
    last_round: bool
    can_withdraw: bool

    @property
    def linked(self) -> list[tuple[str, Case]]:
        """The case that this one goes on as, or comes from."""
        return linked(self.case)


def public_state(case: Letter) -> str:
    """The state as the writer is told it: nothing of what goes back and forth between units."""
    return STATES.get(State(case.state)) or case.state_label()


def writer_view(case: Letter, today: date) -> WriterView:
    """The writer's page of a letter."""
    invitation = invitation_of(case)
    return WriterView(
        case=case,
        state=public_state(case),
        clock=round_clock(case, as_of=today),
        steps=writer_timeline(case),
        documents=list(documents_of(case)),
        files=list(case.files.order_by("id")),
        reply=case.replies.filter(document__isnull=False).order_by("-round").first(),
        supplement=case.supplements.filter(is_open=True).first(),
        invitation=invitation,
        rated=invitation is not None and hasattr(invitation, "rating"),
        unsatisfied=may_object(case, invitation),
        last_round=case.round >= ROUNDS,
        can_withdraw=case.state in OPEN_STATES,
    )


def may_object(case: Letter, invitation: RatingInvitation | None) -> bool:
    """True if the writer has rated this answer as not solving the matter and has not been heard by supervisors."""
    if case.state != State.ANSWERED or case.supervised_on is not None or invitation is None:
        return False
    rating = getattr(invitation, "rating", None)
    return rating is not None and rating.solved < SATISFIED


def writer_timeline(case: Letter) -> list[PublicStep]:
    """The steps that the writer is shown, with the unit but no names of staff."""
    entries = [entry for entry in timeline(case) if case.concerns_applicant(entry.event.kind, entry.facts)]
    names = dict(
        Unit.objects.filter(pk__in={entry.event.unit_id for entry in entries}).values_list("pk", "name")
    )
    steps = []
    for entry in entries:
        staff = entry.event.actor_kind == "staff"
        who = names.get(entry.event.unit_id or 0, "") if staff else _who(entry)
        label = LABELS.get(entry.event.kind, entry.label)
        steps.append(PublicStep(label, entry.event.at, who, _note(entry)))
    return steps


def _who(entry: TimelineEntry) -> str:
    return "系统" if entry.event.actor_kind == "system" else "来信人"


def _day(text: object) -> str:
    return cn_date(date.fromisoformat(str(text))) if text else ""


def _last(text: object) -> str:
    """The last day of a term."""
    return told_day(date.fromisoformat(str(text))) if text else ""


def _note(entry: TimelineEntry) -> str:
    facts = entry.facts
    kind = entry.event.kind
    if kind == "submit":
        return f"信箱办公室将在{_last(facts['screen_by'])}前审核。"
    if kind == "accept":
        return f"答复期限为{facts['days']}个工作日，自受理次日起计算。"
    if kind in ("assign", "rule_unit"):
        return f"承办单位：{facts['unit']}。"
    if kind == "ask_supplement":
        return f"请于{_last(facts['answer_by'])}前补充；等待补充的时间不计入答复期限。"
    if kind == "extend":
        return f"答复期限延长{facts['days']}个工作日，原到期日为{_day(facts['due_before'])}。"
    if kind in ("decline", "hand_over"):
        return f"{facts['reason']}。"
    if kind == "rehandle":
        return f"由承办单位重新办理，答复期限为{facts['days']}个工作日。"
    if kind == "conclude_supervision":
        return f"{facts['verdict']}。"
    if kind == "recompute":
        return moved_words(facts)
    return ""
