"""Demo requests on the law's other paths: consulted, to be paid, to be corrected, flagged, entered on paper, asked twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal.core.actors import Actor
from portal.core.limits import limit
from requests_app import actions
from requests_app.actions.offline import PaperReceipt
from requests_app.actions.parties import Party
from requests_app.actions.reply import ReplyText
from requests_app.actions.sending import Handover
from requests_app.choices import Channel, RefusalGround, ReplyKind
from requests_app.demo_records import recorded
from requests_app.models import DisclosureRequest
from requests_app.scene import Scene


@dataclass(frozen=True)
class Path:
    """What a request asks, how many working days ago it came, and how it goes on."""

    name: str
    description: str
    age: int
    go: Callable[[Scene, DisclosureRequest, date], None]
    own: bool = False
    delivery: str = "online"


def _consulting(scene: Scene, case: DisclosureRequest, day: date) -> None:
    party = Party(
        "third_party",
        "玉溪某建设有限公司",
        "该公司承建项目的合同价款、付款方式和工期条款。",
        "online",
        "party@demo.invalid",
    )
    actions.consult(case=case, party=party, actor=scene.clerk, at=scene.at(scene.days.add(day, 2)))
    joint = Party(
        "joint_maker",
        "玉溪市发展和改革委员会",
        "联合印发的实施方案。",
        "post",
        address="玉溪市红塔区",
        tracking="XA98765432153",
    )
    actions.consult(case=case, party=joint, actor=scene.clerk, at=scene.at(scene.days.add(day, 3)))


def _objected(scene: Scene, case: DisclosureRequest, day: date) -> None:
    party = Party("third_party", "玉溪某环保科技公司", "排污监测的原始数据。", "online", "eco@demo.invalid")
    sent = scene.days.add(day, 1)
    actions.consult(case=case, party=party, actor=scene.clerk, at=scene.at(sent))
    asked = case.consultations.get()
    heard = scene.days.add(sent, 4)
    reason = "监测点位和工艺参数属于本公司商业秘密，公开后会被竞争对手利用。"
    actions.take_opinion(
        case=case, consultation=asked, opinion="refuse", reason=reason, actor=scene.clerk, at=scene.at(heard)
    )
    actions.propose_override(
        case=case,
        consultation=asked,
        reason="监测数据关系群众健康，不公开将妨碍公众对环境质量的监督。",
        actor=scene.clerk,
        at=scene.at(scene.days.add(heard, 1)),
    )


def _to_pay(scene: Scene, case: DisclosureRequest, day: date) -> None:
    actions.charge_fee(
        case=case,
        tariff="by_page",
        count=250,
        earlier=0,
        reason="您申请的材料共250页，超过免费范围",
        ways="到政务服务大厅缴纳",
        actor=scene.clerk,
        at=scene.at(scene.days.add(day, 3)),
    )


def _to_correct(scene: Scene, case: DisclosureRequest, day: date) -> None:
    told = scene.days.add(day, 3)
    actions.request_correction(
        case=case,
        unclear="一、请明确所需资金明细的年度。\n二、请明确所指项目的名称或者批准文号。",
        correct_by=scene.days.add(told, 15),
        actor=scene.clerk,
        at=scene.at(told),
    )


def _flagged(scene: Scene, case: DisclosureRequest, day: date) -> None:
    actions.flag_obvious(
        case=case, ground=RefusalGround.STATE_SECRET, actor=scene.clerk, at=scene.at(day, 15)
    )


def _asked_for_reasons(scene: Scene, case: DisclosureRequest, day: date) -> None:
    told = scene.days.add(day, 2)
    actions.ask_reasons(
        case=case,
        finding=f"近{limit('disclosure.volume', on=told).text}内，您向本机关提出政府信息公开申请46件，其中31件为同一事项。",
        answer_by=scene.days.add(told, 10),
        actor=scene.clerk,
        at=scene.at(told),
    )


def _by_items(scene: Scene, case: DisclosureRequest, day: date) -> None:
    """Answered matter by matter, sent by post, rated, a record to be corrected, a reconsideration under way."""
    actions.record_search(
        case=case,
        searched_on=scene.days.add(day, 2),
        place="公文系统、档案室2025年全部卷宗",
        words="“拨款台账”“专项资金”",
        result="未查到拨款台账，财政部门另行保存",
        found=False,
        actor=scene.clerk,
        at=scene.at(scene.days.add(day, 2)),
    )
    texts = (
        ReplyText(
            ReplyKind.DISCLOSE, "2025年度安排专项资金12项，共1.86亿元，清单见附件。", matter="资金安排清单"
        ),
        ReplyText(
            ReplyKind.REFUSE,
            "该记录为行政机关履行行政管理职能过程中形成的讨论记录。",
            ground=RefusalGround.PROCESS,
            position=2,
            matter="资金分配讨论记录",
        ),
        ReplyText(ReplyKind.NOT_HELD, "拨款台账由财政部门保存，可向其申请。", position=3, matter="拨款台账"),
    )
    sent = scene.answer(case, scene.days.add(day, 3), *texts)
    got = scene.days.add(sent, 3)
    posted = Handover("post", posted_on=sent, tracking="XA12345678953")
    row = actions.send_reply(case=case, handover=posted, actor=scene.clerk, at=scene.at(sent, 16))
    actions.record_receipt(case=case, delivery=row, delivered_on=got, actor=scene.clerk, at=scene.at(got, 16))
    after = scene.days.add(got, 2)
    actions.ask_fix(
        case=case,
        wrong="清单第7项的项目名称有误，应为“北城街道管网改造”。",
        evidence="项目批复文件和施工许可。",
        actor=scene.clerk,
        at=scene.at(after),
    )
    actions.record_remedy(
        case=case,
        kind="reconsideration",
        body="玉溪市人民政府",
        number="玉政复〔2026〕8号",
        filed_on=scene.days.add(after, 3),
        actor=scene.clerk,
        at=scene.at(scene.days.add(after, 4)),
    )


def _late_flag(scene: Scene, case: DisclosureRequest, day: date) -> None:
    """In a clerk's hands: the second time that somebody asks for the same."""


PATHS = (
    Path("老旧小区改造施工合同", "合同文本和付款条款。", 12, _consulting),
    Path("重点排污单位监测数据", "2025年度在线监测原始数据。", 14, _objected),
    Path("市级预算执行明细材料", "2020年至2025年各季度执行情况。", 9, _to_pay, own=True),
    Path("专项资金使用明细", "想了解资金的使用。", 8, _to_correct, own=True),
    Path("人防工程布局资料", "人防工程位置和规模。", 1, _flagged),
    Path("历年会议纪要目录", "2010年以来全部会议纪要。", 7, _asked_for_reasons, own=True),
    Path("2025年度专项资金安排", "安排清单、讨论记录和拨款台账。", 30, _by_items, own=True, delivery="post"),
    Path("老旧小区改造施工合同", "合同文本、付款条款和工期。", 2, _late_flag),
    Path("城区老旧小区改造项目清单", "2025年度改造的小区、内容和投资。", 5, recorded),
)


def seed_paths(scene: Scene, citizen: Actor) -> int:
    """Make them; gives how many."""
    for number, path in enumerate(PATHS):
        case = scene.handled(
            f"path-{number:04d}",
            path.name,
            path.description,
            path.age,
            citizen if path.own else None,
            path.delivery,
        )
        path.go(scene, case, case.received_on or scene.today)
    _on_paper(scene)
    return len(PATHS) + 1


def _on_paper(scene: Scene) -> None:
    """A registered letter that a clerk entered."""
    entered_on = scene.workday_before(3)
    received_on = scene.workday_before(4)
    actions.enter(
        unit=scene.unit,
        answers=scene.answers("paper", "乡村公路养护计划", "2026年度养护计划和经费。") | {"delivery": "post"},
        receipt=PaperReceipt(Channel.REGISTERED_POST, received_on, "挂号信XA55566677753，已签收"),
        key="demo-paper-key-000001",
        actor=scene.clerk,
        at=scene.at(entered_on),
    )
