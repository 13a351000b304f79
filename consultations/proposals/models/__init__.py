"""Tables of topics and suggestions."""

from consultations.proposals.models.topic import ProposalTopic, Suggestion, Support

__all__ = ["ProposalTopic", "Suggestion", "Support"]
