"""What signers of a request's reply see on one screen."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portal.core.actors import Actor
from portal.documents.preview import Draft
from portal.records.queries import has_records, may_read
from portal.web.deciding import Decider
from requests_app import queries
from requests_app.actions.drafting import paper_of
from requests_app.choices import KIND, ReplyKind
from requests_app.models import DisclosureRequest
from requests_app.verbs import VERBS


def draft_of(case: DisclosureRequest, actor: Actor) -> Draft | None:
    """The paper that the reply would become today; None before anything is drafted."""
    answer = queries.reply_of_or_none(case)
    if answer is None or not answer.items.exists():
        return None
    return paper_of(case, answer, timezone.localdate())


def _records(case: Any, actor: Actor) -> dict[str, Any]:
    return {"has_records": may_read(case, actor) and has_records(case)}


DECIDER = Decider(
    kind=KIND,
    passing=("review_reply", "clear_reply", "sign_reply"),
    returning=("return_reply",),
    verbs=VERBS,
    find=queries.find_handled,
    view=queries.staff_view,
    draft=draft_of,
    beside=_records,
    template="requests_app/staff/deciding.html",
    step_url="workbench_requests:step",
    outcomes=tuple(ReplyKind.choices),
    onward=("register", "reply", "issue_reply", "send_reply", "submit_reply", "draft_reply"),
)
