"""Disclosing over a third party's objection, for the public interest (条例第三十二条)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.core.telephone import mobile
from portal.documents.actions import issue, void
from portal.documents.models import DocumentStatus
from portal.messaging.actions import Recipient, notify
from requests_app import letters
from requests_app.actions.naming import refuse_others_named
from requests_app.actions.parties import locked_consultation, position_of
from requests_app.choices import SendBy
from requests_app.models import Consultation, DisclosureRequest


@transaction.atomic
def propose_override(
    *,
    case: DisclosureRequest,
    consultation: Consultation,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Propose to disclose over a third party's objection, for the public interest."""
    asked = locked_consultation(case, consultation)
    if asked.overridden_on is not None:
        raise StepRefused("已经批准不采纳该意见。")
    refuse_others_named(case, asked, asked.name, reason=reason)
    take_step(
        case,
        "propose_override",
        actor=actor,
        at=at,
        seen_version=seen_version,
        position=position_of(asked),
        objects=asked.is_objection,
        reason=reason,
    )
    asked.override_reason, asked.override_by_id = reason.strip(), actor.account_id
    asked.save(update_fields=["override_reason", "override_by"])


@transaction.atomic
def approve_override(
    *,
    case: DisclosureRequest,
    consultation: Consultation,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Agree; the party gets the 决定公开告知第三方书 with the reasons and its remedies."""
    asked = locked_consultation(case, consultation)
    if asked.overridden_on is not None:
        raise StepRefused("已经批准不采纳该意见。")
    take_step(
        case,
        "approve_override",
        actor=actor,
        at=at,
        seen_version=seen_version,
        position=position_of(asked),
        proposed_by=asked.override_by_id,
    )
    asked.overridden_by_id, asked.overridden_on = actor.account_id, timezone.localdate(at)
    asked.decision = issue(
        case,
        "third_party_decision",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.third_party_decision(case, asked),
        addressee=asked.name,
    )
    asked.save(update_fields=["overridden_by", "overridden_on", "decision"])
    if asked.send_by == SendBy.ONLINE:
        notify(
            recipient=Recipient(email=asked.email, phone=mobile(asked.phone)),
            key=f"override:{asked.public_id}:{case.last_seq}",
            subject=f"{case.unit.name}关于公开有关信息的决定",
            body="因不公开可能对公共利益造成重大影响，本机关决定公开有关信息。请打开此前收到的征求意见链接查看告知书。",
            link="",
            at=at,
        )


@transaction.atomic
def refuse_override(
    *,
    case: DisclosureRequest,
    consultation: Consultation,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Do not agree: the objection stands, and another proposal may be made."""
    asked = locked_consultation(case, consultation)
    if asked.overridden_on is not None:
        raise StepRefused("已经批准不采纳该意见；不再公开的，请撤销公开的决定。")
    take_step(
        case,
        "refuse_override",
        actor=actor,
        at=at,
        seen_version=seen_version,
        position=position_of(asked),
        proposed_by=asked.override_by_id,
        reason=reason,
    )
    asked.override_reason, asked.override_by_id = "", None
    asked.save(update_fields=["override_reason", "override_by"])


@transaction.atomic
def revoke_override(
    *,
    case: DisclosureRequest,
    consultation: Consultation,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Take the decision to disclose back: its paper is void, and the party is told."""
    asked = locked_consultation(case, consultation)
    if asked.overridden_on is None:
        raise StepRefused("没有决定公开，不需要撤销。")
    take_step(
        case,
        "revoke_override",
        actor=actor,
        at=at,
        seen_version=seen_version,
        position=position_of(asked),
        reason=reason,
    )
    if asked.decision is not None and asked.decision.status != DocumentStatus.VOID:
        void(document=asked.decision, reason=reason)
    asked.override_reason, asked.override_by_id = "", None
    asked.overridden_by_id, asked.overridden_on, asked.decision = None, None, None
    asked.save(update_fields=["override_reason", "override_by", "overridden_by", "overridden_on", "decision"])
    if asked.email or mobile(asked.phone):
        notify(
            recipient=Recipient(email=asked.email, phone=mobile(asked.phone)),
            key=f"override-revoked:{asked.public_id}:{case.last_seq}",
            subject=f"{case.unit.name}撤销公开有关信息的决定",
            body=f"此前告知{asked.addressed_as}的公开决定已经撤销，告知书作废。理由：{reason.strip()}",
            link="",
            at=at,
        )
