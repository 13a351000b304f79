"""Proving a restored portal: the event log as verify_ledger does it, every stored file, and the figures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from portal.backup.manifest import Manifest
from portal.backup.state import live_query, read_state
from portal.cases.guards import missing_guards
from portal.cases.ledger import verify_anchors, verify_cases
from portal.files import vault
from portal.files.models import StoredFile


def differences(made: Manifest) -> Iterator[str]:
    """What the live database, as restored, has otherwise than the backup's list says."""
    state = read_state(live_query)
    if (state.head_count, state.heads) != (made.head_count, made.heads):
        yield "the heads of the event log are not those of the backup"
    for table in sorted(set(made.counts) | set(state.counts)):
        before, now = made.counts.get(table, 0), state.counts.get(table, 0)
        if before != now:
            yield f"{table} has {now} rows; the backup has {before}"


def findings() -> Iterator[str]:
    """What does not hold in the live portal: triggers, chains, anchors, files."""
    for name in missing_guards():
        yield f"trigger {name} is missing"
    for finding in chain(verify_cases(), verify_anchors()):
        yield f"{finding.case} event {finding.seq}: {finding.reason}"
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        try:
            size = len(vault.read(stored.sha256))
        except vault.FileDamaged as error:
            yield str(error)
            continue
        if size != stored.size:
            yield f"stored file {stored.sha256[:12]} has {size} bytes; its row says {stored.size}"
