"""Closed lists of online courses (网上培训)."""

from django.db import models

from portal.core.limits import YUXI_SITES

KIND = "course"
BASIS = f"{YUXI_SITES}第十三条第二项"


class State(models.TextChoices):
    """The states of a course; whether it is open is computed from its days."""

    NEW = "new", "未建立"
    DRAFTING = "drafting", "起草中"
    CLEARING = "clearing", "待保密审查"
    REVIEWING = "reviewing", "待签发"
    OFFERED = "offered", "已签发"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"
