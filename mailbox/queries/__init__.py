"""The readers of the letter box, always scoped by who is asking."""

from mailbox.queries.choosing import (
    answering_units,
    assisting_parts,
    is_possible_leader,
    possible_readers,
    templates_for,
)
from mailbox.queries.citizen import WriterView, may_object, public_state, writer_view
from mailbox.queries.clock import round_clock
from mailbox.queries.drafting import contributions, reply_of_round, starting_text, template_of
from mailbox.queries.ratings import RatingSummary, rating_summary
from mailbox.queries.scope import (
    assisting,
    awaiting_supervision,
    find_document,
    find_file,
    find_handled,
    find_invitation,
    find_visible,
    handled,
    hash_token,
    in_office,
    invitation_of,
    is_handled_by,
    mailbox_office,
    may_know_writer,
    own_letters,
    supervised,
)
from mailbox.queries.staff import (
    REVEALABLE,
    StaffView,
    asked_of,
    files_for,
    papers_for,
    staff_view,
)
from mailbox.queries.terms import ladder, term, terms

__all__ = [
    "REVEALABLE",
    "RatingSummary",
    "StaffView",
    "WriterView",
    "answering_units",
    "asked_of",
    "assisting",
    "assisting_parts",
    "awaiting_supervision",
    "contributions",
    "files_for",
    "find_document",
    "find_file",
    "find_handled",
    "find_invitation",
    "find_visible",
    "handled",
    "hash_token",
    "in_office",
    "invitation_of",
    "is_handled_by",
    "is_possible_leader",
    "ladder",
    "mailbox_office",
    "may_know_writer",
    "may_object",
    "own_letters",
    "papers_for",
    "possible_readers",
    "public_state",
    "rating_summary",
    "reply_of_round",
    "round_clock",
    "staff_view",
    "starting_text",
    "supervised",
    "template_of",
    "templates_for",
    "term",
    "terms",
    "writer_view",
]
