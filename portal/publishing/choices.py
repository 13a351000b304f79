"""Words of the review desk."""

from django.db import models


class ReviewStep(models.TextChoices):
    """The steps of a review; each is signed by another person."""

    DRAFT = "draft", "拟稿"
    REVIEW = "review", "审核"
    SECRECY = "secrecy", "保密审查"
    LEADER = "leader", "分管领导审定"
    APPROVE = "approve", "签发"


class Verdict(models.TextChoices):
    """What a reviewer says."""

    PASS = "pass", "同意"
    RETURN = "return", "退回修改"


class ReleaseState(models.TextChoices):
    """The life of a public copy."""

    PROPOSED = "proposed", "待保密审查"
    CLEARED = "cleared", "待发布"
    PUBLISHED = "published", "已公开"
    REJECTED = "rejected", "未予公开"
    RETRACTED = "retracted", "已撤下"


# A public copy that nothing comes of any more: another one may be proposed.
ENDED = (ReleaseState.REJECTED, ReleaseState.RETRACTED)
