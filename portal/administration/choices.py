"""Closed lists of the administrators' room."""

from django.db import models


class Act(models.TextChoices):
    """What an administrator did."""

    NOTICE = "notice", "录入放假安排"
    RULE = "rule", "修改期限或者规则"
    UNIT = "unit", "修改机构资料"
    APPOINT = "appoint", "任职"
    END = "end", "终止任职"
    HOLD = "hold", "暂缓清除"
    LIFT = "lift", "解除暂缓清除"
    ERASE = "erase", "立即清除到期数据"
    REVIVE = "revive", "重新办理任务"
    DROP = "drop", "放弃任务"
    WAKE = "wake", "恢复账号"
