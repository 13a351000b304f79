"""Closed lists of topics on which the public makes suggestions (建言献策)."""

from django.db import models

from portal.core.limits import YUXI_SITES

KIND = "topic"
BASIS = f"{YUXI_SITES}第十三条第二项、第十四条"


class State(models.TextChoices):
    """The states of a topic."""

    NEW = "new", "未建立"
    NAMED = "named", "待签发"
    RETURNED = "returned", "退回修改"
    PROPOSED = "proposed", "市民提议，待审核"
    OPEN = "open", "征集建议中"
    CLOSED = "closed", "已截止，待答复"
    DRAFTED = "drafted", "答复已起草"
    CLEARING = "clearing", "答复待保密审查"
    REVIEWING = "reviewing", "答复待签发"
    ANSWERED = "answered", "已答复"
    DECLINED = "declined", "未采用"


class DeclineReason(models.TextChoices):
    """Why a citizen's topic is not opened."""

    NOT_CITY = "not_city", "不属于本市职责范围"
    OPEN_ALREADY = "open_already", "已有相同议题"
    PERSONAL = "personal", "属于个人诉求，请通过书记市长信箱反映"
    UNLAWFUL = "unlawful", "内容违反法律法规"
    UNCLEAR = "unclear", "没有明确的议题"


PUBLIC_STATES = (
    State.OPEN,
    State.CLOSED,
    State.DRAFTED,
    State.CLEARING,
    State.REVIEWING,
    State.ANSWERED,
)
TAKING = (State.OPEN, State.DRAFTED)
ANSWERABLE = (State.OPEN, State.CLOSED, State.DRAFTED)
