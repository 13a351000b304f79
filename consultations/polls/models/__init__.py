"""Tables of votes and surveys."""

from consultations.polls.models.ballot import Ballot, InvalidationJob, Participation, PollToken, Tally
from consultations.polls.models.poll import Poll

__all__ = ["Ballot", "InvalidationJob", "Participation", "Poll", "PollToken", "Tally"]
