"""What helps while a reply is drafted: the paper as it would be, nothing of it kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.actors import Actor
from portal.documents.preview import Draft
from portal.privacy.masking import mask_name
from requests_app import letters
from requests_app.actions.reply import ReplyText, draft_reply
from requests_app.models import DisclosureRequest, Reply


def paper_of(case: DisclosureRequest, answer: Reply, on: date) -> Draft:
    """The paper that a reply would become on that day."""
    kind, facts = letters.reply(case, answer)
    return Draft(kind, facts, case.unit, mask_name(case.name), on)


def reply_preview(*, case: DisclosureRequest, text: ReplyText, actor: Actor, at: datetime) -> Draft:
    """The paper as it would be with this text. Everything is taken back at once; raises what draft_reply raises."""
    fresh: Any = DisclosureRequest.objects.select_related("unit").get(pk=case.pk)
    with transaction.atomic():
        answer = draft_reply(case=fresh, text=text, actor=actor, at=at)
        draft = paper_of(fresh, answer, timezone.localdate(at))
        transaction.set_rollback(True)
    return draft
