"""What has run out is erased, what must stay stays, and the log holds."""

from __future__ import annotations

import io
from datetime import timedelta

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
from requests_app.choices import RemedyKind, RemedyResult
from requests_app.models import DisclosureRequest, Remedy
from tests.cast import Person, moment, person
from tests.factories import mailbox as letters
from tests.factories.mailbox import Hands, staffed  # noqa: F401  fixture
from tests.factories.requests_app import answered

SOON, LATER = moment("2026-09-01"), moment("2027-12-01")


@pytest.fixture
def case(office: Unit, team: dict[str, Person]) -> DisclosureRequest:
    """A request answered in March 2026."""
    return answered(office, team)


def test_contacts_go_after_210_days_and_the_case_stays(case: DisclosureRequest) -> None:
    assert case.closed_on is not None
    day = moment(case.closed_on + timedelta(days=210))
    assert retention.due(day)["request_contacts"] == 0
    day += timedelta(days=1)
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
    assert retention.apply(at=LATER)["request_contacts"] == 1


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
