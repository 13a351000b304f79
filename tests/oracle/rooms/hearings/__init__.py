"""Hearings, from the notice to the report."""
