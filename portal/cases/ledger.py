"""Proving the log: chains, heads, clocks, numbers, and signed anchors over all heads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Prefetch

from portal.cases.models import Case, CaseEvent, LedgerAnchor
from portal.cases.steps import clock_of
from portal.core import chain
from portal.holidays.calendars import calendar

SETTLING = timedelta(minutes=2)


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: in which case, at which event, and what."""

    case: str
    seq: int
    reason: str


def verify_cases(public_id: str | None = None) -> Iterator[Finding]:
    """Findings over all cases, or one: chain, head, state, cached due date."""
    days = calendar()
    events = Prefetch("events", queryset=CaseEvent.objects.order_by("seq"))
    cases = Case.objects.prefetch_related(events, "clock_entries").order_by("pk")
    if public_id is not None:
        cases = cases.filter(public_id=public_id)
    for case in cases.iterator(chunk_size=500):
        yield from _verify_case(case, days)


def _verify_case(case: Case, days: object) -> Iterator[Finding]:
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
    state = clock_of(case, calendar=days)  # type: ignore[arg-type]  # typed where it is used
    if state is not None and state.due_on != case.due_on:
        yield Finding(name, case.last_seq, f"到期日缓存 {case.due_on} 与计时结果 {state.due_on} 不符")


def _signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(settings.PORTAL_ANCHOR_KEY.encode()).digest())


def root_through(event_id: int) -> tuple[int, str]:
    """How many cases, and the Merkle root over their last events, counting events up to that id."""
    heads = (
        CaseEvent.objects.filter(pk__lte=event_id)
        .order_by("case__public_id", "-seq")
        .values_list("case__public_id", "seq", "digest")
    )
    leaves: list[bytes] = []
    previous = None
    for public_id, seq, digest in heads.iterator(chunk_size=2000):
        if public_id != previous:
            leaves.append(hashlib.sha256(f"{public_id} {seq} {digest}".encode()).digest())
            previous = public_id
    leaves.sort()
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
    """Sign the present heads; None if nothing new has settled since the last anchor."""
    with transaction.atomic():
        last = LedgerAnchor.objects.order_by("-id").first()
        through = (
            CaseEvent.objects.filter(recorded_at__lte=at - settling).aggregate(top=Max("id"))["top"] or 0
        )
        if through == 0 or (last is not None and through <= last.through_event):
            return None
        count, root = root_through(through)
        prev = last.root if last else chain.GENESIS
        signature = _signing_key().sign(_message(at, through, count, root, prev)).hex()
        return LedgerAnchor.objects.create(
            at=at, through_event=through, cases=count, root=root, prev=prev, signature=signature
        )


def verify_anchors() -> Iterator[Finding]:
    """Findings over all anchors: signature, order, and the root computed anew."""
    public = _signing_key().public_key()
    prev = chain.GENESIS
    for anchor in LedgerAnchor.objects.order_by("id"):
        name = f"锚 {anchor.pk}"
        message = _message(anchor.at, anchor.through_event, anchor.cases, anchor.root, anchor.prev)
        try:
            public.verify(bytes.fromhex(anchor.signature), message)
        except (InvalidSignature, ValueError):
            yield Finding(name, 0, "签名无效")
            continue
        if anchor.prev != prev:
            yield Finding(name, 0, "与前一锚的链接不符")
        count, root = root_through(anchor.through_event)
        if (count, root) != (anchor.cases, anchor.root):
            yield Finding(name, 0, "办件或事件被删改（根摘要不符）")
        prev = anchor.root
