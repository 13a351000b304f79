"""Closed lists of reports of errors on public pages (我要纠错)."""

from django.db import models

from portal.core.limits import YUXI_SITES

KIND = "error_report"
BASIS = f"{YUXI_SITES}第十一条；国办秘函〔2019〕19号"


class Sort(models.TextChoices):
    """What is wrong."""

    WORDS = "words", "错别字、表述不当"
    FACTS = "facts", "内容与事实不符"
    OUTDATED = "outdated", "信息过时、未更新"
    LINK = "link", "链接、附件打不开"
    PRIVATE = "private", "泄露个人信息"
    OTHER = "other", "其他"


class Origin(models.TextChoices):
    """Who found it."""

    PUBLIC = "public", "公众纠错"
    DUTY = "duty", "值班读网"


class State(models.TextChoices):
    """The states of a report."""

    NEW = "new", "未提交"
    REPORTED = "reported", "待处理"
    FIXED = "fixed", "已更正"
    UNFOUNDED = "unfounded", "经核无误"
