"""Foundations: plain Python and frozen dataclasses, no Django."""
