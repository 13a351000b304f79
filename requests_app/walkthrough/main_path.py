"""The main job from end to end: submit, register, extend, answer after review, issue, release, find."""

from __future__ import annotations

from datetime import date

from portal.core.actors import GUEST
from portal.jobs.outbox import run_due
from portal.search.queries import search
from portal.units.models import Account
from requests_app import actions
from requests_app.actions.release import suggested_text
from requests_app.actions.reply import ReplyText
from requests_app.choices import Channel, ReplyKind
from requests_app.models import DisclosureRequest
from requests_app.walkthrough.stage import ANSWERS, Walk, answer_it, at, finish, stage

BODY = (
    "《玉溪市政府网站群管理办法（试行）》和《玉溪市政府信息公开发布制度》由玉政办发〔2019〕20号印发，已在本市政府网站公布。\n"
    "《玉溪市政府网站群管理办法（试行）》第三条规定，属于主动公开的政府文件等信息，原则上应自该信息形成或者变更之日起"
    "3个工作日内在政府网站群公开发布。\n"
    "《玉溪市政府信息公开发布制度》第十四条规定了依申请公开的受理和答复，全文见所附文本。"
)


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
        answer_it(walk, case, date(2026, 3, 25), ReplyText(kind=ReplyKind.DISCLOSE, body=BODY))
        _release(walk, case)
        finish(walk, case, papers=6)


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
