"""Proving in slices everything that the log holds a digest of: each app declares its contents in its `proofs.py`.

A round goes over all rows of all proofs by id, `BUDGET_SECONDS` at a time and no longer than a job may run, so that a
city of any size is proven in the course of a night. What does not hold is logged, kept with the round, shown on the
system page and told to the supervisors and the audit administrators, once a round.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.cases.ledger import Finding
from portal.cases.models import LedgerAnchor, ProofRound
from portal.messaging.actions import Recipient, notify
from portal.units.choices import Role
from portal.units.models import Account

log = logging.getLogger("portal.cases")
BUDGET_SECONDS = 20.0
CLAIM = timedelta(seconds=90)
CHUNK = 200
FIRST = 50


@dataclass(frozen=True)
class Proof:
    """One kind of row that is proven: `title` with its measure word ("份文书"), the rows, and what one row lacks.

    `rows` takes the id of the last anchor that an earlier round proved; most have no use for it. `many`
    gives what `findings` gives for a handful of rows at once, by id.
    """

    code: str
    title: str
    rows: Callable[[int], QuerySet[Any]]
    findings: Callable[[Any], Iterator[Finding]]
    many: Callable[[list[Any]], dict[int, list[Finding]]] | None = None


PROOFS: dict[str, Proof] = {}


def declare(*proofs: Proof) -> None:
    """Add proofs; called at import of an app's `proofs` module."""
    for proof in proofs:
        PROOFS[proof.code] = proof


def everything(proven_anchor: int = 0) -> Iterator[Finding]:
    """Findings of all proofs, at one go; for the command line."""
    for proof in PROOFS.values():
        after = 0
        while keys := _next(proof, proven_anchor, after):
            for _, findings in _checked(proof, proven_anchor, keys):
                yield from findings
            after = keys[-1]


def _next(proof: Proof, proven_anchor: int, after: int) -> list[int]:
    rows = proof.rows(proven_anchor).filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:CHUNK])


def _checked(proof: Proof, proven_anchor: int, keys: list[int]) -> Iterator[tuple[int, list[Finding]]]:
    """Each id with what does not hold; a row that cannot be read or understood does not hold either."""
    wanted = proof.rows(proven_anchor).filter(pk__in=keys).order_by("pk")
    try:
        rows: list[Any] = list(wanted)
    except Exception:
        rows = keys
    found: dict[int, list[Finding]] | None = None
    if proof.many is not None and rows is not keys:
        with suppress(Exception):  # then one by one, to know which
            found = proof.many(rows)
    if found is not None:
        yield from ((row.pk, found.get(row.pk, [])) for row in rows)
        return
    for row in rows:
        key = row if isinstance(row, int) else row.pk
        try:
            yield key, list(proof.findings(wanted.get(pk=key) if isinstance(row, int) else row))
        except Exception as error:
            yield key, [Finding(f"第{key}{proof.title}", 0, f"无法核验（{type(error).__name__}）")]


def named_otherwise(table: str, row: str) -> bool:
    """True if a proof that reads this very table has something to say about the row."""
    proofs = [proof for proof in PROOFS.values() if proof.rows(0).model._meta.db_table == table]
    return row.isdigit() and any(
        findings for proof in proofs for _, findings in _checked(proof, 0, [int(row)])
    )


def counts() -> dict[str, int]:
    """How many rows each proof goes over, by title."""
    return {proof.title: proof.rows(0).count() for proof in PROOFS.values()}


def last_finished() -> ProofRound | None:
    """The newest round that came to its end."""
    return ProofRound.objects.filter(finished_at__isnull=False).first()


def begin(*, at: datetime) -> ProofRound:
    """Start a round; one that was left lying is given up in its favour."""
    last = last_finished()
    ProofRound.objects.filter(finished_at__isnull=True).delete()
    return ProofRound.objects.create(started_at=at, last_anchor=last.last_anchor if last is not None else 0)


def go_on(*, at: datetime, budget: float = BUDGET_SECONDS) -> ProofRound | None:
    """Work on the open round for a while; None if there is none or somebody else is at it."""
    opened = ProofRound.objects.filter(finished_at__isnull=True)
    free = opened.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lt=at))
    if not free.update(claimed_until=at + CLAIM):
        return None
    found = opened.first()
    if found is None:
        return None
    ends = time.monotonic() + budget
    while True:
        _slice(found, ends)
        if found.finished_at is not None or time.monotonic() >= ends:
            break
    found.claimed_until = None
    with transaction.atomic():
        found.save()
        if found.finished_at is not None and found.findings:
            _alarm(found, at)
    return found


def _slice(found: ProofRound, ends: float) -> None:
    """The next rows of the present stage, or on to the next stage."""
    proof = list(PROOFS.values())[found.stage]
    keys = _next(proof, found.last_anchor, found.after)
    for key, findings in _checked(proof, found.last_anchor, keys):
        _note(found, findings)
        found.after = key
        found.done[proof.title] = found.done.get(proof.title, 0) + 1
        if proof.many is None and time.monotonic() >= ends:
            return
    if len(keys) == CHUNK:
        return
    found.stage, found.after = found.stage + 1, 0
    if found.stage == len(PROOFS):
        _finish(found)


def _note(found: ProofRound, findings: list[Finding]) -> None:
    for finding in findings:
        log.error(
            "ledger does not hold", extra={"case": finding.case, "seq": finding.seq, "reason": finding.reason}
        )
        found.findings += 1
        found.first = [*found.first, asdict(finding)][:FIRST]


def _finish(found: ProofRound) -> None:
    found.finished_at = timezone.now()
    if not found.findings:
        newest = LedgerAnchor.objects.filter(at__lte=found.started_at).order_by("-pk").first()
        found.last_anchor = newest.pk if newest is not None else found.last_anchor


def _alarm(found: ProofRound, at: datetime) -> None:
    told = Account.objects.filter(
        is_active=True, appointments__role__in=(Role.SUPERVISOR, Role.AUDIT_ADMIN)
    ).distinct()
    for account in told.order_by("pk"):
        notify(
            recipient=Recipient(account_id=account.pk, email=account.email),
            key=f"proof:{found.pk}:{account.pk}",
            subject=f"台账核验发现{found.findings}处不符",
            body="；".join(f"{entry['case']}：{entry['reason']}" for entry in found.first[:3]),
            link="/supervision/system/",
            at=at,
        )
