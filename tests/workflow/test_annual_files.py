"""What a unit enters for its annual report, and the report as a workbook and as a paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from portal.core.errors import InvalidInput, StepRefused
from portal.units.models import Unit
from requests_app.actions.annual import fill
from requests_app.annual.entered import Texts, entered
from requests_app.annual.report import report
from requests_app.models import AnnualFigure
from tests.cast import Person, moment
from tests.factories.annual import Story, Team, in_2026, until_2025
from tests.factories.requests_app import IDENTITY, NAME


@pytest.fixture
def story(office: Unit, housing: Unit, team: Team) -> Story:
    """Everything up to the end of 2025."""
    return until_2025(office, housing, team)


def put(unit: Unit, clerk: Person, values: dict[str, Any], *, year: int = 2025, overview: str = "") -> None:
    """A clerk's entry, on 12 January 2026."""
    fill(
        unit=unit,
        year=year,
        values={code: None if value is None else Decimal(value) for code, value in values.items()},
        texts=Texts(overview=overview),
        actor=clerk.actor,
        at=moment("2026-01-12"),
    )


def test_city_sums_what_the_units_entered(
    office: Unit, housing: Unit, clerk: Person, outsider: Person
) -> None:
    put(office, clerk, {"licences_decided": 3, "fees_charged": "1.25"}, overview="总体平稳。")
    put(housing, outsider, {"licences_decided": 40})
    city = entered(2025)
    assert (city.values["licences_decided"], city.values["fees_charged"]) == (43, Decimal("1.25"))
    assert city.values["rules_made"] is None
    assert (entered(2025, office).texts.overview, city.texts.overview) == ("总体平稳。", "总体平稳。")
    assert not {office.short_name, housing.short_name} & set(city.missing)
    assert entered(2024).values["licences_decided"] is None


def test_entering_anew_replaces_and_an_empty_figure_goes(office: Unit, clerk: Person) -> None:
    put(office, clerk, {"licences_decided": 3, "penalties_decided": 2})
    put(office, clerk, {"licences_decided": 5, "penalties_decided": None})
    assert list(AnnualFigure.objects.values_list("code", "value")) == [("licences_decided", 5)]


@pytest.mark.parametrize(
    ("values", "year"),
    [({"licences_decided": -1}, 2025), ({"licences_decided": "1.5"}, 2025), ({"x": 1}, 2025), ({}, 2027)],
)
def test_impossible_entry_is_refused(office: Unit, clerk: Person, values: dict[str, Any], year: int) -> None:
    with pytest.raises(InvalidInput):
        put(office, clerk, values, year=year)


def test_entry_by_anybody_but_the_units_clerk_is_refused(
    office: Unit, outsider: Person, reviewer: Person
) -> None:
    for somebody in (outsider, reviewer):
        with pytest.raises(StepRefused, match="经办人"):
            put(office, somebody, {"licences_decided": 1})


def test_workbook_has_the_tables_and_ledgers_and_names_nobody(
    story: Story, office: Unit, clerk: Person
) -> None:
    put(office, clerk, {"licences_decided": 3})
    data = report(2025, office).xlsx()
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == ["表一", "表二", "表三", "信息处理费", "受理台账", "办理台账", "救济台账"]
    sheets = {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book}
    second = {next(cell for cell in reversed(row[:3]) if cell): row[3:] for row in sheets["表二"][5:]}
    assert second["一、本年新收政府信息公开申请数量"] == [5, 1, 1, 1, 1, 1, 10]
    assert second["1.属于国家秘密"] == [1, 0, 0, 0, 0, 0, 1]
    assert second["四、结转下年度继续办理"] == [1, 0, 0, 1, 0, 0, 2]
    assert sheets["表三"][5] == [1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1]
    assert ["行政许可", 3] in [row[:2] for row in sheets["表一"]]
    received, done, contested = (sheets[name][3:] for name in ("受理台账", "办理台账", "救济台账"))
    assert (len(received), len(done), len(contested)) == (10, 10, 3)
    asked = {row[0]: row[5] for row in received}
    assert asked[story["refused"].number] == '\'=HYPERLINK("x")'
    assert asked[story["public"].number] == "（含个人信息，从略）"
    ends = {row[0]: row[4:] for row in done}
    assert ends[story["refused"].number] == ["（三）不予公开 1.属于国家秘密", 15, "按期"]
    assert ends[story["public"].number][2] == "逾期"
    assert ends[story["withdrawn"].number] == ["（六）其他处理 3.其他", None, "不适用"]
    assert [row[6] for row in contested] == ["结果维持", "尚未审结", "其他结果"]
    everything = str(sheets)
    assert not [secret for secret in (NAME, IDENTITY, "玉溪某单位", "13800000000") if secret in everything]
    assert not [cell for sheet in book for row in sheet.rows for cell in row if cell.data_type == "f"]


def test_remedy_ledger_of_a_past_year_shows_what_was_known_then(
    story: Story, office: Unit, team: Team
) -> None:
    in_2026(story, team)
    sheet = load_workbook(BytesIO(report(2025, office).xlsx()))["救济台账"]
    shown = {row[2]: row[6:] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert shown["行政诉讼（复议后起诉）"] == ("尚未审结", None)


def test_pdf_has_the_six_sections_and_table_2_on_one_page(story: Story, office: Unit, clerk: Person) -> None:
    import pypdfium2

    put(office, clerk, {"licences_decided": 3}, overview="总体平稳。")
    with pypdfium2.PdfDocument(report(2025, office).pdf(date(2026, 1, 20))) as paper:
        pages = [page.get_textpage().get_text_range() for page in paper]
    text = "".join(pages)
    for heading in (
        "一、总体情况",
        "二、主动公开",
        "三、收到和处理",
        "四、政府信息公开行政复议",
        "五、存在",
        "六、其他",
    ):
        assert heading in text
    table = next(page for page in pages if "申请人情况" in page)
    assert "一、本年新收政府信息公开申请数量" in table
    assert "四、结转下年度继续办理" in table
    assert sum("申请人情况" in page for page in pages) == 1
