"""Who may know who wrote a confidential report."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mailbox.actions.lending import lent
from mailbox.models import Letter, NamedReader
from mailbox.queries import mailbox_office, possible_readers
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role
from portal.units.models import Account


@transaction.atomic
def name_reader(
    *,
    case: Letter,
    reader: Account,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> NamedReader:
    """Name a person of the mailbox office or of the main unit, with a reason that stays on record.

    Raises StepRefused for anybody but the head (签发人) of the mailbox office.
    """
    if actor.account_id is None or not actor.has_role(mailbox_office().pk, Role.APPROVER):
        raise StepRefused("须由信箱办公室负责人指定。")
    if not possible_readers(case, timezone.localdate(at)).filter(pk=reader.pk).exists():
        raise InvalidInput("请选择信箱办公室或者承办单位的人员", "reader")
    take_step(
        case,
        "name_reader",
        actor=lent(actor, case, Role.APPROVER),
        at=at,
        seen_version=seen_version,
        reader=reader.pk,
        reader_label=reader.get_full_name(),
        reason=reason,
        closed=case.identity_closed,
        already=NamedReader.objects.filter(letter=case, account=reader).exists(),
    )
    return NamedReader.objects.create(
        letter=case,
        account=reader,
        named_by_id=actor.account_id,
        reason=reason.strip(),
        named_at=at,
    )


@transaction.atomic
def revoke_reader(
    *,
    case: Letter,
    reader: Account,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Take the sight of the writer back from a named person; who it was and why stays in the event log.

    Raises StepRefused for anybody but the head (签发人) of the mailbox office, InvalidInput for somebody not named.
    """
    if actor.account_id is None or not actor.has_role(mailbox_office().pk, Role.APPROVER):
        raise StepRefused("须由信箱办公室负责人撤销。")
    take_step(
        case,
        "revoke_reader",
        actor=lent(actor, case, Role.APPROVER),
        at=at,
        seen_version=seen_version,
        reader=reader.pk,
        reader_label=reader.get_full_name(),
        reason=reason,
        named=NamedReader.objects.filter(letter=case, account=reader).exists(),
    )
    NamedReader.objects.filter(letter=case, account=reader).delete()
