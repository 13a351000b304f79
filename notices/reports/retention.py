"""What an error report keeps for a time only: how its writer can be reached."""

from __future__ import annotations

from notices.reports.models import ErrorReport
from portal.cases.retention import closed_contacts
from portal.privacy.retention import declare

declare(
    closed_contacts("report_contacts", "网页纠错人的电子邮箱", rows=ErrorReport, case="pk", of=ErrorReport)
)
