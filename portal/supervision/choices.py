"""Closed lists of supervision (办法第二十四条; 制度第十四条、第十六条)."""

from django.db import models

from portal.core.limits import YUXI_RULES, YUXI_SITES

KIND = "supervision_order"
ASSESSMENT = "assessment"
PANEL = "panel"
BASIS = f"{YUXI_SITES}第二十四条；{YUXI_RULES}第十六条"


class Sort(models.TextChoices):
    """What the supervisor asks for."""

    REMIND = "remind", "催办"
    SUPERVISE = "supervise", "督办"
    CORRECT = "correct", "责令改正"


class State(models.TextChoices):
    """The states of an order."""

    NEW = "new", "未发出"
    ISSUED = "issued", "待报告"
    REPORTED = "reported", "已报告，待核"
    CLOSED = "closed", "已办结"
    RECALLED = "recalled", "已撤回"


class AssessmentState(models.TextChoices):
    """The states of an assessment."""

    NEW = "new", "未计算"
    OPEN = "open", "征求意见中"
    PUBLISHED = "published", "已公布"


class PanelState(models.TextChoices):
    """The states of a panel that judges replies."""

    NEW = "new", "未抽取"
    MARKING = "marking", "评分中"
    CLOSED = "closed", "已结束"


PAPERS = {Sort.SUPERVISE: "supervision_order", Sort.CORRECT: "correction_order"}
EVENTS = {
    Sort.REMIND: "remind_by_supervisor",
    Sort.SUPERVISE: "supervise_by_supervisor",
    Sort.CORRECT: "order_correction",
}
LABELS = {
    "remind_by_supervisor": "监督部门催办",
    "supervise_by_supervisor": "监督部门督办",
    "order_correction": "监督部门责令改正",
}
