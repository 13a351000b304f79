"""Who may do what, where, and from when to when."""

from __future__ import annotations

from datetime import date

from django.db import models

from portal.units.choices import ADMIN_ROLES, Role
from portal.units.models.account import Account
from portal.units.models.unit import Unit


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Who holds what, by the day."""

    def in_force(self, on: date) -> AppointmentQuerySet:
        """The terms that run on that day, the last day included."""
        return self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on), starts_on__lte=on)


class Appointment(models.Model):
    """One account holds one role in one unit; `ends_on` is its last day. A later term is a row of its own.

    `stands_in_for`: not the account's own role but that of a colleague who is away in these days (代理).

    No account ever holds two of the three administrator roles (等保2.0 三权分立): a database rule.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments", verbose_name="账号")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments", verbose_name="机构")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日", null=True, blank=True)
    stands_in_for = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="stood_in_by", verbose_name="代理"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["unit_id", "role", "id"]
        verbose_name = "任职"
        verbose_name_plural = "任职"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "unit", "role", "starts_on"], name="units_appointment_begins_once"
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(role__in=[role.value for role in ADMIN_ROLES]),
                name="units_appointment_one_admin_role",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="units_appointment_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="units_appointment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.unit} · {self.get_role_display()}"
