"""Every message, paper and page that tells a day in a year without a holiday notice says that it is provisional (暂定)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mailbox import actions as letters
from portal.documents.models import OfficialDocument
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.messaging.models import Message
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from tests.cast import Person, moment
from tests.factories import mailbox
from tests.factories.mailbox import Hands, staffed  # noqa: F401
from tests.factories.requests_app import handled

ISO = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
MARK = "（暂定，以2027年放假安排为准）"


def said(part: str) -> str:
    """The newest message with that in its subject."""
    return str(Message.objects.filter(subject__contains=part).order_by("-pk")[0].body)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 12, 31), "2026年12月31日"),
        (date(2027, 1, 4), f"2027年1月4日{MARK}"),
        (None, "待定"),
    ],
)
def test_told_day_marks_days_after_the_last_notice(day: date | None, told: str) -> None:
    """The notice of 2026 is the last (国办发明电〔2025〕7号); 2027 begins provisional."""
    assert told_day(day, calendar()) == told


def test_registration_and_extension_say_provisional(
    office: Unit, team: dict[str, Person], citizen: Person
) -> None:
    """条例第三十三条: 2026-12-21 + 20 wd is 2027-01-19; extended by 10 wd 2027-02-02."""
    case = handled(office, team["clerk"], on="2026-12-21", actor=citizen.actor)
    assert case.due_on == date(2027, 1, 19)
    assert f"收到日期：2026年12月21日；答复期限至：2027年1月19日{MARK}。" in said("已登记")
    actions.request_extension(
        case=case, days=10, reason="需要检索", actor=team["clerk"].actor, at=moment("2026-12-28")
    )
    actions.extend(case=case, actor=team["approver"].actor, at=moment("2026-12-29"))
    assert f"新的答复期限至：2027年2月2日{MARK}。" in said("期限已延长")


def test_fee_and_opinion_papers_say_provisional(office: Unit, clerk: Person, citizen: Person) -> None:
    """国办函〔2020〕109号: told 2026-12-22, 20 wd end on 2027-01-20; 条例第三十四条: asked 2026-12-22, 15 wd on 2027-01-13."""
    case = handled(office, clerk, on="2026-12-21", actor=citizen.actor)
    party = Party(kind="joint_maker", name="某局", asked="意见", send_by="online", email="p@example.org")
    actions.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-12-22"))
    actions.charge_fee(
        case=case,
        tariff="by_page",
        count=250,
        earlier=0,
        reason="共250页",
        ways="现场缴纳。",
        actor=clerk.actor,
        at=moment("2026-12-22", 11),
    )
    assert f"2027年1月20日{MARK}前" in said("信息处理费")
    facts = {paper.kind: paper.facts for paper in OfficialDocument.objects.filter(case=case)}
    assert facts["fee_notice"]["pay_by"] == f"2027年1月20日{MARK}"
    assert {value for paper in facts.values() for key, value in paper.items() if key == "answer_by"} == {
        f"2027年1月13日{MARK}"
    }
    page = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert f"请在2027年1月20日{MARK}前缴费" in page


def test_letters_say_provisional(hands: Hands) -> None:
    """办法第二十四条: accepted 2026-12-24, 10 wd are 2027-01-08; a supplement of 5 wd asked on 12-28 ends on 2027-01-05."""
    case = mailbox.handled(hands, on="2026-12-24")
    assert f"答复期限至：2027年1月8日{MARK}。" in said("已受理")
    letters.ask_supplement(
        case=case,
        asked="具体位置",
        answer_by=date(2027, 1, 5),
        actor=hands.clerk.actor,
        at=moment("2026-12-28"),
    )
    assert f"请于2027年1月5日{MARK}前" in said("补充")


def test_no_message_tells_a_date_as_a_computer_does(office: Unit, clerk: Person, hands: Hands) -> None:
    """GB/T 9704-2012: 2027年1月19日, never 2027-01-19."""
    handled(office, clerk, on="2026-12-21")
    mailbox.handled(hands, on="2026-12-24")
    assert [
        row.body for row in Message.objects.all() if ISO.search(row.body) or ISO.search(row.subject)
    ] == []
