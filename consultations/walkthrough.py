"""The founding text put to the public, commented on, revised and fed back: walkthrough --path consultation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol

from consultations import actions, queries
from consultations.demo import founding_text
from consultations.models import Clause, PublicConsultation
from portal.cases.ledger import verify_cases
from portal.core.actors import GUEST, Actor
from portal.core.errors import StepRefused
from portal.core.moments import CITY_ZONE
from portal.documents.models import OfficialDocument
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.search.queries import search
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
    "title": "玉溪市政府网站群管理办法和政府信息公开发布制度（修订征求意见）",
    "policy_kind": "decision",
    "background": "现行办法和制度自2019年施行，拟作修订，请逐条提出意见。",
    "contact_name": "政务公开科",
    "contact_phone": "0877-12345",
    "contact_email": "",
    "contact_address": "云南省玉溪市红塔区",
    "opens_on": date(2026, 3, 2),
    "closes_on": date(2026, 4, 1),
    "shorter_reason": "",
    "access": "anyone",
    "display": "by_rule",
}
SAID = (
    ("d1.t11", "建议写明首页超过两周没有更新就是不及时。", "zhang@example.org"),
    ("d1.t11", "建议写明首页超过两周没有更新就是不及时！", ""),
    ("d2.t13", "三个工作日太短，建议改为十个工作日。", "wang@example.org"),
    ("", "请打13800000001联系我详谈。", ""),
)


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


def _line(walk: Stage, day: str, who: str, what: str, case: PublicConsultation) -> None:
    due = case.due_on.isoformat() if case.due_on else "—"
    walk.say(f"{day}  {who:<6}  {what:<14}  状态：{case.state_label():<12}  反馈期限：{due}")


def consultation_path(walk: Stage) -> None:
    """Thirty days on the city's own two documents; four comments; a revised text; the table of adoption."""
    unit, people = _cast()
    case = actions.open_draft(answers=ANSWERS, unit=unit, actor=people["clerk"], at=_at("2026-02-24"))
    text = founding_text()
    version = actions.add_version(
        case=case, title="征求意见稿", text=text, actor=people["clerk"], at=_at("2026-02-24", 11)
    )
    _count(walk, version)
    _line(walk, "2026-02-24", "李经办", "起草并录入文本", case)
    actions.submit_draft(case=case, actor=people["clerk"], at=_at("2026-02-24", 15))
    actions.review_draft(case=case, actor=people["reviewer"], at=_at("2026-02-25"))
    actions.clear_draft(case=case, actor=people["secrecy"], at=_at("2026-02-26"))
    actions.announce(case=case, actor=people["approver"], at=_at("2026-02-27"))
    _line(walk, "2026-02-27", "赵秘书长", "签发，三月二日开始", case)
    tokens = _comments(walk, case)
    waiting = list(queries.to_review(case))
    walk.expect([row.number for row in waiting] == [4], f"waiting {waiting}")
    actions.moderate(
        case=case,
        comments=waiting,
        decision="hide_text",
        reason="含有手机号码",
        actor=people["clerk"],
        at=_at("2026-03-10"),
    )
    walk.say("2026-03-10  李经办   第4条意见含手机号码，隐去内容，仍计入并反馈")
    _refused(walk, case, "2026-04-02")
    walk.expect(actions.close_ended(at=_at("2026-04-02", 9)) == 1, "the period did not end")
    case = PublicConsultation.objects.get(pk=case.pk)
    _line(walk, "2026-04-02", "系统", "征集结束", case)
    walk.expect(case.due_on == date(2026, 5, 1), f"due {case.due_on}, expected 2026-05-01")
    _feedback(walk, case, people, text)
    run_due()
    own = queries.find_by_token(tokens[0])
    walk.say(f"链接   第1条意见的本人看到：{own.disposition.get_outcome_display()}，{own.disposition.target}")
    told = Message.objects.filter(subject__contains="已有采纳情况").count()
    walk.expect(told == 2, f"{told} writers told, expected 2")
    _finish(walk, case)


def _count(walk: Stage, version: Any) -> None:
    rows = Clause.objects.filter(version=version)
    kinds = {kind: rows.filter(kind=kind).count() for kind in ("document", "chapter", "article", "item")}
    walk.say(
        f"识别  文件 {kinds['document']}，章 {kinds['chapter']}，条 {kinds['article']}，项 {kinds['item']}"
    )
    walk.expect(kinds["document"] == 2, f"{kinds['document']} documents, expected 2")
    walk.expect(kinds["article"] == 43, f"{kinds['article']} articles, expected 43")


def _comments(walk: Stage, case: PublicConsultation) -> list[str]:
    tokens = []
    for number, (clause, text, email) in enumerate(SAID, 1):
        done = actions.comment(
            case=case,
            clause=clause,
            attitude="change",
            writer="person",
            text=text,
            name="",
            email=email,
            key=f"walkthrough-comment-{number}",
            actor=GUEST,
            at=_at("2026-03-05", 9 + number),
        )
        tokens.append(done.token)
    run_due()
    alike = [row.group.senders for row in queries.comments_of(case) if row.group is not None]
    walk.say(f"2026-03-05  公众     提出意见 {len(SAID)} 条，其中相同意见 {max(alike)} 条")
    walk.expect(sorted(alike) == [1, 1, 2, 2], f"groups {alike}")
    return tokens


def _refused(walk: Stage, case: PublicConsultation, day: str) -> None:
    try:
        actions.comment(
            case=case,
            clause="",
            attitude="",
            writer="person",
            text="晚了一天的意见。",
            name="",
            email="",
            key="walkthrough-late",
            actor=GUEST,
            at=_at(day, 8),
        )
    except StepRefused as refused:
        walk.say(f"{day}  公众     截止后提交，被拒：{refused.sentence[:20]}…（征集尚未由系统结束）")
    else:
        walk.expect(False, "a comment was taken after the last day")


def _feedback(walk: Stage, case: PublicConsultation, people: dict[str, Actor], text: str) -> None:
    clerk = people["clerk"]
    revised = text.replace("和超时更新信息", "和超时更新信息，首页超过两周没有更新的视为不及时更新", 1)
    walk.expect(revised != text, "the founding text has no such words")
    version = actions.add_version(case=case, title="修改稿", text=revised, actor=clerk, at=_at("2026-04-07"))
    changed = version.changes_before.exclude(change="kept")
    walk.say(f"2026-04-07  李经办   录入修改稿，变化：{'；'.join(str(row) for row in changed)}")
    walk.expect(changed.count() == 1, f"{changed.count()} clauses changed, expected 1")
    for row in queries.comments_of(case):
        ref = row.clause.ref if row.clause is not None else ""
        adopted = ref == "d1.t11"
        actions.dispose(
            case=case,
            comments=[row],
            outcome="adopted" if adopted else "rejected" if ref else "unrelated",
            reason="三个工作日是现行制度的要求，不宜放宽。" if ref == "d2.t13" else "",
            target=queries.find_clause(version, ref) if adopted else None,
            actor=clerk,
            at=_at("2026-04-08"),
        )
    actions.submit_feedback(case=case, summary="意见集中在更新时限。", actor=clerk, at=_at("2026-04-09"))
    actions.review_feedback(case=case, actor=people["reviewer"], at=_at("2026-04-10"))
    actions.clear_feedback(case=case, actor=people["secrecy"], at=_at("2026-04-10", 14))
    actions.feed_back(case=case, actor=people["approver"], at=_at("2026-04-13"))
    _line(walk, "2026-04-13", "赵秘书长", "公布采纳情况", case)
    for line in queries.feedback_rows(case):
        walk.say(f"      {line.clause}｜{line.text[:24]}｜{line.senders}条｜{line.outcome_label}")


def _finish(walk: Stage, case: PublicConsultation) -> None:
    left = OutboxJob.objects.filter(done_at__isnull=True).exclude(topic="messaging.deliver")
    walk.expect(not left.exists(), "jobs are left over")
    walk.expect(search("网站群管理办法").total == 1, "the search does not find it")
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
