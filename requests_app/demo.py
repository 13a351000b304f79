"""Demo accounts and a few requests in every state, made through the real actions on lawful dates."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from portal.core.actors import GUEST, Actor
from portal.core.limits import limit
from portal.core.workdays import WorkdayCalendar
from portal.holidays.calendars import calendar
from portal.units.access import actor_for
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Account, Unit
from requests_app import actions
from requests_app.actions.release import suggested_text
from requests_app.actions.reply import ReplyText
from requests_app.choices import Channel, RefusalGround, ReplyKind
from requests_app.demo_paths import seed_paths
from requests_app.models import DisclosureRequest
from requests_app.scene import Scene

SHANGHAI = ZoneInfo("Asia/Shanghai")
SINCE = date(2025, 1, 1)
OFFICE, HOUSING = "city-office", "housing"
PEOPLE = (
    ("clerk", "李经办", OFFICE, Role.CLERK),
    ("drafter", "吴拟稿", OFFICE, Role.CLERK),
    ("reviewer", "王审核", OFFICE, Role.REVIEWER),
    ("secrecy", "赵保密", OFFICE, Role.SECRECY_REVIEWER),
    ("approver", "陈签发", OFFICE, Role.APPROVER),
    ("publisher", "周发布", OFFICE, Role.PUBLISHER),
    ("housing-clerk", "孙经办", HOUSING, Role.CLERK),
    ("supervisor", "吴监督", OFFICE, Role.SUPERVISOR),
    ("admin", "钱系统", OFFICE, Role.SYSTEM_ADMIN),
    ("security", "郑安全", OFFICE, Role.SECURITY_ADMIN),
    ("audit", "冯审计", OFFICE, Role.AUDIT_ADMIN),
)
CITIZEN = ("citizen", "张市民")


@dataclass(frozen=True)
class Story:
    """What one demo request asks, and how far it goes; `age` is in working days before today."""

    unit: str
    name: str
    description: str
    age: int
    until: str
    kind: str = ReplyKind.DISCLOSE
    body: str = ""
    ground: str = ""


STORIES = (
    Story(
        OFFICE,
        "2025年度市政府常务会议议定事项公开情况",
        "希望获取2025年度已公开的常务会议议题目录。",
        60,
        "released",
        body="2025年度市政府共召开常务会议32次，已公开议题目录见市政府网站“政策文件”栏目，\n目录按会议日期排列，可以按主题检索。",
    ),
    Story(
        OFFICE,
        "玉溪市政府网站群管理办法（试行）",
        "希望获取该办法全文及印发文号。",
        48,
        "released",
        body="《玉溪市政府网站群管理办法（试行）》由玉政办发〔2019〕20号印发，共六章二十六条，全文已在市政府网站公开。",
    ),
    Story(
        OFFICE,
        "市级行政中心修缮工程会议讨论记录",
        "申请公开2025年修缮方案讨论过程的会议记录。",
        40,
        "released",
        ReplyKind.REFUSE,
        body="该记录为行政机关在履行行政管理职能过程中形成的讨论记录，不属于依法应当公开的内容。",
        ground=RefusalGround.PROCESS,
    ),
    Story(
        OFFICE,
        "2025年度市政府公报目录",
        "各期公报的目录和索取方式。",
        22,
        "answered",
        ReplyKind.DISCLOSE,
        body="2025年度市政府公报共出版6期，目录见市政府网站“政府公报”栏目，可到市政府办公室免费领取。",
    ),
    Story(OFFICE, "2026年民生实事项目进展情况", "希望了解各项目的牵头单位、资金和完成时间。", 26, "handling"),
    Story(
        OFFICE,
        "中心城区公交线路优化方案",
        "申请公开已批准的线路优化方案及实施时间。",
        20,
        "reviewing",
        body="中心城区公交线路优化方案已经批准，自公布之日起分三批实施，线路和时间见附表。",
    ),
    Story(
        OFFICE,
        "抚仙湖保护治理资金使用情况",
        "2024年至2025年资金安排和使用情况。",
        18,
        "signing",
        body="2024年至2025年抚仙湖保护治理资金安排和使用情况见附表，数据以财政决算为准。",
    ),
    Story(OFFICE, "政府采购投诉处理决定（2025年）", "申请2025年度全部投诉处理决定书。", 15, "extended"),
    Story(OFFICE, "市政府规章目录", "现行有效的规章和规范性文件目录。", 6, "handling"),
    Story(OFFICE, "应急避难场所名单", "中心城区应急避难场所的名称、地址和容纳人数。", 1, "submitted"),
    Story(OFFICE, "2026年重大建设项目清单", "项目名称、建设单位和总投资。", 0, "submitted"),
    Story(
        HOUSING, "2025年度老旧小区改造项目清单", "项目名称、所在社区、改造内容和投资金额。", 24, "handling"
    ),
    Story(HOUSING, "公共租赁住房分配结果", "2025年第二批公共租赁住房分配结果。", 19, "handling"),
    Story(HOUSING, "住宅专项维修资金使用情况", "某小区2025年度维修资金使用明细。", 4, "submitted"),
)
SURNAMES = (
    "普丽芳",
    "梁䶮",
    "王小明",
    "李晓华",
    "杨建国",
    "普文英",
    "张丽",
    "刀玉兰",
    "白志强",
    "陈静",
    "黄伟",
    "罗燕",
    "孔令辉",
    "马堃",
)


def password() -> str:
    """The demo accounts' password: made once on this machine, kept in var/secrets (mode 600)."""
    path = Path(settings.VAR_DIR) / "secrets" / "demo_password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(f"yuxi-{secrets.token_urlsafe(6)}", encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


def accounts() -> list[tuple[str, str, str]]:
    """(address, name, what for) of the demo accounts."""
    rows = [(f"{code}@demo.invalid", name, f"{unit} {role.label}") for code, name, unit, role in PEOPLE]
    return [*rows, (f"{CITIZEN[0]}@demo.invalid", CITIZEN[1], "公民账号")]


@transaction.atomic
def seed(today: date) -> int:
    """Make the accounts and requests once; gives the number of new requests (0 the second time)."""
    if Account.objects.filter(email=f"{CITIZEN[0]}@demo.invalid").exists():
        return 0
    secret = password()
    cast: dict[str, Actor] = {}
    for code, name, unit_code, role in PEOPLE:
        account = Account.objects.create_user(f"{code}@demo.invalid", secret, display_name=name)
        appoint(account=account, unit=Unit.objects.get(code=unit_code), role=role, starts_on=SINCE)
        cast[code] = actor_for(account, today)
    citizen = Account.objects.create_user(f"{CITIZEN[0]}@demo.invalid", secret, display_name=CITIZEN[1])
    days = calendar()
    for index, story in enumerate(STORIES):
        asker = actor_for(citizen, today) if index in (1, 7, 9) else GUEST
        _tell(story, index, cast, asker, today, days)
    scene = Scene(Unit.objects.get(code=OFFICE), cast, today, days)
    return len(STORIES) + seed_paths(scene, actor_for(citizen, today))


def _moment(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour, 17), SHANGHAI)


def _workday_before(today: date, count: int, days: WorkdayCalendar) -> date:
    day = today
    while days.between(day, today) < count or not days.is_workday(day):
        day -= timedelta(days=1)
    return day


def _tell(
    story: Story, index: int, cast: dict[str, Actor], asker: Actor, today: date, days: WorkdayCalendar
) -> None:
    asked_on = _workday_before(today, story.age, days)
    answers = {
        "applicant_kind": "citizen",
        "organisation_kind": "",
        "name": SURNAMES[index],
        "identity_kind": "passport",
        "identity_number": f"E{10000000 + index}",
        "phone": f"1380000{index:04d}",
        "email": "",
        "address": f"云南省玉溪市红塔区示例路{index + 1}号",
        "postcode": "653100",
        "information_name": story.name,
        "information_number": "",
        "description": story.description,
        "form_wanted": "electronic",
        "delivery": "online",
    }
    unit = Unit.objects.get(code=story.unit)
    case = actions.submit(
        unit=unit, answers=answers, key=f"demo-request-key-{index:04d}", actor=asker, at=_moment(asked_on, 9)
    ).case
    if story.until == "submitted":
        return
    clerk = cast["clerk"] if story.unit == OFFICE else cast["housing-clerk"]
    actions.register(
        case=case,
        received_on=asked_on,
        channel=Channel.ONLINE,
        evidence="平台确认",
        actor=clerk,
        at=_moment(asked_on),
    )
    officer = Account.objects.get(pk=clerk.account_id or 0)
    actions.assign(case=case, officer=officer, actor=clerk, at=_moment(asked_on, 11))
    if story.until == "extended":
        most = limit("disclosure.extension", on=asked_on).days
        actions.request_extension(
            case=case,
            days=most,
            reason="需要向九个县（市、区）调取资料",
            actor=clerk,
            at=_moment(days.add(asked_on, 10)),
        )
        actions.extend(case=case, actor=cast["approver"], at=_moment(days.add(asked_on, 11)))
    if story.body:
        _answer(story, case, cast, days.add(asked_on, 8), days)


def _answer(
    story: Story, case: DisclosureRequest, cast: dict[str, Actor], day: date, days: WorkdayCalendar
) -> None:
    text = ReplyText(story.kind, story.body, ground=story.ground)
    actions.draft_reply(case=case, text=text, actor=cast["clerk"], at=_moment(day))
    actions.submit_reply(case=case, actor=cast["clerk"], at=_moment(day, 11))
    if story.until == "reviewing":
        return
    actions.review_reply(case=case, actor=cast["reviewer"], at=_moment(days.add(day, 1)))
    actions.clear_reply(case=case, actor=cast["secrecy"], at=_moment(days.add(day, 2)))
    if story.until == "signing":
        return
    actions.sign_reply(case=case, actor=cast["approver"], at=_moment(days.add(day, 3)))
    actions.reply(case=case, actor=cast["clerk"], at=_moment(days.add(day, 4)))
    if story.until == "answered":
        return
    actions.propose_release(
        case=case, text=suggested_text(case), actor=cast["clerk"], at=_moment(days.add(day, 5))
    )
    actions.clear_release(case=case, actor=cast["secrecy"], at=_moment(days.add(day, 5), 14))
    actions.release(case=case, actor=cast["publisher"], at=_moment(days.add(day, 5), 15))
