"""Kinds of day that a notice names."""

from django.db import models


class DayRole(models.TextChoices):
    """A day off, or a weekend day that is worked."""

    OFF = "off", "放假"
    WORK = "work", "上班（调休）"
