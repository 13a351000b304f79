"""The table of error reports."""

from notices.reports.models.report import ErrorReport

__all__ = ["ErrorReport"]
