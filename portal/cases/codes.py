"""A new query code for a case whose old one is lost; whoever came by the old one is shut out at once."""

from __future__ import annotations

import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta

from django.db import transaction

from portal.cases.intake import code_for, hash_code, new_key
from portal.cases.models import Case
from portal.cases.registry import in_full
from portal.cases.steps import note
from portal.core.actors import Actor
from portal.core.errors import NotFound, StepRefused
from portal.privacy.crypto import keyed_digest

NOTES = {"renew_code": "重新取得查询码"}
LINK_FOR = timedelta(minutes=30)
OLD_LINK = "链接已经失效：超过30分钟，或者查询码已经重新取得。请重新申请。"
MAC = 20


@transaction.atomic
def renew_code(*, case: Case, way: str, actor: Actor, at: datetime, evidence: str = "", key: str = "") -> str:
    """A new query code, derived from `key` (a fresh one if none is given), with an event that says by which way.

    Raises StepRefused for a case whose code has been erased after its time.
    """
    if not Case.objects.filter(pk=case.pk).exclude(code_hash="").exists():
        raise StepRefused("保存期已满，查询码已经清除，请向受理机关查询。")
    code = code_for(case.public_id, key or new_key())
    note(in_full(case), "renew_code", actor=actor, at=at, way=way, evidence=evidence)
    Case.objects.filter(pk=case.pk).update(code_hash=hash_code(code))
    case.code_hash = hash_code(code)
    return code


def _mac(public_id: uuid.UUID, minute: int, code_hash: str) -> bytes:
    return bytes.fromhex(keyed_digest(f"{public_id}\n{minute}\n{code_hash}", "renew-link"))[:MAC]


def link_token(case: Case, at: datetime) -> str:
    """What opens the page of a new code for half an hour, once: with the new code it ends."""
    minute = int(at.timestamp() // 60)
    whole = case.public_id.bytes + minute.to_bytes(5) + _mac(case.public_id, minute, case.code_hash)
    return urlsafe_b64encode(whole).decode().rstrip("=")


def find_by_link(token: str, at: datetime) -> Case:
    """The case of a link that is still good. Raises NotFound for any other."""
    try:
        whole = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        public_id, minute = uuid.UUID(bytes=whole[:16]), int.from_bytes(whole[16:21])
    except ValueError as error:
        raise NotFound(OLD_LINK) from error
    case = Case.objects.filter(public_id=public_id).exclude(code_hash="").first()
    now = int(at.timestamp() // 60)
    fresh = 0 <= now - minute <= LINK_FOR.total_seconds() // 60
    if (
        case is None
        or not fresh
        or not hmac.compare_digest(whole[21:], _mac(public_id, minute, case.code_hash))
    ):
        raise NotFound(OLD_LINK)
    return case
