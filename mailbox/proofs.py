"""Every answer to a letter is still the one that the mailbox office let out."""

from __future__ import annotations

from collections.abc import Iterator

from mailbox.models import Reply
from portal.cases.ledger import Finding
from portal.cases.models import CaseEvent
from portal.cases.proving import Proof, declare


def _reply(reply: Reply) -> Iterator[Finding]:
    answered = list(CaseEvent.objects.filter(case_id=reply.letter_id, kind="answer").order_by("seq"))
    if reply.round > len(answered):
        return
    sent = answered[reply.round - 1]
    if sent.facts["content_sha256"] != reply.content_sha256:
        yield Finding(str(reply.letter), sent.seq, "答复内容与发出时的摘要不符")


declare(Proof("letter_replies", "份来信答复", lambda _: Reply.objects.select_related("letter"), _reply))
