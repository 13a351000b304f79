"""Demo consultations: one open on the city's own rules, one waiting for its feedback, one fed back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from consultations import actions, queries
from consultations.models import PublicConsultation
from portal.core.actors import GUEST, Actor
from portal.core.moments import CITY_ZONE
from portal.jobs.outbox import run_due
from portal.units.access import actor_for
from portal.units.models import Account, Unit

FOUNDING_TEXT = Path(__file__).parent / "data" / "founding-text.md"
PEOPLE = ("clerk", "reviewer", "secrecy", "approver")
WATER = """玉溪市城市供水管理办法

第一章　总则

第一条　为了保障城市供水，维护用户和供水企业的合法权益，制定本办法。

第二条　本办法适用于本市中心城区的供水和用水活动。

第二章　供水和用水

第三条　供水企业应当做好下列工作：

（一）保证水质符合国家标准；

（二）计划停水提前一天告知用户；

（三）公布服务电话，全天受理报修。

第四条　水质检测结果每季度向社会公布一次。

第五条　老旧小区供水设施改造费用按照国家有关规定分担。
"""
REVISED = WATER.replace("提前一天", "提前两天").replace("每季度", "每月")
SAID = (
    ("t3.x2", "change", "一天太短，老人和小孩多的家庭来不及准备，建议提前两天告知，并在小区门口张贴。"),
    ("t3.x2", "change", "一天太短，老人和小孩多的家庭来不及准备，建议提前两天告知，并在小区门口张贴！"),
    ("t4", "change", "水质应当每月公布一次，最好能在手机上查到本小区的结果。"),
    ("t5", "oppose", "老旧小区改造费用不应由居民承担，应当全部由供水企业承担。"),
    ("", "support", "赞成修订，希望尽快施行。"),
)


def founding_text() -> str:
    """The city's notice with its two documents, without the line that this project put above it."""
    lines = FOUNDING_TEXT.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if "founding text" not in line)


def _contact(unit: Unit) -> dict[str, str]:
    return {
        "contact_name": "综合科",
        "contact_phone": unit.phone or "0877-12345",
        "contact_email": "comment@demo.invalid",
        "contact_address": unit.address or "玉溪市红塔区",
    }


class _Desk:
    """The four people of the office, and moments counted from today."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.unit = Unit.objects.get(code="city-office")
        self.people: dict[str, Actor] = {
            code: actor_for(Account.objects.get(email=f"{code}@demo.invalid"), today) for code in PEOPLE
        }

    def at(self, days_ago: int, hour: int = 10) -> datetime:
        """A moment that many calendar days ago."""
        return datetime.combine(self.today - timedelta(days=days_ago), time(hour, 20), CITY_ZONE)

    def announced(self, title: str, text: str, opens: int, closes: int, **facts: Any) -> PublicConsultation:
        """A signed consultation that opened so many days ago; `closes` may lie ahead (negative)."""
        answers = {
            "title": title,
            "policy_kind": "normative",
            "shorter_reason": "",
            "access": "anyone",
            "display": "by_rule",
            "opens_on": self.today - timedelta(days=opens),
            "closes_on": self.today - timedelta(days=closes),
            **_contact(self.unit),
            **facts,
        }
        before = opens + 3
        case = actions.open_draft(
            answers=answers, unit=self.unit, actor=self.people["clerk"], at=self.at(before, 9)
        )
        actions.add_version(
            case=case, title=title, text=text, actor=self.people["clerk"], at=self.at(before, 10)
        )
        actions.submit_draft(case=case, actor=self.people["clerk"], at=self.at(before, 11))
        actions.review_draft(case=case, actor=self.people["reviewer"], at=self.at(before - 1, 9))
        actions.clear_draft(case=case, actor=self.people["secrecy"], at=self.at(before - 1, 15))
        actions.announce(case=case, actor=self.people["approver"], at=self.at(before - 2, 9))
        return case

    def say(
        self, case: PublicConsultation, clause: str, attitude: str, text: str, key: str, ago: int
    ) -> None:
        """A guest's comment."""
        actions.comment(
            case=case,
            clause=clause,
            attitude=attitude,
            writer="person",
            text=text,
            name="",
            email="",
            key=key,
            actor=GUEST,
            at=self.at(ago, 15),
        )


def _feed_back(desk: _Desk, case: PublicConsultation, ago: int) -> None:
    clerk = desk.people["clerk"]
    actions.add_version(
        case=case,
        title="玉溪市城市供水管理办法（修改稿）",
        text=REVISED,
        actor=clerk,
        at=desk.at(ago, 9),
    )
    version = queries.current_version(case)
    for row in queries.comments_of(case):
        ref = row.clause.ref if row.clause is not None else ""
        outcome = {"t3.x2": "adopted", "t4": "partly", "t5": "rejected", "": "unrelated"}[ref]
        reason = {
            "t4": "改为每月公布；按小区查询需要改造检测设施，另行研究。",
            "t5": "费用分担由国家有关规定确定，本办法不得另行规定。",
            "": "感谢支持。",
        }.get(ref, "")
        target = queries.find_clause(version, ref) if outcome in ("adopted", "partly") else None
        actions.dispose(
            case=case,
            comments=[row],
            outcome=outcome,
            reason=reason,
            target=target,
            actor=clerk,
            at=desk.at(ago, 11),
        )
    summary = "意见集中在停水告知时间和水质公布两个方面，均已在修改稿中采纳或者部分采纳。"
    actions.submit_feedback(case=case, summary=summary, actor=clerk, at=desk.at(ago, 14))
    actions.review_feedback(case=case, actor=desk.people["reviewer"], at=desk.at(ago - 1, 9))
    actions.clear_feedback(case=case, actor=desk.people["secrecy"], at=desk.at(ago - 1, 10))
    actions.feed_back(case=case, actor=desk.people["approver"], at=desk.at(ago - 1, 15))


def seed(today: date) -> int:
    """Make the consultations once, after the disclosure demo made the people; gives how many (0 the second time)."""
    if PublicConsultation.objects.exists() or not Account.objects.filter(email="clerk@demo.invalid").exists():
        return 0
    desk = _Desk(today)
    with transaction.atomic():
        done = desk.announced(
            "玉溪市城市供水管理办法（征求意见稿）",
            WATER,
            60,
            40,
            background="现行办法已施行多年，有必要修订停水告知和水质公布的要求。",
        )
        for number, (clause, attitude, text) in enumerate(SAID):
            desk.say(done, clause, attitude, text, f"demo-comment-a{number}", 50 - number)
        actions.close(case=done, actor=desk.people["clerk"], at=desk.at(39, 9))
    run_due()
    with transaction.atomic():
        _feed_back(desk, done, 20)
        waiting = desk.announced(
            "玉溪市老旧小区加装电梯实施办法（征求意见稿）",
            WATER.replace("城市供水管理办法", "老旧小区加装电梯实施办法").replace("供水", "电梯"),
            40,
            12,
            background="规范加装电梯的申请、协商和补助程序。",
        )
        desk.say(waiting, "t5", "change", "建议明确低层住户的补偿标准，减少邻里纠纷。", "demo-comment-b0", 20)
        desk.say(
            waiting, "", "oppose", "程序太复杂，希望一个窗口办完，电话13700000001。", "demo-comment-b1", 18
        )
        actions.close(case=waiting, actor=desk.people["clerk"], at=desk.at(11, 9))
        running = desk.announced(
            "玉溪市政府网站群管理办法和政府信息公开发布制度（修订征求意见）",
            founding_text(),
            6,
            -24,
            policy_kind="decision",
            background="现行办法和制度自2019年施行。为适应新的公开要求，拟作修订，现就现行文本征求修改意见，请逐条提出。",
        )
        desk.say(
            running,
            "d1.t11",
            "change",
            "“僵尸网站”的认定标准不够明确，建议写明首页多长时间没有更新算不更新。",
            "demo-comment-c0",
            3,
        )
        desk.say(
            running, "d2.t13", "support", "三个工作日内公开的要求很好，希望严格执行。", "demo-comment-c1", 2
        )
    run_due()
    return 3
