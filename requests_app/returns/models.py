"""Annual returns: each unit's with its versions, and the city's."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from portal.cases.choices import Phase
from portal.cases.internal import InternalTerm
from portal.cases.models import Case
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.workdays import WorkdayTerm
from portal.units.choices import Role
from requests_app.returns.choices import BASIS, CITY_KIND, KIND, CityState, State

AGAIN = "重新报送"


class ReturnSteps(InternalTerm):
    """The steps of a unit's return."""

    year: int
    outcome: str

    @step(source=State.NEW, target=State.SUBMITTED, label="报送", basis=BASIS, by=(Role.APPROVER,))
    def submit_return(
        self, *, actor: Actor, at: datetime, sha256: str, broken: int, reason: str, late: bool
    ) -> StepFacts:
        """The unit's leader hands in the report as it stands; what does not hold needs a reason."""
        return self._handed_in(sha256, broken, reason, late)

    @step(source=State.RETURNED, target=State.SUBMITTED, label="重新报送", basis=BASIS, by=(Role.APPROVER,))
    def submit_again(
        self, *, actor: Actor, at: datetime, sha256: str, broken: int, reason: str, late: bool
    ) -> StepFacts:
        """Handed in again; the earlier version is kept."""
        self.clear_internal()
        return self._handed_in(sha256, broken, reason, late)

    def _handed_in(self, sha256: str, broken: int, reason: str, late: bool) -> StepFacts:
        if broken and not reason.strip():
            raise InvalidInput("有恒等式不符，请写明原因", "reason")
        return StepFacts(public={"sha256": sha256, "broken": broken, "reason": reason.strip(), "late": late})

    @step(
        source=(State.SUBMITTED, State.ACCEPTED),
        target=State.RETURNED,
        label="退回修改",
        basis=BASIS,
        by=(Role.SUPERVISOR,),
    )
    def send_back(self, *, actor: Actor, at: datetime, reason: str, again_by: WorkdayTerm) -> StepFacts:
        """The report does not do; the unit hands in again by a day."""
        if not reason.strip():
            raise InvalidInput("请写明退回理由", "reason")
        self.set_internal(again_by, AGAIN)
        return StepFacts(public={"reason": reason.strip(), "again_by": again_by.last})

    @step(source=State.SUBMITTED, target=State.ACCEPTED, label="接受", basis=BASIS, by=(Role.SUPERVISOR,))
    def accept_return(self, *, actor: Actor, at: datetime, sha256: str) -> StepFacts:
        """The report goes into the city's."""
        return StepFacts(public={"sha256": sha256})

    @step(
        source=State.ACCEPTED,
        target=State.PUBLISHED,
        label="公布",
        basis=BASIS,
        by=(Role.APPROVER, Role.SUPERVISOR),
    )
    def publish_return(self, *, actor: Actor, at: datetime, sha256: str) -> StepFacts:
        """Published with the city's."""
        self.outcome = "published"
        return StepFacts(public={"sha256": sha256})

    @step(source=State.PUBLISHED, target=None, label="更正", basis=BASIS, by=(Role.APPROVER,))
    def correct_return(
        self, *, actor: Actor, at: datetime, sha256: str, former: str, reason: str
    ) -> StepFacts:
        """A mistake in a published report: a new version, with a reason that is published with it."""
        return corrected(sha256, former, reason)


def corrected(sha256: str, former: str, reason: str) -> StepFacts:
    """The facts of a correction. Raises InvalidInput without a reason, StepRefused where nothing is changed."""
    if not reason.strip():
        raise InvalidInput("请写明更正理由，理由会一并公布", "reason")
    if sha256 == former:
        raise StepRefused("内容与已公布的报告相同，没有需要更正的。")
    return StepFacts(public={"sha256": sha256, "former": former, "reason": reason.strip()})


class AnnualReturn(ReturnSteps, Case):
    """A unit's report on one year; what was handed in stands in its versions."""

    year = models.PositiveSmallIntegerField("年度")
    # The unit again, so that the database can hold one return of a unit and year.
    reporter = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="报送机关")

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = ("submit_again", "accept_return", "send_back")

    class Meta:
        verbose_name = "年度报告报送"
        verbose_name_plural = "年度报告报送"
        constraints = [
            models.UniqueConstraint(fields=["reporter", "year"], name="returns_once_a_year"),
        ]

    def phase_now(self) -> str:
        """Closed when it is public."""
        return Phase.CLOSED if self.state == State.PUBLISHED else Phase.IN_PROGRESS


class ReturnVersion(models.Model):
    """What was handed in once; never changed."""

    of = models.ForeignKey(AnnualReturn, models.PROTECT, related_name="versions", verbose_name="报送")
    number = models.PositiveSmallIntegerField("版次")
    data = models.JSONField("内容")
    sha256 = models.CharField("摘要", max_length=64)
    reason = models.CharField("不符的原因", max_length=500, blank=True)
    correction = models.CharField("更正理由", max_length=300, blank=True)
    at = models.DateTimeField("报送时间")

    class Meta:
        ordering = ["-number"]
        verbose_name = "报送版本"
        verbose_name_plural = "报送版本"
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="returns_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.of} 第{self.number}版"


class CitySteps:
    """The steps of the city's report."""

    outcome: str

    @step(source=CityState.NEW, target=CityState.MERGED, label="汇总", basis=BASIS, by=(Role.SUPERVISOR,))
    def merge_report(
        self, *, actor: Actor, at: datetime, sha256: str, merged: int, missing: list[str]
    ) -> StepFacts:
        """The accepted returns added up."""
        return StepFacts(public={"sha256": sha256, "merged": merged, "missing": missing})

    @step(
        source=CityState.MERGED,
        target=CityState.MERGED,
        label="重新汇总",
        basis=BASIS,
        by=(Role.SUPERVISOR,),
    )
    def merge_again(
        self, *, actor: Actor, at: datetime, sha256: str, merged: int, missing: list[str]
    ) -> StepFacts:
        """Added up again, after another unit handed in."""
        return StepFacts(public={"sha256": sha256, "merged": merged, "missing": missing})

    @step(
        source=CityState.MERGED,
        target=CityState.PUBLISHED,
        label="公布",
        basis=BASIS,
        by=(Role.APPROVER,),
    )
    def publish_report(
        self,
        *,
        actor: Actor,
        at: datetime,
        sha256: str,
        missing: list[str],
        broken: int,
        reason: str,
    ) -> StepFacts:
        """Public; units that are not in it or identities that do not hold need a reason, which is printed."""
        if (missing or broken) and not reason.strip():
            raise InvalidInput(
                "还有机关没有汇入，或者恒等式不符，请写明原因，原因会一并公布", "missing_reason"
            )
        self.outcome = "published"
        return StepFacts(public={"sha256": sha256, "missing": missing, "reason": reason.strip()})

    @step(source=CityState.PUBLISHED, target=None, label="更正", basis=BASIS, by=(Role.APPROVER,))
    def correct_report(
        self, *, actor: Actor, at: datetime, sha256: str, former: str, missing: list[str], reason: str
    ) -> StepFacts:
        """Added up again after units corrected theirs or came late; the former version is kept."""
        facts = corrected(sha256, former, reason)
        return StepFacts(public={**facts.public, "missing": missing})


class CityReport(CitySteps, Case):
    """The city's report on one year: the sum of the accepted returns with the city's own texts."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    data = models.JSONField("内容")
    sha256 = models.CharField("摘要", max_length=64)
    missing = models.JSONField("未报送的机关", default=list)
    missing_reason = models.CharField("未报送的原因", max_length=500, blank=True)
    published_on = models.DateField("公布日期", null=True)

    KIND: ClassVar[str] = CITY_KIND
    STATES: ClassVar[type[models.TextChoices]] = CityState
    VERB_ORDER: ClassVar[tuple[str, ...]] = ("merge_again", "publish_report")

    class Meta:
        verbose_name = "全市年度报告"
        verbose_name_plural = "全市年度报告"

    def phase_now(self) -> str:
        """Closed when it is public."""
        return Phase.CLOSED if self.state == CityState.PUBLISHED else Phase.IN_PROGRESS


class CityVersion(models.Model):
    """The city's report as it was public before a correction; never changed."""

    of = models.ForeignKey(CityReport, models.PROTECT, related_name="versions", verbose_name="全市报告")
    number = models.PositiveSmallIntegerField("版次")
    data = models.JSONField("内容")
    sha256 = models.CharField("摘要", max_length=64)
    correction = models.CharField("更正理由", max_length=300)
    at = models.DateTimeField("更正时间")

    class Meta:
        ordering = ["-number"]
        verbose_name = "全市报告原版本"
        verbose_name_plural = "全市报告原版本"
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="returns_city_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.of} 第{self.number}版"
