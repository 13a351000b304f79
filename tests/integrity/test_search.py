"""Search finds what is there, on both databases alike, whatever is typed."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.test import Client

from portal.core.segment import fold
from portal.search.actions import drop, index
from portal.search.models import SearchEntry
from portal.search.queries import Narrow, matching, search, suggest
from portal.units.models import Unit

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
            kind="article",
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
        kind="article",
        key="x:1",
        title="别的",
        body="独一无二的词语",
        unit=None,
        published_on=date(2026, 2, 2),
        url="/1/",
    )
    index(
        kind="article",
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
        kind="article",
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
            kind="article",
            key="x:1",
            title="t",
            body=body,
            unit=None,
            published_on=date(2026, 2, 2),
            url="/1/",
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


def put(key: str, title: str, body: str = "正文", **changes: object) -> None:
    facts = {"kind": "article", "unit": None, "published_on": date(2026, 3, 1), "url": f"/{key}/", **changes}
    index(key=key, title=title, body=body, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["ggtcc", "GGTCC", "tccgl", "yxsgg"])
def test_titles_are_found_by_the_first_letters_of_their_pinyin(db: None, query: str) -> None:
    put("one", "玉溪市公共停车场管理规定")
    put("two", "公共图书馆开放时间")
    assert found(query) == {"one"}


def test_letters_find_words_and_spellings_alike(db: None) -> None:
    put("word", "关于ggt系统停机的通知", published_on=date(2026, 1, 1))
    put("spelt", "公共停车")
    put("body", "另一条", body="提到ggt系统")
    assert [hit.entry.key for hit in search("ggt").hits] == ["spelt", "word", "body"]


@pytest.mark.parametrize("typed", ["[2019]20号", "（2019）20号", "【2019】20", "〔2019〕20号", "2019"])
def test_brackets_of_document_numbers_are_all_one(db: None, typed: str) -> None:
    put("doc", "管理办法", body="玉政办发〔2019〕20号")
    assert found(typed) == {"doc"}
    assert any(hit for _, hit in search(typed).hits[0].passage)


@pytest.mark.parametrize(
    "typed",
    [
        "玉政办公开〔2026〕12号",
        "玉政办公开〔2026〕第12号",
        "[2026]012号",
        "（2026）第12",
        "（2026）12号 告知书",
    ],
)
def test_a_document_number_is_found_in_both_spellings(db: None, typed: str) -> None:
    put("old", "告知书", body="以玉政办公开〔2026〕第12号答复。", published_on=date(2026, 3, 1))
    put("new", "告知书", body="以玉政办公开〔2026〕12号答复。", published_on=date(2026, 3, 2))
    put("title", "告知书（玉政办公开〔2026〕第12号）", body="全文。", published_on=date(2026, 3, 3))
    put("other", "告知书", body="以玉政办公开〔2026〕21号答复。")
    assert found(typed) == {"old", "new", "title"}
    assert all(any(hit for _, hit in [*shown.passage, *shown.heading]) for shown in search(typed).hits)


def test_the_middle_of_a_number_is_found(db: None) -> None:
    put("doc", "统一编号", body="编号530402199003")
    assert found("0219") == {"doc"}


def test_answers_are_narrowed_and_counted(office: Unit) -> None:
    put("a", "停车场规定", unit=office)
    put("b", "停车场解读", published_on=date(2025, 5, 1))
    put("c", "停车收费听证", kind="hearing")
    whole = search("停车")
    assert {(facet.value, facet.count) for facet in whole.kinds} == {("article", 2), ("hearing", 1)}
    assert [(facet.value, facet.count) for facet in whole.years] == [("2026", 2), ("2025", 1)]
    assert [(facet.value, facet.count) for facet in whole.units] == [(office.code, 1)]
    assert [hit.entry.key for hit in search("停车", narrow=Narrow(kind="hearing")).hits] == ["c"]
    assert [hit.entry.key for hit in search("停车", narrow=Narrow(year="2025")).hits] == ["b"]
    assert [hit.entry.key for hit in search("停车", narrow=Narrow(unit=office.code)).hits] == ["a"]
    assert search("停车", narrow=Narrow(kind="nonsense", year="x")).total == 3


def test_order_by_date_or_by_relevance_over_pages(db: None) -> None:
    for number in range(30):
        put(f"body{number}", f"第{number}条", body="停车", published_on=date(2026, 3, 2))
    put("old", "停车", published_on=date(2020, 1, 1))
    assert search("停车").hits[0].entry.key == "old"
    assert search("停车", narrow=Narrow(order="date")).hits[0].entry.key != "old"
    keys = [hit.entry.key for page in (1, 2) for hit in search("停车", page).hits]
    assert len(keys) == len(set(keys)) == 31
    assert not search("停车", 2).has_next


def test_suggestions_begin_with_what_is_typed(db: None) -> None:
    put("a", "关于停车的通知", published_on=date(2026, 5, 1))
    put("b", "停车场规定")
    put("c", "别的", body="停车")
    assert suggest("停车") == ["停车场规定", "关于停车的通知"]
    assert suggest("tcc") == ["停车场规定"]
    assert suggest(" ") == [] and suggest("\x00%_") == []


def test_an_undeclared_kind_is_refused(db: None) -> None:
    with pytest.raises(KeyError):
        put("x", "标题", kind="nonsense")


def test_search_page_and_suggestions(client: Client, office: Unit) -> None:
    put("a", "停车场规定", unit=office)
    put("b", "停车解读", kind="hearing")
    page = client.get("/search/?q=停车&order=date").content.decode()
    assert "政府信息（1）" in page and "听证会（1）" in page and "kind=hearing" in page
    assert client.get("/search/?q=停车&kind=<script>&year=abcd&unit=%27").status_code == 200
    for address in ("/search/?q=%00", "/search/?q=a&unit=%00", "/notices/list/?unit=%00", "/search/%00"):
        assert client.get(address).status_code in (400, 404), address
    answer = client.get("/search/suggest/?q=停")
    assert answer.json() == {"titles": ["停车场规定", "停车解读"]} or len(answer.json()["titles"]) == 2
    assert "public" in answer["Cache-Control"]
