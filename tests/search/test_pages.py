"""The page, the API and what stands around them: channels, services, corrections, nothing found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from portal.jobs.outbox import run_due
from portal.search import following
from portal.search.actions import add_word, index
from portal.search.models import AskedQuery, PlainWord
from portal.search.queries import search, similar_to, suggest
from portal.units.models import Unit
from tests.cast import Person
from tests.factories.notices import published


@pytest.fixture(autouse=True)
def own_index(db: None) -> Iterator[None]:
    following.forget()
    yield
    following.forget()


def put(key: str, title: str, body: str = "正文", **changes: object) -> None:
    facts = {"kind": "article", "unit": None, "published_on": date(2026, 3, 1), "url": f"/{key}/", **changes}
    index(key=key, title=title, body=body, **facts)  # type: ignore[arg-type]


def keys(query: str) -> list[str]:
    return [hit.entry.key for hit in search(query).hits]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_slip_is_mended_and_said(client: Client) -> None:
    put("a", "住房公积金提取办法")
    put("b", "不动产登记办法")
    page = text(client, "/search/?q=住房公机金")
    assert "您是不是要找" in page and "住房公积金" in page and "/a/" in page
    typed = text(client, "/search/?q=住房公机金&typed=1")
    assert "您是不是要找" not in typed


def test_a_plain_word_finds_the_official_text() -> None:
    put("a", "最低生活保障审核确认办法")
    put("b", "城市供水条例")
    assert keys("低保") == ["a"]
    assert keys("怎么申请低保")[0] == "a"


def test_a_word_that_an_administrator_adds_works_at_once() -> None:
    put("a", "城市供水条例")
    put("b", "停车场规定")
    assert keys("龙头来源") == []
    add_word(said="龙头来源", official="供水", source="编辑")
    assert keys("龙头来源") == ["a"]
    word = PlainWord.objects.get(plain="龙头来源")
    word.in_use = False
    word.save()
    assert keys("龙头来源") == []


def test_what_is_no_longer_in_force_comes_after_and_is_marked(client: Client) -> None:
    put("old", "停车场管理办法", validity="repealed", published_on=date(2026, 5, 1))
    put("new", "停车场管理办法", published_on=date(2026, 1, 1))
    assert keys("停车场管理办法") == ["new", "old"]
    assert "废止" in text(client, "/search/?q=停车场管理办法")


def test_a_rare_word_outweighs_a_common_one_in_a_title() -> None:
    for number in range(30):
        put(f"n{number}", f"停车管理通知之{number}")
    put("rare", "一般事项", body="讨论抚仙湖的停车")
    assert keys("抚仙湖停车")[0] == "rare"


def test_channels_are_counted_and_narrow(client: Client) -> None:
    put("a", "停车办事指南", chip="service")
    put("b", "停车政策解读", chip="policy")
    put("c", "停车听证会", kind="hearing")
    page = text(client, "/search/?q=停车")
    assert "办事（1）" in page and "政策（1）" in page and "互动（1）" in page
    narrowed = text(client, "/search/?q=停车&chip=service")
    assert "/a/" in narrowed and "/b/" not in narrowed


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("市长信箱", "书记市长信箱"),
        ("我要投诉", "书记市长信箱"),
        ("申请信息公开", "依申请公开"),
        ("年度报告", "政府信息公开工作年度报告"),
        ("查询进度", "查询办理进度"),
        ("机构电话", "机构和电话"),
    ],
)
def test_functions_stand_on_top_when_asked_for(client: Client, query: str, title: str) -> None:
    page = text(client, f"/search/?q={query}")
    assert title in page[page.index("可以直接办理") :]


def test_nothing_found_is_not_the_end(client: Client) -> None:
    page = text(client, "/search/?q=zzzzqqqq")
    assert "没有找到" in page and "/mailbox/write/" in page and "/requests/" in page and "/contact/" in page


def test_what_was_loosened_is_said(client: Client) -> None:
    put("a", "停车场收费办法")
    put("b", "城市供水条例")
    assert "没有同时包含" in text(client, "/search/?q=停车场 供水")
    assert "没有同时包含" not in text(client, "/search/?q=停车场 收费")


def test_quotes_and_minus() -> None:
    put("a", "停车场收费办法")
    put("b", "停车收费的场所")
    assert keys('"停车场收费"') == ["a"]
    assert keys("停车 -场所") == ["a"]


def test_one_sign_is_enough() -> None:
    put("a", "抚仙湖保护条例")
    put("b", "供水条例", body="保护湖泊")
    assert set(keys("湖")) == {"a", "b"}


def test_the_words_of_attachments_find_the_page(client: Client) -> None:
    put("a", "关于公布名单的通知", attached="附件一：青年创业园入驻企业")
    put("b", "别的通知")
    assert keys("青年创业园") == ["a"]
    assert "附件中有" in text(client, "/search/?q=青年创业园")


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=" + "长" * 1000, "/search/?q=？！。，", "/search/?q=停&year=0000", "/search/?q=停&year=9999&unit=zz&chip=x",
        "/search/?q=%01%02", "/search/?q=-", '/search/?q="', "/search/?q=(((&page=99", "/search/feed/?q=停", "/search/?q=玉政发〔2026〕12号",
    ],
)  # fmt: skip
def test_bad_input_is_answered(client: Client, address: str) -> None:
    put("a", "停车场规定")
    assert client.get(address).status_code == 200


def test_suggestions_hold_functions_and_what_others_asked(client: Client) -> None:
    put("a", "停车场规定")
    AskedQuery.objects.create(text="停车场在哪里", asked=5, found=1, last_on=date(2026, 3, 1))
    AskedQuery.objects.create(text="停车场秘密", asked=4, found=1, last_on=date(2026, 3, 1))
    assert suggest("停车") == ["停车场规定", "停车场在哪里"]
    assert suggest("tingche")[0] == "停车场规定"
    assert "书记市长信箱" in suggest("市长")
    assert client.get("/search/typed/?q=停车").json()[1] == ["停车场规定", "停车场在哪里"]


def test_searches_are_counted_without_persons(client: Client) -> None:
    put("a", "停车场规定")
    for _ in range(3):
        client.get("/search/?q=停车场")
    client.get("/search/?q=停车场", REMOTE_ADDR="10.0.0.9")
    client.get("/search/?q=13800001234")
    assert list(AskedQuery.objects.values_list("text", "asked", "opened")) == [("停车场", 2, 0)]
    assert client.post("/search/opened/?q=停车场").status_code == 204
    assert AskedQuery.objects.get().opened == 1


def test_the_api_gives_the_same_answers(client: Client, office: Unit) -> None:
    put("a", "住房公积金提取办法", unit=office)
    answer = client.get("/api/v1/search/?q=gongjijin").json()
    assert answer["meant"] == "公积金" and answer["total"] == 1
    assert [row["title"] for row in answer["results"]] == ["住房公积金提取办法"]
    assert answer["facets"]["unit"] == [{"value": office.code, "title": office.short_name, "count": 1}]


def test_browsers_and_feed_readers_are_served(client: Client) -> None:
    put("a", "停车场规定")
    description = client.get("/opensearch.xml")
    assert description["Content-Type"].startswith("application/opensearchdescription+xml")
    assert "{searchTerms}" in description.content.decode()
    assert "停车场规定" in text(client, "/search/feed/?q=停车场")
    assert 'type="application/opensearchdescription+xml"' in text(client, "/")


def test_similar_things_are_offered() -> None:
    put("a", "停车场收费办法")
    put("b", "停车场收费标准")
    put("c", "供水条例")
    assert [entry.key for entry in similar_to("a")] == ["b"]


def test_page_of_an_item_leads_to_similar_things(
    client: Client, office: Unit, team: dict[str, Person]
) -> None:
    case = published(office, team, title="停车场收费办法")
    run_due(100)
    put("b", "停车场收费标准")
    put("c", "供水条例")
    shown = text(client, reverse("notices:article", args=[case.public_id]))
    similar = shown.split("相关内容")[1]
    assert "停车场收费标准" in similar
    assert "供水条例" not in similar
