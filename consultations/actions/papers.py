"""The paper of the feedback: issued with the table, issued anew when words of it are taken down."""

from __future__ import annotations

from datetime import datetime

from consultations import letters
from consultations.models import PublicConsultation
from consultations.queries import feedback_rows, feedback_totals
from portal.core.actors import Actor
from portal.documents.actions import issue, void
from portal.documents.models import DocumentStatus, OfficialDocument

KIND = "consultation_feedback"


def issue_feedback_paper(case: PublicConsultation, actor: Actor, at: datetime) -> None:
    """Issue the table as a paper; one issued before is void, and no longer public."""
    for paper in OfficialDocument.objects.filter(case_id=case.pk, kind=KIND).exclude(
        status=DocumentStatus.VOID
    ):
        void(document=paper, reason="部分内容已撤下，另行制发")
    facts = letters.feedback(case, feedback_rows(case), feedback_totals(case))
    issue(case, KIND, unit=case.unit, actor=actor, at=at, facts=facts)
