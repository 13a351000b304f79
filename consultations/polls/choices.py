"""Closed lists of votes and surveys (网上投票、网上调查)."""

from django.db import models

from portal.core.limits import YUXI_SITES

KIND = "poll"
BASIS = f"{YUXI_SITES}第十三条第二项"


class State(models.TextChoices):
    """The states of a poll; whether it is open is computed from its days."""

    NEW = "new", "未建立"
    DRAFTING = "drafting", "起草中"
    REVIEWING = "reviewing", "待审核"
    CLEARING = "clearing", "待保密审查"
    APPROVING = "approving", "待签发"
    APPROVED = "approved", "已签发"
    COUNTED = "counted", "已结束，结果待公布"
    PUBLISHED = "published", "结果已公布"
    CANCELLED = "cancelled", "已取消"


class PollKind(models.TextChoices):
    """What it is."""

    SURVEY = "survey", "网上调查"
    VOTE = "vote", "网上投票"
    CONTEST = "contest", "评选"


class Who(models.TextChoices):
    """Who may take part; frozen when it is signed."""

    ANYONE = "anyone", "不限身份，每台设备限参加一次"
    ACCOUNT = "account", "注册用户，每人一次"
    VERIFIED = "verified", "已核实邮箱的注册用户，每人一次"
    TOKEN = "token", "持有参与码的人，每码一次"


class Secrecy(models.TextChoices):
    """Who can see how somebody voted; told to the voter before voting."""

    NAMED = "named", "实名"
    HIDDEN = "hidden", "对工作人员保密"
    ANONYMOUS = "anonymous", "完全匿名"


SECRECY_TEXTS = {
    Secrecy.NAMED: "组织单位可以看到您选了什么。",
    Secrecy.HIDDEN: "组织单位看不到您选了什么；系统保留加密关联，只用于您本人修改和查处刷票。",
    Secrecy.ANONYMOUS: "参与记录和选票分开保存，没有关联；截止时选票全部打乱重写，此后任何人都不能查到您选了什么；凭回执码可以核对选票已计入。",
}


# What one person alone can add, told on the poll's page: the level was chosen when the poll was signed.
LEVEL_TEXTS = {
    Who.ANYONE: "不核实身份：换一台设备或者清除浏览器记录可以再次参加；为防刷票，同一网络地址每天最多计入{votes}票。结果反映参加者的意见，不是抽样结论。",
    Who.ACCOUNT: "每个账号一次；注册账号不核实身份，一人可能有几个账号。",
    Who.VERIFIED: "每个已核实的邮箱一次；一人可能有几个邮箱。",
    Who.TOKEN: "每个参与码一次；一共只签发了公布数量的参与码，多不出一票。",
}


class QuestionKind(models.TextChoices):
    """The kinds of question."""

    SINGLE = "single", "单选"
    MULTIPLE = "multiple", "多选"
    RANKING = "ranking", "排序"
    RATING = "rating", "评分"
    NUMBER = "number", "数字"
    TEXT = "text", "文字"
    MATRIX = "matrix", "矩阵"


PUBLIC_STATES = (State.APPROVED, State.COUNTED, State.PUBLISHED)


class EntryState(models.TextChoices):
    """What became of an entry."""

    PENDING = "pending", "待审核"
    ACCEPTED = "accepted", "入围"
    REFUSED = "refused", "未入围"


WITH_OPTIONS = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING, QuestionKind.MATRIX)
