"""The API of disclosure on application."""

from requests_app.api.own import OpinionView, OwnStepView
from requests_app.api.records import RecordArchiveView, RecordFileView, RecordsView
from requests_app.api.staff import CaseView, StepView
from requests_app.api.submit import StatusView, SubmitView

__all__ = [
    "CaseView",
    "OpinionView",
    "OwnStepView",
    "RecordArchiveView",
    "RecordFileView",
    "RecordsView",
    "StatusView",
    "StepView",
    "SubmitView",
]
