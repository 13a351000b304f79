"""Closed lists of the watch over what is published."""

from django.db import models

from portal.core.limits import YUXI_SITES

KIND = "duty_log"
BASIS = f"{YUXI_SITES}第二十二条"


class State(models.TextChoices):
    """The states of a day's log."""

    NEW = "new", "未建立"
    OPEN = "open", "待读网"
    SIGNED = "signed", "值班人已签"
    CLOSED = "closed", "负责人已签"


class Tampering(models.TextChoices):
    """What differs."""

    WORDS = "words", "发布内容与发布时的摘要不一致"
    MISSING = "missing", "发布记录对应的内容不存在"
    UNKNOWN = "unknown", "内容没有对应的发布记录"
    RELEASE = "release", "公开答复与核准的摘要不一致"
    PAGE = "page", "网页显示的内容与发布内容不一致"
    FILE = "file", "附件与发布时不一致"
    STATE = "state", "公开状态、有效性或者撤下情况与办理记录不一致"
    HOME = "home", "首页内容与本平台的首页不一致"


class LinkState(models.TextChoices):
    """What is known of a link."""

    UNSEEN = "unseen", "尚未检查"
    GOOD = "good", "可以打开"
    DOUBTFUL = "doubtful", "待复查"
    DEAD = "dead", "打不开"
    REFUSED = "refused", "内部地址，不检查"


class Health(models.TextChoices):
    """How a check of the inspection sheet stands."""

    GOOD = "good", "正常"
    SOON = "soon", "即将逾期"
    RED = "red", "不合格"
    UNKNOWN = "unknown", "没有数据"


class Severe(models.TextChoices):
    """Grave incidents, one of which is a veto (国办秘函〔2019〕19号, 安全、泄密事故等严重问题; details 待核)."""

    WORDING = "wording", "出现严重表述错误"
    SECRET = "secret", "泄露国家秘密"
    HARMFUL = "harmful", "发布或者链接反动、暴力、色情等内容"
    ATTACK = "attack", "网站被攻击、篡改，未及时有效处置"
    FAKED = "faked", "弄虚作假，如伪造发布日期"
    UPROAR = "uproar", "网站管理不当引发严重负面舆情"


class Verdict(models.TextChoices):
    """What somebody found who looked."""

    CLEAN = "clean", "没有发现"
    FOUND = "found", "存在问题"
