"""The city's own notice published with its two documents, and what happens to them later: walkthrough --path publish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol

from notices import actions, queries
from notices.demo import FOUNDING_TEXT
from notices.models import Article, Column
from portal.cases.ledger import verify_cases
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.core.moments import CITY_ZONE
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import run_due
from portal.search.queries import search
from portal.units.access import actor_for
from portal.units.actions import appoint, load_organisation
from portal.units.choices import Role
from portal.units.models import Account, Unit

TITLES = ("玉溪市政府网站群管理办法(试行)", "玉溪市政府信息公开发布制度")
PEOPLE = {
    "clerk": (Role.CLERK, "李经办"),
    "reviewer": (Role.REVIEWER, "王审核"),
    "secrecy": (Role.SECRECY_REVIEWER, "周保密"),
    "approver": (Role.APPROVER, "赵秘书长"),
    "publisher": (Role.PUBLISHER, "钱发布"),
}


class Stage(Protocol):
    """What a walk gives: a line to print, an expectation to hold, a folder for the papers."""

    @property
    def say(self) -> Callable[[str], None]: ...

    @property
    def out(self) -> Path: ...

    def expect(self, true: bool, what: str) -> None: ...


def _at(day: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), CITY_ZONE)


def _cast() -> tuple[Unit, dict[str, Actor]]:
    load_organisation()
    unit = Unit.objects.get(code="city-office")
    people = {}
    for code, (role, name) in PEOPLE.items():
        account = Account.objects.create_user(f"{code}@yuxi.invalid", None, display_name=name)
        appoint(account=account, unit=unit, role=role, starts_on=date(2019, 1, 1))
        people[code] = actor_for(account, date(2026, 2, 1))
    return unit, people


def _line(walk: Stage, day: str, who: str, what: str, case: Article) -> None:
    due = case.due_on.isoformat() if case.due_on else "—"
    inner = case.internal_due_on.isoformat() if case.internal_due_on else "—"
    walk.say(
        f"{day}  {who:<6}  {what:<12}  状态：{case.state_label():<12}  内部期限：{inner}  法定期限：{due}"
    )


def parts_of(text: str) -> tuple[str, str, str]:
    """The covering notice and the two documents of the founding text; together they are the whole of it."""
    first, second = (text.index(f"\n{title}\n") + 1 for title in TITLES)
    return text[:first], text[first:second], text[second:]


def _draft(unit: Unit, people: dict[str, Actor], title: str, body: str, entry: str, **facts: Any) -> Article:
    answers = {
        "title": title,
        "column": Column.objects.get(unit=unit, entry=entry),
        "route": "marked",
        "doc_number": "玉政办发〔2019〕20号",
        "issuer": unit.name,
        "made_on": date(2026, 2, 13),
        "subject": "governance",
        "openness": "proactive",
        "summary": "",
        "body": body,
        "source": "",
        "source_url": "",
        "interprets": None,
        "outlets": ["board", "press"],
        **facts,
    }
    return actions.open_item(answers=answers, actor=people["clerk"], at=_at("2026-02-13"))


def _through(case: Article, people: dict[str, Actor], day: str) -> None:
    actions.submit_item(case=case, actor=people["clerk"], at=_at(day, 9))
    actions.review_item(case=case, actor=people["reviewer"], at=_at(day, 10))
    actions.clear_item(case=case, actor=people["secrecy"], at=_at(day, 11))


def publish_path(walk: Stage) -> None:
    """Made before the Spring Festival, published in three working days, revised, amended, taken down."""
    unit, people = _cast()
    walk.say(f"目录  {actions.load_catalogue()} 个栏目；缺少必设栏目 {len(queries.missing_obligatory())} 个")
    text = FOUNDING_TEXT.read_text(encoding="utf-8")
    cover, first, second = parts_of(text)
    walk.expect(cover + first + second == text, "something of the founding text is lost")
    notice = _draft(unit, people, "关于印发两个文件的通知", cover.replace("# ", "", 1), "documents")
    _line(walk, "2026-02-13", "李经办", "起草", notice)
    walk.expect(notice.internal_due_on == date(2026, 2, 25), f"internal {notice.internal_due_on}")
    walk.expect(notice.due_on == date(2026, 3, 19), f"due {notice.due_on}")
    items = [
        notice,
        *(_draft(unit, people, t, b, "rules") for t, b in zip(TITLES, (first, second), strict=True)),
    ]
    for case in items:
        _through(case, people, "2026-02-24")
        walk.expect(case.state == "approved", f"{case.title} is {case.state}")
    _line(walk, "2026-02-24", "周保密", "审查通过，按类别不需审定", notice)
    for case in items:
        actions.publish_item(
            case=case, actor=people["publisher"], at=_at("2026-02-24", 16), publish_at=_at("2026-02-25", 8)
        )
    walk.expect(not queries.latest(_at("2026-02-25", 7)), "it is out before its time")
    walk.expect(len(queries.latest(_at("2026-02-25", 8))) == 3, "it is not out at its time")
    _line(walk, "2026-02-25", "钱发布", "定时发布", notice)
    _emergency(walk, unit, people)
    rules = items[1]
    actions.revise(case=rules, reason="附则有误", actor=people["clerk"], at=_at("2026-03-10"))
    _line(walk, "2026-03-10", "李经办", "修订，原版继续公开", rules)
    walk.expect(rules.internal_due_on == date(2026, 3, 13), f"update by {rules.internal_due_on}")
    _through(rules, people, "2026-03-11")
    actions.publish_item(case=rules, actor=people["publisher"], at=_at("2026-03-11", 16))
    actions.set_validity(
        case=rules,
        validity="amended",
        document="玉政办发〔2026〕9号",
        actor=people["publisher"],
        at=_at("2026-03-12"),
    )
    actions.withdraw_item(case=notice, reason="附件另行发布", actor=people["publisher"], at=_at("2026-03-13"))
    _line(walk, "2026-03-13", "钱发布", "撤下通知，两个文件仍公开", notice)
    states = queries.column_states(_at("2026-03-13"), units=frozenset({unit.pk}))
    walk.say(f"栏目  {queries.alive_table(states)}")
    _finish(walk, rules)


def _emergency(walk: Stage, unit: Unit, people: dict[str, Actor]) -> None:
    case = _draft(
        unit,
        people,
        "山洪灾害橙色预警",
        "今晚有强降雨，请沿河群众注意避险。",
        "notices",
        route="emergency",
        doc_number="",
        made_on=date(2026, 2, 13),
    )
    actions.publish_urgently(case=case, reason="强降雨", actor=people["approver"], at=_at("2026-02-28", 20))
    _line(walk, "2026-02-28", "赵秘书长", "突发，先行发布", case)
    try:
        actions.review_after(case=case, actor=people["approver"], at=_at("2026-03-02"))
    except StepRefused:
        walk.say("2026-03-02  赵秘书长   自己补审，被拒")
    else:
        walk.expect(False, "the publisher reviewed it himself")
    actions.review_after(case=case, actor=people["reviewer"], at=_at("2026-03-02", 11))
    _line(walk, "2026-03-02", "王审核", "补审通过，还须保密审查", case)
    actions.review_after(case=case, actor=people["secrecy"], at=_at("2026-03-02", 14))
    _line(walk, "2026-03-02", "周保密", "补审通过", case)


def _finish(walk: Stage, case: Article) -> None:
    run_due()
    left = OutboxJob.objects.filter(done_at__isnull=True)
    walk.expect(not left.exists(), "jobs are left over")
    walk.expect(search("政府信息公开发布制度").total >= 1, "the search does not find it")
    walk.expect(search("山洪灾害").total == 1, "the search does not find the warning")
    walk.out.mkdir(parents=True, exist_ok=True)
    for version in queries.latest(_at("2026-03-14")):
        walk.say(f"公开  {version.title}  第{version.number}版  {version.sha256[:16]}…")
    findings = list(verify_cases())
    walk.expect(not findings, f"ledger: {findings}")
    walk.say(f"台账核验通过：{case.last_seq}个事件，末摘要 {case.last_digest[:16]}…")
