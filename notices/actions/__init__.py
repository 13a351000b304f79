"""The writers of publishing: a function for each verb."""

from notices.actions.catalogue import load_catalogue, open_topic
from notices.actions.changing import (
    discard_item,
    give_up_revision,
    recall_item,
    reopen_item,
    revise,
)
from notices.actions.drafting import edit_item, open_item, put_structure
from notices.actions.enforcement import explain_period
from notices.actions.files import attach_file, remove_file
from notices.actions.life import (
    index_article,
    publish_item,
    publish_urgently,
    review_after,
    set_validity,
    sweep_index,
    withdraw_item,
)
from notices.actions.review import (
    approve_higher,
    approve_item,
    clear_item,
    drop_item,
    return_item,
    review_item,
    submit_item,
)
from portal.publishing.filechecks import check_file, confirm_file

__all__ = [
    "approve_higher",
    "approve_item",
    "attach_file",
    "check_file",
    "clear_item",
    "confirm_file",
    "discard_item",
    "drop_item",
    "edit_item",
    "explain_period",
    "give_up_revision",
    "index_article",
    "load_catalogue",
    "open_item",
    "open_topic",
    "publish_item",
    "publish_urgently",
    "put_structure",
    "recall_item",
    "remove_file",
    "reopen_item",
    "return_item",
    "review_after",
    "review_item",
    "revise",
    "set_validity",
    "submit_item",
    "sweep_index",
    "withdraw_item",
]
