"""Both tariffs of the fee, worked examples and properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.fees import fee, fee_lines


@pytest.mark.parametrize(
    ("tariff", "count", "yuan"),
    [
        ("by_piece", 10, 0),
        ("by_piece", 11, 100),
        ("by_piece", 30, 2000),
        ("by_piece", 31, 2200),
        ("by_piece", 35, 3000),
        ("by_piece", 40, 4000),
        ("by_piece", 41, 4300),
        ("by_page", 30, 0),
        ("by_page", 31, 10),
        ("by_page", 100, 700),
        ("by_page", 200, 2700),
        ("by_page", 250, 4700),
    ],
)
def test_worked_examples(tariff: str, count: int, yuan: int) -> None:
    assert fee(tariff, count) == yuan


def test_earlier_pieces_of_the_month_fill_the_lower_bands() -> None:
    """Eight were asked before: two of the five are still free."""
    lines = fee_lines("by_piece", 5, earlier=8)
    assert [(line.count, line.yuan, line.amount) for line in lines] == [(2, 0, 0), (3, 100, 300)]


@given(
    st.sampled_from(["by_piece", "by_page"]), st.integers(0, 300), st.integers(1, 300), st.integers(1, 300)
)
def test_splitting_a_month_changes_no_sum(tariff: str, earlier: int, first: int, second: int) -> None:
    whole = fee(tariff, first + second, earlier)
    assert whole == fee(tariff, first, earlier) + fee(tariff, second, earlier + first)


@given(st.sampled_from(["by_piece", "by_page"]), st.integers(1, 500))
def test_lines_add_up_to_the_count(tariff: str, count: int) -> None:
    assert sum(line.count for line in fee_lines(tariff, count)) == count


def test_nothing_is_no_quantity() -> None:
    with pytest.raises(ValueError, match="正整数"):
        fee_lines("by_page", 0)
