"""What a query asks for: before the index is looked into."""

from __future__ import annotations

import pytest

from portal.search.asking import understand
from portal.search.lexicon import shipped
from portal.search.spelling import initials, readings, syllables
from portal.search.text import numbers_of, pairs_of, plain, words_of
from portal.search.words import shipped_pairs


def ideas(query: str) -> list[str]:
    return [idea.text for idea in understand(query).ideas]


def ways(query: str) -> set[str]:
    return {way.text for idea in understand(query).ideas for way in idea.ways}


def test_at_least_three_hundred_pairs_each_once() -> None:
    plain_words = [said for said, _ in shipped_pairs()]
    assert len(plain_words) == len(set(plain_words)) >= 300
    assert all(official for _, official in shipped_pairs())
    assert len(shipped().official) >= 300


@pytest.mark.parametrize(
    ("query", "official"),
    [
        ("下岗了怎么办", "失业"),
        ("低保", "最低生活保障"),
        ("房产证丢了", "不动产登记"),
        ("办营业执照", "市场主体登记"),
        ("给孩子上户口", "户口登记"),
        ("拆迁", "房屋征收"),
        ("养老院", "养老机构"),
        ("上班受伤了怎么赔", "工伤"),
        ("工商局", "市场监督管理"),
        ("国土局电话", "自然资源主管部门"),
    ],
)
def test_a_plain_word_stands_beside_the_official_one(query: str, official: str) -> None:
    assert official in ways(query)


def test_question_words_weigh_nothing() -> None:
    asked = understand("请问怎么申请低保呢")
    assert "低保" in ideas("请问怎么申请低保呢")
    assert {"请问", "怎么"} <= set(asked.silent)
    assert not {"请问", "怎么", "呢"} & set(ideas("请问怎么申请低保呢"))


def test_a_query_of_question_words_alone_still_asks_something() -> None:
    assert not understand("怎么办").is_empty


@pytest.mark.parametrize(
    "typed",
    [
        "玉政发〔2026〕12号", "玉政发[2026]第12号", "玉政发2026 12", "玉政发（2026）12号", "玉政发【2026】第012号", "玉政發〔２０２６〕１２號",
    ],
)  # fmt: skip
def test_a_document_number_is_one_however_it_is_typed(typed: str) -> None:
    assert understand(typed).numbers == ("玉政发2026-12",)


@pytest.mark.parametrize("text", ["2026年12月5日", "530402199003", "2019", "一二三", "0877-12345"])
def test_a_date_or_a_long_number_is_no_document_number(text: str) -> None:
    assert numbers_of(plain(text)) == []


def test_an_order_is_found_from_either_end() -> None:
    assert numbers_of("国务院令第711号") == numbers_of("711号令") == ["令711"]


def test_traditional_signs_and_words_are_read() -> None:
    assert ideas("殘疾人就業") == ideas("残疾人就业")
    assert understand("政府資訊公開").folded == "政府信息公开"
    assert understand("計程車").folded == "出租车"


def test_full_width_is_as_half_width() -> None:
    assert ideas("ＧＢ／Ｔ　９７０４") == ideas("GB/T 9704")


def test_quotes_mean_exactly_and_a_minus_excludes() -> None:
    asked = understand('"停车 场" 收费 -路边')
    assert asked.exact == ("停车 场",)
    assert asked.without == ("路边",)
    assert [idea.text for idea in asked.ideas] == ["收费"]
    assert understand("“停车场”").exact == ("停车场",)


def test_a_short_plain_word_counts_only_as_a_whole_word() -> None:
    assert "犬只" in ways("狗")
    assert "犬只" not in ways("热狗店")


def test_words_that_mean_something_together() -> None:
    assert "工伤" in ways("在工地上从架子上摔下来")
    assert "工伤" not in ways("从架子上摔下来")


@pytest.mark.parametrize(
    "query", ["", " ", "？！。", "\x00\x01", "-", '""', "的" * 10_000, "停" * 10_000, "a" * 10_000]
)
def test_bad_input_is_read_without_harm(query: str) -> None:
    understand(query)


@pytest.mark.parametrize(
    ("place", "read"),
    [
        ("单县", "shan xian"), ("六安", "lu an"), ("会泽", "hui ze"), ("峨山", "e shan"), ("新平", "xin ping"),
        ("银行", "yin hang"), ("行政", "xing zheng"), ("市长", "shi zhang"), ("长江", "chang jiang"),
    ],
)  # fmt: skip
def test_places_and_words_are_read_right(place: str, read: str) -> None:
    assert " ".join(syllables(place)) == read


def test_letters_are_read_whole_by_first_letters_and_mixed() -> None:
    assert readings("wuyeguanli")[0] == ("wu", "ye", "guan", "li")
    assert readings("wuyegl")[0] == ("wu", "ye", "g", "l")
    assert readings("ggtcc")[0] == ("g", "g", "t", "c", "c")
    assert ("xi", "an") in readings("xian")
    assert readings("x1") == [] and readings("a" * 100) == []
    assert initials("玉溪市公共停车场") == "yxsggtcc"


def test_a_long_run_of_chinese_is_cut_whole() -> None:
    text = plain("关于进一步加强城镇老旧小区改造项目资金管理工作的实施意见")
    assert "实施" in words_of(text) and "老旧小区" in words_of(text)
    assert len(pairs_of(text)) == len(text) - 1
