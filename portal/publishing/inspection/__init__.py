"""Looking into a file before it is published, and making the copy that is published instead of it.

Bytes in, findings out. What is in a file but not on its pages is found exactly: old revisions, covered or
invisible text, comments, properties, hidden sheets. Seals, red headers and the like are only guessed, and
a person must look (管理办法第七条): no finding is no proof that there is none.
"""

from portal.publishing.inspection.findings import CannotRegenerate, FileFinding, Inspection
from portal.publishing.inspection.gate import Outcome, Passage, let_out
from portal.publishing.inspection.inspecting import inspect
from portal.publishing.inspection.pdf_pages import page_count
from portal.publishing.inspection.regenerating import Regenerated, regenerate

__all__ = [
    "CannotRegenerate",
    "FileFinding",
    "Inspection",
    "Outcome",
    "Passage",
    "Regenerated",
    "inspect",
    "let_out",
    "page_count",
    "regenerate",
]
