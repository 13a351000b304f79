"""What a public consultation keeps for a time only: how those who commented can be reached."""

from __future__ import annotations

from consultations.models import Comment, PublicConsultation
from portal.cases.retention import closed_contacts
from portal.privacy.retention import declare

declare(
    closed_contacts(
        "comment_contacts", "提意见人的电子邮箱", rows=Comment, case="consultation", of=PublicConsultation
    )
)
