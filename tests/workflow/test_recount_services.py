"""A holiday notice moves the dates of letters, consultations, items, reports, orders and assessments too.

The notice of 2026 is entered again with Wednesday 2 and Thursday 3 December off.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from consultations.models import PublicConsultation
from mailbox import actions as letters
from mailbox.models import Assignment, Letter, Supplement
from mailbox.tasks import send_reminders
from notices import actions as publishing
from notices.models import Article
from notices.reports import actions as reports
from portal.core.actors import GUEST
from portal.holidays.calendars import forget
from portal.messaging.models import Message
from portal.supervision import actions as supervision
from portal.supervision.models import Assessment
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories import consultations, mailbox, notices
from tests.factories.calendar import days_off, recounted
from tests.factories.mailbox import Hands, assisting_clerk, assisting_unit, staffed  # noqa: F401
from tests.workflow.test_recount import OFF, words


@pytest.fixture(autouse=True)
def _own_calendar() -> Iterator[None]:
    yield
    forget()


def test_letter_and_what_hangs_on_it_move(hands: Hands, transport: Unit, helper: Person) -> None:
    """Accepted 11-27, 10 wd. A supplement of 5 wd is asked for on 11-30: 12-07, then 12-09; the answer 12-21, then 12-23."""
    case = mailbox.handled(hands, on="2026-11-27")
    letters.ask_assistance(
        case=case,
        unit=transport,
        asked="该路段道路权属",
        due_on=date(2026, 12, 3),
        actor=hands.clerk.actor,
        at=moment("2026-11-30"),
    )
    letters.ask_supplement(
        case=case,
        asked="具体位置",
        answer_by=date(2026, 12, 7),
        actor=hands.clerk.actor,
        at=moment("2026-11-30", 14),
    )
    assert case.due_on == date(2026, 12, 21)
    recounted(*OFF)
    case.refresh_from_db()
    assert case.due_on == date(2026, 12, 23)
    assert Supplement.objects.get().answer_by == date(2026, 12, 9)
    assert Assignment.objects.get(part="assist").due_on == date(2026, 12, 7)
    for subject in ("来信答复期限调整", "补充期限调整", "协办反馈期限调整"):
        assert len(set(words(subject))) == 1
    told = Message.objects.get(subject__contains="协办反馈期限调整")
    assert told.account_id == helper.account.pk
    unit = Message.objects.filter(subject=f"答复期限调整（{case.number}）")
    assert unit.get().account_id == hands.clerk.account.pk


def test_house_dates_of_a_letter_move_and_the_unit_is_told(hands: Hands) -> None:
    """Given to the unit on 12-01: to be signed for by 12-02, then 12-04."""
    case = mailbox.assigned(hands, on="2026-12-01")
    assert case.internal_due_on == date(2026, 12, 2)
    recounted(*OFF)
    case.refresh_from_db()
    assert case.internal_due_on == date(2026, 12, 4)
    assert words("签收时限调整") == ["因放假安排公布或者更正，签收时限由2026年12月2日调整为2026年12月4日。"]


def test_consultation_keeps_its_shortest_term_and_a_day_picked_by_hand(
    office: Unit, team: dict[str, Person]
) -> None:
    """Normative documents: 7 wd. 11-30 + 7 wd is 12-09, then 12-11; a period to 12-31 is long enough as it is."""
    least = consultations.announced(office, team, opens_on=date(2026, 11, 30), closes_on=date(2026, 12, 9))
    longer = consultations.announced(office, team, opens_on=date(2026, 11, 30), closes_on=date(2026, 12, 31))
    recounted(*OFF)
    days = {row.pk: row.closes_on for row in PublicConsultation.objects.all()}
    assert days == {least.pk: date(2026, 12, 11), longer.pk: date(2026, 12, 31)}
    least.refresh_from_db()
    assert least.extended_reason == "放假安排公布或者更正后，征集期顺延至规定的最短天数。"


def test_publication_clocks_move(office: Unit, clerk: Person) -> None:
    """Made on 2026-11-30: 3 wd end on 12-03, then 12-07; 20 wd on 12-28, then 12-30 (条例第二十六条)."""
    answers = notices.answers(office, made_on=date(2026, 11, 30))
    item = publishing.open_item(answers=answers, actor=clerk.actor, at=moment("2026-11-30"))
    recounted(*OFF)
    item = Article.objects.get(pk=item.pk)
    assert (item.internal_due_on, item.due_on) == (date(2026, 12, 7), date(2026, 12, 30))


def test_error_report_moves(office: Unit) -> None:
    """3 wd from 11-30: 12-03, then 12-07."""
    case = reports.report_error(
        page="/",
        sort="facts",
        text="日期写错了，应为三月。",
        key="k" * 20,
        actor=GUEST,
        at=moment("2026-11-30"),
    )
    assert case.due_on == date(2026, 12, 3)
    recounted(*OFF)
    case.refresh_from_db()
    assert case.due_on == date(2026, 12, 7)


def test_order_and_objections_move(office: Unit, clerk: Person, supervisor: Person) -> None:
    """5 wd each from 2026-11-27: 12-04, then 12-08; the unit is told, which has the older day on paper."""
    order = supervision.issue_order(
        sort="supervise", demand="请办理。", unit=office, actor=supervisor.actor, at=moment("2026-11-27")
    )
    october = date(2026, 10, 1)
    supervision.open_assessment(
        first=october, last=october, actor=supervisor.actor, at=moment("2026-11-27", 11)
    )
    recounted(*OFF)
    order.refresh_from_db()
    assert order.due_on == date(2026, 12, 8)
    assert Assessment.objects.get().objections_until == date(2026, 12, 8)
    assert Message.objects.filter(subject__contains="报告期限由2026年12月4日调整为2026年12月8日").exists()


def test_letter_is_not_reminded_by_the_older_date(hands: Hands) -> None:
    """Due 12-11, then 12-15: the morning of 12-10 counts anew before it reminds (one day before)."""
    case: Letter = mailbox.handled(hands, on="2026-11-27")
    days_off(*OFF)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: moment("2026-12-14"))
        send_reminders()
    case.refresh_from_db()
    assert case.due_on == date(2026, 12, 15)
    assert [row.due_on for row in case.reminders.all()] == [date(2026, 12, 15)]
