"""A report that something on a public page is wrong."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from notices.models import Article
from notices.reports.choices import KIND, Origin, Sort, State
from notices.reports.models.steps import ReportSteps
from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import EMAIL, WORDS

PHASES = {State.NEW: Phase.INTAKE, State.FIXED: Phase.CLOSED, State.UNFOUNDED: Phase.CLOSED}


class ErrorReport(ReportSteps, Case):
    """One report. `Case.unit` keeps the page; `page` is its path on this site."""

    page = models.CharField("网页", max_length=300)
    item = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="error_reports", verbose_name="信息"
    )
    sort = models.CharField("问题类型", max_length=10, choices=Sort.choices)
    origin = models.CharField("来源", max_length=8, choices=Origin.choices, default=Origin.PUBLIC)
    text = SealedTextField("问题说明", personal=WORDS)
    email = SealedTextField("电子邮箱", blank=True, personal=EMAIL)
    answer = models.TextField("处理结果", blank=True)
    form_key = models.CharField("表单键", max_length=64, unique=True)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = ("fix_error", "find_no_error", "pass_on_report")

    class Meta:
        verbose_name = "网页纠错"
        verbose_name_plural = "网页纠错"
        constraints = [
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="reports_sort_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="reports_origin_known"),
        ]

    def phase_now(self) -> str:
        """In progress from the report, closed with the answer."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)
