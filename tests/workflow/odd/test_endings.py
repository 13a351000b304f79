"""Every ending answers, and an ending can be undone (条例第三十三条、第三十六条; 行政复议法第六十四条; 行政诉讼法第七十条; ADR 16).

Received 10 February 2026, due 16 March; 14 and 28 February are worked, 15 to 23 February is 春节.
"""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.messaging.models import Message
from portal.publishing.models import Release
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.actions.release import suggested_text
from requests_app.actions.reply import ReplyText
from requests_app.actions.sending import Handover
from requests_app.choices import RefusalGround, ReplyKind, State
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment, person
from tests.factories.requests_app import answered, handled, signed
from tests.workflow.test_correction import told

Team = dict[str, Person]
LETTER = "XA12345678901"


@pytest.mark.parametrize("reason", ["other", "", "不想办"])
def test_there_is_no_other_ending(office: Unit, team: Team, reason: str) -> None:
    """条例第三十六条: every request is answered."""
    case = handled(office, team["clerk"])
    for who in ("clerk", "approver"):
        with pytest.raises((StepRefused, InvalidInput)):
            actions.terminate(
                case=case, reason=reason, evidence="x", actor=team[who].actor, at=moment("2026-03-02")
            )
    assert DisclosureRequest.objects.get(pk=case.pk).state == State.HANDLING


def test_officer_in_charge_does_not_end_his_own_case(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"], phone="0877-2022222", delivery="post")
    actions.assign(
        case=case, officer=team["approver"].account, actor=team["clerk"].actor, at=moment("2026-02-11")
    )
    for verb, facts in (
        (actions.terminate, {"reason": "death", "evidence": "证明"}),
        (actions.withdraw, {"reason": "来信"}),
    ):
        with pytest.raises(StepRefused, match="经办人以外的签发人"):
            verb(case=case, actor=team["approver"].actor, at=moment("2026-03-02"), **facts)


def test_termination_has_its_paper_its_word_and_its_remedies(office: Unit, team: Team) -> None:
    """Ended 2 March: reconsideration to 1 May, moved past 劳动节 to 6 May."""
    case = handled(office, team["clerk"])
    actions.terminate(
        case=case, reason="death", evidence="证明", actor=team["approver"].actor, at=moment("2026-03-02")
    )
    paper = OfficialDocument.objects.get(case=case, kind="termination_notice")
    assert "60日内" in paper.facts["remedy"]
    assert paper.facts["reason"] == "申请人死亡，无人承继"
    assert Message.objects.filter(subject__contains="终止办理").exists()
    assert queries.remedies_of(case, date(2026, 3, 3))[0].day == date(2026, 5, 6)


def test_clerk_alone_enters_no_withdrawal_of_somebody_who_is_not_told(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"], phone="0877-2022222", delivery="post")
    with pytest.raises(StepRefused, match="经办人以外的签发人"):
        actions.withdraw(case=case, reason="不想办", actor=team["clerk"].actor, at=moment("2026-03-02"))
    actions.withdraw(case=case, reason="来信撤回", actor=team["approver"].actor, at=moment("2026-03-02"))
    assert case.state == State.WITHDRAWN


def test_applicant_is_told_of_a_withdrawal_that_a_clerk_enters_and_can_object(
    office: Unit, team: Team
) -> None:
    case = handled(office, team["clerk"])
    actions.withdraw(case=case, reason="来信撤回", actor=team["clerk"].actor, at=moment("2026-03-02"))
    body = Message.objects.filter(subject__contains="已撤回").latest("id").body
    assert "并非您本人撤回的，请立即与受理机关联系" in body


def test_withdrawal_after_paying_says_what_becomes_of_the_money(office: Unit, clerk: Person) -> None:
    from portal.core.actors import GUEST
    from tests.workflow.test_fee import charged

    case = charged(office, clerk)
    actions.pay_fee(
        case=case, paid_on=date(2026, 3, 3), evidence="缴款书", actor=clerk.actor, at=moment("2026-03-03")
    )
    actions.withdraw(case=case, reason="", actor=GUEST, at=moment("2026-03-04"))
    assert "予以退还" in OfficialDocument.objects.get(case=case, kind="withdrawal_note").facts["fee"]


def test_lapse_with_good_reason_is_undone_and_counts_anew(office: Unit, team: Team) -> None:
    """条例第三十条: 无正当理由逾期不补正. Lapsed 20 March, reopened 25 March: twenty working days to 23 April."""
    case = told(office, team["clerk"])
    actions.lapse(case=case, actor=team["clerk"].actor, at=moment("2026-03-20"))
    facts = {"case": case, "ground": "good_reason", "reason": "住院证明", "at": moment("2026-03-25")}
    with pytest.raises(StepRefused):
        actions.reopen(actor=team["clerk"].actor, **facts)
    actions.reopen(actor=team["approver"].actor, **facts)
    assert (case.state, case.closed_on, case.outcome, case.due_on) == (
        State.HANDLING,
        None,
        "",
        date(2026, 4, 23),
    )
    assert OfficialDocument.objects.get(case=case, kind="lapse_notice").status == "void"
    assert queries.remedies_of(case, date(2026, 3, 26)) == []
    assert "恢复办理" in Message.objects.latest("id").subject


def test_withdrawal_entered_by_mistake_did_not_stop_the_clock(office: Unit, team: Team) -> None:
    """Entered 2 March, undone 5 March: 16 March, as before."""
    case = handled(office, team["clerk"])
    approver = team["approver"].actor
    actions.withdraw(case=case, reason="来信", actor=approver, at=moment("2026-03-02"))
    actions.reopen(case=case, ground="mistake", reason="件号弄错", actor=approver, at=moment("2026-03-05"))
    assert (case.state, case.due_on) == (State.HANDLING, date(2026, 3, 16))
    assert OfficialDocument.objects.get(case=case, kind="withdrawal_note").status == "void"


def answer_again(case: DisclosureRequest, team: Team, on: str) -> None:
    """The whole chain once more, on one day."""
    text = ReplyText(ReplyKind.DISCLOSE, "重新答复：清单共13项。")
    for verb, who, facts in (
        (actions.draft_reply, "clerk", {"text": text}),
        (actions.submit_reply, "clerk", {}),
        (actions.review_reply, "reviewer", {}),
        (actions.clear_reply, "secrecy", {}),
        (actions.sign_reply, "approver", {}),
        (actions.reply, "clerk", {}),
    ):
        verb(case=case, actor=team[who].actor, at=moment(on), **facts)


def test_after_a_judgment_the_request_is_answered_anew_in_its_own_period(office: Unit, team: Team) -> None:
    """行政复议法第六十四条: received 20 April with 15 working days: due 13 May (劳动节 1 to 5 May, 9 May is worked)."""
    text = ReplyText(ReplyKind.REFUSE, "内部事务", ground=RefusalGround.INTERNAL)
    case = answered(office, team, text=text)
    old = OfficialDocument.objects.get(case=case, kind="refuse_reply")
    clerk, approver = team["clerk"].actor, team["approver"].actor
    anew = {"case": case, "ground": "review", "reason": "复议决定书", "actor": approver}
    with pytest.raises(StepRefused, match="结果纠正"):
        actions.answer_anew(at=moment("2026-04-21"), **anew)
    row = actions.record_remedy(
        case=case,
        kind="reconsideration",
        body="市政府",
        filed_on=date(2026, 3, 16),
        actor=clerk,
        at=moment("2026-03-16"),
    )
    actions.close_remedy(
        case=case,
        remedy=row,
        result="corrected",
        ended_on=date(2026, 4, 17),
        actor=clerk,
        at=moment("2026-04-20"),
    )
    actions.answer_anew(at=moment("2026-04-21"), begins_on=date(2026, 4, 20), days=15, **anew)
    old.refresh_from_db()
    assert (case.state, case.due_on, old.status) == (State.HANDLING, date(2026, 5, 13), "void")
    answer_again(case, team, "2026-04-22")
    assert (case.state, case.outcome) == (State.ANSWERED, "disclose")
    new = OfficialDocument.objects.get(case=case, kind="disclose_reply")
    assert new.number != old.number
    assert {last.day for last in queries.remedies_of(case, date(2026, 4, 23))} == {
        date(2026, 6, 22),
        date(2026, 10, 22),
    }
    assert case.events.filter(kind="reply").count() == 2
    with pytest.raises(StepRefused, match="结果纠正"):
        actions.answer_anew(at=moment("2026-04-23"), begins_on=date(2026, 4, 22), **anew)


def test_void_reply_is_answered_anew_in_the_old_period(office: Unit, team: Team) -> None:
    """Answered 6 March, void 9 March: the days go on counting to 16 March; no remedies of the void paper are shown."""
    case = answered(office, team)
    approver = team["approver"].actor
    paper = OfficialDocument.objects.get(case=case, kind="disclose_reply")
    facts = {"case": case, "ground": "void", "reason": "文书作废", "actor": approver}
    with pytest.raises(StepRefused, match="没有作废"):
        actions.answer_anew(at=moment("2026-03-09"), **facts)
    actions.void_paper(case=case, document=paper, reason="有误", actor=approver, at=moment("2026-03-09"))
    assert queries.remedies_of(case, date(2026, 3, 10)) == []
    actions.answer_anew(at=moment("2026-03-10"), **facts)
    assert (case.state, case.due_on) == (State.HANDLING, date(2026, 3, 16))
    answer_again(case, team, "2026-03-11")
    actions.archive(case=case, actor=team["clerk"].actor, at=moment("2026-03-12"))


def test_public_copy_goes_with_the_answer(office: Unit, team: Team) -> None:
    case = answered(office, team)
    actions.propose_release(
        case=case, text=suggested_text(case), actor=team["clerk"].actor, at=moment("2026-03-09")
    )
    actions.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-10"))
    actions.release(case=case, actor=team["publisher"].actor, at=moment("2026-03-11"))
    facts = {"ground": "mistake", "reason": "答复有误", "actor": team["approver"].actor}
    actions.answer_anew(case=case, at=moment("2026-03-12"), **facts)
    assert Release.objects.get(case=case).state == "retracted"
    paper = OfficialDocument.objects.get(case=case, kind="disclose_reply")
    assert paper.status == "void"


def test_signed_reply_is_called_back(office: Unit, team: Team) -> None:
    """A mistake seen before sending: back in hand, reviewed anew by the same people."""
    case = signed(office, team)
    facts = {"case": case, "reason": "附表有误", "at": moment("2026-03-06")}
    with pytest.raises(StepRefused):
        actions.recall_reply(actor=team["clerk"].actor, **facts)
    actions.recall_reply(actor=team["approver"].actor, **facts)
    assert case.state == State.HANDLING
    answer_again(case, team, "2026-03-09")
    assert case.state == State.ANSWERED


def test_issued_paper_that_is_called_back_is_void(office: Unit, team: Team) -> None:
    case = signed(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(delivery="post")
    case.refresh_from_db()
    actions.issue_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    actions.recall_reply(case=case, reason="附表有误", actor=team["approver"].actor, at=moment("2026-03-09"))
    assert OfficialDocument.objects.get(case=case, kind="disclose_reply").status == "void"
    with pytest.raises(StepRefused):
        actions.send_reply(
            case=case,
            handover=Handover("post", posted_on=date(2026, 3, 9), tracking=LETTER),
            actor=team["clerk"].actor,
            at=moment("2026-03-09"),
        )


def test_open_requests_of_a_closed_unit_are_handed_on(
    office: Unit, housing: Unit, team: Team, supervisor: Person
) -> None:
    """Its appointments ended with it; the due date stays, the applicant is told."""
    case = handled(office, team["clerk"])
    facts = {"case": case, "unit": housing, "reason": "机构改革方案", "at": moment("2026-03-02")}
    with pytest.raises(StepRefused, match="仍在运行"):
        actions.hand_on(actor=supervisor.actor, **facts)
    Unit.objects.filter(pk=office.pk).update(is_active=False)
    case.unit.refresh_from_db()
    with pytest.raises(StepRefused):
        actions.hand_on(actor=team["clerk"].actor, **facts)
    actions.hand_on(actor=supervisor.actor, **facts)
    case = DisclosureRequest.objects.get(pk=case.pk)
    assert (case.unit_id, case.officer_id, case.due_on) == (housing.pk, None, date(2026, 3, 16))
    assert housing.name in Message.objects.latest("id").subject
    new = person("housing-clerk", housing, Role.CLERK)
    actions.assign(case=case, officer=new.account, actor=new.actor, at=moment("2026-03-03"))
    assert case.officer_id == new.account.pk


def test_withdrawal_by_mistake_waits_where_it_waited(office: Unit, team: Team) -> None:
    """Told to correct, withdrawn by mistake, reopened: the correction is awaited still, and starts the period anew."""
    case = told(office, team["clerk"])
    approver = team["approver"].actor
    actions.withdraw(case=case, reason="来信", actor=approver, at=moment("2026-03-02"))
    actions.reopen(case=case, ground="mistake", reason="件号弄错", actor=approver, at=moment("2026-03-03"))
    assert (case.state, case.due_on) == (State.AWAITING_CORRECTION, None)
    actions.correct(
        case=case,
        text="2025年度",
        corrected_on=date(2026, 3, 4),
        actor=team["clerk"].actor,
        at=moment("2026-03-04"),
    )
    assert case.due_on == date(2026, 4, 1)


def test_fee_and_consultation_that_ended_by_mistake_go_on(office: Unit, team: Team) -> None:
    from tests.workflow.test_fee import charged
    from tests.workflow.test_third_party import consult

    approver = team["approver"].actor
    fee = charged(office, team["clerk"])
    asked = handled(office, team["clerk"])
    entry, _ = consult(asked, team["clerk"], on="2026-02-24")
    for case in (fee, asked):
        due = case.due_on
        actions.withdraw(case=case, reason="来信", actor=approver, at=moment("2026-03-03"))
        actions.reopen(case=case, ground="mistake", reason="误", actor=approver, at=moment("2026-03-04"))
        assert case.due_on == due
    entry.refresh_from_db()
    assert (fee.state, fee.fees.get().state, entry.state) == (State.AWAITING_PAYMENT, "waiting", "waiting")


def test_consultation_that_ended_with_the_request_stops_nothing_in_the_new_period(
    office: Unit, team: Team
) -> None:
    """Asked 24 February, ended 26 February; goes on after a judgment received 2 March: twenty working days, 30 March."""
    from tests.workflow.test_third_party import consult

    approver = team["approver"].actor
    case = handled(office, team["clerk"])
    consult(case, team["clerk"], on="2026-02-24")
    actions.terminate(case=case, reason="death", evidence="证明", actor=approver, at=moment("2026-02-26"))
    other = person("other-approver", office, Role.APPROVER).actor
    facts = {"ground": "review", "reason": "判决书", "begins_on": date(2026, 3, 2)}
    actions.reopen(case=case, actor=other, at=moment("2026-03-03"), **facts)
    assert (case.state, case.due_on) == (State.HANDLING, date(2026, 3, 30))


def test_unregistered_request_that_was_withdrawn_by_mistake_is_registered_after_all(
    office: Unit, team: Team
) -> None:
    from tests.factories.requests_app import submitted

    case = submitted(office)
    approver = team["approver"].actor
    actions.withdraw(case=case, reason="来信", actor=approver, at=moment("2026-02-10"))
    actions.reopen(case=case, ground="mistake", reason="误", actor=approver, at=moment("2026-02-11"))
    assert case.state == State.SUBMITTED


def test_lapse_ends_the_consultations_too(office: Unit, team: Team) -> None:
    """Who is asked is asked no longer once the request has ended, and holds no new reply up."""
    from portal.core.actors import PARTY
    from tests.workflow.test_third_party import consult

    case = handled(office, team["clerk"])
    entry, _ = consult(case, team["clerk"], on="2026-02-11")
    actions.request_correction(
        case=case,
        unclear="年度",
        correct_by=date(2026, 3, 5),
        actor=team["clerk"].actor,
        at=moment("2026-02-12"),
    )
    actions.lapse(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    entry.refresh_from_db()
    assert entry.state == "cancelled"
    actions.reopen(
        case=case,
        ground="good_reason",
        reason="住院证明",
        actor=team["approver"].actor,
        at=moment("2026-03-09"),
    )
    assert case.due_on == date(2026, 4, 7)
    with pytest.raises(StepRefused, match="已经结束"):
        actions.take_opinion(
            case=case, consultation=entry, opinion="agree", reason="", actor=PARTY, at=moment("2026-03-10")
        )


def test_notice_that_was_delivered_while_the_request_was_closed_is_received(office: Unit, team: Team) -> None:
    from requests_app.models import ReasonsInquiry

    clerk, approver = team["clerk"].actor, team["approver"].actor
    case = handled(office, team["clerk"], phone="0877-2022222", delivery="post")
    actions.ask_reasons(
        case=case, finding="46件", answer_by=date(2026, 3, 6), actor=clerk, at=moment("2026-02-26")
    )
    actions.withdraw(case=case, reason="来信", actor=approver, at=moment("2026-02-27"))
    actions.record_delivery(
        case=case,
        document=OfficialDocument.objects.get(case=case, kind="reasons_notice"),
        handover=Handover("in_person", date(2026, 2, 28), signer="梁"),
        actor=clerk,
        at=moment("2026-02-28"),
    )
    actions.reopen(case=case, ground="mistake", reason="误", actor=approver, at=moment("2026-03-02"))
    assert ReasonsInquiry.objects.get(request=case).received_on == date(2026, 2, 28)
