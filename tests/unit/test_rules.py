"""The rules of disclosure on application, value by value."""

from __future__ import annotations

from datetime import date

import pytest

from requests_app.choices import Channel, IdentityKind
from requests_app.rules import (
    contact_problem,
    credit_code_problem,
    delivery_problem,
    extension_problem,
    identity_problem,
    receipt_day_problem,
)

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("kind", "number", "fits"),
    [
        (IdentityKind.RESIDENT, "11010519491231002x", True),
        (IdentityKind.RESIDENT, "110105194912310021", False),
        (IdentityKind.RESIDENT, "110105491231002", False),
        (IdentityKind.PASSPORT, "E12345678", True),
        (IdentityKind.PASSPORT, "E 1", False),
        (IdentityKind.HK_MACAO, "H12345678", True),
        (IdentityKind.HK_MACAO, "A12345678", False),
        (IdentityKind.TAIWAN, "12345678", True),
        (IdentityKind.TAIWAN, "1234567", False),
        (IdentityKind.TAIWAN, "1234567890(B)", True),
        (IdentityKind.HK_MACAO, "H 1234 5678", True),
        (IdentityKind.PASSPORT, "E 1234-5678", True),
        (IdentityKind.PASSPORT, "ＥＡ１２３４５６７", True),
        (IdentityKind.PASSPORT, "E-1", False),
        (IdentityKind.PASSPORT, "护照12345678", False),
        (IdentityKind.RESIDENT, "110105 19491231 002X", True),
        (IdentityKind.RESIDENT, "330113199001010011", True),  # 临平区, formed 2021, holder born 1990
        (IdentityKind.RESIDENT, "330113200501010021", True),
        (IdentityKind.RESIDENT, "530402195503123215", True),  # 红塔区, formed 1998, holder born 1955
        (IdentityKind.RESIDENT, "330113199001010012", False),
        (IdentityKind.RESIDENT, "110105194902300012", False),  # 30 February
        (IdentityKind.RESIDENT, "810000199001010019", False),
        (IdentityKind.RESIDENT, "93184019850615012X", False),
        (IdentityKind.HK_MACAO_RESIDENCE, "810000199001010019", True),
        (IdentityKind.HK_MACAO_RESIDENCE, "820000198506150022", True),
        (IdentityKind.HK_MACAO_RESIDENCE, "810000199001010010", False),
        (IdentityKind.HK_MACAO_RESIDENCE, "830000199912310032", False),
        (IdentityKind.HK_MACAO_RESIDENCE, "H12345678", False),
        (IdentityKind.TAIWAN_RESIDENCE, "830000199912310032", True),
        (IdentityKind.TAIWAN_RESIDENCE, "810000199001010019", False),
        (IdentityKind.FOREIGN_PERMANENT, "93184019850615012x", True),
        (IdentityKind.FOREIGN_PERMANENT, "953156197001010010", True),
        (IdentityKind.FOREIGN_PERMANENT, "953156197001010011", False),
        (IdentityKind.FOREIGN_PERMANENT, "USA123456789012", True),
        (IdentityKind.FOREIGN_PERMANENT, "330113199001010011", False),
    ],
)
def test_identity_problem_tells_fitting_number(kind: str, number: str, fits: bool) -> None:
    assert (identity_problem(kind, number) == "") is fits


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("91110000600037341L", True),
        ("9111 0000 6000 3734 1l", True),
        ("12530400000000003L", True),
        ("N2530402MF00000013", True),  # a rural collective
        ("N3530402MF1234567L", True),
        ("Y1530402MF00000021", True),
        ("A1530400000000003E", True),
        ("N2530402MF00000014", False),
        ("91110000600037341M", False),
        ("9111000060003734IL", False),
        ("911100006000373", False),
        ("", False),
    ],
)
def test_credit_code_problem_tells_valid_code(code: str, fits: bool) -> None:
    assert (credit_code_problem(code) == "") is fits


def test_identity_problem_names_the_card_that_the_number_belongs_to() -> None:
    assert "港澳台居民居住证" in identity_problem(IdentityKind.RESIDENT, "810000199001010019")
    assert "外国人永久居留身份证" in identity_problem(IdentityKind.RESIDENT, "93184019850615012X")
    assert identity_problem(IdentityKind.RESIDENT, "810000199001010010") == identity_problem(
        IdentityKind.RESIDENT, "1"
    )


@pytest.mark.parametrize(
    ("told", "enough"),
    [
        (("13800000000", "", ""), True),
        (("", "liang@example.org", ""), True),
        (("", "", "云南省玉溪市红塔区示例路1号"), True),
        (("", " ", ""), False),
    ],
)
def test_contact_problem_one_way_is_enough(told: tuple[str, str, str], enough: bool) -> None:
    assert (contact_problem(*told) == "") is enough


@pytest.mark.parametrize(
    ("delivery", "email", "address", "problem"),
    [
        ("post", "liang@example.org", "", "选择邮寄的，请填写通信地址"),
        ("post", "", "示例路1号", ""),
        ("email", "", "示例路1号", "选择电子邮件的，请填写电子邮箱"),
        ("email", "liang@example.org", "", ""),
        ("online", "", "", ""),
        ("in_person", "", "", ""),
    ],
)
def test_delivery_problem_needs_where_to_send(delivery: str, email: str, address: str, problem: str) -> None:
    assert delivery_problem(delivery, email=email, address=address) == problem


@pytest.mark.parametrize(
    ("days", "due", "today", "already", "fits"),
    [
        (20, DAY, DAY, False, True),
        (1, None, DAY, False, True),
        (0, DAY, DAY, False, False),
        (21, DAY, DAY, False, False),
        (5, DAY, NEXT, False, False),
        (5, DAY, DAY, True, False),
    ],
)
def test_extension_problem_keeps_article_33(
    days: int, due: date, today: date, already: bool, fits: bool
) -> None:
    assert (extension_problem(days, 20, due, today, already) == "") is fits


def test_receipt_day_problem_keeps_article_31() -> None:
    assert receipt_day_problem(Channel.ONLINE, DAY, DAY, NEXT) == ""
    assert receipt_day_problem(Channel.ONLINE, DAY, NEXT, NEXT)
    assert receipt_day_problem(Channel.REGISTERED_POST, DAY, NEXT, NEXT) == ""
    assert receipt_day_problem(Channel.REGISTERED_POST, NEXT, DAY, DAY)
