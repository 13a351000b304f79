"""What a hearing keeps for a time only: how those who signed up can be reached."""

from __future__ import annotations

from consultations.hearings.models import Hearing, SignUp
from portal.cases.retention import closed_contacts
from portal.privacy.retention import declare

declare(
    closed_contacts("hearing_contacts", "听证会报名人的电话、邮箱", rows=SignUp, case="hearing", of=Hearing)
)
