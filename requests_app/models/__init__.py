"""Tables of disclosure on application."""

from requests_app.models.correction import CorrectionNotice
from requests_app.models.draft import DraftFile, RequestDraft
from requests_app.models.extension import ExtensionRequest
from requests_app.models.reply import Reply
from requests_app.models.request import DisclosureRequest

__all__ = ["CorrectionNotice", "DisclosureRequest", "DraftFile", "ExtensionRequest", "Reply", "RequestDraft"]
