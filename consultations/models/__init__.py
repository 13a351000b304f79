"""Tables of public comment on drafts."""

from consultations.models.comment import Comment, CommentGroup, Disposition
from consultations.models.consultation import PublicConsultation
from consultations.models.terms import ConsultationTerm, HeldWords
from consultations.models.version import Clause, ClauseChange, DraftVersion

__all__ = [
    "Clause",
    "ClauseChange",
    "Comment",
    "CommentGroup",
    "ConsultationTerm",
    "Disposition",
    "DraftVersion",
    "HeldWords",
    "PublicConsultation",
]
