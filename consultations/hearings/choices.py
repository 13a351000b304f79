"""Closed lists of hearings (听证会)."""

from django.db import models

KIND = "hearing"
DECISIONS = "《重大行政决策程序暂行条例》（国务院令第713号）"
RULES = "《规章制定程序条例》（国务院令第695号）"
BASIS = f"{DECISIONS}第十六条"


class Subject(models.TextChoices):
    """What the hearing is about; the lead times depend on it."""

    RULES = "rules", "规章草案"
    DECISION = "decision", "重大行政决策"
    OTHER = "other", "其他事项"


class State(models.TextChoices):
    """The states of a hearing; whether sign-up is open is computed from its days."""

    NEW = "new", "未建立"
    DRAFTING = "drafting", "起草中"
    REVIEWING = "reviewing", "待审核"
    APPROVING = "approving", "待签发"
    ANNOUNCED = "announced", "已公告"
    DRAWN = "drawn", "已抽选参加人"
    HELD = "held", "已举行，待公布报告"
    REPORT_CLEARING = "report_clearing", "报告待保密审查"
    REPORT_APPROVING = "report_approving", "报告待签发"
    REPORTED = "reported", "已公布报告"
    CANCELLED = "cancelled", "已取消"


class Place(models.TextChoices):
    """What the draw gave somebody."""

    WAITING = "waiting", "待抽选"
    SEAT = "seat", "听证参加人"
    SUBSTITUTE = "substitute", "候补"
    WITHDRAWN = "withdrawn", "已退出"


PUBLIC_STATES = (
    State.ANNOUNCED,
    State.DRAWN,
    State.HELD,
    State.REPORT_CLEARING,
    State.REPORT_APPROVING,
    State.REPORTED,
    State.CANCELLED,
)
DRAWN_STATES = (
    State.DRAWN,
    State.HELD,
    State.REPORT_CLEARING,
    State.REPORT_APPROVING,
    State.REPORTED,
)
