"""What has run out is erased, what must stay stays, and the log holds."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from mailbox.models import Letter
from portal.administration import actions as room
from portal.administration.tasks import erase
from portal.cases.ledger import verify_cases
from portal.cases.models import Case, LegalHold
from portal.core.errors import InvalidInput, StepRefused
from portal.messaging.models import Message
from portal.privacy import retention
from portal.privacy.models import RetentionRun
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.sending import Handover
from requests_app.choices import RemedyKind, RemedyResult
from requests_app.models import DisclosureRequest, Remedy
from tests.cast import Person, moment, person
from tests.factories import mailbox as letters
from tests.factories.mailbox import Hands, staffed  # noqa: F401  fixture
from tests.factories.requests_app import answered, handled, signed
from tests.workflow.test_past_years import undone

SOON, LATER = moment("2026-09-01"), moment("2027-12-01")


@pytest.fixture
def case(office: Unit, team: dict[str, Person]) -> DisclosureRequest:
    """A request answered in March 2026."""
    return answered(office, team)


def test_contacts_go_after_the_last_remedy_day_and_the_case_stays(case: DisclosureRequest) -> None:
    """Delivered 6 March 2026: suable until 7 September (行政诉讼法第四十六条), kept 30 days more, to 6 October."""
    assert retention.due(moment("2026-10-06"))["request_contacts"] == 0
    day = moment("2026-10-07")
    assert retention.due(day)["request_contacts"] == 1
    name, description = case.name, case.description
    assert retention.apply(at=day)["request_contacts"] == 1
    case = DisclosureRequest.objects.get(pk=case.pk)
    assert (case.phone, case.email, case.address) == ("", "", "")
    assert (case.name, case.description) == (name, description)
    assert list(verify_cases()) == []
    assert RetentionRun.objects.get(rule="request_contacts").erased == 1


def test_nothing_is_left_over_and_a_second_run_finds_nothing(case: DisclosureRequest, hands: Hands) -> None:
    letters.answered(hands)
    assert sum(retention.due(LATER).values()) > 3
    retention.apply(at=LATER)
    assert sum(retention.due(LATER).values()) == 0
    before = RetentionRun.objects.count()
    assert sum(retention.apply(at=LATER).values()) == 0
    assert RetentionRun.objects.count() == before
    assert {letter.phone for letter in Letter.objects.all()} == {""}
    assert set(Case.objects.values_list("code_hash", flat=True)) == {""}
    assert not Message.objects.exclude(address="").exists()
    assert list(verify_cases()) == []


def test_a_dispute_keeps_the_contacts_until_it_ends(case: DisclosureRequest) -> None:
    remedy = Remedy.objects.create(
        request=case, kind=RemedyKind.values[0], body="玉溪市人民政府", filed_on=moment("2026-04-01").date()
    )
    assert retention.apply(at=LATER)["request_contacts"] == 0
    remedy.result, remedy.ended_on = RemedyResult.UPHELD, moment("2026-05-01").date()
    remedy.save()
    assert retention.due(moment("2026-10-07"))["request_contacts"] == 1


@pytest.mark.parametrize(("day", "gone"), [("2026-12-15", 0), ("2026-12-16", 1)])
def test_decision_on_a_dispute_may_still_be_sued(case: DisclosureRequest, day: str, gone: int) -> None:
    """Ended 31 October 2026: 15 days to sue (行政诉讼法第四十五条) and 30 more are 15 December."""
    Remedy.objects.create(
        request=case,
        kind=RemedyKind.values[0],
        body="玉溪市人民政府",
        filed_on=moment("2026-04-01").date(),
        result=RemedyResult.UPHELD,
        ended_on=moment("2026-10-31").date(),
    )
    assert retention.due(moment(day))["request_contacts"] == gone


def posted(office: Unit, team: dict[str, Person]) -> DisclosureRequest:
    """The reply was posted on 6 March 2026; the receipt has not come back."""
    case = signed(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(delivery="post")
    case.delivery = "post"
    clerk = team["clerk"].actor
    actions.issue_reply(case=case, actor=clerk, at=moment("2026-03-06"))
    sent = Handover("post", posted_on=moment("2026-03-06").date(), tracking="XA12345678953")
    actions.send_reply(case=case, handover=sent, actor=clerk, at=moment("2026-03-06", 16))
    return case


def test_contacts_count_from_delivery_not_from_closing(office: Unit, team: dict[str, Person]) -> None:
    """Signed for on 4 May 2026, two months after closing: suable until 4 November, kept to 4 December."""
    case = posted(office, team)
    actions.record_receipt(
        case=case,
        delivery=case.deliveries.get(),
        delivered_on=moment("2026-05-04").date(),
        actor=team["clerk"].actor,
        at=moment("2026-05-06"),
    )
    assert retention.due(moment("2026-12-04"))["request_contacts"] == 0
    assert retention.due(moment("2026-12-05"))["request_contacts"] == 1


def test_contacts_stay_five_years_where_delivery_is_not_known(office: Unit, team: dict[str, Person]) -> None:
    """行政诉讼法第四十六条第二款: closed 6 March 2026, kept to 5 April 2031."""
    posted(office, team)
    assert retention.due(moment("2030-12-31"))["request_contacts"] == 0
    assert retention.due(moment("2031-04-05"))["request_contacts"] == 0
    assert retention.due(moment("2031-04-06"))["request_contacts"] == 1


def test_withdrawn_request_counts_from_its_end(office: Unit, team: dict[str, Person]) -> None:
    """Nothing was decided: closed 12 February 2026, gone on 14 September."""
    case = handled(office, team["clerk"], delivery="post")
    actions.withdraw(case=case, reason="来信撤回", actor=team["approver"].actor, at=moment("2026-02-12"))
    assert retention.due(moment("2026-09-11"))["request_contacts"] == 0
    assert retention.due(moment("2026-09-14"))["request_contacts"] == 1


def test_a_legal_hold_keeps_everything_of_its_case(
    case: DisclosureRequest, office: Unit, clerk: Person
) -> None:
    admin = person("admin", office, Role.SYSTEM_ADMIN)
    number = str(case.number)
    with pytest.raises(StepRefused):
        room.hold(number=number, reason="诉讼", actor=clerk.actor, at=SOON)
    with pytest.raises(InvalidInput, match="没有这个编号"):
        room.hold(number="G1999-1", reason="诉讼", actor=admin.actor, at=SOON)
    held = room.hold(number=number, reason="行政诉讼一审中", actor=admin.actor, at=SOON)
    with pytest.raises(InvalidInput, match="已经暂缓"):
        room.hold(number=number, reason="诉讼", actor=admin.actor, at=SOON)
    done = retention.apply(at=LATER)
    assert (done["request_contacts"], done["query_codes"]) == (0, 0)
    room.lift(held=LegalHold.objects.get(pk=held.pk), actor=admin.actor, at=LATER)
    assert room.erase_now(actor=admin.actor, at=LATER)["request_contacts"] == 1


def test_pages_of_an_erased_case_still_open(
    case: DisclosureRequest, hands: Hands, team: dict[str, Person]
) -> None:
    letter = letters.answered(hands)
    retention.apply(at=LATER)
    clerk = team["clerk"].client()
    assert clerk.get(reverse("workbench_requests:detail", args=[case.public_id])).status_code == 200
    page = reverse("workbench_mailbox:detail", args=[letter.public_id])
    assert hands.clerk.client().get(page).status_code == 200


def test_command_lists_and_erases(case: DisclosureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    out = io.StringIO()
    call_command("retention", stdout=out)
    assert "1\trequest_contacts" in out.getvalue()
    assert DisclosureRequest.objects.get().phone
    out = io.StringIO()
    call_command("retention", "--apply", stdout=out)
    assert "Erased:" in out.getvalue()
    assert not DisclosureRequest.objects.get().phone
    assert erase() == 0


def test_the_record_of_erasing_cannot_be_changed(case: DisclosureRequest) -> None:
    retention.apply(at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM privacy_retentionrun")
    assert RetentionRun.objects.exists()


# disputes and new answers -----------------------------------------------------------------------------------


def disputed(case: DisclosureRequest, clerk: Person, filed: str, kind: str = "reconsideration") -> Remedy:
    """A remedy filed that day and recorded the same day."""
    return actions.record_remedy(
        case=case,
        kind=kind,
        body="玉溪市人民政府",
        filed_on=moment(filed).date(),
        actor=clerk.actor,
        at=moment(filed),
    )


def decided(case: DisclosureRequest, clerk: Person, result: str, ended: str, told: str) -> None:
    """The remedy ended on one day; the unit learnt of it, and recorded it, on another."""
    actions.close_remedy(
        case=case,
        remedy=case.remedies.get(result=RemedyResult.PENDING),
        result=result,
        ended_on=moment(ended).date(),
        actor=clerk.actor,
        at=moment(told),
    )


def kept(at: str) -> tuple[bool, bool]:
    """Whether the contacts and the query code stay on that day."""
    due = retention.due(moment(at))
    return due["request_contacts"] == 0, due["query_codes"] == 0


def test_dispute_keeps_the_query_code(case: DisclosureRequest, team: dict[str, Person]) -> None:
    """行政复议法第二十条: closed 2026-03-06, a year ends on 2027-03-06; the lawsuit of 2026-08-20 goes on: both stay."""
    disputed(case, team["clerk"], "2026-08-20", "lawsuit")
    assert kept("2027-03-08") == kept("2028-01-10") == (True, True)
    decided(case, team["clerk"], "upheld", "2028-01-10", "2028-01-12")
    assert kept("2028-02-25") == (True, True)
    assert kept("2028-02-27") == (False, False)


def test_decision_counts_from_the_day_it_was_received(
    case: DisclosureRequest, team: dict[str, Person]
) -> None:
    """行政诉讼法第四十五条: decided 2026-09-01, received and recorded 2026-12-01: 15 days to sue, 30 more, to 2027-01-15."""
    disputed(case, team["clerk"], "2026-04-01")
    decided(case, team["clerk"], "upheld", "2026-09-01", "2026-12-01")
    assert kept("2027-01-15")[0]
    assert not kept("2027-01-16")[0]


def test_new_answer_that_is_awaited_keeps_contacts_and_code(
    case: DisclosureRequest, team: dict[str, Person]
) -> None:
    """行政复议法第六十四条: 结果纠正 on 2026-05-20, no new answer by 2028: how the applicant is reached stays."""
    disputed(case, team["clerk"], "2026-04-01")
    decided(case, team["clerk"], "corrected", "2026-05-20", "2026-05-21")
    assert kept("2026-10-07") == kept("2028-01-10") == (True, True)


def test_new_answer_ends_the_wait(case: DisclosureRequest, team: dict[str, Person]) -> None:
    """Answered anew on 2026-06-10 after 纠正 of 2026-05-20: kept as after any answer, the code to 2027-06-10."""
    disputed(case, team["clerk"], "2026-04-01")
    decided(case, team["clerk"], "corrected", "2026-05-20", "2026-05-21")
    undone(case, "answer_anew", "2026-05-22")
    assert kept("2028-01-10") == (True, True), "open again"
    actions.withdraw(case=case, reason="来函撤回", actor=team["clerk"].actor, at=moment("2026-06-10"))
    assert kept("2027-06-10")[1]
    assert not kept("2027-06-11")[1]
    assert kept("2027-06-11") == (False, False)


def test_wish_for_a_correction_keeps_the_contacts(case: DisclosureRequest, team: dict[str, Person]) -> None:
    """条例第四十一条: asked 2026-09-01, not decided: the answer must reach the applicant."""
    actions.ask_fix(
        case=case, wrong="年龄", evidence="户口簿", actor=team["clerk"].actor, at=moment("2026-09-01")
    )
    assert kept("2027-12-01") == (True, True)
