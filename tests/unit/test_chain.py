"""The hash chain: one form for one value, and no change that goes unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from portal.core.chain import canonical, genesis, link, timestamp, verify

Row = tuple[int, dict[str, Any], str, str]


def chain(length: int = 3, case: str = "case") -> list[Row]:
    rows: list[Row] = []
    previous = genesis(case)
    for seq in range(1, length + 1):
        fields = {"seq": seq, "kind": "step"}
        digest = link(previous, fields)
        rows.append((seq, fields, previous, digest))
        previous = digest
    return rows


def test_canonical_ignores_order_and_unicode_form() -> None:
    assert canonical({"b": 1, "a": "e\u0301"}) == canonical({"a": "\u00e9", "b": 1}) == '{"a":"é","b":1}'


@pytest.mark.parametrize("value", [1.5, {"a": 0.1}, [b"x"], {1, 2}])
def test_canonical_of_float_or_unknown_type_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_timestamp_of_same_moment_is_equal_in_every_zone() -> None:
    at = datetime(2026, 2, 10, 2, tzinfo=UTC)
    assert (
        timestamp(at)
        == timestamp(at.astimezone(timezone(timedelta(hours=8))))
        == "2026-02-10T02:00:00.000000Z"
    )
    with pytest.raises(ValueError, match="naive"):
        timestamp(datetime(2026, 2, 10))


def test_verify_whole_chain_holds() -> None:
    assert verify("case", chain()) is None
    assert verify("case", []) is None


@pytest.mark.parametrize(
    ("harm", "seq"),
    [
        (lambda rows: [rows[0], (2, {"seq": 2, "kind": "other"}, *rows[1][2:]), rows[2]], 2),
        (lambda rows: [rows[0], rows[2]], 2),
        (lambda rows: rows[1:], 1),
        (lambda rows: [rows[1], rows[0], rows[2]], 1),
        (lambda rows: chain(case="another"), 1),
    ],
)
def test_verify_harmed_chain_names_first_break(harm: Callable[[list[Row]], list[Row]], seq: int) -> None:
    found = verify("case", harm(chain()))
    assert found is not None
    assert found.seq == seq
