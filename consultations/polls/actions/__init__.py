"""The writers of votes and surveys: a function for each verb."""

from consultations.polls.actions.counting import (
    close_ended,
    count_poll,
    count_running,
    index_poll,
    publish_result,
)
from consultations.polls.actions.desk import (
    approve_poll,
    cancel_poll,
    clear_poll,
    recall_poll,
    return_poll,
    review_poll,
    submit_poll,
)
from consultations.polls.actions.drafting import (
    edit_poll,
    make_token_letters,
    make_tokens,
    move_question,
    open_poll,
    put_question,
    remove_question,
)
from consultations.polls.actions.entries import (
    Sent,
    clear_ballot,
    compose_ballot,
    return_ballot,
    review_ballot,
    review_entry,
    sign_ballot,
    submit_entry,
)
from consultations.polls.actions.fraud import (
    confirm_invalidation,
    propose_invalidation,
    revoke_invalidation,
)
from consultations.polls.actions.voting import Voted, Voter, vote

__all__ = [
    "Sent",
    "Voted",
    "Voter",
    "approve_poll",
    "cancel_poll",
    "clear_ballot",
    "clear_poll",
    "close_ended",
    "compose_ballot",
    "confirm_invalidation",
    "count_poll",
    "count_running",
    "edit_poll",
    "index_poll",
    "make_token_letters",
    "make_tokens",
    "move_question",
    "open_poll",
    "propose_invalidation",
    "publish_result",
    "put_question",
    "recall_poll",
    "remove_question",
    "return_ballot",
    "return_poll",
    "review_ballot",
    "review_entry",
    "review_poll",
    "revoke_invalidation",
    "sign_ballot",
    "submit_entry",
    "submit_poll",
    "vote",
]
