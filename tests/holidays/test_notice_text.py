"""The State Council's notice as it is published, read into dates; the days are those that the shipped table has."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from portal.holidays.data.notices import shipped_notices
from portal.holidays.notice_text import read_notice
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import person

TEXTS = {
    2025: """国办发明电〔2024〕12号
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
国务院办公厅
2024年11月12日
""",
    2026: """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
}


def days(runs: tuple[tuple[date, date, str], ...] | list[tuple[date, date, str]]) -> set[date]:
    return {
        first + timedelta(days=offset) for first, last, _ in runs for offset in range((last - first).days + 1)
    }


@pytest.mark.parametrize("year", sorted(TEXTS))
def test_published_notice_gives_the_days_that_are_known(year: int) -> None:
    found, known = read_notice(TEXTS[year], year), shipped_notices()[year].notice
    assert found.problems == []
    assert days(found.days_off) == days(known.days_off)
    assert {day for day, _ in found.work_on} == {day for day, _ in known.work_on}


def test_number_and_day_of_issue_are_read() -> None:
    found = read_notice(TEXTS[2025], 2025)
    assert (found.document, found.issued_on) == ("国办发明电〔2024〕12号", date(2024, 11, 12))


def test_new_year_that_begins_in_the_year_before() -> None:
    found = read_notice("一、元旦：12月30日至1月1日放假，共3天。", 2024)
    assert found.days_off == [(date(2023, 12, 30), date(2024, 1, 1), "元旦")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("今年放假照旧", "没有读出放假日期"),
        ("二、春节：2月15日至23日放假调休，共8天。", "写明放假8天，读出9天"),
        ("一、元旦：1月32日放假1天。", "不存在的日期"),
        ("一、元旦：3日放假1天。", "不存在的日期"),
    ],
)
def test_what_does_not_add_up_is_said_and_not_guessed(text: str, said: str) -> None:
    assert any(said in problem for problem in read_notice(text, 2027).problems)


def test_pasted_notice_fills_the_form_and_enters_nothing(office: Unit) -> None:
    client = person("admin", office, Role.SYSTEM_ADMIN).client()
    address = reverse("administration:year", args=[2027])
    text = "国办发明电〔2026〕3号\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。"
    page = client.post(address, {"text": text})
    shown = page.content.decode()
    assert (page.status_code, "元旦 2027-01-01 2027-01-03" in shown, "国办发明电〔2026〕3号" in shown) == (
        200,
        True,
        True,
    )
    assert "读出日期" in client.get(address).content.decode()
    wrong = client.post(address, {"text": "一、元旦：1月1日至3日放假，共4天。"})
    assert (wrong.status_code, "写明放假4天，读出3天" in wrong.content.decode()) == (400, True)
