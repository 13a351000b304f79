"""Tables of the letter box."""

from mailbox.models.handling import Assignment, ExtensionRequest, NamedReader, Supplement
from mailbox.models.letter import Letter
from mailbox.models.mail import MailedLetter
from mailbox.models.rating import Rating, RatingInvitation
from mailbox.models.release import PublishedLetter
from mailbox.models.reply import AnswerTemplate, Reply
from mailbox.models.terms import Reminder, Term

__all__ = [
    "AnswerTemplate",
    "Assignment",
    "ExtensionRequest",
    "Letter",
    "MailedLetter",
    "NamedReader",
    "PublishedLetter",
    "Rating",
    "RatingInvitation",
    "Reminder",
    "Reply",
    "Supplement",
    "Term",
]
