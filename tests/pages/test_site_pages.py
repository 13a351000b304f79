"""The front door: public pages, due dates, verification, search, the display switch."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from portal.units.models import Unit
from portal.web.caching import PUBLIC

pytestmark = pytest.mark.django_db

PLAIN = [
    "/",
    "/deadline/",
    "/search/",
    "/guide/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
    "/requests/",
    "/releases/",
]
SERVICES = ["/mailbox/", "/consultations/", "/notices/"]


@pytest.mark.parametrize("path", PLAIN + SERVICES)
def test_public_page_may_be_cached_and_touches_no_session(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == PUBLIC
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", PLAIN)
def test_public_page_with_a_session_is_private(client: Client, path: str) -> None:
    client.cookies["sessionid"] = "x" * 32
    assert client.get(path)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", PLAIN + SERVICES)
def test_public_page_has_language_title_and_no_inline_code(client: Client, path: str) -> None:
    text = client.get(path).content.decode()
    assert '<html lang="zh-Hans"' in text
    assert re.search(r"<title>[^<]+ - [^<]+</title>", text)
    assert re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", text) is None
    assert text.count("<h1") == 1


@pytest.mark.parametrize("path", PLAIN)
def test_public_page_by_post_is_refused(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_deadline_over_spring_festival_gives_the_day_and_the_reasons(client: Client) -> None:
    text = client.get("/deadline/", {"start": "2026-02-10", "workdays": "20"}).content.decode()
    assert "2026年3月16日" in text
    assert "2月15日至23日：春节假期，9天不计" in text
    assert "2月14日：调休上班（春节），计入" in text
    assert "这个日期是暂定的" not in text


def test_deadline_past_the_last_notice_is_provisional(client: Client) -> None:
    text = client.get("/deadline/", {"start": "2034-12-01", "workdays": "40"}).content.decode()
    assert "这个日期是暂定的" in text


@pytest.mark.parametrize(
    ("start", "workdays", "sentence"),
    [
        ("", "20", "请填写起始日"),
        ("2026-02-30", "20", "日期格式应为 2026-03-16"),
        ("1900-01-01", "20", "请填写2007年至2035年之间的日期"),
        ("2026-02-10", "0", "至少1个工作日"),
        ("2026-02-10", "x", "请填写整数"),
        ("2026-02-10", "99999999999", "最多500个工作日"),
    ],
)
def test_deadline_with_bad_input_says_what_is_wrong(
    client: Client, start: str, workdays: str, sentence: str
) -> None:
    response = client.get("/deadline/", {"start": start, "workdays": workdays})
    text = response.content.decode()
    assert response.status_code == 400
    assert "<title>错误：期限计算" in text
    assert text.count(sentence) == 2


def test_verify_unknown_code_says_so(client: Client) -> None:
    response = client.get("/verify/AAAAAAAAAAAA/")
    assert response.status_code == 404
    assert "没有找到这份文书" in response.content.decode()


@pytest.mark.parametrize("number", ["玉政办公开〔2026〕12号", "玉政办公开〔2026〕第12号"])
def test_verify_with_a_document_number_says_what_is_wanted(client: Client, number: str) -> None:
    response = client.post("/verify/", {"code": number})
    assert response.status_code == 400
    page = response.content.decode()
    assert "这里填写核验码，不填文号" in page
    assert number in page


def test_verify_without_code_keeps_the_page(client: Client) -> None:
    response = client.post("/verify/", {"code": ""})
    assert response.status_code == 400
    assert "请填写核验码，或者上传随答复提供的附件" in response.content.decode()


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "' OR 1=1 --", "%", "_" * 300, '"', "　"])
def test_search_takes_any_text_as_text(client: Client, query: str) -> None:
    response = client.get("/search/", {"q": query, "page": "999999"})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_display_switch_sets_one_cookie_and_no_session(client: Client) -> None:
    response = client.post("/display/", {"size": "large", "next": "/guide/"})
    assert (response.status_code, response["Location"]) == (302, "/guide/")
    assert list(response.cookies) == ["display"]
    assert '<html lang="zh-Hans" class="large-print">' in client.get("/guide/").content.decode()
    client.post("/display/", {"size": "normal", "next": "/"})
    assert "large-print" not in client.get("/guide/").content.decode()


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/", "javascript:x"],
)
def test_display_switch_leads_nowhere_else(client: Client, target: str) -> None:
    assert client.post("/display/", {"size": "large", "next": target})["Location"] == "/"


def test_unknown_address_is_a_page_of_ours(client: Client) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "没有找到页面" in response.content.decode()


def test_contact_page_says_what_a_unit_has_published_and_nothing_else(office: Unit, client: Client) -> None:
    Unit.objects.filter(pk=office.pk).update(phone="0877-2012345转8001", address="", office_hours="")
    html = client.get("/contact/").content.decode()
    row = html[html.index(f">{office.name}<") :]
    row = row[: row.index("</tr>")]
    assert '<a class="nowrap" href="tel:08772012345;ext=8001">0877-2012345转8001</a>' in row
    assert row.count("未公布") == 2
    table = html[html.index("<tbody>") : html.index("</tbody>")]
    assert "0877-12345" not in table
    assert 'href="tel:087712345"' in html


@pytest.mark.parametrize("path", ["/deadline/", "/guide/", "/consultations/", "/privacy/", "/mailbox/"])
def test_what_the_office_has_yet_to_check_is_not_shown_to_citizens(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert "待核" not in html
    assert "内部管理要求" not in html


def test_limits_of_citizens_are_all_there(client: Client) -> None:
    html = client.get("/deadline/").content.decode()
    assert "依申请公开答复期限" in html
    assert "第三十三条" in html
    assert "请来信人补充的期限" in html
