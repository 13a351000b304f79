"""Closed lists of public responses to what many write about (办法第九条)."""

from django.db import models

from portal.core.limits import YUXI_SITES

KIND = "response"
BASIS = f"{YUXI_SITES}第九条"


class State(models.TextChoices):
    """The states of a response."""

    NEW = "new", "未交办"
    ORDERED = "ordered", "已交办，待起草"
    DRAFTED = "drafted", "已起草，待送审"
    REVIEWING = "reviewing", "待审核"
    CLEARING = "clearing", "待保密审查"
    APPROVING = "approving", "待签发"
    PUBLISHED = "published", "已公开回应"
    CANCELLED = "cancelled", "已取消"
