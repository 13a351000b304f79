"""What signers of a letter's answer see on one screen."""

from __future__ import annotations

from django.utils import timezone

from mailbox import letters, queries
from mailbox.choices import KIND
from mailbox.models import Letter
from mailbox.verbs import VERBS
from portal.core.actors import Actor
from portal.documents.preview import Draft
from portal.privacy.masking import mask_name
from portal.web.deciding import Decider

PAPER = "mailbox_reply"


def draft_of(case: Letter, actor: Actor) -> Draft | None:
    """The answer as it would go out today; None before anything is drafted. A confidential reporter is not named."""
    reply = queries.reply_shown(case, queries.may_know_writer(case, actor))
    if reply is None:
        return None
    unit = case.main_unit or case.unit
    name = "来信人" if case.identity_closed else mask_name(case.name)
    return Draft(PAPER, letters.reply(case, reply.body, unit), unit, name, timezone.localdate())


DECIDER = Decider(
    kind=KIND,
    passing=("review_reply", "sign_reply", "answer"),
    returning=("return_reply", "return_check"),
    verbs=VERBS,
    find=queries.find_handled,
    view=queries.staff_view,
    draft=draft_of,
    template="mailbox/staff/deciding.html",
    step_url="workbench_mailbox:step",
    onward=("accept", "assign", "sign_for", "submit_reply", "draft_reply"),
)
