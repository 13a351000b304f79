"""Paths on which the clock stands still: correction, abandonment, third parties, joint makers, the fee."""

from __future__ import annotations

from datetime import date

from portal.core.actors import GUEST, PARTY
from portal.core.errors import StepRefused
from portal.core.limits import limit
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.actions.reply import ReplyText
from requests_app.choices import ConsultState, Opinion, ProtectedInterest, RefusalGround, ReplyKind
from requests_app.models import Consultation, DisclosureRequest
from requests_app.walkthrough.stage import Walk, WalkthroughFailed, answer_it, at, finish, handled, stage


def _told_to_correct(walk: Walk, unit: Unit, key: str) -> DisclosureRequest:
    """On the seventh working day after receipt (14 February is worked, 15–23 February is 春节): 26 February."""
    case = handled(walk, unit, key)
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
        finish(walk, case, papers=4)


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
        finish(walk, case, papers=5)


def _ask(walk: Walk, case: DisclosureRequest, day: date, party: Party) -> Consultation:
    """Consult on that day; the party confirms on its own page the day after."""
    actions.consult(case=case, party=party, actor=walk.people["clerk"], at=at(day))
    walk.line(day, "李经办", "征求意见", case)
    entry = case.consultations.order_by("-id").first()
    assert entry is not None
    return entry


def _confirm(walk: Walk, case: DisclosureRequest, entry: Consultation, day: date, by: date) -> None:
    actions.record_party_receipt(
        case=case, consultation=entry, received_on=day, evidence="网上确认", actor=PARTY, at=at(day)
    )
    entry.refresh_from_db()
    walk.line(day, "对方", "确认收到", case)
    walk.say(
        f"            意见期限 {entry.answer_by}（收到之日的次日起{limit('disclosure.third_party', on=case.law_day).text}）"
    )
    walk.expect(entry.answer_by == by, f"answer by {entry.answer_by}, expected {by}")


def third_party_path(walk: Walk) -> None:
    """Two third parties at once: one refuses, one is silent; part is withheld, the days asked are counted once."""
    with stage(walk) as unit:
        people = walk.people
        case = handled(walk, unit, "walkthrough-third-party-key")
        first = _ask(
            walk,
            case,
            date(2026, 2, 24),
            Party("third_party", "玉溪甲公司", "合同价款", "online", "a@x.invalid"),
        )
        _confirm(walk, case, first, date(2026, 2, 25), date(2026, 3, 17))
        second = _ask(
            walk,
            case,
            date(2026, 2, 26),
            Party("third_party", "玉溪乙公司", "付款方式", "online", "b@x.invalid"),
        )
        _confirm(walk, case, second, date(2026, 2, 27), date(2026, 3, 19))
        day = date(2026, 3, 3)
        actions.take_opinion(
            case=case, consultation=first, opinion=Opinion.REFUSE, reason="商业秘密", actor=PARTY, at=at(day)
        )
        walk.line(day, "对方", "不同意公开", case)
        day = date(2026, 3, 20)
        actions.close_consultation(
            case=case,
            consultation=second,
            result=ConsultState.SILENT,
            reason="",
            actor=people["clerk"],
            at=at(day),
        )
        walk.line(day, "李经办", "逾期未提出意见", case)
        walk.say("            2月24日至3月19日不计入，重叠的只计一次：19个工作日，到期日由3月16日顺延")
        walk.expect(case.due_on == date(2026, 4, 13), f"due {case.due_on}, expected 2026-04-13")
        text = ReplyText(
            ReplyKind.PARTIAL,
            "付款方式见附件。",
            ground=RefusalGround.THIRD_PARTY,
            interest=ProtectedInterest.TRADE_SECRET,
            withheld="合同价款涉及商业秘密，第三方不同意公开。",
        )
        answer_it(walk, case, date(2026, 3, 23), text)
        finish(walk, case, papers=9)


def joint_path(walk: Walk) -> None:
    """A joint maker is silent for fifteen working days: that counts as agreement, and it is disclosed."""
    with stage(walk) as unit:
        case = handled(walk, unit, "walkthrough-joint-key")
        party = Party("joint_maker", "玉溪市发展和改革委员会", "联合印发的实施方案", "online", "c@x.invalid")
        entry = _ask(walk, case, date(2026, 2, 24), party)
        _confirm(walk, case, entry, date(2026, 2, 24), date(2026, 3, 16))
        try:
            _silent(walk, case, entry, date(2026, 3, 16))
        except StepRefused as refused:
            walk.say(f"2026-03-16  李经办  不能办理：{refused.sentence}")
        else:
            raise WalkthroughFailed("closed before the limit was over")
        _silent(walk, case, entry, date(2026, 3, 17))
        walk.line(date(2026, 3, 17), "李经办", "视为同意公开", case)
        walk.expect(case.due_on == date(2026, 4, 8), f"due {case.due_on}, expected 2026-04-08")
        answer_it(walk, case, date(2026, 3, 18), ReplyText(ReplyKind.DISCLOSE, "实施方案见附件。"))
        finish(walk, case, papers=6)


def _silent(walk: Walk, case: DisclosureRequest, entry: Consultation, day: date) -> None:
    actions.close_consultation(
        case=case,
        consultation=entry,
        result=ConsultState.SILENT,
        reason="",
        actor=walk.people["clerk"],
        at=at(day),
    )


def fee_path(walk: Walk) -> None:
    """250 pages cost 4,700 yuan; from the day after the payment the period begins anew (rule row, 待核)."""
    with stage(walk) as unit:
        clerk = walk.people["clerk"]
        case = handled(walk, unit, "walkthrough-fee-key")
        day = date(2026, 3, 2)
        notice = actions.charge_fee(
            case=case,
            tariff="by_page",
            count=250,
            earlier=0,
            reason="共250页",
            ways="到市政府办公室信息公开窗口缴纳，或者扫描非税收入缴款码",
            actor=clerk,
            at=at(day),
        )
        walk.line(day, "李经办", "告知缴费", case)
        for line in notice.shown_lines:
            walk.say(f"            {line.text:<12} {line.count:>4} × {line.yuan:>3} = {line.amount:>5} 元")
        walk.say(f"            合计 {notice.amount} 元，缴费期限 {notice.pay_by}")
        walk.expect((notice.amount, notice.pay_by) == (4700, date(2026, 3, 30)), "sum or term is off")
        day = date(2026, 3, 10)
        actions.pay_fee(case=case, paid_on=day, evidence="缴款书第1号", actor=clerk, at=at(day))
        walk.line(day, "李经办", "登记缴费", case)
        walk.expect(case.due_on == date(2026, 4, 8), f"due {case.due_on}, expected 2026-04-08")
        answer_it(walk, case, date(2026, 3, 11), ReplyText(ReplyKind.DISCLOSE, "共250页，见附件。"))
        finish(walk, case, papers=6)


def partial_path(walk: Walk) -> None:
    """Three matters in one request, each answered its own way; not held only after a search."""
    with stage(walk) as unit:
        clerk = walk.people["clerk"]
        case = handled(walk, unit, "walkthrough-partial-key")
        day = date(2026, 3, 2)
        actions.record_search(
            case=case,
            searched_on=day,
            place="公文系统和档案室",
            words="拨款台账",
            result="无相关文件",
            found=False,
            actor=clerk,
            at=at(day),
        )
        walk.line(day, "李经办", "记录检索", case)
        texts = (
            ReplyText(ReplyKind.DISCLOSE, "清单共12项，见附件。", matter="项目清单"),
            ReplyText(
                ReplyKind.REFUSE,
                "属于讨论记录。",
                ground=RefusalGround.PROCESS,
                position=2,
                matter="方案讨论记录",
            ),
            ReplyText(ReplyKind.NOT_HELD, "可向财政部门了解。", position=3, matter="拨款台账"),
        )
        answer_it(walk, case, date(2026, 3, 3), *texts)
        walk.expect(case.outcome == ReplyKind.PARTIAL, f"counts as {case.outcome}")
        finish(walk, case, papers=6)
