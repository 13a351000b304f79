"""Demo items of the government office, through the real actions; the people are those of the disclosure demo."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from notices import actions
from notices.models import Article, Column
from portal.core.actors import Actor
from portal.core.moments import CITY_ZONE
from portal.jobs.outbox import run_due
from portal.units.access import actor_for
from portal.units.models import Account, Unit

PEOPLE = ("clerk", "reviewer", "secrecy", "approver", "publisher")
ITEMS = (
    (
        "notices",
        "关于做好抗旱保供水工作的通告",
        "general",
        "",
        "agriculture",
        5,
        "入秋以来降水偏少，为保障城乡居民用水，现就有关事项通告如下。\n# 一、供水保障\n城区供水企业应当优先保障居民生活用水。\n# 二、节约用水\n提倡一水多用，洗车、绿化用水使用再生水。\n# 三、咨询电话\n供水服务热线：12345。",
    ),
    (
        "documents",
        "玉溪市公共停车场管理规定",
        "business",
        "玉政办发〔2026〕18号",
        "construction",
        25,
        "第一条　为了规范公共停车场的建设和管理，制定本规定。\n第二条　本规定适用于中心城区公共停车场。\n第三条　公共停车场应当公示收费标准和监督电话。",
    ),
    (
        "news-reading",
        "《玉溪市公共停车场管理规定》解读",
        "business",
        "",
        "construction",
        24,
        "# 为什么制定\n中心城区停车供需矛盾突出。\n# 有什么变化\n明确收费公示、错时开放和监督电话三项要求。",
    ),
    (
        "news-work",
        "全市重点项目推进会召开",
        "general",
        "",
        "economy",
        2,
        "会议通报了重点项目进展，安排了年底前的工作。",
    ),
    (
        "profile",
        "玉溪市人民政府办公室机构职能",
        "business",
        "",
        "governance",
        200,
        "# 主要职责\n负责市政府日常工作，承办市政府会议的准备和组织，指导全市政府信息公开。\n# 办公地址\n云南省玉溪市红塔区。",
    ),
    (
        "guide",
        "玉溪市人民政府办公室信息公开指南",
        "business",
        "",
        "governance",
        200,
        "# 主动公开\n通过本网站信息发布栏目公开。\n# 依申请公开\n公民、法人和其他组织可以在网上提出申请，按法定期限答复。",
    ),
    (
        "documents",
        "玉溪市临时占道经营管理办法",
        "business",
        "玉政办发〔2021〕7号",
        "construction",
        120,
        "第一条　为了规范临时占道经营，制定本办法。\n第二条　设置临时经营区域应当征求周边居民意见。",
    ),
)
STRUCTURED: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    (
        "profile",
        "玉溪市人民政府办公室机构职能",
        "profile",
        {
            "duties": "负责市政府会议的准备和组织\n指导、监督全市政府信息公开\n办理书记市长信箱",
            "head": "办公室主任",
            "divisions": "政务公开科|政府信息公开的指导和监督|0877-2012346\n信箱办公室|群众来信的登记、交办、核查|0877-2012347",
            "place": "玉溪市红塔区",
            "hours": "工作日8:30—11:30，14:30—17:30",
            "phone": "0877-2012345",
        },
    ),
    (
        "fields",
        "政府信息公开申请办事指南",
        "service",
        {
            "audience": "both",
            "basis": "《中华人民共和国政府信息公开条例》",
            "conditions": "公民、法人或者其他组织\n申请内容指向明确",
            "materials": "申请表|1|网上填写或者下载填写\n身份证明|1|出示或者上传",
            "steps": "提出申请|网上、当面或者邮寄|—\n登记|核对内容，不明确的告知补正|7个工作日内\n办理|检索、征求意见、审核|20个工作日内\n答复|发出告知书|办理期限内",
            "legal_days": "20",
            "promised_days": "15",
            "fee": "不收费",
            "place": "玉溪市人民政府办公室政务公开科",
            "hours": "工作日8:30—11:30，14:30—17:30",
            "phone": "0877-2012345",
            "apply_url": "",
        },
    ),
)
FOUNDING_TEXT = Path(__file__).parent.parent / "consultations" / "data" / "founding-text.md"


class _Desk:
    def __init__(self, today: date) -> None:
        self.today = today
        self.unit = Unit.objects.get(code="city-office")
        self.people: dict[str, Actor] = {
            code: actor_for(Account.objects.get(email=f"{code}@demo.invalid"), today) for code in PEOPLE
        }

    def at(self, days_ago: int, hour: int) -> datetime:
        """A moment that many calendar days ago."""
        return datetime.combine(self.today - timedelta(days=days_ago), time(hour, 15), CITY_ZONE)

    def draft(self, entry: str, ago: int, **facts: Any) -> Article:
        """An item that the clerk has written."""
        answers = {
            "column": Column.objects.get(unit=self.unit, entry=entry),
            "doc_number": "",
            "issuer": self.unit.name,
            "made_on": self.today - timedelta(days=ago),
            "openness": "proactive",
            "summary": "",
            "source": "",
            "source_url": "",
            "interprets": None,
            "outlets": ["board"],
            **facts,
        }
        return actions.open_item(answers=answers, actor=self.people["clerk"], at=self.at(ago, 9))

    def publish(self, case: Article, ago: int) -> None:
        """Through the review of its route, out on the same day."""
        actions.submit_item(case=case, actor=self.people["clerk"], at=self.at(ago, 10))
        actions.review_item(case=case, actor=self.people["reviewer"], at=self.at(ago, 11))
        actions.clear_item(case=case, actor=self.people["secrecy"], at=self.at(ago, 14))
        if case.state == "leading":
            actions.approve_item(case=case, actor=self.people["approver"], at=self.at(ago, 15))
        actions.publish_item(case=case, actor=self.people["publisher"], at=self.at(ago, 16))


def seed(today: date) -> int:
    """Make the items once, after the disclosure demo made the people; gives how many (0 the second time)."""
    actions.load_catalogue()
    if Article.objects.exists() or not Account.objects.filter(email="publisher@demo.invalid").exists():
        return 0
    desk = _Desk(today)
    with transaction.atomic():
        document = None
        for entry, title, route, number, subject, ago, body in ITEMS:
            case = desk.draft(
                entry,
                ago,
                title=title,
                route=route,
                doc_number=number,
                subject=subject,
                body=body,
                interprets=document if entry == "news-reading" else None,
            )
            desk.publish(case, ago)
            document = case if entry == "documents" else document
        assert document is not None
        actions.set_validity(
            case=document,
            validity="repealed",
            document="玉政办发〔2026〕18号",
            actor=desk.people["publisher"],
            at=desk.at(20, 9),
        )
        text = FOUNDING_TEXT.read_text(encoding="utf-8")
        founding = desk.draft(
            "documents",
            3,
            title="玉溪市人民政府办公室关于印发网站群管理办法和信息公开发布制度的通知",
            route="marked",
            doc_number="玉政办发〔2019〕20号",
            subject="governance",
            body="\n".join(line for line in text.splitlines() if "founding text" not in line).lstrip("# "),
        )
        desk.publish(founding, 3)
        desk.draft(
            "notices",
            4,
            title="关于调整部分公交线路的公告",
            route="general",
            subject="industry",
            body="自下月1日起，调整3路、5路公交线路走向。",
        )
        for entry, title, structure, answers in STRUCTURED:
            case = desk.draft(entry, 15, title=title, route="business", subject="governance", body="")
            actions.put_structure(
                case=case, structure=structure, answers=answers, actor=desk.people["clerk"], at=desk.at(15, 9)
            )
            desk.publish(case, 15)
        waiting = desk.draft(
            "notices",
            1,
            title="关于公布2026年第三季度主要经济数据的通告",
            route="major",
            subject="economy",
            body="现将第三季度全市主要经济数据予以公布。",
        )
        actions.submit_item(case=waiting, actor=desk.people["clerk"], at=desk.at(1, 10))
    run_due()
    return len(ITEMS) + len(STRUCTURED) + 3
