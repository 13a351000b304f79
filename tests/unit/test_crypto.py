"""Sealed values open only where they belong; the blind index sees through ways of writing."""

from __future__ import annotations

from typing import Any

import pytest

from portal.privacy.crypto import SealBroken, blind_index, seal, unseal


def test_unseal_in_same_column_gives_value() -> None:
    assert unseal(seal("梁䶮".encode(), "t.name"), "t.name") == "梁䶮".encode()


def test_seal_twice_gives_different_tokens() -> None:
    assert seal(b"x", "t.name") != seal(b"x", "t.name")


def test_unseal_in_another_column_fails() -> None:
    with pytest.raises(SealBroken):
        unseal(seal(b"x", "t.name"), "t.phone")


@pytest.mark.parametrize("token", ["", "p1", "p1.1.", "p1.1.AAAA", "p1.1.A", "p2.1.AAAA", "p1.9.AAAA"])
def test_unseal_broken_token_fails(token: str) -> None:
    with pytest.raises(SealBroken):
        unseal(token, "t.name")


def test_unseal_after_rotation_opens_old_and_new(settings: Any) -> None:
    settings.PORTAL_FIELD_KEYS = "a:first secret"
    old = seal(b"old", "t.name")
    settings.PORTAL_FIELD_KEYS = "a:first secret,b:second secret"
    new = seal(b"new", "t.name")
    assert (old.split(".")[1], new.split(".")[1]) == ("a", "b")
    assert (unseal(old, "t.name"), unseal(new, "t.name")) == (b"old", b"new")
    settings.PORTAL_FIELD_KEYS = "b:second secret"
    with pytest.raises(SealBroken):
        unseal(old, "t.name")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("13800000000", "138 0000 0000"),
        ("13800000000", "+86 138-0000-0000"),
        ("11010519491231002X", "１１０１０５ 19491231 002x"),
    ],
)
def test_blind_index_of_same_value_written_otherwise_is_equal(one: str, other: str) -> None:
    assert blind_index(one, "t.phone") == blind_index(other, "t.phone") != ""


def test_blind_index_depends_on_column_and_value() -> None:
    assert len({blind_index("1", "a"), blind_index("1", "b"), blind_index("2", "a")}) == 3
    assert blind_index(" - ", "a") == ""
