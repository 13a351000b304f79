"""Closed lists of what the city publishes on its own initiative."""

from django.db import models

from portal.core.limits import YUXI_RULES, YUXI_SITES

KIND = "article"
OFFICE = "city-office"
SITES = YUXI_SITES
RULES = YUXI_RULES


class State(models.TextChoices):
    """The states of an item; whether everyone may read it is computed from its published version."""

    NEW = "new", "未建立"
    DRAFTING = "drafting", "起草中"
    REVIEWING = "reviewing", "待本单位审核"
    CLEARING = "clearing", "待保密审查"
    LEADING = "leading", "待分管领导审定"
    HIGHER = "higher", "待上级审核"
    APPROVED = "approved", "已审定，待发布"
    URGENT = "urgent", "已先行发布，待补审"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"
    DROPPED = "dropped", "不予发布"
    DISCARDED = "discarded", "已作废"


class Route(models.TextChoices):
    """Which review an item needs (办法第五条、第六条、第九条、第十条)."""

    GENERAL = "general", "一般性信息"
    MAJOR = "major", "重大信息"
    BUSINESS = "business", "业务类信息"
    MARKED = "marked", "已标注“此件公开发布”"
    EVENT = "event", "重大新闻、重要活动"
    REPOST = "repost", "转载"
    EMERGENCY = "emergency", "突发公共事件"


class Openness(models.TextChoices):
    """公开属性."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    CLOSED = "closed", "不予公开"


class Validity(models.TextChoices):
    """有效性."""

    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "已修改"
    EXPIRED = "expired", "失效"
    REPEALED = "repealed", "废止"


class Ground(models.TextChoices):
    """Why information is not published (制度第十条)."""

    SECRET = "secret", "国家秘密、工作秘密"
    TRADE = "trade", "商业秘密"
    PRIVACY = "privacy", "个人隐私"
    PENDING = "pending", "正在调查、讨论、审议"
    INTERNAL = "internal", "限于机关内部公开"
    OTHER = "other", "法律、法规、规章规定的其他情形"


class Holds(models.TextChoices):
    """What a column may hold."""

    NEWS = "news", "动态新闻"
    NOTICE = "notice", "通知公告"
    DOCUMENT = "document", "政府文件"
    READING = "reading", "政策解读"
    PROFILE = "profile", "机构、领导等固定信息"
    GUIDE = "guide", "指南、目录、年度报告"
    ENFORCEMENT = "enforcement", "行政执法结果"
    FIELD = "field", "重点领域信息"
    TOPIC = "topic", "专题专栏"


class Subject(models.TextChoices):
    """主题分类."""

    GOVERNANCE = "governance", "综合政务"
    ECONOMY = "economy", "国民经济管理"
    FINANCE = "finance", "财政、金融、审计"
    LAND = "land", "国土资源、能源"
    AGRICULTURE = "agriculture", "农业、林业、水利"
    INDUSTRY = "industry", "工业、交通"
    COMMERCE = "commerce", "商贸、海关、旅游"
    MARKET = "market", "市场监管、安全生产监管"
    CONSTRUCTION = "construction", "城乡建设、环境保护"
    SCIENCE = "science", "科技、教育"
    CULTURE = "culture", "文化、广电、新闻出版"
    HEALTH = "health", "卫生、体育"
    POPULATION = "population", "人口与计划生育"
    LABOUR = "labour", "劳动、人事、监察"
    SECURITY = "security", "公安、安全、司法"
    CIVIL = "civil", "民政、扶贫、救灾"
    ETHNIC = "ethnic", "民族、宗教"
    OTHER = "other", "其他"


class Outlet(models.TextChoices):
    """In which other ways an item was made public (制度第十一条)."""

    SITE = "site", "政府网站群"
    MEDIA = "media", "报刊、广播、电视"
    WINDOW = "window", "政务服务窗口"
    BOARD = "board", "公开栏、政府公报、集中查阅场所"
    SCREEN = "screen", "电子显示屏、触摸屏"
    PRESS = "press", "新闻发布会"
    OTHER = "other", "其他形式"


NEEDS_LEADER = (Route.GENERAL, Route.MAJOR, Route.BUSINESS, Route.EVENT, Route.EMERGENCY)
NEEDS_HIGHER = (Route.MAJOR, Route.EVENT)
IN_REVIEW = (State.REVIEWING, State.CLEARING, State.LEADING, State.HIGHER)
WRITES = (
    "open_item",
    "edit_item",
    "attach_file",
    "remove_file",
)  # the events that put something into an item
AT_WORK = (State.DRAFTING, *IN_REVIEW, State.APPROVED)
