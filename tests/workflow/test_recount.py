"""A holiday notice moves every stored date that hangs on the calendar, and those who were told one are told the new one.

The notice of 2026 is entered again with Wednesday 2 and Thursday 3 December off: what spans them ends two working days
later. Without them 2026-11-17 + 15 working days is 2026-12-08, with them 2026-12-10 (条例第三十四条).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from portal.administration import queries
from portal.cases.ledger import verify_cases
from portal.cases.models import Case
from portal.cases.periods import PERIODS
from portal.cases.queries import timeline
from portal.cases.recounting import recount_dates
from portal.core.errors import StepRefused
from portal.core.workdays import YearNotice
from portal.holidays.calendars import calendar, forget
from portal.holidays.data.notices import shipped_notices
from portal.messaging.models import Channel, Message
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.choices import State
from requests_app.models import Consultation, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.calendar import days_off, recounted
from tests.factories.mailbox import Hands, assisting_clerk, assisting_unit, staffed  # noqa: F401
from tests.factories.requests_app import handled

OFF = (date(2026, 12, 2), date(2026, 12, 3))
AT = moment("2026-12-01", 9)
PROPOSED = date(2026, 12, 15)  # 15 working days after 2026-11-24


@pytest.fixture(autouse=True)
def _own_calendar() -> Iterator[None]:
    yield
    forget()


def consulted(office: Unit, clerk: Person, kind: str, **changes: Any) -> Consultation:
    """Received 2026-11-10; somebody is asked on 2026-11-17."""
    facts = {
        "name": "玉溪某建设有限公司",
        "asked": "合同价款。",
        "send_by": "online",
        "email": "p@example.org",
    }
    case = handled(office, clerk, on="2026-11-10")
    party = Party(**{"kind": kind, **facts, **changes})
    actions.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-11-17"))
    return case.consultations.get()  # type: ignore[no-any-return]


def charged(office: Unit, clerk: Person, **changes: Any) -> DisclosureRequest:
    """Received 2026-11-10; told 4,700 yuan on 2026-11-20."""
    case = handled(office, clerk, on="2026-11-10", **changes)
    facts = {"tariff": "by_page", "count": 250, "earlier": 0, "reason": "共250页", "ways": "现场缴纳。"}
    actions.charge_fee(case=case, actor=clerk.actor, at=moment("2026-11-20"), **facts)  # type: ignore[arg-type]
    return case


def told_to_correct(office: Unit, clerk: Person, correct_by: date = PROPOSED) -> DisclosureRequest:
    """Received 2026-11-20, told to correct on 2026-11-24."""
    case = handled(office, clerk, on="2026-11-20")
    actions.request_correction(
        case=case, unclear="请明确年度", correct_by=correct_by, actor=clerk.actor, at=moment("2026-11-24")
    )
    return case


def words(part: str) -> list[str]:
    """What was written with that in its subject."""
    return list(Message.objects.filter(subject__contains=part).order_by("pk").values_list("body", flat=True))


# the law's dates ------------------------------------------------------------------------------------------


def test_due_date_moves_and_the_applicant_is_told(office: Unit, clerk: Person, citizen: Person) -> None:
    """条例第三十三条: 2026-11-25 + 20 wd is 12-23, then 12-25."""
    case = handled(office, clerk, on="2026-11-25", actor=citizen.actor)
    assert case.due_on == date(2026, 12, 23)
    recounted(*OFF)
    case.refresh_from_db()
    assert case.due_on == date(2026, 12, 25)
    event = case.events.get(kind="recompute")
    assert (event.facts["due_before"], event.facts["due_after"]) == ("2026-12-23", "2026-12-25")
    body = "因放假安排公布或者更正，您的申请的答复期限由2026年12月23日调整为2026年12月25日。"
    assert set(words("答复期限调整")) == {body}


@pytest.mark.parametrize("kind", ["third_party", "joint_maker", "assistant"])
def test_opinion_limit_moves_and_the_party_is_told(office: Unit, clerk: Person, kind: str) -> None:
    """条例第三十二条、第三十四条: 15 wd."""
    asked = consulted(office, clerk, kind)
    assert asked.answer_by == date(2026, 12, 8)
    recounted(*OFF)
    asked.refresh_from_db()
    assert asked.answer_by == date(2026, 12, 10)
    told = Message.objects.get(subject__contains="征求意见的期限调整")
    assert (told.channel, told.address) == (Channel.MAIL, "p@example.org")
    assert "由2026年12月8日调整为2026年12月10日" in told.body
    assert "梁䶮" not in told.body


def test_pause_lasts_to_the_moved_limit(office: Unit, clerk: Person) -> None:
    """Received 11-10, five days counted by 11-17 less that day: four; sixteen more after 12-08, then after 12-10."""
    asked = consulted(office, clerk, "joint_maker")
    case = Case.objects.get(pk=asked.request_id)
    assert case.due_on == date(2026, 12, 30)
    recounted(*OFF)
    case.refresh_from_db()
    assert case.due_on == date(2027, 1, 4)
    assert list(verify_cases()) == []


def test_limit_from_own_receipt_moves(office: Unit, clerk: Person) -> None:
    """Received by the party on 11-19: 15 wd end on 12-10, then 12-14."""
    asked = consulted(office, clerk, "third_party")
    actions.record_party_receipt(
        case=DisclosureRequest.objects.get(pk=asked.request_id),
        consultation=asked,
        received_on=date(2026, 11, 19),
        evidence="回执",
        actor=clerk.actor,
        at=moment("2026-11-20"),
    )
    recounted(*OFF)
    asked.refresh_from_db()
    assert asked.answer_by == date(2026, 12, 14)


def test_party_without_mail_or_telephone_is_told_by_the_clerks(office: Unit, clerk: Person) -> None:
    consulted(office, clerk, "joint_maker", send_by="post", email="", address="某路1号")
    recounted(*OFF)
    assert len(words("请书面告知对方意见期限调整")) == 1


def test_payment_limit_moves_and_nothing_lapses_by_the_older_one(office: Unit, clerk: Person) -> None:
    """国办函〔2020〕109号: 2026-11-20 + 20 wd is 12-18, then 12-22; the reply is due 13 wd after that (the day of the notice stands still, rule book 1)."""
    case = charged(office, clerk)
    assert (case.fees.get().pay_by, case.due_on) == (date(2026, 12, 18), date(2027, 1, 7))
    recounted(*OFF)
    case.refresh_from_db()
    assert (case.fees.get().pay_by, case.due_on) == (date(2026, 12, 22), date(2027, 1, 11))
    assert "由2026年12月18日调整为2026年12月22日" in words("缴费期限调整")[0]
    with pytest.raises(StepRefused, match="至2026年12月22日"):
        actions.lapse_fee(case=case, actor=clerk.actor, at=moment("2026-12-19"))
    actions.lapse_fee(case=case, actor=clerk.actor, at=moment("2026-12-23"))
    assert case.state == State.ABANDONED


def test_steps_judge_by_the_new_calendar_before_the_job_has_run(office: Unit, clerk: Person) -> None:
    """The notice is in, nothing is recounted yet: a fee, a correction, silence and reasons do not lapse by the older day."""
    fee, correction = charged(office, clerk), told_to_correct(office, clerk)
    asked = consulted(office, clerk, "third_party")
    days_off(*OFF)
    with pytest.raises(StepRefused, match="12月22日"):
        actions.lapse_fee(case=fee, actor=clerk.actor, at=moment("2026-12-19"))
    with pytest.raises(StepRefused, match="12月17日"):
        actions.lapse(case=correction, actor=clerk.actor, at=moment("2026-12-16"))
    actions.record_party_receipt(
        case=DisclosureRequest.objects.get(pk=asked.request_id),
        consultation=asked,
        received_on=asked.sent_on,
        evidence="当面签收",
        actor=clerk.actor,
        at=moment(asked.sent_on),
    )
    with pytest.raises(StepRefused, match="12月10日"):
        actions.close_consultation(
            case=DisclosureRequest.objects.get(pk=asked.request_id),
            consultation=asked,
            result="silent",
            reason="",
            actor=clerk.actor,
            at=moment("2026-12-09"),
        )


def test_correction_term_moves_if_it_is_the_proposed_one(office: Unit, clerk: Person) -> None:
    """条例第三十条: 2026-11-24 + 15 wd is 12-15, then 12-17; a day picked by hand (12-11) stays."""
    proposed, picked = told_to_correct(office, clerk), told_to_correct(office, clerk, date(2026, 12, 11))
    assert (proposed.correction.workdays, picked.correction.workdays) == (15, 0)
    recounted(*OFF)
    for case, day in ((proposed, date(2026, 12, 17)), (picked, date(2026, 12, 11))):
        case.correction.refresh_from_db()
        assert case.correction.correct_by == day
    assert set(words("补正期限调整")) == {
        "因放假安排公布或者更正，您的申请的补正期限由2026年12月15日调整为2026年12月17日。"
    }


def test_reasons_term_moves(office: Unit, clerk: Person) -> None:
    """条例第三十五条: 15 wd as proposed."""
    case = handled(office, clerk, on="2026-11-20")
    actions.ask_reasons(
        case=case, finding="46件", answer_by=PROPOSED, actor=clerk.actor, at=moment("2026-11-24")
    )
    recounted(*OFF)
    case.reasons.refresh_from_db()
    assert case.reasons.answer_by == date(2026, 12, 17)
    assert len(words("说明理由的期限调整")) == 1


def test_agent_is_told_too(office: Unit, clerk: Person) -> None:
    charged(office, clerk, agent_name="李某", agent_phone="13900000000")
    recounted(*OFF)
    told = Message.objects.filter(subject__contains="缴费期限调整", channel=Channel.SMS)
    assert set(told.values_list("address", flat=True)) == {"13800000000", "13900000000"}


def test_three_day_answer_moves(office: Unit, clerk: Person) -> None:
    """玉政办发〔2019〕20号第十四条: 2026-11-30 + 3 wd is 12-03, then 12-07."""
    case = handled(office, clerk, on="2026-11-30")
    actions.flag_obvious(case=case, ground="state_secret", actor=clerk.actor, at=moment("2026-11-30", 15))
    assert case.internal_due_on == date(2026, 12, 3)
    recounted(*OFF)
    case.refresh_from_db()
    assert (case.internal_due_on, case.act_by) == (date(2026, 12, 7), date(2026, 12, 7))


# the preview, the log, once -------------------------------------------------------------------------------


def test_preview_shows_every_date_that_moves(office: Unit, clerk: Person) -> None:
    fee, asked = charged(office, clerk), consulted(office, clerk, "joint_maker")
    shipped = shipped_notices()[2026].notice
    notice = YearNotice(
        2026, "更正", (*shipped.days_off, *((day, day, "试验") for day in OFF)), shipped.work_on
    )
    found = queries.preview(notice, date(2026, 12, 1))
    assert {(entry.case.pk, entry.title, entry.before, entry.after) for entry in found.moved} == {
        (fee.pk, "办理期限", date(2027, 1, 7), date(2027, 1, 11)),
        (fee.pk, "缴费期限", date(2026, 12, 18), date(2026, 12, 22)),
        (asked.request_id, "办理期限", date(2026, 12, 30), date(2027, 1, 4)),
        (asked.request_id, "提出意见的期限", date(2026, 12, 8), date(2026, 12, 10)),
    }
    assert not Message.objects.filter(subject__contains="调整").exists()


def test_recounting_twice_writes_and_tells_once(office: Unit, clerk: Person, citizen: Person) -> None:
    case = charged(office, clerk, actor=citizen.actor)
    recounted(*OFF)
    told = Message.objects.count()
    assert recount_dates(calendar=calendar(), at=AT) == 0
    assert Message.objects.count() == told
    events = [entry for entry in timeline(case) if entry.event.kind == "recompute"]
    assert [entry.label for entry in events] == ["期限重新计算"] * 2
    assert {(entry.facts.get("before"), entry.facts.get("after")) for entry in events} >= {
        ("2026-12-18", "2026-12-22")
    }
    page = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert "缴费期限由2026年12月18日调整为2026年12月22日" in page


def test_dates_of_ended_matters_stay(office: Unit, team: dict[str, Person]) -> None:
    asked = consulted(office, team["clerk"], "third_party")
    case = DisclosureRequest.objects.get(pk=asked.request_id)
    actions.withdraw(case=case, reason="来函撤回", actor=team["approver"].actor, at=moment("2026-11-30"))
    recounted(*OFF)
    asked.refresh_from_db()
    assert asked.answer_by == date(2026, 12, 8), "what the paper said; the stored due date follows the clock"
    assert [set(event.facts) for event in case.events.filter(kind="recompute")] == [
        {"due_before", "due_after", "provisional", "closed"}
    ]
    assert words("期限调整") == []


def test_notices_are_not_entered_past_the_preview(office: Unit, admin_client: Client) -> None:
    """Django's own admin only shows them: entered there, a notice would move no date."""
    assert admin_client.get("/admin/holidays/holidaynotice/add/").status_code in (403, 404)


def test_every_period_is_declared_with_a_title_and_somebody_to_tell() -> None:
    assert set(PERIODS) == {
        "internal",
        "requests.correct_by",
        "requests.reasons_by",
        "requests.opinion_by",
        "requests.pay_by",
        "mailbox.supplement_by",
        "mailbox.assist_by",
        "consultations.closes_on",
        "supervision.objections_until",
    }
    assert all(period.title for period in PERIODS.values())
    assert all(period.tell is not None for code, period in PERIODS.items() if code != "internal")
