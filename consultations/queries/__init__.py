"""The readers of public comment on drafts."""

from consultations.queries.comments import (
    clause_counts,
    comments_of,
    find_by_token,
    find_comment,
    group_texts,
    shown_comments,
    tally,
    to_review,
    token_digest,
    undisposed,
)
from consultations.queries.feedback import FeedbackRow, feedback_rows, feedback_totals, list_digests
from consultations.queries.public import find_public, listed, open_now, recently_closed
from consultations.queries.staff import StaffView, find_handled, handled, staff_view
from consultations.queries.terms import feedback_days, period_of, periods
from consultations.queries.texts import (
    clauses_of,
    commented_version,
    content_digest,
    current_version,
    find_clause,
    find_version,
    may_be_target,
    target_choices,
    versions_of,
)

__all__ = [
    "FeedbackRow",
    "StaffView",
    "clause_counts",
    "clauses_of",
    "commented_version",
    "comments_of",
    "content_digest",
    "current_version",
    "feedback_days",
    "feedback_rows",
    "feedback_totals",
    "find_by_token",
    "find_clause",
    "find_comment",
    "find_handled",
    "find_public",
    "find_version",
    "group_texts",
    "handled",
    "list_digests",
    "listed",
    "may_be_target",
    "open_now",
    "period_of",
    "periods",
    "recently_closed",
    "shown_comments",
    "staff_view",
    "tally",
    "target_choices",
    "to_review",
    "token_digest",
    "undisposed",
    "versions_of",
]
