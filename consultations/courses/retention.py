"""What a course keeps for a time only: the names of the learners. That somebody took part and passed stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from consultations.courses.models import Course, Enrolment
from portal.cases.retention import closed_before
from portal.privacy.retention import RetentionRule, blank, declare

NAME_DAYS = 365
SOURCE = "内部管理要求，待核"


def _names(at: datetime) -> QuerySet[Any]:
    return Enrolment.objects.filter(course__in=closed_before(Course, at, NAME_DAYS)).exclude(name="")


declare(
    RetentionRule(
        code="course_names",
        title="培训学员姓名",
        keep=f"培训结束后{NAME_DAYS}日",
        source=SOURCE,
        overdue=_names,
        erase=blank(name=""),
    ),
)
