"""The writers of public comment on drafts: a function for each verb."""

from consultations.actions.closing import close, close_ended, index_begun
from consultations.actions.commenting import Commented, comment, enter_comment, withdraw_comment
from consultations.actions.desk import (
    announce,
    clear_draft,
    recall_draft,
    return_draft,
    review_draft,
    submit_draft,
)
from consultations.actions.disposing import dispose, dispose_alike
from consultations.actions.drafting import attach_paper, edit_draft, open_draft, remove_paper
from consultations.actions.feedback import (
    clear_feedback,
    feed_back,
    index_consultation,
    return_feedback,
    review_feedback,
    submit_feedback,
    tell_writers,
)
from consultations.actions.moderating import group_comment, moderate
from consultations.actions.running import cancel, prolong
from consultations.actions.texts import add_version, read_upload, remove_version
from portal.publishing.filechecks import confirm_file

__all__ = [
    "Commented",
    "add_version",
    "announce",
    "attach_paper",
    "cancel",
    "clear_draft",
    "clear_feedback",
    "close",
    "close_ended",
    "comment",
    "confirm_file",
    "dispose",
    "dispose_alike",
    "edit_draft",
    "enter_comment",
    "feed_back",
    "group_comment",
    "index_begun",
    "index_consultation",
    "moderate",
    "open_draft",
    "prolong",
    "read_upload",
    "recall_draft",
    "remove_paper",
    "remove_version",
    "return_draft",
    "return_feedback",
    "review_draft",
    "review_feedback",
    "submit_draft",
    "submit_feedback",
    "tell_writers",
    "withdraw_comment",
]
