"""A survey from its questions to a result that a voter can check: walkthrough --path poll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol

from consultations.polls import actions, queries
from consultations.polls.demo import QUESTIONS
from consultations.polls.models import Ballot, Participation, Poll
from consultations.polls.sheets import result_csv, result_sheet
from portal.cases.ledger import verify_cases
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.core.moments import CITY_ZONE
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import run_due
from portal.units.access import actor_for
from portal.units.actions import appoint, load_organisation
from portal.units.choices import Role
from portal.units.models import Account, Unit

PEOPLE = {
    "clerk": (Role.CLERK, "李经办"),
    "reviewer": (Role.REVIEWER, "王审核"),
    "secrecy": (Role.SECRECY_REVIEWER, "周保密"),
    "approver": (Role.APPROVER, "赵秘书长"),
}
ANSWERS: dict[str, Any] = {
    "title": "公共交通满意度调查",
    "poll_kind": "survey",
    "intro": "了解市民对公共交通的看法。",
    "opens_on": date(2026, 3, 2),
    "closes_on": date(2026, 3, 20),
    "who": "anyone",
    "secrecy": "anonymous",
    "changeable": False,
    "shows_running": False,
}
VOTES = 60


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
        appoint(account=account, unit=unit, role=role, starts_on=date(2026, 1, 1))
        people[code] = actor_for(account, date(2026, 2, 1))
    return unit, people


def _line(walk: Stage, day: str, who: str, what: str, case: Poll) -> None:
    walk.say(f"{day}  {who:<6}  {what:<16}  状态：{case.state_label()}")


def poll_path(walk: Stage) -> None:
    """Strictly anonymous: sixty votes, none twice, none before or after, counted, sealed, found by its receipt."""
    unit, people = _cast()
    case = actions.open_poll(answers=ANSWERS, unit=unit, actor=people["clerk"], at=_at("2026-02-24"))
    for question in QUESTIONS:
        actions.put_question(case=case, question=dict(question), actor=people["clerk"], at=_at("2026-02-24"))
    _line(walk, "2026-02-24", "李经办", f"起草，{len(QUESTIONS)}题", case)
    actions.submit_poll(case=case, actor=people["clerk"], at=_at("2026-02-24", 11))
    actions.review_poll(case=case, actor=people["reviewer"], at=_at("2026-02-25"))
    actions.clear_poll(case=case, actor=people["secrecy"], at=_at("2026-02-25", 14))
    actions.approve_poll(case=case, actor=people["approver"], at=_at("2026-02-26"))
    _line(walk, "2026-02-26", "赵秘书长", f"签发，问卷 {case.definition_sha256[:12]}…", case)
    receipts = [_vote(case, number) for number in range(VOTES)]
    for what, device, day in (
        ("同一设备第二次", "device-3", "2026-03-06"),
        ("开始前", "early", "2026-03-01"),
        ("截止后", "late", "2026-03-21"),
    ):
        _refused(walk, case, what, device, day)
    linked = Ballot.objects.filter(poll=case).exclude(link="").count()
    walk.expect(linked == 0, f"{linked} ballots are linked to a voter")
    before = set(Ballot.objects.filter(poll=case).values_list("pk", flat=True))
    walk.expect(actions.close_ended(at=_at("2026-03-21")) == 1, "it was not counted")
    case = Poll.objects.get(pk=case.pk)
    after = set(Ballot.objects.filter(poll=case).values_list("pk", flat=True))
    walk.expect(not before & after, "ballots kept their ids")
    tally = queries.sealed_tally(case)
    assert tally is not None
    _line(walk, "2026-03-21", "系统", f"计票 {tally.data['ballots']} 张，封存 {tally.sha256[:12]}…", case)
    took_part = Participation.objects.filter(poll=case).count()
    walk.expect(tally.data["ballots"] == took_part == VOTES, f"{tally.data['ballots']} of {took_part}")
    actions.publish_result(case=case, actor=people["approver"], at=_at("2026-03-23"))
    _line(walk, "2026-03-23", "赵秘书长", "公布结果", case)
    for question in tally.data["questions"]:
        shown = [f"{option['text']} {option['count']}" for option in question.get("options", [])]
        walk.say(
            f"      {question['title']}：{'、'.join(shown) or question.get('mean') or question['answered']}"
        )
    listed = sum(queries.receipt_digest(case, receipt) in tally.data["receipts"] for receipt in receipts)
    walk.say(f"回执  {listed} 张回执全部可以核对")
    walk.expect(listed == VOTES, f"{listed} receipts are listed")
    _finish(walk, case, tally)


def _vote(case: Poll, number: int) -> str:
    ways = ("o1", "o2", "o3")
    sheet = {"q1": ways[number % 3], "q3": number % 5 + 1}
    voter = actions.Voter(device=f"device-{number}")
    done = actions.vote(case=case, sheet=sheet, voter=voter, key=f"walk-vote-{number}", at=_at("2026-03-05"))
    return done.receipt


def _refused(walk: Stage, case: Poll, what: str, device: str, day: str) -> None:
    try:
        actions.vote(
            case=case,
            sheet={"q1": "o1", "q3": 5},
            voter=actions.Voter(device=device),
            key=f"walk-refused-{device}",
            at=_at(day),
        )
    except StepRefused as refused:
        walk.say(f"{day}  公众     {what}，被拒：{refused.sentence}")
    else:
        walk.expect(False, f"{what} was counted")


def _finish(walk: Stage, case: Poll, tally: Any) -> None:
    run_due()
    walk.expect(not OutboxJob.objects.filter(done_at__isnull=True).exists(), "jobs are left over")
    walk.out.mkdir(parents=True, exist_ok=True)
    for name, data in (("结果.xlsx", result_sheet(case, tally)), ("结果.csv", result_csv(tally))):
        (walk.out / name).write_bytes(data)
        walk.say(f"文件  {walk.out / name}")
    findings = list(verify_cases())
    walk.expect(not findings, f"ledger: {findings}")
    walk.say(f"台账核验通过：{case.last_seq}个事件，末摘要 {case.last_digest[:16]}…")
