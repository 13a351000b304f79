"""The main job from end to end, through the real actions: what manage.py walkthrough runs and prints."""

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
from portal.core.errors import StepRefused
from portal.documents.models import OfficialDocument
from portal.holidays.calendars import calendar
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import run_due
from portal.search.queries import search
from portal.units.access import actor_for
from portal.units.actions import appoint, load_organisation
from portal.units.choices import Role
from portal.units.models import Account, Unit
from requests_app import actions
from requests_app.actions.release import suggested_text
from requests_app.actions.reply import ReplyText
from requests_app.choices import Channel, ReplyKind
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
BODY = (
    "《玉溪市政府网站群管理办法（试行）》和《玉溪市政府信息公开发布制度》由玉政办发〔2019〕20号印发，已在本市政府网站公布。\n"
    "《玉溪市政府网站群管理办法（试行）》第三条规定，属于主动公开的政府文件等信息，原则上应自该信息形成或者变更之日起"
    "3个工作日内在政府网站群公开发布。\n"
    "《玉溪市政府信息公开发布制度》第十四条规定了依申请公开的受理和答复，全文见所附文本。"
)


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


def main_path(walk: Walk) -> None:
    """Submit, register, extend, answer after review, issue, release, find (Spring Festival 2026)."""
    with stage(walk) as unit:
        people = walk.people
        clerk = people["clerk"]
        day = date(2026, 2, 9)
        key = "walkthrough-main-path-key"
        submitted = actions.submit(unit=unit, answers=dict(ANSWERS), key=key, actor=GUEST, at=at(day))
        case = submitted.case
        walk.line(day, "申请人", "提交申请", case)
        walk.say(f"            编号 {case.number}，查询码已生成（{len(submitted.code)}位，仅显示一次）")
        again = actions.submit(unit=unit, answers=dict(ANSWERS), key=key, actor=GUEST, at=at(day, 11))
        walk.expect(again.repeated and again.case.pk == case.pk, "same key made a second case")

        day = date(2026, 2, 10)
        actions.register(
            case=case, received_on=day, channel=Channel.ONLINE, evidence="平台确认", actor=clerk, at=at(day)
        )
        walk.line(day, "李经办", "登记", case)
        walk.expect(case.due_on == date(2026, 3, 16), f"due {case.due_on}, expected 2026-03-16")
        officer = Account.objects.get(email="clerk@yuxi.invalid")
        actions.assign(case=case, officer=officer, actor=clerk, at=at(day, 11))
        walk.line(day, "李经办", "分办", case)

        day = date(2026, 3, 11)
        actions.request_extension(
            case=case, days=20, reason="需要向档案馆调取原件核对", actor=clerk, at=at(day)
        )
        walk.line(day, "李经办", "申请延期", case)
        day = date(2026, 3, 12)
        actions.extend(case=case, actor=people["approver"], at=at(day))
        walk.line(day, "陈签发", "批准延期", case)
        walk.expect(case.due_on == date(2026, 4, 14), f"due {case.due_on}, expected 2026-04-14")
        _answer(walk, case)
        _release(walk, case)
        _finish(walk, case, papers=4)


def _answer(walk: Walk, case: DisclosureRequest) -> None:
    people = walk.people
    day = date(2026, 3, 25)
    text = ReplyText(kind=ReplyKind.DISCLOSE, body=BODY)
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


def _release(walk: Walk, case: DisclosureRequest) -> None:
    people = walk.people
    day = date(2026, 3, 31)
    actions.propose_release(case=case, text=suggested_text(case), actor=people["clerk"], at=at(day))
    walk.line(day, "李经办", "提出公开副本", case)
    actions.clear_release(case=case, actor=people["secrecy_reviewer"], at=at(day, 11))
    walk.line(day, "赵保密", "公开副本保密审查", case)
    released = actions.release(case=case, actor=people["publisher"], at=at(day, 14))
    walk.line(day, "周发布", "公开答复", case)
    run_due()
    found = search("网站群 发布期限")
    walk.expect(
        any(hit.entry.key == f"release:{released.public_id}" for hit in found.hits), "search does not find it"
    )
    for private in case.personal_values():
        walk.expect(
            private not in released.question + released.answer + released.title, "personal data in the copy"
        )
    walk.say(f"{day}  公众    检索“网站群 发布期限”命中：{found.hits[0].entry.title}")


def _finish(walk: Walk, case: DisclosureRequest, *, papers: int) -> None:
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


def _handled(walk: Walk, unit: Unit, key: str) -> DisclosureRequest:
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


def _told_to_correct(walk: Walk, unit: Unit, key: str) -> DisclosureRequest:
    """On the seventh working day after receipt (14 February is worked, 15–23 February is 春节): 26 February."""
    case = _handled(walk, unit, key)
    day = date(2026, 2, 26)
    unclear = "请明确需要的是哪一年度的信息。"
    actions.request_correction(
        case=case, unclear=unclear, correct_by=date(2026, 3, 19), actor=walk.people["clerk"], at=at(day)
    )
    walk.line(day, "李经办", "告知补正", case)
    walk.expect(case.due_on is None and case.phase == "paused", "the clock does not stand still")
    return case


def correction_path(walk: Walk) -> None:
    """Told to correct on the last lawful day; the correction starts the twenty working days anew."""
    with stage(walk) as unit:
        case = _told_to_correct(walk, unit, "walkthrough-correction-key")
        day = date(2026, 3, 2)
        actions.correct(case=case, text="需要2025年度的信息。", actor=GUEST, at=at(day))
        walk.line(day, "申请人", "补正", case)
        walk.expect(case.due_on == date(2026, 3, 30), f"due {case.due_on}, expected 2026-03-30")
        _finish(walk, case, papers=3)


def abandoned_path(walk: Walk) -> None:
    """Not corrected in time: closed with a notice, not a day too early."""
    with stage(walk) as unit:
        case = _told_to_correct(walk, unit, "walkthrough-abandoned-key")
        clerk = walk.people["clerk"]
        try:
            actions.lapse(case=case, actor=clerk, at=at(date(2026, 3, 19)))
        except StepRefused as refused:
            walk.say(f"2026-03-19  李经办  不能办理：{refused.sentence}")
        else:
            raise WalkthroughFailed("lapsed before the term was over")
        day = date(2026, 3, 20)
        actions.lapse(case=case, actor=clerk, at=at(day))
        walk.line(day, "李经办", "逾期不补正", case)
        walk.expect(case.state == "abandoned" and case.closed_on == day, "not closed")
        _finish(walk, case, papers=4)


PATHS: dict[str, Callable[[Walk], None]] = {
    "main": main_path,
    "correction": correction_path,
    "abandoned": abandoned_path,
}
