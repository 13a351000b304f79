"""Every statutory number of days, once, with its article.

Units: "workday" counts working days, "day" calendar days, "month" calendar months. The first day of
a period is never counted.

A number that the law changes gets a second row of the same code, with the day from which it is in force; the old row
stays. `limit()` asks for the day that the limit applies to: a case keeps the law of the day it was received.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from portal.core.errors import PortalError
from portal.core.wording import cn_date

REGULATION = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
YUXI_RULES = "《玉溪市政府信息公开发布制度》（玉政办发〔2019〕20号）"
YUXI_SITES = "《玉溪市政府网站群管理办法（试行）》（玉政办发〔2019〕20号）"
INTERNAL, TO_BE_CHECKED = "内部管理要求", "待核"
REGULATION_DAY = date(2019, 5, 15)
YUXI_DAY = date(2019, 11, 29)


@dataclass(frozen=True)
class Limit:
    """A period fixed by a rule: what for, how long, in which unit, by which article, since when."""

    code: str
    title: str
    days: int
    unit: str
    source: str
    effective_from: date

    @property
    def text(self) -> str:
        """The period in words, e.g. "20个工作日"."""
        return f"{self.days}{ {'workday': '个工作日', 'day': '日', 'month': '个月'}[self.unit] }"

    @property
    def is_internal(self) -> bool:
        """Whether it binds the offices among themselves only, and is no citizen's affair."""
        return INTERNAL in self.source

    @property
    def public_source(self) -> str:
        """The source without the remark that somebody has yet to look it up: that is a task for the office."""
        return re.sub(f"，(?:日数)?{TO_BE_CHECKED}", "", self.source)


_ALL = (
    Limit("disclosure.reply", "依申请公开答复期限", 20, "workday", f"{REGULATION}第三十三条", REGULATION_DAY),
    Limit(
        "disclosure.extension",
        "依申请公开延长答复期限（上限）",
        20,
        "workday",
        f"{REGULATION}第三十三条",
        REGULATION_DAY,
    ),
    Limit(
        "disclosure.correction", "一次性告知补正期限", 7, "workday", f"{REGULATION}第三十条", REGULATION_DAY
    ),
    Limit(
        "disclosure.correction_term",
        "申请人补正期限（建议值，由经办人确定）",
        15,
        "workday",
        "条例第三十条“合理的补正期限”，通行做法，待核",
        REGULATION_DAY,
    ),
    Limit(
        "disclosure.correction_least",
        "申请人补正期限（下限）",
        5,
        "workday",
        "条例第三十条“合理的补正期限”，内部管理要求，待核",
        REGULATION_DAY,
    ),
    Limit(
        "disclosure.correction_most",
        "申请人补正期限（上限）",
        30,
        "workday",
        "条例第三十条“合理的补正期限”，内部管理要求，待核",
        REGULATION_DAY,
    ),
    Limit(
        "disclosure.third_party",
        "第三方提出意见期限",
        15,
        "workday",
        f"{REGULATION}第三十二条",
        REGULATION_DAY,
    ),
    Limit(
        "disclosure.joint_maker",
        "共同制作机关提出意见期限",
        15,
        "workday",
        f"{REGULATION}第三十四条",
        REGULATION_DAY,
    ),
    Limit(
        "disclosure.postponement",
        "申请理由合理、无法按期答复的延迟期限（上限）",
        60,
        "workday",
        "条例第三十五条“可以确定延迟答复的合理期限”，内部管理要求，待核",
        REGULATION_DAY,
    ),
    Limit(
        "disclosure.obvious_refusal",
        "明显不应公开事项答复期限",
        3,
        "workday",
        f"{YUXI_RULES}第十四条第二项",
        YUXI_DAY,
    ),
    Limit(
        "disclosure.fee_payment", "信息处理费缴纳期限", 20, "workday", "国办函〔2020〕109号", date(2021, 1, 1)
    ),
    Limit("disclosure.registration", "申请登记期限（本市内部要求）", 1, "workday", "内部管理要求", YUXI_DAY),
    Limit(
        "remedy.reconsideration",
        "申请行政复议期限",
        60,
        "day",
        "《中华人民共和国行政复议法》（1999年）第九条",
        date(1999, 10, 1),
    ),
    Limit(
        "remedy.reconsideration",
        "申请行政复议期限",
        60,
        "day",
        "《中华人民共和国行政复议法》第二十条",
        date(2024, 1, 1),
    ),
    Limit(
        "remedy.lawsuit",
        "直接提起行政诉讼期限",
        6,
        "month",
        "《中华人民共和国行政诉讼法》第四十六条",
        date(2015, 5, 1),
    ),
    Limit(
        "remedy.lawsuit_after_review",
        "不服复议决定提起行政诉讼期限",
        15,
        "day",
        "《中华人民共和国行政诉讼法》第四十五条",
        date(2015, 5, 1),
    ),
    Limit(
        "remedy.outer",
        "不知道行政行为内容时提起行政诉讼的最长期限",
        60,
        "month",
        "《中华人民共和国行政诉讼法》第四十六条第二款",
        date(2015, 5, 1),
    ),
    Limit(
        "retention.contacts",
        "救济期限届满后保留联系方式的时间",
        30,
        "day",
        "《中华人民共和国个人信息保护法》第四十七条，日数待核",
        date(2021, 11, 1),
    ),
    Limit(
        "hearing.notice_rules",
        "规章草案听证会提前公布时间、地点和内容",
        30,
        "day",
        "《规章制定程序条例》（国务院令第695号）第十六条",
        date(2018, 5, 1),
    ),
    Limit(
        "hearing.papers",
        "重大行政决策听证会材料提前送达参加人",
        7,
        "day",
        "《重大行政决策程序暂行条例》（国务院令第713号）第十六条",
        date(2019, 9, 1),
    ),
    Limit("publishing.usual", "主动公开网站发布期限", 3, "workday", f"{YUXI_SITES}第三条", YUXI_DAY),
    Limit(
        "publishing.outer",
        "主动公开法定期限",
        20,
        "workday",
        f"{REGULATION}第二十六条；{YUXI_RULES}第十三条",
        REGULATION_DAY,
    ),
    Limit(
        "publishing.update", "发布内容变化后更新期限", 3, "workday", f"{YUXI_RULES}第十三条第一项", YUXI_DAY
    ),
    Limit(
        "publishing.after_review",
        "突发信息先行发布后补审期限",
        1,
        "workday",
        "内部管理要求，待核",
        YUXI_DAY,
    ),
    Limit(
        "publishing.error_report",
        "网页纠错答复期限",
        3,
        "workday",
        "“我为政府网站找错”办理要求，通行做法，待核",
        YUXI_DAY,
    ),
    Limit("consultation.longest", "意见征集期（上限）", 180, "day", "内部管理要求，待核", YUXI_DAY),
    Limit("disclosure.volume", "判断申请数量、频次的统计期间", 90, "day", "内部管理要求，待核", YUXI_DAY),
    Limit("disclosure.draft", "申请草稿保存期限", 7, "day", "内部管理要求", YUXI_DAY),
    Limit("board.appointments", "即将到期任职的提示期间", 30, "day", "内部管理要求", YUXI_DAY),
    Limit("supervision.remind", "催办后报告期限", 1, "workday", "内部管理要求，待核", YUXI_DAY),
    Limit("supervision.supervise", "督办后报告期限", 5, "workday", "内部管理要求，待核", YUXI_DAY),
    Limit("supervision.correct", "责令改正后报告期限", 10, "workday", "内部管理要求，待核", YUXI_DAY),
    Limit("supervision.objection", "考核异议期", 5, "workday", "内部管理要求，待核", YUXI_DAY),
    Limit("annual.again", "年度报告退回后重新报送期限", 3, "workday", "内部管理要求，待核", YUXI_DAY),
    Limit(
        "inspection.judgement",
        "网站检查单人工评判的有效期",
        92,
        "day",
        "国办秘函〔2019〕19号，按季度检查，待核",
        YUXI_DAY,
    ),
    Limit("mailbox.supplement", "请来信人补充的期限（上限）", 15, "workday", "通行做法，待核", YUXI_DAY),
    Limit("mailbox.rating", "答复后评价、要求重新办理的期限", 365, "day", "通行做法，待核", YUXI_DAY),
    Limit("board.soon", "临期提示（工作台与监督看板）", 3, "workday", "内部管理要求", YUXI_DAY),
)

MARK = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")


class LimitNotInForce(PortalError, KeyError):
    """No such limit, or none yet on that day."""

    def __str__(self) -> str:
        return self.sentence


def by_code(rows: tuple[Limit, ...]) -> dict[str, tuple[Limit, ...]]:
    """The rows of each code, oldest first."""
    found: dict[str, tuple[Limit, ...]] = {}
    for row in sorted(rows, key=lambda row: row.effective_from):
        found[row.code] = (*found.get(row.code, ()), row)
    return {code: found[code] for code in dict.fromkeys(row.code for row in rows)}


LIMITS: dict[str, tuple[Limit, ...]] = by_code(_ALL)


def limit(code: str, *, on: date) -> Limit:
    """The limit of that code that is in force on a day; LimitNotInForce if there is none."""
    rows = LIMITS.get(code, ())
    in_force = [row for row in rows if row.effective_from <= on]
    if in_force:
        return in_force[-1]
    if not rows:
        raise LimitNotInForce(f"期限表中没有“{code}”。")
    since, day = cn_date(rows[0].effective_from), cn_date(on)
    raise LimitNotInForce(f"“{rows[0].title}”自{since}起施行，{day}尚无此期限。")


def limits_in_force(on: date) -> list[Limit]:
    """Every limit in force on a day, one a code, in the order of the table."""
    return [limit(code, on=on) for code, rows in LIMITS.items() if rows[0].effective_from <= on]


def limits_for_citizens(on: date) -> list[Limit]:
    """Those of `limits_in_force` that concern who asks or writes."""
    return [row for row in limits_in_force(on) if not row.is_internal]


def with_periods(text: str, *, on: date) -> str:
    """The text with every {code} replaced by that limit in words: "{disclosure.reply}" becomes "20个工作日"."""
    return MARK.sub(lambda mark: limit(mark.group(1), on=on).text, text)
