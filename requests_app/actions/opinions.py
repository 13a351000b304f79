"""What those who are consulted say, and the end of asking them (条例第三十二条、第三十四条)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal.cases.actions import attach
from portal.cases.steps import take_step
from portal.core.actors import Actor, ActorKind
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from portal.records.objections import has_marked
from requests_app import letters, rules
from requests_app.actions.intake import Upload
from requests_app.actions.parties import locked_consultation, position_of, still_open
from requests_app.actions.receipts import entered_by
from requests_app.choices import ConsultState, Opinion
from requests_app.models import Consultation, DisclosureRequest, OpinionFile
from requests_app.models.party_steps import stands_as_known

MOST_FILES = 5


@transaction.atomic
def take_opinion(
    *,
    case: DisclosureRequest,
    consultation: Consultation,
    opinion: str,
    reason: str,
    actor: Actor,
    at: datetime,
    answered_on: date | None = None,
    uploads: Iterable[Upload] = (),
    seen_version: int | None = None,
) -> Consultation:
    """Take in an opinion, by the party's own page or entered by a clerk; gives the consultation with its receipt."""
    files = list(uploads)
    if len(files) > MOST_FILES:
        raise InvalidInput(f"最多上传{MOST_FILES}个文件", "files")
    asked = locked_consultation(case, consultation)
    if asked.state != ConsultState.SILENT:
        still_open(asked)
    if opinion == Opinion.AGREE and actor.kind == ActorKind.PARTY and has_marked(case, asked.pk):
        raise InvalidInput(
            f"{asked.addressed_as}在页面上标记了不同意公开的内容：请选择部分同意公开或者不同意公开，或者先删去标记",
            "opinion",
        )
    day = answered_on or timezone.localdate(at)
    take_step(
        case,
        "take_opinion",
        actor=actor,
        at=at,
        seen_version=seen_version,
        kind=asked.kind,
        position=position_of(asked),
        key=asked.clock_key,
        sent_on=asked.sent_on,
        answer_by=asked.answer_by,
        answered_on=day,
        opinion=opinion,
        reason=reason,
        waited_for=asked.is_open,
    )
    for upload in files:
        kept = attach(case=case, name=upload.name, data=upload.data, at=at, role="opinion")
        OpinionFile.objects.create(consultation=asked, file=kept)
    asked.state, asked.opinion, asked.reason = ConsultState.ANSWERED, opinion, reason.strip()
    asked.answered_on = day
    asked.received_on = min(asked.received_on or day, day)
    asked.slip = issue(
        case,
        "opinion_slip",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.opinion_slip(asked, files),
    )
    asked.save(
        update_fields=["state", "opinion", "reason", "answered_on", "received_on", "answer_by", "slip"]
    )
    return asked


@transaction.atomic
def amend_party_receipt(
    *,
    case: DisclosureRequest,
    consultation: Consultation,
    received_on: date,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Put right the day on which a party that is still asked received the letter; its limit counts anew."""
    asked = locked_consultation(case, consultation)
    still_open(asked)
    if asked.received_on is None:
        raise StepRefused("尚未登记收到日。")
    days = rules.opinion_limit(asked.kind, case.law_day).days
    sent, answer_by = calendar().term(asked.sent_on, days), calendar().term(received_on, days)
    take_step(
        case,
        "amend_receipt",
        actor=actor,
        at=at,
        seen_version=seen_version,
        notice=f"第{position_of(asked)}份征求意见书",
        told_on=asked.sent_on,
        received_on=received_on,
        reason=reason,
        entered_by=entered_by(case, "record_party_receipt", position=position_of(asked)),
        until=answer_by.last,
        clock=stands_as_known(asked.kind, asked.clock_key, asked.sent_on, sent, answer_by),
    )
    asked.received_on, asked.receipt_evidence, asked.answer_by = (
        received_on,
        reason.strip()[:200],
        answer_by.last,
    )
    asked.save(update_fields=["received_on", "receipt_evidence", "answer_by"])


@transaction.atomic
def close_consultation(
    *,
    case: DisclosureRequest,
    consultation: Consultation,
    result: str,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """End a consultation without an opinion: silence, not to be reached, or no longer needed."""
    if result not in (ConsultState.SILENT, ConsultState.UNREACHABLE, ConsultState.CANCELLED):
        raise InvalidInput("请选择结果", "result")
    asked = locked_consultation(case, consultation)
    still_open(asked)
    take_step(
        case,
        "close_consultation",
        actor=actor,
        at=at,
        seen_version=seen_version,
        kind=asked.kind,
        position=position_of(asked),
        key=asked.clock_key,
        answer_by=asked.answer_by,
        result=result,
        reason=reason,
        received=asked.received_on is not None,
        asked_by=entered_by(case, "consult", position=position_of(asked)),
    )
    asked.state = result
    asked.save(update_fields=["state", "answer_by"])
