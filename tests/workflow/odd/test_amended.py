"""Days of delivery and receipt that were entered wrongly, and deliveries of what is no answer (ADR 16)."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.actions.sending import Handover
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import handled, signed
from tests.workflow.odd.test_receipts import LANDLINE, LETTER, Team, told
from tests.workflow.test_fee import charged
from tests.workflow.test_third_party import confirm, consult, say


def test_wrong_day_of_delivery_is_put_right_by_an_approver(office: Unit, team: Team) -> None:
    """Entered 6 February instead of 6 March; remedies count from the amended day."""
    clerk, approver = team["clerk"].actor, team["approver"].actor
    case = signed(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(delivery="in_person")
    case.refresh_from_db()
    actions.issue_reply(case=case, actor=clerk, at=moment("2026-03-06"))
    wrong = Handover("in_person", date(2026, 3, 10), signer="梁")
    actions.send_reply(case=case, handover=wrong, actor=clerk, at=moment("2026-03-10"))
    row = case.deliveries.get()
    right = Handover("in_person", date(2026, 3, 9), signer="梁")
    facts = {"delivery": row, "handover": right, "reason": "回证为3月9日"}
    with pytest.raises(StepRefused):
        actions.amend_delivery(case=case, actor=clerk, at=moment("2026-03-12"), **facts)
    actions.amend_delivery(case=case, actor=approver, at=moment("2026-03-12"), **facts)
    assert case.deliveries.get().delivered_on == date(2026, 3, 9)
    assert case.clock_entries.filter(kind="stop").latest("id").on == date(2026, 3, 9)
    assert queries.remedies_of(case, date(2026, 3, 13))[0].day == date(2026, 5, 8)


def test_wrong_receipt_of_a_party_is_put_right_by_an_approver(office: Unit, team: Team) -> None:
    """Received 25 February, entered as 27 February: limit 17 March, due 9 April."""
    case = handled(office, team["clerk"])
    entry, _ = consult(case, team["clerk"], on="2026-02-24")
    confirm(case, entry, "2026-02-27")
    assert case.due_on == date(2026, 4, 13)
    facts = {"consultation": entry, "received_on": date(2026, 2, 25), "reason": "回证为2月25日"}
    with pytest.raises(StepRefused):
        actions.amend_party_receipt(case=case, actor=team["clerk"].actor, at=moment("2026-03-03"), **facts)
    actions.amend_party_receipt(case=case, actor=team["approver"].actor, at=moment("2026-03-03"), **facts)
    entry.refresh_from_db()
    assert (entry.answer_by, case.due_on) == (date(2026, 3, 17), date(2026, 4, 9))


def test_decision_to_a_third_party_can_be_delivered(office: Unit, team: Team) -> None:
    """条例第三十二条: 书面告知第三方; its delivery is recorded like any other, and its link can be renewed."""
    case = handled(office, team["clerk"])
    entry, _ = consult(case, team["clerk"], on="2026-02-24")
    confirm(case, entry, "2026-02-25")
    say(case, entry, "refuse", on="2026-02-26", reason="商业秘密")
    actions.propose_override(
        case=case, consultation=entry, reason="公共利益", actor=team["clerk"].actor, at=moment("2026-02-27")
    )
    actions.approve_override(
        case=case, consultation=entry, actor=team["approver"].actor, at=moment("2026-02-28")
    )
    entry.refresh_from_db()
    assert entry.decision in list(queries.deliverable(case))
    assert actions.renew_link(
        case=case, consultation=entry, actor=team["clerk"].actor, at=moment("2026-03-02")
    ).startswith("/opinions/")
    actions.record_delivery(
        case=case,
        document=entry.decision,
        handover=Handover("post", posted_on=date(2026, 3, 2), tracking=LETTER),
        actor=team["clerk"].actor,
        at=moment("2026-03-02"),
    )
    assert case.deliveries.filter(document=entry.decision).exists()


def test_notice_is_not_delivered_after_it_was_answered(office: Unit, clerk: Person) -> None:
    case = told(office, clerk, **LANDLINE)
    paper = OfficialDocument.objects.get(case=case, kind="correction_notice")
    actions.correct(
        case=case,
        text="2025",
        corrected_on=date(2026, 3, 2),
        actor=clerk.actor,
        at=moment("2026-03-02"),
    )
    with pytest.raises(InvalidInput, match="不能晚于"):
        actions.record_delivery(
            case=case,
            document=paper,
            handover=Handover("in_person", date(2026, 3, 5), signer="梁"),
            actor=clerk.actor,
            at=moment("2026-03-06"),
        )


def test_delivery_of_a_notice_put_right_moves_its_term(office: Unit, team: Team) -> None:
    """Signed for on 3 March, entered as 4 March: payable until 31 March, not 1 April (国办函〔2020〕109号: 20 working days)."""
    case = charged(office, team["clerk"], case=LANDLINE)
    row = actions.record_delivery(
        case=case,
        document=OfficialDocument.objects.get(case=case, kind="fee_notice"),
        handover=Handover("in_person", date(2026, 3, 4), signer="梁"),
        actor=team["clerk"].actor,
        at=moment("2026-03-04"),
    )
    assert case.fees.get().pay_by == date(2026, 4, 1)
    actions.amend_delivery(
        case=case,
        delivery=row,
        handover=Handover("in_person", date(2026, 3, 3), signer="梁"),
        reason="回证为3月3日",
        actor=team["approver"].actor,
        at=moment("2026-03-06"),
    )
    fee = case.fees.get()
    assert (fee.received_on, fee.pay_by) == (date(2026, 3, 3), date(2026, 3, 31))
