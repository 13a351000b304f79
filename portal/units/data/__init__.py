"""The organisation as data."""
