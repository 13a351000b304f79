"""Every clock across 国庆 2026: 1 to 7 October are off, 20 September and 10 October are worked, 25 to 27 September 中秋.

Received on Monday, 28 September; the twentieth working day is Friday, 30 October.
"""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.actors import PARTY
from portal.core.errors import StepRefused
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.choices import Opinion, RefusalGround
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import handled

Team = dict[str, Person]
RECEIVED = "2026-09-28"


@pytest.fixture
def case(office: Unit, clerk: Person) -> DisclosureRequest:
    """In a clerk's hands on 28 September."""
    found = handled(office, clerk, on=RECEIVED)
    assert found.due_on == date(2026, 10, 30)
    return found


def test_third_party_has_until_27_october(case: DisclosureRequest, clerk: Person) -> None:
    """Sent 29 September, received the 30th; silent: 17 working days do not count, due on 24 November."""
    party = Party("third_party", "某公司", "合同", "online", "p@example.org")
    actions.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-09-29"))
    asked = case.consultations.get()
    actions.record_party_receipt(
        case=case,
        consultation=asked,
        received_on=date(2026, 9, 30),
        evidence="网上确认",
        actor=PARTY,
        at=moment("2026-09-30"),
    )
    asked.refresh_from_db()
    assert (asked.answer_by, case.due_on) == (date(2026, 10, 27), date(2026, 11, 24))


def test_opinion_on_9_october_gives_four_days_back(case: DisclosureRequest, clerk: Person) -> None:
    """29 and 30 September, 8 and 9 October do not count: 5 November."""
    party = Party("third_party", "某公司", "合同", "online", "p@example.org")
    actions.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-09-29"))
    actions.take_opinion(
        case=case,
        consultation=case.consultations.get(),
        opinion=Opinion.AGREE,
        reason="",
        actor=PARTY,
        at=moment("2026-10-09"),
    )
    assert case.due_on == date(2026, 11, 5)


def test_correction_is_told_by_13_october_and_starts_anew(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    """The seventh working day is 13 October; corrected on the 15th, due on 12 November."""
    late, case = handled(office, clerk, on=RECEIVED), handled(office, clerk, on=RECEIVED, actor=citizen.actor)
    facts = {"unclear": "请明确年度", "correct_by": date(2026, 11, 2)}
    with pytest.raises(StepRefused, match="7个工作日"):
        actions.request_correction(case=late, actor=clerk.actor, at=moment("2026-10-14"), **facts)  # type: ignore[arg-type]
    actions.request_correction(case=case, actor=clerk.actor, at=moment("2026-10-13"), **facts)  # type: ignore[arg-type]
    actions.correct(case=case, text="2025年度", actor=citizen.actor, at=moment("2026-10-15"))
    assert case.due_on == date(2026, 11, 12)


def test_fee_told_on_the_eve_may_be_paid_until_3_november(case: DisclosureRequest, clerk: Person) -> None:
    """Paid on 12 October: the period begins anew on the next day (rule 10, 国办函〔2020〕109号), due on 9 November."""
    actions.charge_fee(
        case=case,
        tariff="by_page",
        count=250,
        earlier=0,
        reason="共250页",
        ways="到政务服务大厅缴纳",
        actor=clerk.actor,
        at=moment("2026-09-30"),
    )
    assert case.fees.get().pay_by == date(2026, 11, 3)
    actions.pay_fee(
        case=case, paid_on=date(2026, 10, 12), evidence="缴款书", actor=clerk.actor, at=moment("2026-10-12")
    )
    assert case.due_on == date(2026, 11, 9)


def test_extension_runs_to_27_november(case: DisclosureRequest, team: Team) -> None:
    actions.request_extension(
        case=case, days=20, reason="调取档案", actor=team["clerk"].actor, at=moment("2026-10-28")
    )
    actions.extend(case=case, actor=team["approver"].actor, at=moment("2026-10-29"))
    assert case.due_on == date(2026, 11, 27)


def test_three_day_answer_from_the_eve_is_due_on_10_october(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk, on="2026-09-30")
    actions.flag_obvious(
        case=case, ground=RefusalGround.STATE_SECRET, actor=clerk.actor, at=moment("2026-09-30", 15)
    )
    assert (case.internal_due_on, case.due_on) == (date(2026, 10, 10), date(2026, 11, 3))
