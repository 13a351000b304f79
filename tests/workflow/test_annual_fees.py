"""Part six of the annual report: the fees taken in the year, counted from the log of payments (国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from django.test import Client

from portal.units.models import Unit
from requests_app import actions
from requests_app.annual.entered import Texts
from requests_app.annual.fees import Fees, fees
from requests_app.annual.report import report
from requests_app.annual.rows import HANDLED_ROWS, ROWS
from requests_app.annual.snapshot import differences, merged, of_json, taken
from tests.cast import Person, moment
from tests.factories.requests_app import handled

WAYS = "到政务服务大厅缴纳，或者扫描缴款码。"
NONE = "本年度未收取政府信息公开信息处理费。"


def paid(unit: Unit, clerk: Person, *, told: str, on: str, pages: int = 250) -> None:
    """A request whose fee was told on one day and paid on another."""
    case = handled(unit, clerk, on=told)
    facts = {"tariff": "by_page", "count": pages, "earlier": 0, "reason": f"共{pages}页", "ways": WAYS}
    actions.charge_fee(case=case, actor=clerk.actor, at=moment(told, 15), **facts)
    actions.pay_fee(
        case=case,
        paid_on=date.fromisoformat(on),
        evidence="缴款书1号",
        actor=clerk.actor,
        at=moment(on, 16),
    )


@pytest.fixture
def year_of_fees(office: Unit, clerk: Person) -> None:
    """4,700 yuan in March 2025, 4,700 told in 2025 and paid in 2026, one told anew for 700 and one never paid."""
    paid(office, clerk, told="2025-03-03", on="2025-03-05")
    paid(office, clerk, told="2025-12-25", on="2026-01-06")
    case = handled(office, clerk, on="2025-05-06")
    for pages in (250, 100):
        actions.charge_fee(
            case=case,
            tariff="by_page",
            count=pages,
            earlier=0,
            reason=f"共{pages}页",
            ways=WAYS,
            actor=clerk.actor,
            at=moment("2025-05-07"),
        )
        if pages == 250:
            actions.cancel_fee(case=case, comment="数错", actor=clerk.actor, at=moment("2025-05-07", 15))
    actions.pay_fee(
        case=case, paid_on=date(2025, 5, 8), evidence="缴款书2号", actor=clerk.actor, at=moment("2025-05-08")
    )
    waiting = handled(office, clerk, on="2025-06-03")
    actions.charge_fee(
        case=waiting,
        tariff="by_page",
        count=250,
        earlier=0,
        reason="共250页",
        ways=WAYS,
        actor=clerk.actor,
        at=moment("2025-06-04"),
    )


def test_fees_count_on_the_day_of_payment(year_of_fees: None, office: Unit, housing: Unit) -> None:
    assert fees(2025, office) == Fees(2, 5400)
    assert fees(2026, office) == Fees(1, 4700)
    assert fees(2024) == fees(2025, housing) == Fees(0, 0)
    assert fees(2025) == Fees(2, 5400)


def test_sentence_says_what_was_taken_or_that_nothing_was() -> None:
    assert Fees(2, 5400).sentence.endswith("收取政府信息公开信息处理费2件，共5400元。")
    assert Fees().sentence.endswith(NONE)


def test_unit_and_city_tell_the_fees(year_of_fees: None, office: Unit, housing: Unit) -> None:
    own, none = taken(report(2025, office)), taken(report(2025, housing))
    assert of_json(own.as_json()) == own
    assert (own.fees, none.fees) == (Fees(2, 5400), Fees())
    city = merged("玉溪市", 2025, Texts(), [own, none])
    assert city.fees == Fees(2, 5400)
    assert merged("玉溪市", 2025, Texts(), [none, none]).fees == Fees()


def test_report_from_before_keeps_its_digest_and_says_nothing(office: Unit) -> None:
    data = taken(report(2025, office)).as_json()
    del data["fees"]
    kept = of_json(data)
    assert kept.fees is None
    assert kept.as_json() == data
    assert merged("玉溪市", 2025, Texts(), [kept]).fees is None


def test_a_payment_entered_late_shows_as_a_difference(office: Unit, clerk: Person) -> None:
    before = taken(report(2025, office))
    paid(office, clerk, told="2025-12-15", on="2025-12-17")
    found = {
        entry.title: (entry.handed_in, entry.now)
        for entry in differences(before, taken(report(2025, office)))
    }
    assert found["收取信息处理费（元）"] == (0, 4700)


def test_pages_and_files_tell_the_fees(year_of_fees: None, office: Unit, clerk: Person) -> None:
    found = report(2025, office)
    paper = pypdfium2.PdfDocument(found.pdf(date(2026, 1, 20)))
    text = "".join(page.get_textpage().get_text_bounded() for page in paper).replace("\r\n", "")
    assert "收取政府信息公开信息处理费2件，共5400元。" in text
    assert text.count("（待填写）") == 2, "overview and problems only"
    sheet = openpyxl.load_workbook(BytesIO(found.xlsx()))["信息处理费"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(3, 4)] == [
        ["件数", "金额（元）"],
        [2, 5400],
    ]
    browser: Client = clerk.client()
    page = browser.get(f"/workbench/annual/?year=2025&unit={office.code}").content.decode()
    assert "信息处理费2件，共5400元。" in page
    behind = browser.get(f"/workbench/annual/cases/?year=2025&unit={office.code}&row=fees_taken&column=total")
    assert behind.context["count"] == 2


def test_rows_are_named_as_in_the_form() -> None:
    """国办公开办函〔2021〕30号, table 2."""
    assert [row.text for row in ROWS if not row.section] == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "四、结转下年度继续办理",
    ]
    assert [row.text for row in HANDLED_ROWS] == [
        "（一）予以公开",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
        "1.本机关不掌握相关政府信息",
        "2.没有现成信息需要另行制作",
        "3.补正后申请内容仍不明确",
        "1.信访举报投诉类申请",
        "2.重复申请",
        "3.要求提供公开出版物",
        "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
    ]
