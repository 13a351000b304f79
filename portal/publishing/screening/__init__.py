"""Looking for personal data before anything is released.

Two rules. Any value that the case itself holds in sealed fields blocks the release: for a case's own
people nothing is left to chance. Beyond that, patterns find what looks like somebody's: a valid check
digit blocks, a likely one warns. A heuristic that holds for a person, never proof of absence.
"""

from portal.publishing.screening.findings import BLOCK, WARN, Finding
from portal.publishing.screening.folding import flatten
from portal.publishing.screening.refusing import demand_word, refuse_personal
from portal.publishing.screening.scan import screen

__all__ = ["BLOCK", "WARN", "Finding", "demand_word", "flatten", "refuse_personal", "screen"]
