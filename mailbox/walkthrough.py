"""A letter from the form to the second answer, on dates that can be checked by hand: walkthrough --path mailbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from mailbox import actions, queries
from mailbox.models import Letter, RatingInvitation
from portal.cases.ledger import verify_cases
from portal.core.actors import GUEST, Actor
from portal.documents.models import OfficialDocument
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.units.access import actor_for
from portal.units.actions import appoint, load_organisation
from portal.units.choices import Role
from portal.units.models import Account, Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
PEOPLE = {
    "office": ("city-office", Role.CLERK, "李信箱"),
    "clerk": ("housing", Role.CLERK, "孙经办"),
    "reviewer": ("housing", Role.REVIEWER, "钱审核"),
    "approver": ("housing", Role.APPROVER, "郑局长"),
    "helper": ("transport", Role.CLERK, "吴协办"),
}
LETTER: dict[str, Any] = {
    "addressee": "mayor",
    "addressed_unit": "",
    "letter_kind": "help",
    "place": "hongta",
    "topic": "某路口夜间照明不足",
    "text": "红塔区某路口的路灯不亮，夜间行人很不安全，请尽快修复。",
    "name": "梁䶮",
    "phone": "13800000001",
    "email": "liang@example.org",
    "residence": "",
    "confidential": False,
    "consent_to_publish": True,
}
BODY = "一、核实情况：该路口2盏路灯因线路故障不亮。\n二、处理情况：已于2月27日修复。"


class Stage(Protocol):
    """What a walk gives: a line to print, an expectation to hold, a folder for the papers."""

    @property
    def say(self) -> Callable[[str], None]: ...

    @property
    def out(self) -> Path: ...

    def expect(self, true: bool, what: str) -> None: ...


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


def _cast() -> dict[str, Actor]:
    load_organisation()
    people = {}
    for code, (unit, role, name) in PEOPLE.items():
        account = Account.objects.create_user(f"{code}@yuxi.invalid", None, display_name=name)
        appoint(account=account, unit=Unit.objects.get(code=unit), role=role, starts_on=date(2026, 1, 1))
        people[code] = actor_for(account, date(2026, 2, 1))
    return people


def _line(walk: Stage, day: date, who: str, what: str, case: Letter) -> None:
    due = case.due_on.isoformat() if case.due_on else "—"
    walk.say(f"{day}  {who:<6}  {what:<12}  状态：{case.state_label():<12}  到期日：{due}")


def mailbox_path(walk: Stage) -> None:
    """Written before the Spring Festival, answered by two units, rated badly, answered once more."""
    people = _cast()
    day = date(2026, 2, 10)
    case = actions.submit(answers=dict(LETTER), key="walkthrough-letter-key-1", actor=GUEST, at=_at(day)).case
    _line(walk, day, "来信人", "提交来信", case)
    actions.accept(case=case, complexity="reply_complex", actor=people["office"], at=_at(day, 14))
    _line(walk, day, "李信箱", "受理", case)
    walk.expect(case.due_on == date(2026, 3, 2), f"due {case.due_on}, expected 2026-03-02")
    housing, transport = Unit.objects.get(code="housing"), Unit.objects.get(code="transport")
    actions.assign(case=case, unit=housing, actor=people["office"], at=_at(day, 15))
    _line(walk, day, "李信箱", "交办", case)
    day = date(2026, 2, 11)
    actions.sign_for(case=case, actor=people["clerk"], at=_at(day))
    _line(walk, day, "孙经办", "签收", case)
    actions.ask_assistance(
        case=case,
        unit=transport,
        asked="请核实道路权属。",
        due_on=date(2026, 2, 14),
        actor=people["clerk"],
        at=_at(day, 11),
    )
    day = date(2026, 2, 13)
    actions.contribute(
        case=case, text="该路口由我局管养，线路属路灯管理所。", actor=people["helper"], at=_at(day)
    )
    _line(walk, day, "吴协办", "反馈协办意见", case)
    reminded = actions.send_reminders(at=_at(date(2026, 2, 26), 9))
    again = actions.send_reminders(at=_at(date(2026, 2, 26), 9))
    walk.say(f"2026-02-26  系统    到期前提醒 {reminded} 份，重复运行 {again} 份")
    walk.expect(bool(reminded) and not again, "a reminder is missing or was sent twice")
    _answer(walk, case, people, date(2026, 2, 27))
    walk.expect(case.closed_on == date(2026, 3, 2), f"answered on {case.closed_on}")
    invitation = _object(walk, case)
    walk.expect(invitation is not None, "no rating link was sent")
    case = Letter.objects.get(pk=case.pk)
    _finish(walk, case)


def _answer(walk: Stage, case: Letter, people: dict[str, Actor], day: date) -> None:
    actions.draft_reply(case=case, body=BODY, actor=people["clerk"], at=_at(day))
    actions.submit_reply(case=case, actor=people["clerk"], at=_at(day, 11))
    _line(walk, day, "孙经办", "拟写并送审", case)
    actions.review_reply(case=case, actor=people["reviewer"], at=_at(day, 14))
    _line(walk, day, "钱审核", "审核通过", case)
    day = date(2026, 2, 28)
    actions.sign_reply(case=case, actor=people["approver"], at=_at(day))
    _line(walk, day, "郑局长", "签发", case)
    day = date(2026, 3, 2)
    actions.answer(case=case, actor=people["office"], at=_at(day))
    _line(walk, day, "李信箱", "核查并发出答复", case)


def _object(walk: Stage, case: Letter) -> RatingInvitation | None:
    """The writer opens the link from the mail, rates, and is not satisfied: a second round with a clock of its own."""
    run_due()
    message = Message.objects.filter(key__startswith=f"{case.public_id}:rate:").order_by("pk").last()
    if message is None:
        return None
    token = message.secret_link.strip("/").split("/")[-1]
    invitation = queries.find_invitation(token)
    actions.rate(invitation=invitation, solved=1, attitude=3, why="只修好了一盏", at=_at(date(2026, 3, 4)))
    walk.say("2026-03-04  来信人   评价：解决 1 分，态度 3 分（承办单位不知是谁评价）")
    actions.object_to_answer(invitation=invitation, reason="另一盏仍不亮", at=_at(date(2026, 3, 4), 11))
    again = Letter.objects.get(pk=case.pk)
    _line(walk, date(2026, 3, 4), "来信人", "要求重新办理", again)
    walk.expect(again.round == 2 and again.is_open, "there is no second round")
    return invitation


def _finish(walk: Stage, case: Letter) -> None:
    run_due()
    left = OutboxJob.objects.filter(done_at__isnull=True).exclude(topic="messaging.deliver")
    walk.expect(not left.exists(), "jobs are left over")
    walk.out.mkdir(parents=True, exist_ok=True)
    for paper in OfficialDocument.objects.filter(case=case).select_related("file"):
        walk.expect(paper.file is not None, f"{paper} was not rendered")
        assert paper.file is not None
        path = walk.out / paper.filename
        path.write_bytes(paper.file.read())
        walk.say(f"文书  {paper}  →  {path}")
    findings = list(verify_cases())
    walk.expect(not findings, f"ledger: {findings}")
    walk.say(f"台账核验通过：{case.last_seq}个事件，末摘要 {case.last_digest[:16]}…")
