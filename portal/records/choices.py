"""Closed lists of the records of a case."""

from django.db import models

NOTES = {
    "add_record": "添加检索到的信息",
    "describe_record": "修改检索到的信息的题目",
    "remove_record": "移除检索到的信息",
    "judge_record": "确定检索到的信息如何提供",
    "mark_record": "标记遮盖的内容",
    "copy_record": "制作提供的副本",
}
# Whoever took one of these wrote what the reply hands over, and signs none of it.
WRITES = tuple(NOTES)
PUBLIC_NOTES = {
    "share_record": "确定随公开副本公开的信息",
    "mark_public_record": "标记公众副本遮盖的内容",
    "copy_public_record": "制作公众副本",
}
# The same of what is published beside the public copy.
PUBLIC_WRITES = tuple(PUBLIC_NOTES)
PARTY_NOTES = {"object_to_pages": "被征求意见方标记不同意公开的内容"}

MOST_RECORDS = 50
MOST_MATTERS = 20
MOST_PAGES = 500
MOST_TITLE = 100
MOST_TEXT = 50_000


class Origin(models.TextChoices):
    """Where a record comes from."""

    UPLOAD = "upload", "上传"
    PUBLISHED = "published", "已主动公开"
    TEXT = "text", "录入文字"


class RecordState(models.TextChoices):
    """How far a record is: pages are looked at only once it is ready."""

    PREPARING = "preparing", "正在检查"
    READY = "ready", "可以处理"
    REFUSED = "refused", "不能使用"


class Disposition(models.TextChoices):
    """What becomes of a record for a matter of the request (条例第三十六条、第三十七条)."""

    UNDECIDED = "", "尚未确定"
    WHOLE = "whole", "全部提供"
    PART = "part", "遮盖后提供（区分处理）"
    WITHHOLD = "withhold", "不予公开"
    NOT_RESPONSIVE = "not_responsive", "与申请无关"


GIVEN = (Disposition.WHOLE, Disposition.PART)


class Ground(models.TextChoices):
    """Why something is withheld; the words that stand in the hatched box (条例第十四条至第十六条)."""

    PRIVACY = "privacy", "个人隐私"
    TRADE_SECRET = "trade_secret", "商业秘密"
    INTERNAL = "internal", "内部事务信息"
    PROCESS = "process", "过程性信息"
    ENFORCEMENT = "enforcement_file", "行政执法案卷"
    STATE_SECRET = "state_secret", "国家秘密"
    FORBIDDEN = "forbidden", "法律、行政法规禁止公开"
    SECURITY = "security", "三安全一稳定"


ARTICLES = {
    Ground.PRIVACY: "第十五条",
    Ground.TRADE_SECRET: "第十五条",
    Ground.INTERNAL: "第十六条第一款",
    Ground.PROCESS: "第十六条第二款",
    Ground.ENFORCEMENT: "第十六条第二款",
    Ground.STATE_SECRET: "第十四条",
    Ground.FORBIDDEN: "第十四条",
    Ground.SECURITY: "第十四条",
}


class Stake(models.TextChoices):
    """What is at stake for a party that objects (条例第十五条)."""

    TRADE_SECRET = "trade_secret", "商业秘密"
    PRIVACY = "privacy", "个人隐私"
    OTHER = "other", "其他合法权益"


class Outcome(models.TextChoices):
    """What became of a place that a party objects to."""

    WITHHELD = "withheld", "已隐去"
    IN_PART = "in_part", "隐去一部分"
    GIVEN = "given", "未隐去"


class Audience(models.TextChoices):
    """For whom a copy is made."""

    APPLICANT = "applicant", "申请人"
    PARTY = "party", "被征求意见方"
    PUBLIC = "public", "公众"


class CopyState(models.TextChoices):
    """How far a copy is; only a proven one is ever handed out."""

    MAKING = "making", "正在制作"
    PROVEN = "proven", "已制作并核验"
    FAILED = "failed", "未通过"
