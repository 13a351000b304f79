"""Search finds what is there, on both databases alike, whatever is typed."""

from __future__ import annotations

import random
from datetime import date

import pytest

from portal.core.segment import fold
from portal.search.actions import drop, index
from portal.search.models import SearchEntry
from portal.search.queries import matching, search

WORDS = [
    "玉溪市",
    "政府",
    "信息",
    "公开",
    "办法",
    "老旧小区",
    "改造",
    "抚仙湖",
    "保护",
    "治理",
    "资金",
    "项目",
    "清单",
    "公租房",
    "分配",
    "教育",
    "体育",
    "卫生",
    "健康",
    "交通",
    "线路",
    "优化",
    "通知",
    "玉政办发〔2019〕20号",
    "WeasyPrint",
    "GB/T",
    "9704",
    "2026",
    "12345",
    "100%",
    "a_b",
    "研究",
    "讨论",
]


@pytest.fixture
def corpus(db: None) -> dict[str, str]:
    """Two hundred documents of random words, the same in every run."""
    chooser = random.Random(20)
    texts = {}
    for number in range(200):
        title = "".join(chooser.choices(WORDS, k=3))
        body = "，".join("".join(chooser.choices(WORDS, k=chooser.randint(2, 6))) for _ in range(5))
        key = f"doc:{number}"
        index(
            kind="test",
            key=key,
            title=title,
            body=body,
            unit=None,
            published_on=date(2026, 1, 1),
            url=f"/{number}/",
        )
        texts[key] = fold(f"{title}\n{body}")
    return texts


def found(query: str) -> set[str]:
    return set(matching(query).values_list("key", flat=True))


@pytest.mark.parametrize(
    "query",
    [
        "湖", "玉", "公开", "信息", "改造", "老旧小区", "抚仙湖保护", "政府 信息", "公开 办法 资金", "玉政办发〔2019〕20号",
        "〔2019〕20号", "weasyprint", "WEASYPRINT", "9704", "GB/T", "2026", "１２３４５", "100%", "a_b", "%", "_",
        "政府信息", "不存在的词", "公开信息公", "办",
    ],
)  # fmt: skip
def test_search_equals_plain_substring_truth(corpus: dict[str, str], query: str) -> None:
    terms = fold(query).split()
    truth = {key for key, text in corpus.items() if all(term in text for term in terms)}
    assert found(query) == truth


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "AND",
        "OR NOT",
        "*",
        "公开*",
        '"公开" OR 1=1',
        "\\",
        "NEAR(",
        "公开 AND",
        "{col}:",
        "-",
        "^",
        "&|!",
        "\x00",
    ],
)
def test_search_survives_operators_and_quotes(corpus: dict[str, str], query: str) -> None:
    assert found(query.replace("\x00", "")) <= set(corpus)


def test_search_of_nothing_finds_nothing(corpus: dict[str, str]) -> None:
    assert search("   ").hits == []


def test_title_hits_come_first(corpus: dict[str, str]) -> None:
    index(
        kind="test",
        key="x:1",
        title="别的",
        body="独一无二的词语",
        unit=None,
        published_on=date(2026, 2, 2),
        url="/1/",
    )
    index(
        kind="test",
        key="x:2",
        title="独一无二的词语",
        body="别的",
        unit=None,
        published_on=date(2026, 1, 1),
        url="/2/",
    )
    assert [hit.entry.key for hit in search("独一无二的词语").hits] == ["x:2", "x:1"]


def test_hit_marks_the_words(corpus: dict[str, str]) -> None:
    index(
        kind="test",
        key="x:1",
        title="标题",
        body="前文，特别标记，后文",
        unit=None,
        published_on=date(2026, 2, 2),
        url="/1/",
    )
    (hit,) = search("特别标记").hits
    assert ("特别标记", True) in hit.passage


def test_renewed_entry_is_found_by_its_new_words_only(corpus: dict[str, str]) -> None:
    for body in ("旧的独特内容", "新的独特内容"):
        index(
            kind="test", key="x:1", title="t", body=body, unit=None, published_on=date(2026, 2, 2), url="/1/"
        )
    assert found("旧的独特") == set()
    assert found("新的独特") == {"x:1"}


def test_dropped_entry_is_gone(corpus: dict[str, str]) -> None:
    drop(key="doc:0")
    assert "doc:0" not in found("玉溪市")
    assert SearchEntry.objects.filter(key="doc:0").count() == 0


@pytest.mark.parametrize("page", [-1, 0, 10**9])
def test_page_is_kept_within_bounds(corpus: dict[str, str], page: int) -> None:
    assert 1 <= search("公开", page).page <= 100
