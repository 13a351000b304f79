"""Forms of votes and surveys."""
