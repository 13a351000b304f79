"""No period runs on what nobody received (条例第三十条、第三十二条、第三十五条; 国办函〔2020〕109号; ADR 16).

Received 10 February 2026, due 16 March; 14 and 28 February are worked, 15 to 23 February is 春节.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.cases.intake import code_for
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.documents.render.pages import page_for
from portal.messaging.models import Message
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.actions.reply import ReplyText
from requests_app.actions.sending import Handover
from requests_app.choices import ConsultState, ReplyKind, State
from requests_app.models import CorrectionNotice, DisclosureRequest, ReasonsInquiry
from tests.cast import Person, moment
from tests.factories.requests_app import answered, handled, signed
from tests.workflow.test_fee import charged
from tests.workflow.test_third_party import consult

Team = dict[str, Person]
LANDLINE: dict[str, Any] = {"phone": "0877-2022222", "delivery": "post"}
LETTER = "XA12345678901"
TERM = date(2026, 3, 19)


def told(unit: Unit, clerk: Person, **changes: Any) -> DisclosureRequest:
    """Told on 26 February to correct by 19 March."""
    case = handled(unit, clerk, **changes)
    actions.request_correction(
        case=case, unclear="请明确年度", correct_by=TERM, actor=clerk.actor, at=moment("2026-02-26")
    )
    return case


def receipt(case: DisclosureRequest, who: Person, day: str, *, on: str, notice: str = "correction") -> None:
    """Somebody of the office enters the day of receipt."""
    actions.record_notice_receipt(
        case=case,
        notice=notice,
        received_on=date.fromisoformat(day),
        evidence="邮件签收单",
        actor=who.actor,
        at=moment(on),
    )


def test_correction_does_not_lapse_before_it_was_received(office: Unit, clerk: Person) -> None:
    """条例第三十条: 告知. By post, a landline, no account: nobody was told, so 20 March ends nothing."""
    case = told(office, clerk, **LANDLINE)
    assert CorrectionNotice.objects.get(request=case).received_on is None
    with pytest.raises(StepRefused, match="尚未送达申请人"):
        actions.lapse(case=case, actor=clerk.actor, at=moment("2026-06-30"))
    assert DisclosureRequest.objects.get(pk=case.pk).state == State.AWAITING_CORRECTION


def test_term_of_correction_counts_anew_from_the_receipt(office: Unit, clerk: Person) -> None:
    """Sixteen working days from 26 February (28 February is worked) end on 19 March; from 3 March they end on 25 March."""
    case = told(office, clerk, **LANDLINE)
    receipt(case, clerk, "2026-03-03", on="2026-03-05")
    assert CorrectionNotice.objects.get(request=case).correct_by == date(2026, 3, 25)
    with pytest.raises(StepRefused, match="至2026年3月25日，尚未届满"):
        actions.lapse(case=case, actor=clerk.actor, at=moment("2026-03-25"))
    actions.lapse(case=case, actor=clerk.actor, at=moment("2026-03-26"))
    assert case.closed_on == date(2026, 3, 26)


def test_receipt_needs_evidence_and_a_possible_day(office: Unit, clerk: Person) -> None:
    case = told(office, clerk, **LANDLINE)
    for day, evidence, field in (
        (date(2026, 2, 25), "签收单", "received_on"),
        (date(2026, 3, 6), "签收单", "received_on"),
        (date(2026, 3, 3), " ", "evidence"),
    ):
        with pytest.raises(InvalidInput) as refused:
            actions.record_notice_receipt(
                case=case,
                notice="correction",
                received_on=day,
                evidence=evidence,
                actor=clerk.actor,
                at=moment("2026-03-05"),
            )
        assert refused.value.field == field


def test_receipt_entered_after_the_term_needs_an_approver(office: Unit, team: Team) -> None:
    """The term from 26 February ended on 19 March; on 23 March the clerk may no longer give it another beginning."""
    case = told(office, team["clerk"], **LANDLINE)
    with pytest.raises(StepRefused, match="须由签发人登记"):
        receipt(case, team["clerk"], "2026-03-16", on="2026-03-23")
    receipt(case, team["approver"], "2026-03-16", on="2026-03-23")
    assert CorrectionNotice.objects.get(request=case).correct_by == date(2026, 4, 8)


def test_opening_the_page_with_the_code_is_a_receipt(office: Unit, clerk: Person, client: Any) -> None:
    """Who has no account but the code: what waits on the page is received on the day it is opened."""
    case = told(office, clerk, **LANDLINE)
    assert actions.open_papers(case=case, actor=GUEST, at=moment("2026-03-04"))
    notice = CorrectionNotice.objects.get(request=case)
    assert (notice.received_on, notice.correct_by) == (date(2026, 3, 4), date(2026, 3, 26))
    assert case.events.get(kind="open_papers").facts["notices"] == ["补正告知书"]
    assert not actions.open_papers(case=case, actor=GUEST, at=moment("2026-03-05")), "once"


def test_page_opened_by_query_code_records_it(office: Unit, clerk: Person, client: Any) -> None:
    sent = actions.submit(
        unit=office,
        answers=_answers(LANDLINE),
        key="opening-key-000001",
        actor=clerk.actor,
        at=moment("2026-02-10", 9),
    )
    case = sent.case
    actions.register(
        case=case,
        received_on=date(2026, 2, 10),
        channel="in_person",
        evidence="当面",
        actor=clerk.actor,
        at=moment("2026-02-10"),
    )
    actions.assign(case=case, officer=clerk.account, actor=clerk.actor, at=moment("2026-02-10", 11))
    actions.request_correction(
        case=case, unclear="年度", correct_by=TERM, actor=clerk.actor, at=moment("2026-02-26")
    )
    code = code_for(case.public_id, "opening-key-000001")
    page = client.post("/requests/track/", {"number": case.number, "code": code}, follow=True)
    assert page.status_code == 200
    notice = CorrectionNotice.objects.get(request=case)
    assert notice.received_on is not None
    assert case.events.filter(kind="open_papers").count() == 1


def _answers(changes: dict[str, Any]) -> dict[str, Any]:
    from tests.factories.requests_app import answers

    return answers(**changes)


def test_fee_does_not_lapse_before_it_was_received(office: Unit, clerk: Person) -> None:
    """国办函〔2020〕109号: twenty working days from receipt; told 2 March, received 5 March, to pay by 2 April."""
    case = charged(office, clerk, case=LANDLINE)
    fee = case.fees.get()
    assert fee.received_on is None
    with pytest.raises(StepRefused, match="尚未送达申请人"):
        actions.lapse_fee(case=case, actor=clerk.actor, at=moment("2026-04-01"))
    actions.record_fee_receipt(
        case=case,
        received_on=date(2026, 3, 5),
        evidence="签收单",
        actor=clerk.actor,
        at=moment("2026-03-06"),
    )
    with pytest.raises(StepRefused, match="至2026年4月2日"):
        actions.lapse_fee(case=case, actor=clerk.actor, at=moment("2026-04-02"))
    actions.lapse_fee(case=case, actor=clerk.actor, at=moment("2026-04-03"))
    assert case.outcome == "unpaid"


def test_message_of_the_fee_names_no_day_that_is_not_known(office: Unit, clerk: Person) -> None:
    case = charged(office, clerk, case={**LANDLINE, "email": "liang@example.org"})
    body = Message.objects.get(subject__startswith="您的申请需要缴纳").body
    assert "请自收到通知之日起20个工作日内缴纳。" in body
    assert case.fees.get().pay_by.isoformat() not in body


@pytest.mark.parametrize(("kind", "paper"), [("correction", "补正告知书"), ("reasons", "说明理由告知书")])
def test_notice_not_yet_received_names_its_term_and_no_day(
    office: Unit, clerk: Person, kind: str, paper: str
) -> None:
    """By post, told of it by mail: nobody knows yet on which day the term begins."""
    case = handled(office, clerk, **LANDLINE, email="liang@example.org")
    facts: Any = {"case": case, "actor": clerk.actor, "at": moment("2026-02-26")}
    if kind == "correction":
        actions.request_correction(unclear="请明确年度", correct_by=TERM, **facts)
    else:
        actions.ask_reasons(finding="46件", answer_by=TERM, **facts)
    body = Message.objects.latest("id").body
    assert f"请自收到《{paper}》之日起16个工作日内" in body
    assert "3月19日" not in body
    document = OfficialDocument.objects.get(case=case, kind=f"{kind}_notice")
    html = page_for(document)
    assert "请自收到本告知书之日起16个工作日内" in html
    assert "3月19日" not in html


def test_registered_delivery_of_a_notice_is_its_receipt(office: Unit, clerk: Person) -> None:
    """A paper that was signed for need not be entered twice."""
    case = charged(office, clerk, case=LANDLINE)
    paper = OfficialDocument.objects.get(case=case, kind="fee_notice")
    actions.record_delivery(
        case=case,
        document=paper,
        handover=Handover("in_person", date(2026, 3, 4), signer="梁"),
        actor=clerk.actor,
        at=moment("2026-03-04"),
    )
    assert case.fees.get().received_on == date(2026, 3, 4)
    assert case.fees.get().pay_by == date(2026, 4, 1)


def test_reasons_are_not_silent_before_they_were_asked_for(office: Unit, clerk: Person) -> None:
    """条例第三十五条: 行政机关可以要求申请人说明理由."""
    case = handled(office, clerk, **LANDLINE)
    actions.ask_reasons(
        case=case, finding="46件", answer_by=date(2026, 3, 6), actor=clerk.actor, at=moment("2026-02-26")
    )
    silent = {"verdict": "silent", "note": "未说明", "actor": clerk.actor}
    with pytest.raises(StepRefused, match="尚未送达申请人"):
        actions.judge_reasons(case=case, at=moment("2026-04-01"), **silent)
    receipt(case, clerk, "2026-03-02", on="2026-03-03", notice="reasons")
    assert ReasonsInquiry.objects.get(request=case).answer_by == date(2026, 3, 11)
    actions.judge_reasons(case=case, at=moment("2026-03-12"), **silent)


def test_third_party_that_never_got_the_letter_is_not_silent(office: Unit, clerk: Person) -> None:
    """条例第三十二条: fifteen working days from receipt; posted 24 February, no receipt known."""
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24", send_by="post", address="玉溪市", tracking=LETTER)
    close = {"consultation": entry, "result": ConsultState.SILENT, "reason": "", "actor": clerk.actor}
    with pytest.raises(StepRefused, match="尚未送达对方"):
        actions.close_consultation(case=case, at=moment("2026-03-17"), **close)
    with pytest.raises(StepRefused, match="尚未送达对方"):
        actions.close_consultation(case=case, at=moment("2026-09-01"), **close)
    assert case.due_on == date(2026, 4, 8), "the clock stood still for fifteen working days, no longer"


def test_receipt_entered_long_after_does_not_make_an_overdue_request_timely(office: Unit, team: Team) -> None:
    """Posted 24 February, limit 16 March, due 8 April; on 8 May the receipt "8 May" is entered: 8 April stays."""
    case = handled(office, team["clerk"])
    entry, _ = consult(
        case, team["clerk"], on="2026-02-24", send_by="post", address="玉溪市", tracking=LETTER
    )
    facts = {"consultation": entry, "received_on": date(2026, 5, 8), "evidence": "签收单"}
    with pytest.raises(StepRefused, match="须由签发人登记"):
        actions.record_party_receipt(case=case, actor=team["clerk"].actor, at=moment("2026-05-08"), **facts)
    actions.record_party_receipt(case=case, actor=team["approver"].actor, at=moment("2026-05-08"), **facts)
    entry.refresh_from_db()
    assert (case.due_on, entry.answer_by) == (date(2026, 4, 8), date(2026, 5, 28))


def test_answer_that_nobody_is_told_of_goes_out_on_paper(office: Unit, team: Team) -> None:
    """网上获取 with a landline only: no message reaches anybody, so the answer is not given by putting it online."""
    case = signed(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(phone="0877-2022222")
    case.refresh_from_db()
    with pytest.raises(StepRefused, match="网上答复无法告知"):
        actions.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    actions.issue_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    actions.send_reply(
        case=case,
        handover=Handover("post", posted_on=date(2026, 3, 9), tracking=LETTER),
        actor=team["clerk"].actor,
        at=moment("2026-03-09"),
    )
    assert queries.remedies_of(case, date(2026, 3, 10)) == []


def test_answer_by_mail_is_received_when_the_page_is_opened(office: Unit, team: Team) -> None:
    """The mail carries no paper, only a link that asks for the code: remedies count from 12 March, not from 6 March."""
    case = signed(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(delivery="email", phone="", email="l@example.org")
    case.refresh_from_db()
    actions.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    row = case.deliveries.get()
    assert (row.send_by, row.delivered_on) == ("online", None)
    assert queries.remedies_of(case, date(2026, 3, 7)) == []
    actions.open_papers(case=case, actor=GUEST, at=moment("2026-03-12"))
    days = {last.way: last.day for last in queries.remedies_of(case, date(2026, 3, 13))}
    assert days["申请行政复议"] == date(2026, 5, 11)


def test_account_receives_at_once(office: Unit, team: Team, citizen: Person) -> None:
    case = told(office, team["clerk"], actor=citizen.actor, phone="0877-2022222")
    assert CorrectionNotice.objects.get(request=case).received_on == date(2026, 2, 26)
    actions.lapse(case=case, actor=team["clerk"].actor, at=moment("2026-03-20"))
    days = [last.day for last in queries.remedies_of(case, date(2026, 3, 21))]
    assert days == [date(2026, 5, 19), date(2026, 9, 20)], "endings without an answer show their remedies too"


def test_fax_counts_from_the_day_both_sides_confirmed_it(office: Unit, clerk: Person) -> None:
    """条例第三十一条第（三）项: confirmed on Friday 6 February, entered on Monday 9 February: due 12 March."""
    from requests_app.actions.offline import PaperReceipt

    sent = actions.enter(
        unit=office,
        answers=_answers({}),
        receipt=PaperReceipt("fax", date(2026, 2, 6), "电话确认"),
        key="fax-key-0000000001",
        actor=clerk.actor,
        at=moment("2026-02-09"),
    )
    assert (sent.case.received_on, sent.case.due_on) == (date(2026, 2, 6), date(2026, 3, 12))


def test_answered_page_of_a_late_opener_shows_when_it_was_received(office: Unit, team: Team) -> None:
    case = answered(office, team)
    assert case.deliveries.get().delivered_on == date(2026, 3, 6), "asked online, told by text, on the page"


def test_posted_paper_waits_for_its_receipt(office: Unit, team: Team) -> None:
    """Posted 9 March; the page is opened on 11 March, the receipt of 12 March comes back: remedies count from there."""
    case = signed(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(delivery="post")
    case.refresh_from_db()
    actions.issue_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    sent = Handover("post", posted_on=date(2026, 3, 9), tracking=LETTER)
    row = actions.send_reply(case=case, handover=sent, actor=team["clerk"].actor, at=moment("2026-03-09"))
    actions.open_papers(case=case, actor=GUEST, at=moment("2026-03-11"))
    assert queries.remedies_of(case, date(2026, 3, 12)) == []
    actions.record_receipt(
        case=case,
        delivery=row,
        delivered_on=date(2026, 3, 12),
        actor=team["clerk"].actor,
        at=moment("2026-03-13"),
    )
    assert queries.remedies_of(case, date(2026, 3, 14))[0].day == date(2026, 5, 11)


def test_page_opened_after_the_answer_is_a_receipt_once_the_answer_does_not_hold(
    office: Unit, team: Team
) -> None:
    """Asked for reasons 26 February (seven working days), answered 6 March, page opened 9 March, answered anew 12 March."""
    case = handled(office, team["clerk"], **LANDLINE)
    actions.ask_reasons(
        case=case,
        finding="46件",
        answer_by=date(2026, 3, 6),
        actor=team["clerk"].actor,
        at=moment("2026-02-26"),
    )
    for verb, who, facts in (
        (actions.draft_reply, "clerk", {"text": ReplyText(ReplyKind.DISCLOSE, "清单共12项。")}),
        (actions.submit_reply, "clerk", {}),
        (actions.review_reply, "reviewer", {}),
        (actions.clear_reply, "secrecy", {}),
        (actions.sign_reply, "approver", {}),
        (actions.issue_reply, "clerk", {}),
        (
            actions.send_reply,
            "clerk",
            {"handover": Handover("post", posted_on=date(2026, 3, 6), tracking=LETTER)},
        ),
    ):
        verb(case=case, actor=team[who].actor, at=moment("2026-03-06"), **facts)
    assert actions.open_papers(case=case, actor=GUEST, at=moment("2026-03-09"))
    assert case.events.get(kind="open_papers").facts["notices"] == ["政府信息公开申请说明理由告知书"]
    assert not actions.open_papers(case=case, actor=GUEST, at=moment("2026-03-10")), "once"
    mistaken = {"ground": "mistake", "reason": "答复有误", "actor": team["approver"].actor}
    actions.answer_anew(case=case, at=moment("2026-03-12"), **mistaken)
    inquiry = ReasonsInquiry.objects.get(request=case)
    assert (inquiry.received_on, inquiry.answer_by) == (date(2026, 3, 9), date(2026, 3, 18))


def test_fee_paid_before_any_receipt_is_known(office: Unit, clerk: Person) -> None:
    """Told 24 February, term without receipt to 24 March; paid on 30 March: received at the latest on that day."""
    case = charged(office, clerk, case=LANDLINE)
    fee = case.fees.get()
    assert fee.received_on is None
    actions.pay_fee(
        case=case, paid_on=date(2026, 3, 30), evidence="收据", actor=clerk.actor, at=moment("2026-03-30")
    )
    fee.refresh_from_db()
    assert (fee.state, fee.received_on, fee.paid_on) == ("paid", date(2026, 3, 30), date(2026, 3, 30))


def test_paper_of_an_end_is_received_when_the_page_is_opened(office: Unit, team: Team) -> None:
    """Ended 2 March, wanted by post, page opened 4 March: reconsideration to 3 May, moved past 劳动节 to 6 May."""
    case = handled(office, team["clerk"], **LANDLINE)
    facts = {"reason": "death", "evidence": "证明", "actor": team["approver"].actor}
    actions.terminate(case=case, at=moment("2026-03-02"), **facts)
    assert queries.remedies_of(case, date(2026, 3, 3)) == []
    assert actions.open_papers(case=case, actor=GUEST, at=moment("2026-03-04"))
    days = {last.way: last.day for last in queries.remedies_of(case, date(2026, 3, 5))}
    assert date(2026, 5, 6) in days.values()
