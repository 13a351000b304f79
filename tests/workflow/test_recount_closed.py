"""A holiday notice moves the stored due dates of closed cases too, so that the nightly proof goes on holding.

2027 is not announced: 2026-12-14 + 20 working days is 2027-01-12, provisional (条例第三十三条). The notice of 2027 takes
Monday 4 and Tuesday 5 January off, and it is 2027-01-14.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from mailbox import actions as letters
from notices import actions as publishing
from notices.models import Article
from portal.cases import tasks
from portal.cases.ledger import verify_cases
from portal.cases.models import Case, CountedBy
from portal.cases.queries import moved_words
from portal.cases.recounting import recount_if_moved
from portal.holidays.calendars import calendar, forget
from portal.messaging.models import Message
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories import mailbox, notices
from tests.factories.calendar import days_off, recounted
from tests.factories.mailbox import Hands, staffed  # noqa: F401
from tests.factories.requests_app import handled

OFF = (date(2027, 1, 4), date(2027, 1, 5))


@pytest.fixture(autouse=True)
def _own_calendar() -> Iterator[None]:
    yield
    forget()


def withdrawn(office: Unit, clerk: Person, on: str = "2026-12-14") -> DisclosureRequest:
    """Received on that day, withdrawn on 2026-12-21."""
    case = handled(office, clerk, on=on)
    actions.withdraw(case=case, reason="来函撤回", actor=clerk.actor, at=moment("2026-12-21"))
    return case


def test_recount_moves_a_closed_request_without_a_word(office: Unit, clerk: Person) -> None:
    """条例第三十三条: due 2027-01-12, then 2027-01-14 and no longer provisional; one event, nobody is told."""
    case = withdrawn(office, clerk)
    assert (case.due_on, case.due_provisional) == (date(2027, 1, 12), True)
    before = Message.objects.count()
    recounted(*OFF, at=moment("2026-12-22"))
    case.refresh_from_db()
    assert (case.due_on, case.due_provisional) == (date(2027, 1, 14), False)
    assert (case.state, case.closed_on) == ("withdrawn", date(2026, 12, 21))
    assert Message.objects.count() == before
    event = case.events.get(kind="recompute")
    assert moved_words(event.facts) == (
        "因放假安排公布或者更正，到期日由2027年1月12日调整为2027年1月14日。本件已经办结，办理结果不变。"
    )
    assert list(verify_cases()) == []


def test_recount_moves_a_closed_request_whose_wait_moves(office: Unit, clerk: Person) -> None:
    """条例第三十四条: a joint maker asked on 2026-12-15, 15 wd to 2027-01-06, then 01-08: the due date follows it."""
    case = handled(office, clerk, on="2026-12-14")
    party = Party(kind="joint_maker", name="某局", asked="意见", send_by="online", email="p@example.org")
    actions.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-12-15"))
    assert case.consultations.get().answer_by == date(2027, 1, 6)
    actions.withdraw(case=case, reason="来函撤回", actor=clerk.actor, at=moment("2026-12-21"))
    before = case.due_on
    recounted(*OFF, at=moment("2026-12-22"))
    case.refresh_from_db()
    assert (before, case.due_on) == (date(2027, 2, 3), date(2027, 2, 11))
    assert case.consultations.get().answer_by == date(2027, 1, 6), "what the paper said then"
    assert list(verify_cases()) == []


def test_recount_moves_closed_letters_and_items(office: Unit, clerk: Person, hands: Hands) -> None:
    """办法第二十四条, 条例第二十六条: any kind of case that is closed keeps the date that its clock gives."""
    letter = mailbox.handled(hands, on="2026-12-24")
    letters.withdraw(case=letter, actor=letters.WRITER, at=moment("2026-12-25"))
    item = publishing.open_item(
        answers=notices.answers(office, made_on=date(2026, 12, 24)),
        actor=clerk.actor,
        at=moment("2026-12-24"),
    )
    stored = {letter.pk: letter.due_on, item.pk: item.due_on}
    recounted(*OFF, at=moment("2026-12-26"))
    assert Case.objects.get(pk=letter.pk).due_on != stored[letter.pk]
    assert Article.objects.get(pk=item.pk).due_on != stored[item.pk]
    assert list(verify_cases()) == []


def test_recount_of_a_corrected_notice_moves_what_was_announced(office: Unit, clerk: Person) -> None:
    """Not provisional dates alone: 2026-11-02 + 20 wd is 2026-11-30; with 11-16 off, 2026-12-01."""
    case = handled(office, clerk, on="2026-11-02")
    actions.withdraw(case=case, reason="来函撤回", actor=clerk.actor, at=moment("2026-11-05"))
    recounted(date(2026, 11, 16), at=moment("2026-11-06"))
    case.refresh_from_db()
    assert case.due_on == date(2026, 12, 1)
    assert list(verify_cases()) == []


def test_prove_counts_anew_only_where_the_calendar_changed(
    office: Unit, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What differs by the same calendar comes from a mended rule: a person decides (ADR 0016)."""
    case = withdrawn(office, clerk)
    Case._base_manager.filter(pk=case.pk).update(due_on=date(2027, 1, 11))
    assert recount_if_moved(calendar=calendar(), at=moment("2026-12-22")) == 0
    days_off(*OFF)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-12-23"))
    tasks.prove()
    case.refresh_from_db()
    assert case.due_on == date(2027, 1, 14)
    assert CountedBy.objects.get().digest == calendar().digest()


def test_recount_of_the_same_calendar_goes_on_for_two_days(office: Unit, clerk: Person) -> None:
    """A process that still had the older calendar may have written after the recount."""
    days_off(*OFF)
    assert recount_if_moved(calendar=calendar(), at=moment("2026-12-20")) == 0
    case = withdrawn(office, clerk)
    Case._base_manager.filter(pk=case.pk).update(due_on=date(2027, 1, 12))
    assert recount_if_moved(calendar=calendar(), at=moment("2026-12-21", 12)) == 1
    Case._base_manager.filter(pk=case.pk).update(due_on=date(2027, 1, 12))
    assert recount_if_moved(calendar=calendar(), at=moment("2026-12-23", 12)) == 0
