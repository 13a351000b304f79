"""Numbers and codes as people read and type them; masked forms."""

from __future__ import annotations

import pytest

from portal.core.numbering import (
    CODE_ALPHABET,
    case_number,
    forms_issued,
    grouped,
    names_number,
    new_code,
    normalise_code,
    number_spellings,
    official_number,
    plain_number,
)
from portal.privacy.masking import mask_address, mask_email, mask_identity, mask_name, mask_phone


def test_numbers_have_their_forms() -> None:
    assert official_number("玉政公开", 2026, 12) == "玉政公开〔2026〕12号"
    assert case_number("G002-", 2026, 12) == "G002-2026-00012"


@pytest.mark.parametrize(
    "written",
    ["玉政公开〔2026〕第12号", "玉政公开〔2026〕012号", "玉政公开〔2026〕 第 12号", "玉政公开〔2026〕12号"],
)
def test_plain_number_leaves_out_what_the_standard_does(written: str) -> None:
    assert plain_number(written) == "玉政公开〔2026〕12号"


@pytest.mark.parametrize("text", ["第12号", "（2026）云04行初12号", "第三十六条第5项", "G002-2026-00012", ""])
def test_plain_number_leaves_other_numbers_alone(text: str) -> None:
    assert plain_number(text) == text
    assert number_spellings(text) == (text,)
    assert not names_number(text)


@pytest.mark.parametrize(
    "typed",
    [
        "玉政办公开[2026]2号",
        "玉政办公开（２０２６）第2号",
        " 玉政办公开〔2026〕 02 号",
        "玉政办公开【2026】2号",
    ],
)
def test_forms_issued_are_those_of_the_papers(typed: str) -> None:
    assert forms_issued(typed) == ("玉政办公开〔2026〕2号", "玉政办公开〔2026〕第2号")
    assert forms_issued("G002-2026-00001") == ("G002-2026-00001",)


def test_number_spellings_are_with_and_without_the_old_word() -> None:
    assert number_spellings("(2026)第12号") == ("(2026)第12号", "(2026)12号")
    assert number_spellings("(2026)12号") == ("(2026)12号", "(2026)第12号")
    assert number_spellings("(2026)012号") == ("(2026)012号", "(2026)12号", "(2026)第12号")
    assert names_number("玉政公开〔2026〕第1号")


def test_new_code_is_drawn_from_alphabet_without_lookalikes() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not set("".join(codes)) - set(CODE_ALPHABET)
    assert not set(CODE_ALPHABET) & set("01IO")


@pytest.mark.parametrize(
    "typed", ["ABCD-EFGH-JKLM", "abcd efgh jklm", "ＡＢＣＤ－ＥＦＧＨ－ＪＫＬＭ", " ABCDEFGHJKLM\n"]
)
def test_normalise_code_typed_otherwise_gives_code(typed: str) -> None:
    assert normalise_code(typed) == "ABCDEFGHJKLM"
    assert normalise_code(grouped("ABCDEFGHJKLM")) == "ABCDEFGHJKLM"


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        (mask_name("张三丰"), "张**"),
        (mask_name("张"), "张*"),
        (mask_name(""), ""),
        (mask_identity("11010519491231002X"), "1" + "*" * 15 + "2X"),
        (mask_identity("123"), "***"),
        (mask_phone("13812345678"), "138****5678"),
        (mask_phone("12345"), "*****"),
        (mask_email("liang@example.org"), "l***@example.org"),
        (mask_email("liang"), "*****"),
        (mask_address("云南省玉溪市红塔区示例路1号"), "云南省玉溪市红塔区****"),
        (mask_address("红塔区玉兴路3号某某小区5栋"), "红塔区****"),
        (mask_address("玉溪市玉兴路3号某某小区"), "玉溪市****"),
        (mask_address("峨山彝族自治县双江街道"), "峨山彝族自治县****"),
        (mask_address("玉兴路3号某某小区"), "玉兴****"),
        (mask_address("某处"), "某处****"),
        (mask_address(""), ""),
    ],
)
def test_mask_value_gives_form(masked: str, expected: str) -> None:
    assert masked == expected
