"""take_step(): the one way in which a case changes.

begin → lock and re-read → role check → transition → save → chained event → clock → commit.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_fsm import Transition

from portal.cases.choices import Phase
from portal.cases.models import Case, CaseEvent, ClockEntry, EventPayload
from portal.cases.registry import NOTES
from portal.cases.transitions import APPLICANT, PARTY, SYSTEM, StepFacts, label_of, transitions_of
from portal.core import chain
from portal.core.actors import Actor, ActorKind
from portal.core.clock import ClockState, FactKind, fold
from portal.core.errors import StaleCase, StepRefused
from portal.core.workdays import WorkdayCalendar
from portal.holidays.calendars import calendar as current_calendar
from portal.ledger.openings import witness
from portal.units.access import is_supervisor
from portal.units.choices import Role

REMARK = "remark"


def take_step(
    case: Case, verb: str, *, actor: Actor, at: datetime, seen_version: int | None = None, **facts: Any
) -> CaseEvent:
    """Take one step of a case; gives the event. `case` is brought up to date.

    `seen_version` is the version of the page that the actor saw; None skips that check.
    Raises StaleCase if somebody acted in between (for the public: took a step that concerns the applicant), StepRefused if the step is not possible, for this
    actor or in this state, with a sentence that says why.
    """
    with transaction.atomic():
        locked = type(case).objects.select_for_update().select_related(None).get(pk=case.pk)
        last = locked.events.order_by("-seq").first()
        if seen_version is not None and seen_version != locked.version:
            _refuse_stale(locked, seen_version, actor)
        entry = _transition(locked, verb, last, actor)
        _check_actor(locked, entry, actor)
        before, unit = locked.state, locked.unit_id
        recorded: StepFacts = getattr(locked, verb)(actor=actor, at=at, **facts)
        shown = replace(actor, label=actor.label_for(unit, *entry.custom["by"])) if actor.standing else actor
        event = record(locked, verb, before, recorded, actor=shown, at=max(at, last.at) if last else at)
        locked.save()
    _bring_up_to_date(case, locked)
    return event


def lock(case: Case) -> None:
    """Hold the case to the end of the transaction, as it is now: always before any of its rows, so that no two steps wait
    for each other."""
    _bring_up_to_date(case, type(case)._base_manager.select_for_update().get(pk=case.pk))


def _bring_up_to_date(case: Case, locked: Case) -> None:
    """Give the caller's instance what was saved; a relation that changed is looked up anew."""
    for relation in (field for field in case._meta.concrete_fields if field.is_relation):
        if case.__dict__.get(relation.attname) != locked.__dict__.get(relation.attname):
            case._state.fields_cache.pop(relation.name, None)
    case.__dict__.update({key: value for key, value in locked.__dict__.items() if key != "_state"})


def open_case(case: Case, verb: str, *, actor: Actor, at: datetime, **facts: Any) -> CaseEvent:
    """Save a new case by its first step and append its first event. Call inside the business transaction.

    Raises StepRefused if the actor may not open such a case.
    """
    with transaction.atomic():
        _check_actor(case, _transition(case, verb, None, actor), actor)
        recorded: StepFacts = getattr(case, verb)(actor=actor, at=at, **facts)
        case.created_at = at
        case.phase = case.phase_now()
        case.save(force_insert=True)
        witness(case.public_id)
        event = record(case, verb, "", recorded, actor=actor, at=at)
        case.save()
    return event


def note(case: Case, kind: str, *, actor: Actor, at: datetime, private: str = "", **facts: Any) -> CaseEvent:
    """Write into a case's log what somebody else did about it: no step, no change of state or clock.

    `private` words are kept sealed beside the log, which has their digest only.

    The kind is named by register_notes; raises KeyError for one that is not.
    """
    NOTES[kind]
    with transaction.atomic():
        locked = type(case)._base_manager.select_for_update().get(pk=case.pk)
        event = record(
            locked, kind, locked.state, StepFacts(public=facts, private=private), actor=actor, at=at
        )
        locked.save()
        _bring_up_to_date(case, locked)
    return event


def clock_of(
    case: Case, *, calendar: WorkdayCalendar | None = None, as_of: date | None = None
) -> ClockState | None:
    """The fold of the case's clock entries; None before the clock started."""
    facts = [entry.fact() for entry in case.clock_entries.all()]
    if not facts:
        return None
    return fold(facts, calendar or current_calendar(), as_of=as_of)


def ended_on(case: Case) -> date | None:
    """The day on which a case ended, whenever that was entered: its clock stopped, else it was closed; None for an open one."""
    if case.is_open:
        return None
    clock = clock_of(case)
    return (clock.stopped_on if clock is not None else None) or case.closed_on


def available_steps(case: Case, actor: Actor) -> list[Transition]:
    """The transitions that this actor may take in the case's state, in order of declaration by name."""
    found = [entry for entry in transitions_of(type(case)) if entry.source in (case.state, "*")]
    return [entry for entry in found if _may(case, entry, actor)]


def _refuse_stale(case: Case, seen_version: int, actor: Actor) -> None:
    """Raise StaleCase if something was done since that version; what does not concern the applicant stops no citizen."""
    missed = list(case.events.filter(seq__gt=case.last_seq - (case.version - seen_version)).order_by("seq"))
    if actor.is_public and seen_version < case.version:
        missed = [event for event in missed if case.concerns_applicant(event.kind, event.facts)]
    elif missed and all(event.kind == REMARK for event in missed):
        return
    else:
        missed = missed or list(case.events.order_by("-seq")[:1])
    if missed:
        changed = _what_changed(case, missed, actor)
        raise StaleCase(f"{changed}，请刷新页面查看后再办。", changed=changed, version=case.version)


def _transition(case: Case, verb: str, last: CaseEvent | None, actor: Actor) -> Transition:
    for entry in transitions_of(type(case)):
        if entry.name == verb and entry.source in (case.state, "*"):
            return entry
    label = label_of(type(case), verb)
    if actor.kind is ActorKind.PARTY:
        raise StepRefused(f"现在不能办理“{label}”，请与{case.unit.name}联系。")
    sentence = f"本件现为“{case.state_label()}”，不能办理“{label}”。"
    if last is not None and (not actor.is_public or case.concerns_applicant(last.kind, last.facts)):
        sentence += f"{_what_changed(case, [last], actor)}，请查看后再办。"
    raise StepRefused(sentence)


def _may(case: Case, entry: Transition, actor: Actor) -> bool:
    by: tuple[str, ...] = entry.custom["by"]
    if actor.kind is ActorKind.SYSTEM:
        return SYSTEM in by
    if actor.kind is ActorKind.PARTY:
        return PARTY in by
    if actor.is_public:
        return APPLICANT in by and case.applicant_id == actor.account_id
    if _is_own(case, actor):
        return False
    return (Role.SUPERVISOR in by and is_supervisor(actor)) or actor.has_role(case.unit_id, *by)


def _is_own(case: Case, actor: Actor) -> bool:
    """True for an official whose own matter it is: he takes his steps on the public pages, and none for the unit (回避)."""
    return actor.account_id is not None and case.applicant_id == actor.account_id


def _check_actor(case: Case, entry: Transition, actor: Actor) -> None:
    if not _may(case, entry, actor):
        if actor.is_staff and _is_own(case, actor):
            raise StepRefused(
                f"您是本件的申请人，应当回避，不能办理“{entry.custom['label']}”；请由其他人员办理，"
                "您本人的事项请在“我的申请”“我的来信”中办理。"
            )
        needed = "、".join(Role(code).label for code in entry.custom["by"] if code in Role.values)
        if actor.is_public:
            needed = ""
        who = f"需由{case.unit.short_name}的{needed}办理" if needed else "须由申请人本人办理"
        raise StepRefused(f"您不能办理“{entry.custom['label']}”：{who}。")


def _what_changed(case: Case, events: list[CaseEvent], actor: Actor) -> str:
    """Who did what and when, the last three; the public is told the unit, never a name (docs/adr/0016)."""
    return "；".join(_said(case, event, actor) for event in events[-3:]) or "本件刚刚有变动"


def _said(case: Case, event: CaseEvent, actor: Actor) -> str:
    here = timezone.localtime(event.at)
    when = f"{here.month}月{here.day}日 {here:%H:%M}"
    hidden = not actor.is_staff and event.actor_kind == ActorKind.STAFF
    who = case.unit.short_name if hidden else event.actor_label
    return f"{who}已于{when}办理“{NOTES.get(event.kind) or label_of(type(case), event.kind)}”"


def record(
    case: Case, verb: str, before: str, recorded: StepFacts, *, actor: Actor, at: datetime
) -> CaseEvent:
    """Append one chained event with its clock entries and renew the case's caches; saves all but the case."""
    public = dict(recorded.public)
    salt = ""
    if recorded.private:
        salt = secrets.token_hex(16)
        public["payload_digest"] = hashlib.sha256(f"{salt}\n{recorded.private}".encode()).hexdigest()
    event = CaseEvent(
        case=case,
        seq=case.last_seq + 1,
        kind=verb,
        actor_kind=actor.kind.value,
        actor_id=actor.account_id,
        actor_label=actor.label,
        unit_id=recorded.unit_id or case.unit_id,
        at=at,
        from_state=before,
        to_state=case.state,
        facts=json.loads(chain.canonical(public)),
        prev=case.last_digest or chain.genesis(str(case.public_id)),
    )
    event.digest = chain.link(event.prev, event.chained_fields())
    event.save(force_insert=True)
    if recorded.private:
        EventPayload.objects.create(event=event, salt=salt, text=recorded.private)
    case.last_seq, case.last_digest = event.seq, event.digest
    case.version += 1
    was_closed, case.phase = case.phase == Phase.CLOSED, case.phase_now()
    if recorded.clock:
        ClockEntry.objects.bulk_create(
            ClockEntry(
                case=case,
                event=event,
                kind=fact.kind.value,
                on=fact.on,
                days=fact.days,
                until=fact.until,
                key=fact.key,
                reason=fact.reason,
                basis=fact.basis,
                since=fact.since,
            )
            for fact in recorded.clock
        )
        apply_clock(case)
    elif before and was_closed != (case.phase == Phase.CLOSED):
        apply_clock(case)
    if case.phase != Phase.CLOSED:
        case.closed_on = None
    elif case.closed_on is None:
        case.closed_on = timezone.localdate(at)
    _set_act_by(case)
    return event


def _set_act_by(case: Case) -> None:
    """The day that the inbox sorts by: the earlier of the internal and the statutory one."""
    days = [day for day in (case.internal_due_on, case.due_on) if day is not None]
    case.act_by = min(days, default=None)


def running_due(case: Case, state: ClockState) -> date | None:
    """The day that the docket keeps: none for a case that goes on although its clock has stopped (an order whose report is
    looked at, an item that is revised): nothing of it is overdue by that clock."""
    return None if state.stopped_on is not None and case.phase != Phase.CLOSED else state.due_on


def apply_clock(case: Case, calendar: WorkdayCalendar | None = None) -> bool:
    """Set the cached due date from the fold; True if it changed. Does not save."""
    state = clock_of(case, calendar=calendar)
    if state is None:
        return False
    old = (case.due_on, case.due_provisional)
    case.due_on, case.due_provisional = running_due(case, state), state.provisional
    _set_act_by(case)
    if state.started_on is not None:
        starts = [fact.on for fact in state.facts if fact.kind is FactKind.START]
        case.received_on = starts[0] if starts else case.received_on
    return old != (case.due_on, case.due_provisional)
