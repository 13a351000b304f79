"""Phases and the states of an attachment."""

from django.db import models


class Phase(models.TextChoices):
    """The coarse state that inboxes and boards sort by."""

    INTAKE = "intake", "待登记"
    IN_PROGRESS = "in_progress", "办理中"
    PAUSED = "paused", "计时停止"
    CLOSED = "closed", "已办结"


class FileStatus(models.TextChoices):
    """An attachment is in quarantine until it has been checked."""

    QUARANTINED = "quarantined", "待安全检查"
    CLEAN = "clean", "已通过检查"
    REJECTED = "rejected", "未通过检查"
