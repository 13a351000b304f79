"""The stage of a walk: the organisation, the cast, and the stretches that several paths share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from portal.cases.ledger import verify_cases
from portal.core.actors import GUEST, Actor
from portal.documents.models import OfficialDocument
from portal.holidays.calendars import calendar
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import run_due
from portal.units.access import actor_for
from portal.units.actions import appoint, load_organisation
from portal.units.choices import Role
from portal.units.models import Account, Unit
from requests_app import actions
from requests_app.actions.reply import ReplyText
from requests_app.choices import Channel
from requests_app.models import DisclosureRequest

SHANGHAI = ZoneInfo("Asia/Shanghai")
CAST = {
    Role.CLERK: "李经办",
    Role.REVIEWER: "王审核",
    Role.SECRECY_REVIEWER: "赵保密",
    Role.APPROVER: "陈签发",
    Role.PUBLISHER: "周发布",
}
ANSWERS = {
    "applicant_kind": "citizen",
    "organisation_kind": "",
    "name": "梁䶮",
    "identity_kind": "resident",
    "identity_number": "11010519491231002X",
    "phone": "13800000000",
    "email": "",
    "address": "云南省玉溪市红塔区示例路1号",
    "postcode": "653100",
    "information_name": "玉溪市政府网站群管理办法（试行）",
    "information_number": "玉政办发〔2019〕20号",
    "description": "希望获取该办法第三条关于政府信息发布期限的规定，以及《玉溪市政府信息公开发布制度》第十四条的全文。",
    "form_wanted": "electronic",
    "delivery": "online",
}


class WalkthroughFailed(AssertionError):
    """Something on the way was not as it must be."""


@dataclass
class Walk:
    """A walk on a scratch database; `say` prints a line."""

    say: Callable[[str], None]
    out: Path
    people: dict[str, Actor] = field(default_factory=dict)

    def expect(self, true: bool, what: str) -> None:
        """Stop the walk if it is off."""
        if not true:
            raise WalkthroughFailed(what)

    def line(self, day: date, who: str, what: str, case: DisclosureRequest) -> None:
        """One step: date, actor, verb, state, due date."""
        due = case.due_on.isoformat() if case.due_on else "—"
        self.say(f"{day}  {who:<6}  {what:<14}  状态：{case.state_label():<10}  到期日：{due}")


def at(day: date, hour: int = 10) -> datetime:
    """A moment of that day in Yuxi."""
    return datetime.combine(day, time(hour), SHANGHAI)


def appoint_cast(unit: Unit, since: date) -> dict[str, Actor]:
    """One person for each role of the unit, as actors."""
    people = {}
    for role, name in CAST.items():
        account = Account.objects.create_user(f"{role.value}@yuxi.invalid", None, display_name=name)
        appoint(account=account, unit=unit, role=role, starts_on=since)
        people[role.value] = actor_for(account, since)
    return people


@contextmanager
def stage(walk: Walk) -> Iterator[Unit]:
    """The organisation and the cast."""
    load_organisation()
    unit = Unit.objects.get(code="city-office")
    walk.people = appoint_cast(unit, date(2026, 1, 1))
    yield unit


def answer_it(walk: Walk, case: DisclosureRequest, day: date, *texts: ReplyText) -> None:
    """Draft on that day, then a working day for each of review, secrecy, signature and sending."""
    people = walk.people
    for text in texts:
        actions.draft_reply(case=case, text=text, actor=people["clerk"], at=at(day))
    actions.submit_reply(case=case, actor=people["clerk"], at=at(day, 11))
    walk.line(day, "李经办", "拟写答复并送审", case)
    for verb, who, label, name in (
        (actions.review_reply, "reviewer", "审核通过", "王审核"),
        (actions.clear_reply, "secrecy_reviewer", "保密审查通过", "赵保密"),
        (actions.sign_reply, "approver", "签发", "陈签发"),
    ):
        day = calendar().add(day, 1)
        verb(case=case, actor=people[who], at=at(day))
        walk.line(day, name, label, case)
    day = calendar().add(day, 1)
    actions.reply(case=case, actor=people["clerk"], at=at(day))
    walk.line(day, "李经办", "发出答复", case)
    walk.expect(case.state == "answered" and case.closed_on == day, "not answered")


def finish(walk: Walk, case: DisclosureRequest, *, papers: int) -> None:
    """Render what was issued, write the PDFs, prove the log."""
    run_due()
    walk.expect(
        not OutboxJob.objects.filter(done_at__isnull=True).exclude(topic="messaging.deliver").exists(),
        "jobs are left over",
    )
    walk.out.mkdir(parents=True, exist_ok=True)
    issued: list[Any] = list(OfficialDocument.objects.filter(case=case).select_related("file"))
    walk.expect(len(issued) == papers, f"{len(issued)} papers, expected {papers}")
    for paper in issued:
        walk.expect(paper.file is not None, f"{paper} was not rendered")
        path = walk.out / paper.filename
        path.write_bytes(paper.file.read())
        walk.say(f"文书  {paper}  →  {path}")
    findings = list(verify_cases())
    walk.expect(not findings, f"ledger: {findings}")
    walk.say(f"台账核验通过：{case.last_seq}个事件，末摘要 {case.last_digest[:16]}…")


def handled(walk: Walk, unit: Unit, key: str) -> DisclosureRequest:
    """A request received on 2026-02-10 and in the clerk's hands."""
    clerk = walk.people["clerk"]
    case = actions.submit(
        unit=unit, answers=dict(ANSWERS), key=key, actor=GUEST, at=at(date(2026, 2, 9))
    ).case
    day = date(2026, 2, 10)
    actions.register(
        case=case, received_on=day, channel=Channel.ONLINE, evidence="平台确认", actor=clerk, at=at(day)
    )
    officer = Account.objects.get(email="clerk@yuxi.invalid")
    actions.assign(case=case, officer=officer, actor=clerk, at=at(day, 11))
    walk.line(day, "李经办", "登记并分办", case)
    return case
