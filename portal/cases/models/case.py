"""The docket row that everything with a lifecycle has."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField, FSMModelMixin

from portal.cases.choices import Phase
from portal.core.actors import Actor
from portal.units.access import is_supervisor, units_of
from portal.units.models import Unit

LIST_COLUMNS = (
    "public_id", "kind", "number", "title", "state", "phase", "due_on", "due_provisional", "internal_due_on", "internal_due_for", "received_on", "closed_on", "created_at",
    "unit__short_name", "officer__display_name", "officer__email",
)  # fmt: skip


class CaseQuerySet(models.QuerySet["Case"]):
    """Readers of the docket, scoped by who is asking."""

    def update(self, **fields: Any) -> int:
        """As usual, but the state and the due date change only through steps."""
        guarded = {"state", "phase", "due_on", "act_by", "version", "last_seq", "last_digest"} & set(fields)
        if guarded:
            raise TypeError(f"{', '.join(sorted(guarded))} change only through take_step()")
        return super().update(**fields)

    def visible_to(self, actor: Actor, granted: frozenset[uuid.UUID] = frozenset()) -> Self:
        """The cases that the actor may see: own, handled by own unit, all for a supervisor, or granted by code."""
        if is_supervisor(actor):
            return self
        allowed = Q(public_id__in=granted) if granted else Q(pk__in=[])
        if actor.is_staff:
            allowed |= Q(unit_id__in=units_of(actor))
        if actor.account_id is not None:
            allowed |= Q(applicant_id=actor.account_id)
        return self.filter(allowed)

    def handled_by(self, actor: Actor) -> Self:
        """The cases of the units in which the actor works; one unit is asked for by =, which keeps the index's order."""
        units = units_of(actor)
        if len(units) == 1:
            return self.filter(unit_id=next(iter(units)))
        return self.filter(unit_id__in=units)

    def open(self) -> Self:
        """Cases that are not closed; asked by the day of closing, which the partial indexes know without a parameter."""
        return self.filter(closed_on__isnull=True)

    def overdue(self, today: date) -> Self:
        """Open cases whose due date lies before today; derived, never stored."""
        return self.open().filter(due_on__lt=today)

    def for_lists(self) -> Self:
        """No more columns than a line of a list shows."""
        return self.select_related("unit", "officer").only(*LIST_COLUMNS)

    def due_first(self) -> Self:
        """What has to be done first comes first, internal dates counted; cases without a date come last, oldest first."""
        return self.order_by(models.F("act_by").asc(nulls_last=True), "id")


class Case(FSMModelMixin, models.Model):
    """One matter that somebody brought and a unit answers for.

    `due_on` is a cache of the clock's fold, `internal_due_on` a shorter date of the house's own (registration,
    the three-day answer) of `internal_days` working days after `internal_since`, `act_by` the earlier of the two. `version` grows by one with every step. Each app adds its own
    table to this one (multi-table inheritance) with the transitions.
    """

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("业务", max_length=30)
    number = models.CharField("编号", max_length=30, null=True, unique=True)
    title = models.CharField("标题", max_length=160)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name="承办机关")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_cases",
        verbose_name="经办人",
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="own_cases",
        verbose_name="申请人账号",
    )
    state = FSMField("状态", max_length=30, protected=True)
    phase = models.CharField("阶段", max_length=12, choices=Phase.choices, default=Phase.INTAKE)
    received_on = models.DateField("收到日", null=True, blank=True)
    due_on = models.DateField("到期日", null=True, blank=True)
    due_provisional = models.BooleanField("到期日为暂定", default=False)
    internal_due_on = models.DateField("内部期限", null=True, blank=True)
    internal_due_for = models.CharField("内部期限事由", max_length=20, blank=True)
    internal_since = models.DateField("内部期限起算日", null=True, blank=True)
    internal_days = models.PositiveSmallIntegerField("内部期限工作日数", default=0)
    act_by = models.DateField("最早须办日", null=True, blank=True)
    closed_on = models.DateField("办结日", null=True, blank=True)
    outcome = models.CharField("结果", max_length=30, blank=True)
    code_hash = models.CharField("查询码摘要", max_length=64, blank=True)
    version = models.PositiveIntegerField("版本", default=0)
    last_seq = models.PositiveIntegerField("末事件序号", default=0)
    last_digest = models.CharField("末事件摘要", max_length=64, blank=True)
    created_at = models.DateTimeField("提交时间")

    objects = CaseQuerySet.as_manager()

    # Each app's model names its kind and its states; a new case begins in STATES.NEW.
    KIND: ClassVar[str] = ""
    STATES: ClassVar[type[models.TextChoices] | None] = None

    class Meta:
        ordering = ["id"]
        verbose_name = "办件"
        verbose_name_plural = "办件"
        indexes = [
            models.Index(
                fields=["unit", "act_by", "id"], name="cases_inbox", condition=Q(closed_on__isnull=True)
            ),
            models.Index(fields=["act_by", "id"], name="cases_board", condition=Q(closed_on__isnull=True)),
            models.Index(fields=["applicant", "-id"], name="cases_mine"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="cases_case_phase_known"),
            models.CheckConstraint(
                condition=Q(phase=Phase.CLOSED, closed_on__isnull=False)
                | (~Q(phase=Phase.CLOSED) & Q(closed_on__isnull=True)),
                name="cases_case_closed_has_day",
            ),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.STATES is None:
            return
        if not self.kind:
            self.kind = self.KIND
        if not self.state and not args:
            self.__dict__["state"] = self.STATES["NEW"]

    def __str__(self) -> str:
        return self.number or str(self.public_id)

    def phase_now(self) -> str:
        """The phase that belongs to the state; each app's model says which."""
        raise NotImplementedError

    def concerns_applicant(self, kind: str, facts: Mapping[str, Any]) -> bool:
        """True if an event of that kind with those facts is the applicant's business; each app says which are."""
        return True

    def state_label(self) -> str:
        """The state in Chinese."""
        if self.STATES is None:
            raise NotImplementedError
        return str(self.STATES(self.state).label)

    @property
    def law_day(self) -> date:
        """The day whose law the case keeps to its end, through extension and correction: of receipt, until then of submission."""
        return self.received_on or timezone.localdate(self.created_at)

    @property
    def is_open(self) -> bool:
        """True until the case is closed."""
        return self.phase != Phase.CLOSED
