"""Every answer that went out is still the one that was signed."""

from __future__ import annotations

from collections.abc import Iterator

from portal.cases.ledger import Finding
from portal.cases.models import CaseEvent
from portal.cases.proving import Proof, declare
from requests_app.models import Reply

SENT = ("reply", "issue_reply", "send_reply")


def _reply(reply: Reply) -> Iterator[Finding]:
    sent = CaseEvent.objects.filter(case_id=reply.request_id, kind__in=SENT).order_by("-seq").first()
    if sent is not None and sent.facts["content_sha256"] != reply.content_sha256:
        yield Finding(str(reply.request), sent.seq, "答复内容与发出时的摘要不符")


declare(
    Proof(
        "replies",
        "份答复",
        lambda _: Reply.objects.select_related("request").prefetch_related("items"),
        _reply,
    )
)
