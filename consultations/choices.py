"""Closed lists of public comment on drafts (意见征集)."""

from django.db import models

KIND = "consultation"
DECISIONS = "《重大行政决策程序暂行条例》（国务院令第713号）"


class State(models.TextChoices):
    """The states of a public consultation; whether it is open is computed from its dates."""

    NEW = "new", "未建立"
    DRAFTING = "drafting", "起草中"
    REVIEWING = "reviewing", "待审核"
    CLEARING = "clearing", "待保密审查"
    APPROVING = "approving", "待签发"
    ANNOUNCED = "announced", "已签发"
    CLOSED = "closed", "征集结束，待反馈"
    FEEDBACK_REVIEWING = "feedback_reviewing", "采纳情况待审核"
    FEEDBACK_CLEARING = "feedback_clearing", "采纳情况待保密审查"
    FEEDBACK_APPROVING = "feedback_approving", "采纳情况待签发"
    FED_BACK = "fed_back", "已反馈采纳情况"
    CANCELLED = "cancelled", "已终止"


class PolicyKind(models.TextChoices):
    """What is being made; the shortest period is in the table of terms under `period_<value>`."""

    DECISION = "decision", "重大行政决策"
    RULES = "rules", "政府规章草案"
    NORMATIVE = "normative", "行政规范性文件"
    OTHER = "other", "其他文件和事项"


class Access(models.TextChoices):
    """Who may comment on the page; by post and mail anybody may."""

    ANYONE = "anyone", "任何人，不需要注册"
    ACCOUNT = "account", "注册用户"
    VERIFIED = "verified", "已核实邮箱的注册用户"


class Display(models.TextChoices):
    """Whether comments are shown to everyone while the period runs."""

    BY_RULE = "by_rule", "系统检查没有问题的即时显示，其余审核后显示"
    REVIEWED = "reviewed", "全部审核后显示"
    HIDDEN = "hidden", "不逐条显示，只公布采纳情况"


class Stage(models.TextChoices):
    """What a version of the text is."""

    COMMENT = "comment", "征求意见稿"
    REVISED = "revised", "修改稿"


class Attitude(models.TextChoices):
    """What the writer thinks of the text commented on."""

    SUPPORT = "support", "赞成"
    CHANGE = "change", "建议修改"
    OPPOSE = "oppose", "不赞成"


class Writer(models.TextChoices):
    """On whose behalf a comment is made."""

    PERSON = "person", "个人"
    COMPANY = "company", "企业"
    ASSOCIATION = "association", "社会组织"
    EXPERT = "expert", "专家、科研机构"
    PUBLIC_BODY = "public_body", "机关、事业单位"


class Channel(models.TextChoices):
    """How a comment came in."""

    WEB = "web", "网上提交"
    POST = "post", "来信"
    MAIL = "mail", "电子邮件"
    PHONE = "phone", "电话"
    MEETING = "meeting", "座谈会、实地走访"


class Outcome(models.TextChoices):
    """What became of a comment."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    REJECTED = "rejected", "未采纳"
    EXISTING = "existing", "已有规定"
    UNRELATED = "unrelated", "与本次征集无关"


class Change(models.TextChoices):
    """What became of a clause from one version to the next."""

    KEPT = "kept", "未改"
    CHANGED = "changed", "修改"
    MOVED = "moved", "移动"
    SPLIT = "split", "拆分"
    REMOVED = "removed", "删除"
    ADDED = "added", "新增"
    MERGED = "merged", "合并"


NEEDS_REASON = (Outcome.PARTLY, Outcome.REJECTED)
NEEDS_TARGET = (Outcome.ADOPTED, Outcome.PARTLY)
BEFORE_ANNOUNCED = (State.DRAFTING, State.REVIEWING, State.CLEARING, State.APPROVING)
PUBLIC_STATES = (
    State.ANNOUNCED,
    State.CLOSED,
    State.FEEDBACK_REVIEWING,
    State.FEEDBACK_CLEARING,
    State.FEEDBACK_APPROVING,
    State.FED_BACK,
    State.CANCELLED,
)
AFTER_CLOSE = (
    State.CLOSED,
    State.FEEDBACK_REVIEWING,
    State.FEEDBACK_CLEARING,
    State.FEEDBACK_APPROVING,
    State.FED_BACK,
)
