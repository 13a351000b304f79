"""Proving the log: chains, heads, clocks, numbers, and signed anchors over all heads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Prefetch, QuerySet

from portal.cases.models import Case, CaseEvent, LedgerAnchor
from portal.cases.steps import clock_of, running_due
from portal.core import chain
from portal.core.wording import cn_date
from portal.holidays.calendars import calendar
from portal.privacy.anchor_keys import is_signed, signing_key

SETTLING = timedelta(minutes=2)


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: in which case, at which event, and what."""

    case: str
    seq: int
    reason: str


def verify_cases(public_id: str | None = None) -> Iterator[Finding]:
    """Findings over all cases, or one: chain, head, state, cached due date."""
    cases = provable_cases().order_by("pk")
    if public_id is not None:
        cases = cases.filter(public_id=public_id)
    for case in cases.iterator(chunk_size=500):
        yield from verify_case(case)


def provable_cases() -> QuerySet[Case]:
    """All cases with what `verify_case` reads of them."""
    events = Prefetch("events", queryset=CaseEvent.objects.order_by("seq"))
    return Case.objects.prefetch_related(events, "clock_entries")


def verify_case(case: Case) -> Iterator[Finding]:
    """What does not hold in one case: chain, head, state, cached due date."""
    log = list(case.events.all())
    for event in log:
        event.case = case
    broken = chain.verify(str(case.public_id), ((e.seq, e.chained_fields(), e.prev, e.digest) for e in log))
    name = str(case)
    if broken is not None:
        yield Finding(name, broken.seq, broken.reason)
        return
    if not log or log[-1].seq != case.last_seq or log[-1].digest != case.last_digest:
        yield Finding(name, case.last_seq, "末事件与台账记录不符")
        return
    if log[-1].to_state != case.state:
        yield Finding(name, case.last_seq, "现状态与事件不符")
    state = clock_of(case, calendar=calendar())
    if state is not None and running_due(case, state) != case.due_on:
        yield Finding(
            name,
            case.last_seq,
            f"到期日缓存{_words(case.due_on)}与计时结果{_words(running_due(case, state))}不符",
        )


def _words(day: date | None) -> str:
    return cn_date(day) if day is not None else "（无）"


def root_through(event_id: int) -> tuple[int, str]:
    """How many cases, and the Merkle root over their last events, counting events up to that id."""
    last = CaseEvent.objects.filter(pk__lte=event_id).order_by().values("case_id").annotate(top=Max("pk"))
    heads = (
        CaseEvent.objects.filter(pk__in=last.values("top"))
        .order_by()
        .values_list("case__public_id", "seq", "digest")
    )
    leaves = sorted(
        hashlib.sha256(f"{public_id} {seq} {digest}".encode()).digest()
        for public_id, seq, digest in heads.iterator(chunk_size=2000)
    )
    count = len(leaves)
    while len(leaves) > 1:
        pairs = zip(leaves[::2], [*leaves[1::2], *([leaves[-1]] if len(leaves) % 2 else [])], strict=True)
        leaves = [hashlib.sha256(left + right).digest() for left, right in pairs]
    return count, leaves[0].hex() if leaves else chain.GENESIS


def _message(at: datetime, through: int, count: int, root: str, prev: str) -> bytes:
    return chain.canonical(
        {"at": at, "through": through, "cases": count, "root": root, "prev": prev}
    ).encode()


def add_anchor(*, at: datetime, settling: timedelta = SETTLING) -> LedgerAnchor | None:
    """Sign the present heads; None if nothing new has settled since the last anchor. AnchorKeyMissing without a key."""
    key = signing_key()
    with transaction.atomic():
        last = LedgerAnchor.objects.order_by("-id").first()
        through = (
            CaseEvent.objects.filter(recorded_at__lte=at - settling).aggregate(top=Max("id"))["top"] or 0
        )
        if through == 0 or (last is not None and through <= last.through_event):
            return None
        count, root = root_through(through)
        prev = last.root if last else chain.GENESIS
        signature = key.sign(_message(at, through, count, root, prev)).hex()
        return LedgerAnchor.objects.create(
            at=at, through_event=through, cases=count, root=root, prev=prev, signature=signature
        )


def verify_anchors() -> Iterator[Finding]:
    """Findings over all anchors: signature, order, and the root computed anew."""
    for anchor in LedgerAnchor.objects.order_by("id"):
        yield from verify_anchor(anchor)


def verify_anchor(anchor: LedgerAnchor) -> Iterator[Finding]:
    """What does not hold of one anchor; nothing more is said of one whose signature is not ours."""
    name = f"锚 {anchor.pk}"
    message = _message(anchor.at, anchor.through_event, anchor.cases, anchor.root, anchor.prev)
    if not is_signed(anchor.signature, message):
        yield Finding(name, 0, "签名无效")
        return
    before = LedgerAnchor.objects.filter(pk__lt=anchor.pk).order_by("-pk").first()
    if anchor.prev != (before.root if before is not None else chain.GENESIS):
        yield Finding(name, 0, "与前一锚的链接不符")
    count, root = root_through(anchor.through_event)
    if (count, root) != (anchor.cases, anchor.root):
        yield Finding(name, 0, "办件或事件被删改（根摘要不符）")
