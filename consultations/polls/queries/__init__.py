"""The readers of votes and surveys."""

from consultations.polls.queries.entries import entries_of, find_entry, shown_entries
from consultations.polls.queries.keys import (
    is_token,
    link_of,
    origin_of,
    receipt_digest,
    receipt_of,
    token_digest,
    voter_key,
)
from consultations.polls.queries.public import (
    find_public,
    listed,
    open_now,
    own_ballot,
    running_tally,
    sealed_tally,
)
from consultations.polls.queries.staff import (
    BALLOT,
    StaffView,
    ballot_digest,
    ballot_waits,
    content_digest,
    find_handled,
    find_job,
    handled,
    jobs_of,
    staff_view,
    suspects,
)

__all__ = [
    "BALLOT",
    "StaffView",
    "ballot_digest",
    "ballot_waits",
    "content_digest",
    "entries_of",
    "find_entry",
    "find_handled",
    "find_job",
    "find_public",
    "handled",
    "is_token",
    "jobs_of",
    "link_of",
    "listed",
    "open_now",
    "origin_of",
    "own_ballot",
    "receipt_digest",
    "receipt_of",
    "running_tally",
    "sealed_tally",
    "shown_entries",
    "staff_view",
    "suspects",
    "token_digest",
    "voter_key",
]
