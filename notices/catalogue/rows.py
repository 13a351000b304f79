"""What each kind of unit must keep, from the city's own lists.

办法第四条 (obligatory columns), 办法第八条 (seven kinds of news), 制度第六条 (city, 8), 第七条 (departments, 6 classes),
第八条 (counties, 20), 第九条 (townships, 8). `alive` names the rule by which a column must be renewed.
"""

from __future__ import annotations

from typing import NamedTuple

from notices.choices import RULES, SITES, Holds

GOVERNMENT, OFFICE, DEPARTMENT, COUNTY, TOWNSHIP = "government", "office", "department", "county", "township"
GOVERNMENTS = (GOVERNMENT, COUNTY)
KEEPERS = (OFFICE, DEPARTMENT, COUNTY)


class Row(NamedTuple):
    """One entry; `parent` is a code, `kinds` the kinds of unit that keep it."""

    code: str
    title: str
    holds: str
    kinds: tuple[str, ...]
    source: str
    obligatory: bool = False
    alive: str = ""
    parent: str = ""


_OBLIGATORY = (
    ("profile", "机构职能", Holds.PROFILE, ""),
    ("leaders", "领导信息", Holds.PROFILE, ""),
    ("guide", "信息公开指南", Holds.GUIDE, ""),
    ("rules", "信息公开制度、目录", Holds.GUIDE, ""),
    ("annual", "政府信息公开年度报告", Holds.GUIDE, ""),
    ("notices", "通知公告", Holds.NOTICE, "notice"),
    ("documents", "政府文件", Holds.DOCUMENT, "document"),
    ("fields", "重点领域信息公开", Holds.FIELD, ""),
)
_NEWS = (
    ("news-leaders", "领导政务活动、重要讲话", (1,)),
    ("news-meetings", "重要会议", (2,)),
    ("news-work", "工作动态", (3,)),
    ("news-reading", "文件及政策解读", (4,)),
    ("news-press", "新闻发布会", (5,)),
    ("news-important", "重要政务新闻", (6,)),
    ("news-reposts", "转载", (7,)),
)
_CITY = (
    ("city-organisation", "组成情况、领导分工、部门职责"),
    ("city-rules", "规章和行政规范性文件"),
    ("city-plans", "发展规划、专项规划、重大建设项目"),
    ("city-statistics", "国民经济和社会发展统计"),
    ("city-finance", "财政预算、决算、政府采购"),
    ("city-charges", "行政事业性收费项目"),
    ("city-enforcement", "行政执法项目"),
    ("city-livelihood", "涉及群众切身利益的重大事项"),
)
_DEPARTMENT = (
    ("class-organisation", "机构职能类", ("部门基本信息", "领导成员及分工", "科室职责", "所属单位")),
    (
        "class-law",
        "法律依据类",
        ("法律法规", "地方性法规", "政府规章和规范性文件", "本部门规范性文件"),
    ),
    ("class-plans", "发展规划类", ()),
    (
        "class-enforcement",
        "行政执法类",
        ("行政许可", "行政处罚", "行政征收", "行政强制", "行政备案", "行政裁决", "行政给付", "其他行政执法"),
    ),
    ("class-service", "业务及服务类", ("办事指南及依据", "服务承诺和申请公开结果", "公开机构联系方式")),
    ("class-news", "动态信息类", ()),
)
_COUNTY = (
    "规章、行政规范性文件",
    "发展战略、发展计划、城乡规划、工作目标",
    "国民经济和社会发展年度计划",
    "财政年度预算、决算",
    "重大事项决策过程",
    "县区领导履历和分工",
    "部门机构设置和联系方式",
    "重大建设项目",
    "重大突发事件",
    "教育、文化、民政、卫生、社会保障、扶贫政策",
    "行政执法事项和结果",
    "行政事业性收费",
    "政府集中采购",
    "行政许可",
    "应急预案、预警信息",
    "环境、公共卫生、安全、食品药品、产品质量监督检查",
    "土地、房屋征收和补偿",
    "抢险救灾、优抚、救济、社会捐助款物",
    "税收依据和减税降费",
    "与公众有密切关系的其他事项",
)
_TOWNSHIP = (
    "贯彻方针政策和农业农村工作",
    "财政收支和专项资金",
    "土地利用规划和宅基地审核",
    "土地征收、房屋拆迁和补偿",
    "债权债务、筹资筹劳",
    "抢险救灾、救济、社会捐助款物",
    "集体资源、资产承包、租赁、拍卖",
    "其他应当公开的信息",
)


def _news() -> list[Row]:
    heading = Row("news", "政府新闻", Holds.NEWS, (GOVERNMENT, *KEEPERS), f"{SITES}第八条")
    rows = [
        Row(
            code,
            title,
            Holds.READING if code == "news-reading" else Holds.NEWS,
            GOVERNMENTS if code in ("news-leaders", "news-meetings") else (GOVERNMENT, *KEEPERS),
            f"{SITES}第八条第{'一二三四五六七'[places[0] - 1]}项",
            code == "news-work",
            "news" if code == "news-work" else "",
            "news",
        )
        for code, title, places in _NEWS
    ]
    return [heading, *rows]


def _department() -> list[Row]:
    rows = []
    for place, (code, title, items) in enumerate(_DEPARTMENT):
        source = f"{RULES}第七条第{'一二三四五六'[place]}项"
        holds = Holds.ENFORCEMENT if code == "class-enforcement" else Holds.FIELD
        rows.append(Row(code, title, holds, (DEPARTMENT,), source, parent="fields"))
        rows += [
            Row(
                f"{code}-{number}",
                item,
                holds,
                (DEPARTMENT,),
                f"{source}第{number}目",
                alive="enforcement" if code == "class-enforcement" and number == 2 else "",
                parent=code,
            )
            for number, item in enumerate(items, 1)
        ]
    return rows


def catalogue() -> list[Row]:
    """Every entry; a parent stands before its children."""
    numerals = [
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "十一",
        "十二",
        "十三",
        "十四",
        "十五",
        "十六",
        "十七",
        "十八",
        "十九",
        "二十",
    ]
    rows = [
        Row(code, title, holds, (GOVERNMENT, *KEEPERS), f"{SITES}第四条", True, alive)
        for code, title, holds, alive in _OBLIGATORY
    ]
    rows += _news()
    rows += [
        Row(code, title, Holds.FIELD, (GOVERNMENT,), f"{RULES}第六条第{numerals[n]}项", parent="fields")
        for n, (code, title) in enumerate(_CITY)
    ]
    rows += _department()
    rows += [
        Row(
            f"county-{n}",
            title,
            Holds.FIELD,
            (COUNTY,),
            f"{RULES}第八条第{numerals[n - 1]}项",
            parent="fields",
        )
        for n, title in enumerate(_COUNTY, 1)
    ]
    rows += [
        Row(
            f"township-{n}",
            title,
            Holds.FIELD,
            (TOWNSHIP,),
            f"{RULES}第九条第{numerals[n - 1]}项",
        )
        for n, title in enumerate(_TOWNSHIP, 1)
    ]
    rows.append(Row("topics", "专题专栏", Holds.TOPIC, (GOVERNMENT, *KEEPERS), f"{SITES}第十六条"))
    return rows
