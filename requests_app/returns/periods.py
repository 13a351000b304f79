"""The day by which a report that was sent back is handed in again: who was told of it."""

from __future__ import annotations

from datetime import datetime

from portal.cases.periods import DateMoved, declare_word
from requests_app.returns.actions import tell_again_by
from requests_app.returns.choices import KIND
from requests_app.returns.models import AnnualReturn


def _tell(case: AnnualReturn, change: DateMoved, at: datetime) -> None:
    tell_again_by(case=case, by=change.after, at=at)


declare_word(KIND, _tell)
