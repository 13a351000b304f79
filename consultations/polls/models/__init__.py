"""Tables of votes and surveys."""

from consultations.polls.models.ballot import (
    Ballot,
    InvalidationJob,
    Participation,
    PollToken,
    Tally,
    VoterMark,
)
from consultations.polls.models.entry import Entry
from consultations.polls.models.poll import Poll

__all__ = ["Ballot", "Entry", "InvalidationJob", "Participation", "Poll", "PollToken", "Tally", "VoterMark"]
