"""Rehearsals that take minutes: `make drill` runs them, the suite does not."""
