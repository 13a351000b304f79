"""A limit is looked up by the day it applies to; a case keeps the law of the day it was received.

A second row of three limits, in force from Monday 2026-12-07: reply 15 working days instead of 20 (条例第三十三条),
extension at most 10 instead of 20 (第三十三条), correction to be told within 5 instead of 7 (第三十条).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import (
    LIMITS,
    Limit,
    LimitNotInForce,
    by_code,
    limit,
    limits_in_force,
    with_periods,
)
from portal.documents.models import OfficialDocument
from portal.site.generated_docs import limits_page
from portal.units.models import Unit
from requests_app import actions
from requests_app.forms.staff import ExtensionForm
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import handled

CHANGE = date(2026, 12, 7)
DAY_BEFORE, DAY_OF = "2026-12-04", "2026-12-07"
NEW = {"disclosure.reply": 15, "disclosure.extension": 10, "disclosure.correction": 5}


@pytest.fixture
def new_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """The law changes on 2026-12-07."""
    for code, days in NEW.items():
        row = replace(LIMITS[code][-1], days=days, effective_from=CHANGE, source="修订后的条例")
        monkeypatch.setitem(LIMITS, code, (*LIMITS[code], row))


def test_limit_gives_the_row_in_force_on_the_day(new_law: None) -> None:
    assert [limit("disclosure.reply", on=day).days for day in (date(2026, 12, 6), CHANGE)] == [20, 15]
    assert [row.days for row in limits_in_force(date(2026, 12, 6)) if row.code == "disclosure.reply"] == [20]
    assert with_periods("{disclosure.reply}内", on=CHANGE) == "15个工作日内"


def test_limit_before_its_first_row_is_refused_with_a_sentence() -> None:
    with pytest.raises(LimitNotInForce, match="自2019年5月15日起施行"):
        limit("disclosure.reply", on=date(2019, 5, 14))
    with pytest.raises(KeyError, match="期限表中没有"):
        limit("disclosure.nothing", on=CHANGE)


def test_rows_of_a_code_are_in_the_order_of_the_days() -> None:
    old = Limit("a.b", "甲", 1, "day", "旧法", date(2001, 1, 1))
    assert by_code((replace(old, days=2, effective_from=date(2020, 1, 1)), old))["a.b"][0] is old


def test_reconsideration_keeps_its_source_by_day() -> None:
    """行政复议法 of 1999 art. 9 and of 2023 art. 20: 60 days in both."""
    found = [limit("remedy.reconsideration", on=date(year, 6, 1)) for year in (2023, 2024)]
    assert [(row.days, row.source[-4:]) for row in found] == [(60, "）第九条"), (60, "第二十条")]


# received, the reply's due date, the most that it may be extended, due after that, due after a correction of 2026-12-14
CASES = [
    (DAY_BEFORE, "2027-01-04", 20, "2027-02-01", "2027-01-12"),
    (DAY_OF, "2026-12-28", 10, "2027-01-12", "2027-01-05"),
]


@pytest.mark.parametrize(("received", "due", "most", "extended", "corrected"), CASES)
def test_case_keeps_the_reply_period_of_its_day(
    office: Unit,
    clerk: Person,
    new_law: None,
    received: str,
    due: str,
    most: int,
    extended: str,
    corrected: str,
) -> None:
    case = handled(office, clerk, on=received)
    assert case.due_on == date.fromisoformat(due)
    paper = OfficialDocument.objects.get(case=case, kind="receipt")
    assert paper.facts["limit"] == limit("disclosure.reply", on=date.fromisoformat(received)).text


@pytest.mark.parametrize(("received", "due", "most", "extended", "corrected"), CASES)
def test_case_keeps_the_extension_of_its_day(
    office: Unit,
    clerk: Person,
    approver: Person,
    new_law: None,
    received: str,
    due: str,
    most: int,
    extended: str,
    corrected: str,
) -> None:
    case = handled(office, clerk, on=received)
    with pytest.raises(InvalidInput, match=f"1至{most}个工作日"):
        actions.request_extension(
            case=case, days=most + 1, reason="调取资料", actor=clerk.actor, at=moment("2026-12-10")
        )
    actions.request_extension(
        case=case, days=most, reason="调取资料", actor=clerk.actor, at=moment("2026-12-10")
    )
    actions.extend(case=case, actor=approver.actor, at=moment("2026-12-11"))
    assert case.due_on == date.fromisoformat(extended)
    form = ExtensionForm({"days": most + 1, "reason": "甲"}, case=case)
    assert form.errors["days"] == [f"最多延长{most}个工作日"]


@pytest.mark.parametrize(("received", "due", "most", "extended", "corrected"), CASES)
def test_case_keeps_the_period_after_a_correction(
    office: Unit,
    clerk: Person,
    new_law: None,
    received: str,
    due: str,
    most: int,
    extended: str,
    corrected: str,
) -> None:
    case = _told(handled(office, clerk, on=received), clerk, "2026-12-10")
    actions.correct(case=case, text="2025年度", actor=clerk.actor, at=moment("2026-12-14"))
    assert case.due_on == date.fromisoformat(corrected)


def test_correction_is_told_within_the_days_of_the_day_of_receipt(
    office: Unit, clerk: Person, new_law: None
) -> None:
    """Seven working days from 12-04 end on 12-15; five from 12-07 end on 12-14."""
    _told(handled(office, clerk, on=DAY_BEFORE), clerk, "2026-12-15")
    with pytest.raises(StepRefused, match="5个工作日"):
        _told(handled(office, clerk, on=DAY_OF), clerk, "2026-12-15")


@pytest.mark.parametrize(("received", "days"), [(DAY_BEFORE, 7), (DAY_OF, 5)])
def test_staff_page_names_the_period_of_the_case(
    office: Unit, clerk: Person, new_law: None, received: str, days: int
) -> None:
    case = handled(office, clerk, on=received)
    page = clerk.client().get(reverse("workbench_requests:step", args=[case.public_id, "request-correction"]))
    assert f"自收到之日起{days}个工作日内一次性告知" in page.content.decode()


def _told(case: DisclosureRequest, clerk: Person, on: str) -> DisclosureRequest:
    actions.request_correction(
        case=case, unclear="请明确年度", correct_by=date(2027, 1, 8), actor=clerk.actor, at=moment(on)
    )
    return case


def test_docs_show_from_when_until_when_each_row_is_in_force(new_law: None) -> None:
    rows = [line for line in limits_page().splitlines() if line.startswith("| `disclosure.reply`")]
    assert [line.split("|")[3:4] + line.split("|")[5:7] for line in rows] == [
        [" 20 working days ", " 2019-05-15 ", " 2026-12-06 "],
        [" 15 working days ", " 2026-12-07 ", " – "],
    ]
