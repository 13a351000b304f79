"""Votes and surveys, from the draft to the result."""
