"""Pages of votes and surveys."""
