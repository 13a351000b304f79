"""What happens around the sending of a paper: judged by the day that counts, told only of what was sent."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.errors import InvalidInput
from portal.documents.models import OfficialDocument
from portal.messaging.models import Message
from portal.supervision.figures.scores import _late_cases
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import DisclosureRequest, Remedy
from tests.cast import moment
from tests.workflow.test_sending import APRIL, MARCH, Team, on_paper, post


def _filed(case: DisclosureRequest, team: Team, on: str, entered: str) -> Remedy:
    return actions.record_remedy(
        case=case,
        kind="reconsideration",
        body="玉溪市人民政府",
        filed_on=date.fromisoformat(on),
        actor=team["clerk"].actor,
        at=moment(entered),
    )


def test_the_assessment_lists_no_paper_as_late_that_was_posted_in_time(office: Unit, team: Team) -> None:
    post(on_paper(office, team, made="2026-03-13"), team, "2026-03-16", entered="2026-03-18")
    assert _late_cases(MARCH, APRIL) == {}


def test_the_assessment_lists_a_paper_posted_late(office: Unit, team: Team) -> None:
    case = on_paper(office, team, made="2026-03-16")
    post(case, team, "2026-03-17", entered="2026-03-18")
    assert _late_cases(MARCH, APRIL) == {office.pk: [case.number]}


def test_a_remedy_may_be_filed_from_the_day_that_counts(office: Unit, team: Team) -> None:
    case = on_paper(office, team, made="2026-03-09")
    post(case, team, "2026-03-10", entered="2026-03-13")
    with pytest.raises(InvalidInput, match="办结之日"):
        _filed(case, team, "2026-03-09", "2026-03-16")
    assert _filed(case, team, "2026-03-12", "2026-03-16").filed_on == date(2026, 3, 12)


def test_a_remedy_against_not_answering_is_recorded_while_the_request_is_open(
    office: Unit, team: Team
) -> None:
    case = on_paper(office, team, made="2026-03-16")
    with pytest.raises(InvalidInput, match="答复期限届满后"):
        _filed(case, team, "2026-03-16", "2026-03-19")
    row = _filed(case, team, "2026-03-17", "2026-03-19")
    actions.close_remedy(
        case=case,
        remedy=row,
        result="corrected",
        ended_on=date(2026, 3, 19),
        actor=team["clerk"].actor,
        at=moment("2026-03-19"),
    )


def test_a_remedy_against_not_answering_is_recorded_after_the_late_answer(office: Unit, team: Team) -> None:
    case = on_paper(office, team, made="2026-03-16")
    post(case, team, "2026-03-20")
    assert _filed(case, team, "2026-03-18", "2026-03-23").filed_on == date(2026, 3, 18)


def test_nobody_is_told_that_a_reply_is_void_which_was_never_sent(office: Unit, team: Team) -> None:
    case = on_paper(office, team, made="2026-03-13")
    paper = OfficialDocument.objects.get(case=case, kind__endswith="_reply")
    before = Message.objects.count()
    actions.void_paper(
        case=case,
        document=paper,
        reason="打印有误",
        actor=team["approver"].actor,
        at=moment("2026-03-13"),
    )
    assert Message.objects.count() == before
