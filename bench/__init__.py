"""Measured speed beside its references."""
