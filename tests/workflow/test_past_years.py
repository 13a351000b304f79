"""The figures of a past year are the same however often and whenever they are counted (国办公开办函〔2021〕30号表二、表三)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.cases.holding import holder
from portal.cases.models import Case
from portal.cases.steps import record
from portal.cases.transitions import StepFacts
from portal.core.actors import SYSTEM
from portal.core.errors import StepRefused
from portal.publishing.actions import PublicText
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.reply import ReplyText
from requests_app.actions.sending import Handover
from requests_app.annual import checks
from requests_app.annual.fees import fees
from requests_app.annual.figures import figures, moved_over
from requests_app.annual.report import report
from requests_app.annual.rows import COLUMN_TITLES
from requests_app.choices import Channel, RefusalGround, ReplyKind
from requests_app.models import DisclosureRequest, Remedy
from tests.cast import Person, moment, person
from tests.factories.annual import GIVEN, Team, answer, contest, finish
from tests.factories.requests_app import handled, signed, submitted
from tests.workflow.test_annual_report import told

SECRET = ReplyText(ReplyKind.REFUSE, "国家秘密。", ground=RefusalGround.STATE_SECRET)


def registered_on(case: DisclosureRequest, clerk: Person, day: str, *, received: str = "") -> None:
    """Registered that day, with that day of receipt unless another is given."""
    actions.register(
        case=case,
        received_on=date.fromisoformat(received or day),
        channel=Channel.ONLINE,
        evidence="与申请人电话确认",
        actor=clerk.actor,
        at=moment(day),
    )


def undone(case: DisclosureRequest, kind: str, on: str) -> None:
    """Reopened or to be answered anew, as the log shows it: out of a closed state, back to 办理中."""
    row: Any = DisclosureRequest._base_manager.get(pk=case.pk)
    before, row.closed_on, row.outcome = row.state, None, ""
    row.__dict__["state"] = "handling"
    record(row, kind, before, StepFacts(public={"ground": "mistake"}), actor=SYSTEM, at=moment(on))
    row.save()
    case.refresh_from_db()


def holds(*years: int, unit: Unit | None = None) -> None:
    """What a year carries over is what the year before carried forward."""
    for year in years:
        this = figures(year, unit)
        assert checks.between(this.table2, figures(year - 1, unit).table2, moved_over(this)) == []


@pytest.mark.parametrize(("received", "year"), [("2026-01-05", 2026), ("2025-12-31", 2025)])
def test_request_of_new_years_eve_counts_by_its_day_of_receipt(
    office: Unit, clerk: Person, received: str, year: int
) -> None:
    """条例第三十一条: submitted 2025-12-31, confirmed 2026-01-05; the confirmed day decides, in either count of 2025."""
    case = submitted(office, on="2025-12-31")
    before = told(figures(2025, office))
    assert before == {}, "not received yet"
    registered_on(case, clerk, "2026-01-05", received=received)
    assert told(figures(year, office))["new"] == {"person": 1}
    if year == 2026:
        assert told(figures(2025, office)) == before
    for unit in (office, None):
        holds(2025, 2026, 2027, unit=unit)


def test_request_that_is_taken_back_unregistered_counts_in_the_year_of_its_end(
    office: Unit, clerk: Person
) -> None:
    """Submitted 2025-12-31, withdrawn 2026-01-03 before it was registered: new and ended in 2026, nothing in 2025."""
    case = submitted(office, on="2025-12-31")
    before = told(figures(2025, office))
    actions.withdraw(case=case, reason="来信撤回", actor=clerk.actor, at=moment("2026-01-03"))
    assert told(figures(2025, office)) == before == {}
    assert told(figures(2026, office)) == {
        "new": {"person": 1},
        "other_rest": {"person": 1},
        "handled": {"person": 1},
    }
    holds(2026)


def test_request_left_unconfirmed_counts_from_the_day_for_confirming_it(office: Unit, clerk: Person) -> None:
    """内部要求1个工作日: submitted 2025-12-29, to be confirmed by 2025-12-30, confirmed 2026-01-05: of 2025, before and after."""
    case = submitted(office, on="2025-12-29")
    before = told(figures(2025, office))
    assert before == {"new": {"person": 1}, "carried_forward": {"person": 1}}
    registered_on(case, clerk, "2026-01-05")
    assert told(figures(2025, office)) == before
    assert told(figures(2026, office)) == {"carried_over": {"person": 1}, "carried_forward": {"person": 1}}
    holds(2025, 2026, 2027)


def test_transfer_over_new_year_leaves_the_former_units_year(
    office: Unit, housing: Unit, clerk: Person
) -> None:
    """玉政办发〔2019〕20号第十四条: submitted to the office 2025-12-29, given to housing 2026-01-05, received there 01-06."""
    case = submitted(office, on="2025-12-29")
    before = told(figures(2025, office))
    assert before == {"new": {"person": 1}, "carried_forward": {"person": 1}}
    actions.transfer(
        case=case, unit=housing, reason="住建部门制作", actor=clerk.actor, at=moment("2026-01-05")
    )
    for _ in range(2):
        assert told(figures(2025, office)) == before
        assert told(figures(2025, housing)) == told(figures(2026, office)) == {}
        assert told(figures(2026, housing)) == {
            "carried_over": {"person": 1},
            "carried_forward": {"person": 1},
        }
        for unit in (office, housing, None):
            holds(2026, unit=unit)
            assert report(2026, unit).broken == []
        if case.state == "submitted":
            registered_on(case, person("housing-register", housing, Role.CLERK), "2026-01-06")


def test_late_letter_is_named_though_requests_were_handed_on() -> None:
    """二 3, last 四 1, one handed on from another unit: one came in late and is named."""
    this = {("carried_over", column): 0 for column in COLUMN_TITLES} | {("carried_over", "person"): 3}
    last = {("carried_forward", column): 0 for column in COLUMN_TITLES} | {("carried_forward", "person"): 1}
    assert checks.between(this, last, {"person": 2}) == []
    assert checks.between(this, last, {"person": 1}) == [
        f"“{COLUMN_TITLES['person']}”列：本年上年结转为3，上年结转下年度为1，年度之间由其他机关转入减去转出为1，应当相符。"
    ]


def given_to(case: DisclosureRequest, unit: Unit, on: str) -> None:
    """An open registered request is handed to another unit."""
    row: Any = DisclosureRequest._base_manager.get(pk=case.pk)
    row.unit = unit
    facts = StepFacts(public={"to_unit": unit.name})
    record(row, "hand_on", row.state, facts, actor=SYSTEM, at=moment(on))
    row.save()
    case.refresh_from_db()


def test_request_counts_for_the_unit_that_had_it_at_each_years_end(
    office: Unit, housing: Unit, team: Team
) -> None:
    """Received by the office 2025-12-01, handed on 2026-01-08, answered by housing 2026-01-12: 2025 stays the office's."""
    case = handled(office, team["clerk"], on="2025-12-01")
    before = figures(2025, office)
    given_to(case, housing, "2026-01-08")
    after = figures(2025, office)
    assert (told(after), after.requests) == (told(before), before.requests)
    assert told(after) == {"new": {"person": 1}, "carried_forward": {"person": 1}}
    assert told(figures(2025, housing)) == {}
    assert told(figures(2026, housing)) == {"carried_over": {"person": 1}, "carried_forward": {"person": 1}}
    assert told(figures(2026, office)) == {}
    for unit in (office, housing, None):
        holds(2026, unit=unit)


@pytest.mark.parametrize("written_as", [1, 2])
def test_holder_reads_a_hand_over_written_as_either_unit(written_as: int) -> None:
    """The step that gives a case away may name the former unit (1) or the new one (2) as its own."""
    steps = [
        (moment("2025-12-01"), 1, False),
        (moment("2026-01-08"), written_as, True),
        (moment("2026-01-12"), 2, False),
    ]
    days = ("2025-11-01", "2026-01-01", "2026-01-09", "2026-02-01")
    assert [holder(steps, 2, moment(day)) for day in days] == [1, 1, 2, 2]


def test_answer_posted_in_december_counts_there_though_entered_in_january(office: Unit, team: Team) -> None:
    """国办公开办函〔2016〕235号: posted 2025-12-30, entered 2026-01-05: the clock stopped in 2025."""
    case = signed(office, team, on="2025-12-01", at="2025-12-22")
    DisclosureRequest.objects.filter(pk=case.pk).update(delivery="post", address="某路1号")
    case.refresh_from_db()
    actions.issue_reply(case=case, actor=team["clerk"].actor, at=moment("2025-12-29"))
    posted = Handover("post", tracking="EA123456789CN", posted_on=date(2025, 12, 30))
    actions.send_reply(case=case, handover=posted, actor=team["clerk"].actor, at=moment("2026-01-05"))
    assert told(figures(2025, office)) == {
        "new": {"person": 1},
        "disclosed": {"person": 1},
        "handled": {"person": 1},
    }
    assert told(figures(2026, office)) == {}
    assert figures(2025, office).lives[0].closed_on == date(2025, 12, 30)
    copy = PublicText("老旧小区改造清单", "改造清单", "见附表。")
    release = actions.propose_release(
        case=case, text=copy, actor=team["clerk"].actor, at=moment("2026-01-06")
    )
    assert release.answered_on == date(2025, 12, 30), "also on the public copy"


def test_request_answered_anew_counts_once_in_the_year_of_its_first_ending(office: Unit, team: Team) -> None:
    """行政复议法第六十四条: refused 2025-03-03, anew 2026-02-02, disclosed 2026-02-20: 2025 stays, nothing in 2026."""
    case = answer(office, team, SECRET, on="2025-02-10", done="2025-03-03")
    before = figures(2025, office)
    undone(case, "answer_anew", "2026-02-02")
    assert figures(2025, office).requests == before.requests
    actions.draft_reply(case=case, text=GIVEN, actor=team["clerk"].actor, at=moment("2026-02-19"))
    finish(case, team, moment("2026-02-20"))
    assert figures(2025, office).requests == before.requests
    assert told(before)["refused_state_secret"] == {"person": 1}
    assert told(figures(2026, office)) == {}
    holds(2026)


def test_request_reopened_within_the_year_counts_as_its_last_ending_says(office: Unit, team: Team) -> None:
    """条例第三十条: withdrawn 2025-03-03 by mistake, answered 2025-03-12: disclosed, once."""
    case = handled(office, team["clerk"], on="2025-02-10")
    actions.withdraw(case=case, reason="误登", actor=team["clerk"].actor, at=moment("2025-03-03"))
    assert told(figures(2025, office))["other_rest"] == {"person": 1}
    undone(case, "reopen", "2025-03-05")
    actions.draft_reply(case=case, text=GIVEN, actor=team["clerk"].actor, at=moment("2025-03-11"))
    finish(case, team, moment("2025-03-12"))
    assert told(figures(2025, office)) == {
        "new": {"person": 1},
        "disclosed": {"person": 1},
        "handled": {"person": 1},
    }
    assert told(figures(2026, office)) == {}


def test_request_reopened_over_new_year_stays_ended_in_the_year_before(office: Unit, team: Team) -> None:
    """Withdrawn 2025-12-29, reopened 2025-12-30, still open at New Year: 2025 says withdrawn, 2026 carries nothing over."""
    case = handled(office, team["clerk"], on="2025-12-01")
    actions.withdraw(case=case, reason="误登", actor=team["clerk"].actor, at=moment("2025-12-29"))
    before = figures(2025, office)
    undone(case, "reopen", "2025-12-30")
    assert figures(2025, office).requests == before.requests
    assert told(figures(2026, office)) == {}
    holds(2026)


# table 3, fees --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "filed"),
    [("（2026）云04行初12号", "2026-03-20"), ("(2026)云04行初12号 ", "2026-03-21"), ("", "2026-03-20")],
)
def test_one_lawsuit_is_entered_once(office: Unit, team: Team, number: str, filed: str) -> None:
    """条例第五十一条: the same court and number, or the same court and day (2026-03-20), is the same lawsuit."""
    case = answer(office, team, GIVEN, on="2026-02-10", done="2026-03-03")
    facts = {"kind": "lawsuit", "body": "红塔区人民法院", "actor": team["clerk"].actor}
    actions.record_remedy(
        case=case, number="（2026）云04行初12号", filed_on=date(2026, 3, 20), at=moment("2026-03-23"), **facts
    )
    with pytest.raises(StepRefused, match="已经登记"):
        actions.record_remedy(
            case=case, number=number, filed_on=date.fromisoformat(filed), at=moment("2026-03-24"), **facts
        )
    other = {**facts, "kind": "reconsideration", "body": "玉溪市人民政府"}
    actions.record_remedy(case=case, filed_on=date(2026, 3, 20), at=moment("2026-03-24"), **other)
    assert figures(2026, office).table3["lawsuit", "total"] == 1
    assert figures(2026, office).table3["reconsideration", "total"] == 1


def test_lawsuit_that_was_entered_twice_before_counts_once(office: Unit, team: Team) -> None:
    """Two rows of one lawsuit filed 2026-03-20, one ended 2026-06-01: upheld 1, pending 0, in this year and the next."""
    case = answer(office, team, GIVEN, on="2026-02-10", done="2026-03-03")
    contest(case, team["clerk"], "lawsuit", "2026-03-20", "2026-06-01", "upheld")
    Remedy.objects.create(request=case, kind="lawsuit", body="玉溪市 人民政府", filed_on=date(2026, 3, 20))
    for year, expected in ((2026, (1, 0, 1)), (2027, (0, 0, 0))):
        table = figures(year, office).table3
        found = tuple(table["lawsuit", result] for result in ("upheld", "pending", "total"))
        assert found == expected


def test_fee_stays_the_units_that_took_it(office: Unit, housing: Unit, clerk: Person) -> None:
    """国办函〔2020〕109号: 4,700 yuan paid to the office on 2025-12-15; handed on in 2026, they stay the office's."""
    case = handled(office, clerk, on="2025-12-01")
    facts = {"tariff": "by_page", "count": 250, "earlier": 0, "reason": "共250页", "ways": "现场缴纳。"}
    actions.charge_fee(case=case, actor=clerk.actor, at=moment("2025-12-03"), **facts)
    actions.pay_fee(
        case=case, paid_on=date(2025, 12, 15), evidence="收据", actor=clerk.actor, at=moment("2025-12-15")
    )
    before = fees(2025, office)
    given_to(case, housing, "2026-01-08")
    assert Case.objects.get(pk=case.pk).unit == housing
    assert (fees(2025, office), fees(2025, housing).yuan) == (before, 0)
    assert before.yuan == 4700
