"""After the answer: rated, corrected, made proactive, reviewed, filed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal.cases.steps import ended_on, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.actions import issue, void
from portal.documents.kinds import kind_of
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.jobs.outbox import enqueue
from requests_app import letters
from requests_app.actions.naming import refuse_anybody_named, refuse_parties_named
from requests_app.actions.voiding import take_copy_back
from requests_app.actions.word import tell_applicant
from requests_app.choices import FixDecision, RemedyResult, State
from requests_app.models import (
    CaseArchive,
    Delivery,
    DisclosureRequest,
    RecordFix,
    Remedy,
    Reply,
    Satisfaction,
)
from requests_app.queries.volumes import is_complete, last_volume
from requests_app.remedies import same_remedy


@transaction.atomic
def void_paper(
    *,
    case: DisclosureRequest,
    document: OfficialDocument,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Declare a paper void; the applicant is told unless it was the office's own, somebody else's, or not sent."""
    if document.case_id != case.pk:
        raise InvalidInput("请选择本件的文书", "document")
    name = str(document)
    kind = kind_of(document.kind)
    to_applicant = not kind.internal and not kind.confidential
    if to_applicant:
        refuse_anybody_named(case, reason=reason)
    take_step(
        case,
        "void_paper",
        actor=actor,
        at=at,
        seen_version=seen_version,
        number=name,
        reason=reason,
        void=document.status == DocumentStatus.VOID,
        for_applicant=to_applicant,
    )
    void(document=document, reason=reason)
    if case.state == State.ANSWERED and document.kind.endswith("_reply"):
        take_copy_back(case, "答复文书已经作废", at)
    unsent = case.state == State.SENDING and document.kind.endswith("_reply")
    if to_applicant and not unsent:
        tell_applicant(
            case, "void", f"一份文书已作废（{case.number}）", f"{name}已作废，理由：{reason.strip()}", at
        )


@transaction.atomic
def rate(
    *,
    case: DisclosureRequest,
    mark: int,
    words: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Mark the handling from 1 to 5, once."""
    take_step(
        case,
        "rate",
        actor=actor,
        at=at,
        seen_version=seen_version,
        mark=mark,
        already=Satisfaction.objects.filter(request=case).exists(),
    )
    Satisfaction.objects.create(request=case, mark=mark, words=words.strip(), at=at)


def _taken(case: DisclosureRequest, verb: str) -> bool:
    return case.events.filter(kind=verb).exists()


@transaction.atomic
def suggest_proactive(
    *, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Suggest that the information be published for everyone."""
    take_step(
        case,
        "suggest_proactive",
        actor=actor,
        at=at,
        seen_version=seen_version,
        already=_taken(case, "suggest_proactive"),
    )


@transaction.atomic
def decide_proactive(
    *,
    case: DisclosureRequest,
    accepted: bool,
    comment: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Publish for everyone, saying where, or not, saying why; an applicant who suggested it is told."""
    if _taken(case, "decide_proactive"):
        raise StepRefused("已经作出决定。")
    refuse_parties_named(case, comment=comment)
    take_step(
        case,
        "decide_proactive",
        actor=actor,
        at=at,
        seen_version=seen_version,
        accepted=accepted,
        comment=comment,
    )
    if _taken(case, "suggest_proactive"):
        tell_applicant(
            case,
            "proactive",
            f"关于{case.addressed_as}建议主动公开的答复（{case.number}）",
            f"{'已纳入主动公开' if accepted else '暂不纳入主动公开'}：{comment.strip()}",
            at,
        )


@transaction.atomic
def ask_fix(
    *,
    case: DisclosureRequest,
    wrong: str,
    evidence: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> RecordFix:
    """Ask for a wrong record about oneself to be corrected."""
    take_step(
        case,
        "ask_fix",
        actor=actor,
        at=at,
        seen_version=seen_version,
        wrong=wrong,
        evidence=evidence,
        pending=case.fixes.filter(decision=FixDecision.PENDING).exists(),
    )
    return RecordFix.objects.create(
        request=case, wrong=wrong.strip(), evidence=evidence.strip(), asked_on=timezone.localdate(at)
    )


@transaction.atomic
def decide_fix(
    *,
    case: DisclosureRequest,
    decision: str,
    answer: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Decide on a correction of a record; the applicant gets the 更正信息告知书."""
    fix = case.fixes.filter(decision=FixDecision.PENDING).first()
    if fix is None:
        raise StepRefused("没有待处理的更正要求。")
    refuse_parties_named(case, answer=answer)
    take_step(
        case, "decide_fix", actor=actor, at=at, seen_version=seen_version, decision=decision, answer=answer
    )
    fix.decision, fix.answer, fix.decided_on = decision, answer.strip(), timezone.localdate(at)
    fix.save(update_fields=["decision", "answer", "decided_on"])
    issue(
        case,
        "fix_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.fix_notice(case, fix),
        addressee=case.name,
    )
    tell_applicant(
        case,
        "fixed",
        f"{case.addressed_as}的更正要求已处理（{case.number}）",
        f"处理结果：{fix.get_decision_display()}。详见《更正信息告知书》。",
        at,
    )


@transaction.atomic
def record_remedy(
    *,
    case: DisclosureRequest,
    kind: str,
    body: str,
    filed_on: date,
    actor: Actor,
    at: datetime,
    number: str = "",
    seen_version: int | None = None,
) -> Remedy:
    """Record a reconsideration or a lawsuit; StepRefused for one that is entered already."""
    entry = Remedy(request=case, kind=kind, body=body.strip(), number=number.strip(), filed_on=filed_on)
    if any(same_remedy(entry, other) for other in case.remedies.all()):
        raise StepRefused("该复议、诉讼已经登记，不能重复登记。")
    take_step(
        case,
        "record_remedy",
        actor=actor,
        at=at,
        seen_version=seen_version,
        kind=kind,
        body=body,
        filed_on=filed_on,
        ended_on=ended_on(case),
    )
    entry.save()
    return entry


@transaction.atomic
def close_remedy(
    *,
    case: DisclosureRequest,
    remedy: Remedy,
    result: str,
    ended_on: date,
    actor: Actor,
    at: datetime,
    note: str = "",
    seen_version: int | None = None,
) -> None:
    """Record how a reconsideration or a lawsuit ended."""
    row = case.remedies.filter(pk=remedy.pk, result=RemedyResult.PENDING).first()
    if row is None:
        raise StepRefused("没有尚未审结的复议、诉讼。")
    take_step(
        case,
        "close_remedy",
        actor=actor,
        at=at,
        seen_version=seen_version,
        result=result,
        filed_on=row.filed_on,
        ended_on=ended_on,
    )
    row.result, row.ended_on, row.note = result, ended_on, note.strip()
    row.save(update_fields=["result", "ended_on", "note"])


@transaction.atomic
def archive(
    *, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None
) -> CaseArchive:
    """Put the case file together (立卷归档), or a further volume (补卷) once something has happened since; a job makes the PDF."""
    if actor.account_id is None:
        raise StepRefused("须由本机关经办人办理。")
    reply = Reply.objects.filter(request=case, document__isnull=False).select_related("document").first()
    paper = reply.document if reply is not None else None
    valid = paper is not None and paper.status != DocumentStatus.VOID
    undelivered = valid and not Delivery.objects.filter(document=paper).exists()
    event = take_step(
        case,
        "archive",
        actor=actor,
        at=at,
        seen_version=seen_version,
        already=is_complete(case),
        undelivered=undelivered,
    )
    last = last_volume(case)
    row = CaseArchive.objects.create(
        request=case,
        number=last.number + 1 if last is not None else 1,
        through=event.seq,
        ordered_by_id=actor.account_id,
        ordered_at=at,
    )
    enqueue("requests.case_file", key=f"case-file:{row.pk}", archive=row.pk)
    return row
