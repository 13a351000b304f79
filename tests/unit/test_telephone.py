"""Telephone numbers as people write them; the forms of the numbering plan and of E.164."""

from __future__ import annotations

import pytest

from portal.core.telephone import (
    Line,
    mobile,
    normal_telephone,
    parse,
    telephone_problem,
    ways_of_writing,
)
from portal.privacy.masking import mask_phone


@pytest.mark.parametrize(
    ("written", "stored", "line"),
    [
        ("13800000000", "13800000000", Line.MOBILE),
        ("138 0000 0000", "13800000000", Line.MOBILE),
        ("+86 138-0000-0000", "13800000000", Line.MOBILE),
        ("0086 13800000000", "13800000000", Line.MOBILE),
        ("8613800000000", "13800000000", Line.MOBILE),
        ("013800000000", "13800000000", Line.MOBILE),
        ("１３８００００００００", "13800000000", Line.MOBILE),
        ("19900000000", "19900000000", Line.MOBILE),
        ("0877-2022222", "0877-2022222", Line.FIXED),
        ("（0877）2022222", "0877-2022222", Line.FIXED),
        ("0877 2022222", "0877-2022222", Line.FIXED),
        ("０８７７－２０２２２２２", "0877-2022222", Line.FIXED),
        ("0871—63992648", "0871-63992648", Line.FIXED),
        ("0871——63992648", "0871-63992648", Line.FIXED),
        ("0871–6399 2648", "0871-63992648", Line.FIXED),
        ("010-88888888", "010-88888888", Line.FIXED),
        ("+86 877 2022222", "0877-2022222", Line.FIXED),
        ("0086-0877-2022222", "0877-2022222", Line.FIXED),
        ("0877-12345", "0877-12345", Line.FIXED),
        ("0877-2022222-8001", "0877-2022222转8001", Line.FIXED),
        ("0877-2022222-1", "0877-2022222转1", Line.FIXED),
        ("0877-2022222转8001", "0877-2022222转8001", Line.FIXED),
        ("0877-2022222 转 8001", "0877-2022222转8001", Line.FIXED),
        ("0877-2022222分机8001", "0877-2022222转8001", Line.FIXED),
        ("0877-2022222 ext. 8001", "0877-2022222转8001", Line.FIXED),
        ("0877-2022222（8001）", "0877-2022222转8001", Line.FIXED),
        ("0877-2022222 x8001", "0877-2022222转8001", Line.FIXED),
        ("2022222", "2022222", Line.LOCAL),
        ("2022222-8001", "2022222转8001", Line.LOCAL),
        ("63992648", "63992648", Line.LOCAL),
        ("400-810-8888", "400-810-8888", Line.SERVICE),
        ("4008108888", "400-810-8888", Line.SERVICE),
        ("400-810-8888转2", "400-810-8888转2", Line.SERVICE),
        ("400-810-8888-2", "400-810-8888转2", Line.SERVICE),
        ("800 810 8888", "800-810-8888", Line.SERVICE),
        ("+86 400 810 8888", "400-810-8888", Line.SERVICE),
        ("0086-800-810-8888", "800-810-8888", Line.SERVICE),
        ("+86 95598", "95598", Line.SERVICE),
        ("12345-8", "12345转8", Line.SERVICE),
        ("95598-1", "95598转1", Line.SERVICE),
        ("0877-2022222（分机8001）", "0877-2022222转8001", Line.FIXED),
        ("0877-2022222（转 8001）", "0877-2022222转8001", Line.FIXED),
        ("95598", "95598", Line.SERVICE),
        ("12345", "12345", Line.SERVICE),
        ("12388", "12388", Line.SERVICE),
        ("00852 91234567", "+85291234567", Line.ABROAD),
        ("+852 9123 4567", "+85291234567", Line.ABROAD),
        ("852-91234567", "+85291234567", Line.ABROAD),
        ("+853 6612 3456", "+85366123456", Line.ABROAD),
        ("+886 912 345 678", "+886912345678", Line.ABROAD),
        ("+1 (212) 555-0100", "+12125550100", Line.ABROAD),
        ("0044 20 7946 0000", "+442079460000", Line.ABROAD),
    ],
)
def test_a_number_is_read_and_stored_in_one_form(written: str, stored: str, line: Line) -> None:
    found = parse(written)
    assert found is not None
    assert (str(found), found.line) == (stored, line)
    assert telephone_problem(written) == ""
    assert normal_telephone(stored) == stored


@pytest.mark.parametrize(
    "written",
    [
        "",
        "电话",
        "12",
        "110",
        "1234567",
        "12800000000",
        "1380000000",
        "138000000000",
        "0877-202",
        "0877-1022222",
        "00000000000",
        "13800000000、13900000000",
        "13800000000 0877-2022222",
        "+0 123456789",
        "+1234",
        "+12345678901234567",
        "400-810-888",
        "0877-2022222转",
        "user@example.org",
        "9" * 300,
        "0877-" + "2-" * 200,
    ],
)
def test_what_cannot_be_called_is_refused_with_a_sentence(written: str) -> None:
    assert parse(written) is None
    assert "请只填写一个号码" in telephone_problem(written)
    assert normal_telephone(f" {written} ") == written


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("+86 138-0000-0000", "13800000000"),
        ("0877-2022222", ""),
        ("0871-63992648转13800000000", ""),
        ("+85213800000", ""),
        ("", ""),
    ],
)
def test_mobile_is_a_mainland_mobile_only(written: str, found: str) -> None:
    assert mobile(written) == found


@pytest.mark.parametrize(
    ("stored", "ways"),
    [
        ("13800000000", {"13800000000"}),
        ("0877-2022222", {"0877-2022222", "08772022222", "2022222", "868772022222"}),
        (
            "0877-2022222转8001",
            {
                "0877-2022222转8001",
                "087720222228001",
                "08772022222",
                "2022222",
                "868772022222",
            },
        ),
        ("+85291234567", {"+85291234567", "91234567"}),
        ("95598", set()),
        ("400-810-8888转2", set()),
        ("不详", {"不详"}),
        ("", set()),
    ],
)
def test_ways_of_writing_are_what_gives_a_number_away(stored: str, ways: set[str]) -> None:
    assert set(ways_of_writing(stored)) == ways


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2022222", "****222"),
        ("0877-2022222转8001", "087****8001"),
        ("+85291234567", "+85****4567"),
        ("95598", "*****"),
    ],
)
def test_mask_phone_never_shows_a_whole_number(stored: str, shown: str) -> None:
    assert mask_phone(stored) == shown
