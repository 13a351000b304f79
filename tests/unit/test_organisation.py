"""The units of Yuxi as they are loaded: the bodies and courts that their papers name."""

from __future__ import annotations

import re

import pytest

from portal.units.data.organisation import ROWS, court, review_body

BY_CODE = {row.code: row for row in ROWS}
NAMES = {row.name for row in ROWS} | {"云南省人民政府"}


@pytest.mark.parametrize(
    ("code", "reviewed_by", "sued_in"),
    [
        ("yuxi", "云南省人民政府", "玉溪市中级人民法院"),
        ("city-office", "玉溪市人民政府", "玉溪市红塔区人民法院"),
        ("housing", "玉溪市人民政府", "玉溪市红塔区人民法院"),
        ("hongta", "玉溪市人民政府", "玉溪市中级人民法院"),
        ("hongta-office", "玉溪市红塔区人民政府", "玉溪市红塔区人民法院"),
        ("jiangchuan-office", "玉溪市江川区人民政府", "玉溪市江川区人民法院"),
        ("chengjiang-office", "澄江市人民政府", "澄江市人民法院"),
        ("tonghai-office", "通海县人民政府", "通海县人民法院"),
    ],
)
def test_review_body_and_court_are_named_in_full(code: str, reviewed_by: str, sued_in: str) -> None:
    """行政复议法第二十四条; 行政诉讼法第十五条第一项: a county's own acts go to the intermediate court."""
    row = BY_CODE[code]
    assert (review_body(row), court(row)) == (reviewed_by, sued_in)


def test_no_government_or_court_has_two_names() -> None:
    """Every body that reviews is a unit's own name; no name is another's without its city."""
    courts = {court(row) for row in ROWS}
    assert {review_body(row) for row in ROWS} <= NAMES
    for names in (NAMES, courts):
        assert not [name for name in names if f"玉溪市{name}" in names]
    assert not [row.name for row in ROWS if re.match("(红塔|江川)区", row.name)]
