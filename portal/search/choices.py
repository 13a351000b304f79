"""Closed lists of the finder."""

from django.db import models


class Chip(models.TextChoices):
    """The channels that answers are sorted into on the page (搜索即服务)."""

    SERVICE = "service", "办事"
    POLICY = "policy", "政策"
    OPEN = "open", "公开"
    TALK = "talk", "互动"
    ANSWER = "answer", "问答"
