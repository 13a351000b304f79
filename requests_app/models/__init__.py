"""Tables of disclosure on application."""

from requests_app.models.after import (
    AfterPaymentRule,
    CaseArchive,
    Delivery,
    RecordFix,
    Remedy,
    ReviewFirst,
    Satisfaction,
)
from requests_app.models.annual import AnnualFigure, AnnualText
from requests_app.models.correction import CorrectionNotice
from requests_app.models.draft import DraftFile, RequestDraft
from requests_app.models.extension import ExtensionRequest
from requests_app.models.fee import FeeNotice
from requests_app.models.former import FormerApplicant
from requests_app.models.parties import Consultation, OpinionFile
from requests_app.models.reply import Reply, ReplyItem, SearchRecord
from requests_app.models.request import DisclosureRequest
from requests_app.models.volume import ReasonsInquiry

__all__ = [
    "AfterPaymentRule",
    "AnnualFigure",
    "AnnualText",
    "CaseArchive",
    "Consultation",
    "CorrectionNotice",
    "Delivery",
    "DisclosureRequest",
    "DraftFile",
    "ExtensionRequest",
    "FeeNotice",
    "FormerApplicant",
    "OpinionFile",
    "ReasonsInquiry",
    "RecordFix",
    "Remedy",
    "Reply",
    "ReplyItem",
    "RequestDraft",
    "ReviewFirst",
    "Satisfaction",
    "SearchRecord",
]
