"""Demo letters in every state, through the real actions; the people are those of the disclosure demo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from mailbox import actions
from mailbox.models import Letter, RatingInvitation
from portal.core.actors import GUEST, Actor
from portal.core.workdays import WorkdayCalendar
from portal.holidays.calendars import calendar
from portal.units.access import actor_for
from portal.units.models import Account, Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Scene:
    """The people by the local part of their address, and dates counted back from today."""

    today: date
    days: WorkdayCalendar

    def actor(self, code: str) -> Actor:
        """The demo account of that name."""
        return actor_for(Account.objects.get(email=f"{code}@demo.invalid"), self.today)

    def at(self, day: date, hour: int = 10) -> datetime:
        """A moment of that day, never after today."""
        return datetime.combine(min(day, self.today), time(hour, 41), SHANGHAI)

    def before(self, count: int) -> date:
        """The working day that many working days before today."""
        day = self.today
        while self.days.between(day, self.today) < count or not self.days.is_workday(day):
            day -= timedelta(days=1)
        return day


@dataclass(frozen=True)
class Story:
    """What one letter says, how many working days ago it came, and how far it goes."""

    topic: str
    text: str
    kind: str
    place: str
    age: int
    go: Callable[[Scene, Letter, date], None]
    own: bool = False
    confidential: bool = False
    consent: bool = False


def _stays(scene: Scene, case: Letter, day: date) -> None:
    """Nobody has looked at it yet."""


def _declined(scene: Scene, case: Letter, day: date) -> None:
    actions.decline(
        case=case,
        reason="in_court",
        note="您反映的合同纠纷已由人民法院受理，请按照诉讼程序主张权利。",
        actor=scene.actor("clerk"),
        at=scene.at(day, 15),
    )


def _assigned(scene: Scene, case: Letter, day: date) -> None:
    actions.accept(case=case, complexity="reply_complex", actor=scene.actor("clerk"), at=scene.at(day, 11))
    unit = Unit.objects.get(code="housing")
    actions.assign(case=case, unit=unit, actor=scene.actor("clerk"), at=scene.at(day, 14))


def _in_hand(scene: Scene, case: Letter, day: date) -> None:
    _assigned(scene, case, day)
    actions.sign_for(case=case, actor=scene.actor("housing-clerk"), at=scene.at(scene.days.add(day, 1)))


def _supplement(scene: Scene, case: Letter, day: date) -> None:
    _in_hand(scene, case, day)
    asked_on = scene.days.add(day, 2)
    actions.ask_supplement(
        case=case,
        asked="请补充小区名称、楼栋和发现时间，便于现场核实。",
        answer_by=scene.days.add(scene.today, 5),
        actor=scene.actor("housing-clerk"),
        at=scene.at(asked_on),
    )


def _drafted(scene: Scene, case: Letter, day: date) -> None:
    _in_hand(scene, case, day)
    actions.draft_reply(
        case=case,
        body="一、核实情况：该小区二次供水泵房设备老化，属实。\n二、处理情况：已列入本季度改造计划，月底前完成。",
        actor=scene.actor("housing-clerk"),
        at=scene.at(scene.days.add(day, 3)),
    )


def _answered(scene: Scene, case: Letter, day: date) -> None:
    """Handled, reviewed and signed by the government office itself, then checked and sent; the writer rates it."""
    clerk, days = scene.actor("clerk"), scene.days
    actions.accept(case=case, complexity="reply_complex", actor=clerk, at=scene.at(day, 11))
    unit = Unit.objects.get(code="city-office")
    actions.assign(case=case, unit=unit, actor=clerk, at=scene.at(day, 14))
    actions.sign_for(case=case, actor=clerk, at=scene.at(day, 15))
    drafted = days.add(day, 2)
    drafter = scene.actor("drafter")
    actions.draft_reply(case=case, body=ANSWERS[case.topic], actor=drafter, at=scene.at(drafted, 9))
    actions.submit_reply(case=case, actor=drafter, at=scene.at(drafted, 10))
    actions.review_reply(case=case, actor=scene.actor("reviewer"), at=scene.at(drafted, 14))
    actions.sign_reply(case=case, actor=scene.actor("approver"), at=scene.at(drafted, 16))
    actions.answer(case=case, actor=clerk, at=scene.at(days.add(day, 3), 9))


def _rated(scene: Scene, case: Letter, day: date) -> None:
    _answered(scene, case, day)
    invitation = RatingInvitation.objects.get(letter=case, round=case.round)
    rated_at = scene.at(scene.days.add(day, 3), 20)
    actions.rate(invitation=invitation, solved=4, attitude=5, at=rated_at, why="答复清楚，办得也快。")


def _published(scene: Scene, case: Letter, day: date) -> None:
    _rated(scene, case, day)
    public = scene.days.add(day, 4)
    text = {"title": case.topic, "question": case.text, "answer": ANSWERS[case.topic]}
    actions.propose_release(case=case, actor=scene.actor("clerk"), at=scene.at(public, 9), **text)
    actions.clear_release(case=case, actor=scene.actor("secrecy"), at=scene.at(public, 11))
    actions.release(case=case, actor=scene.actor("publisher"), at=scene.at(public, 15))


ANSWERS = {
    "政务服务大厅周末是否办理业务": (
        "一、核实情况：市政务服务大厅周六上午安排值班窗口。\n"
        "二、答复意见：周六上午可以办理社保查询、证照领取等事项，其他事项请在工作日办理，也可以在网上预约。"
    ),
    "建议政府网站增加大字版": (
        "一、核实情况：您的建议有利于老年人使用网站。\n"
        "二、答复意见：已采纳。网站的字号可以随浏览器放大，版面随之调整，各栏目的大字显示正在逐页检查。"
    ),
    "询问公开征求意见在哪里查看": (
        "一、核实情况：公开征求意见的事项在门户网站集中发布。\n"
        "二、答复意见：请打开网站首页的“征集调查”栏目查看，截止日前可以直接在网上提出意见，结果在同一页面公布。"
    ),
}

STORIES = (
    Story(
        "某路口夜间照明不足",
        "红塔区某路口的路灯不亮，夜间行人很不安全，请尽快修复。",
        "help",
        "hongta",
        1,
        _stays,
    ),
    Story(
        "建议增设社区图书角",
        "建议在老旧小区改造中增设图书角，方便老人和孩子阅读。",
        "suggestion",
        "city",
        0,
        _stays,
        own=True,
        consent=True,
    ),
    Story("住房合同纠纷", "与开发商的合同纠纷已起诉，希望市长过问。", "complaint", "hongta", 6, _declined),
    Story(
        "公租房申请条件咨询",
        "外地户籍、在玉溪工作三年，能否申请公共租赁住房，需要什么材料？",
        "inquiry",
        "city",
        1,
        _assigned,
        consent=True,
    ),
    Story(
        "小区电梯频繁故障",
        "某小区3栋电梯一个月故障四次，物业没有维修，请督促解决。",
        "complaint",
        "hongta",
        4,
        _in_hand,
        own=True,
    ),
    Story(
        "反映工地夜间施工噪声",
        "某工地连续多日夜间施工到凌晨两点，影响休息。",
        "report",
        "jiangchuan",
        3,
        _in_hand,
        confidential=True,
    ),
    Story(
        "房屋漏水长期得不到处理",
        "顶楼漏水多次报修，一直没有解决。",
        "complaint",
        "tonghai",
        5,
        _supplement,
        own=True,
    ),
    Story(
        "二次供水水压不足",
        "高层住户早晚高峰没有水，请协调解决。",
        "help",
        "hongta",
        7,
        _drafted,
        consent=True,
    ),
    Story(
        "政务服务大厅周末是否办理业务",
        "平时上班走不开，请问市政务服务大厅周末能不能办理业务？",
        "inquiry",
        "city",
        12,
        _published,
        consent=True,
    ),
    Story(
        "建议政府网站增加大字版",
        "家里老人看不清网站上的字，建议增加大字版。",
        "suggestion",
        "city",
        9,
        _published,
        consent=True,
    ),
    Story(
        "询问公开征求意见在哪里查看",
        "想对正在制定的文件提意见，不知道在网站的什么地方查看。",
        "inquiry",
        "city",
        6,
        _rated,
    ),
)


@transaction.atomic
def seed(today: date) -> int:
    """Make the letters once, after the disclosure demo made the people; gives how many (0 the second time)."""
    if Letter.objects.exists() or not Account.objects.filter(email="clerk@demo.invalid").exists():
        return 0
    scene = Scene(today, calendar())
    for number, story in enumerate(STORIES):
        day = scene.before(story.age)
        answers: dict[str, Any] = {
            "addressee": "mayor" if number % 2 else "secretary",
            "addressed_unit": "",
            "letter_kind": story.kind,
            "place": story.place,
            "topic": story.topic,
            "text": story.text,
            "name": ("普丽芳", "梁䶮", "王小明", "刀玉兰")[number % 4],
            "phone": f"1370000{number:04d}",
            "email": "",
            "residence": "",
            "confidential": story.confidential,
            "consent_to_publish": story.consent,
        }
        asker = scene.actor("citizen") if story.own else GUEST
        key = f"demo-letter-key-{number:04d}"
        case = actions.submit(answers=answers, key=key, actor=asker, at=scene.at(day, 9)).case
        story.go(scene, case, day)
    return len(STORIES)
