"""The pages of what the city publishes, as everyone and the units see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from notices import actions, queries
from notices.models import Article
from portal.jobs.outbox import run_due
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person
from tests.factories.notices import BODY, answers, approved, column, drafted, published

Team = dict[str, Person]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put the pages on a day."""

    def on(day: str, hour: int = 10) -> None:
        fixed = moment(day, hour)
        monkeypatch.setattr("django.utils.timezone.now", lambda: fixed)

    on("2026-03-05")
    return on


def page(case: Article) -> str:
    return reverse("notices:article", args=[case.public_id])


def test_unpublished_item_is_nobodys_page(office: Unit, team: Team, today: Any) -> None:
    for case in (drafted(office, team["clerk"]), approved(office, team)):
        assert Client().get(page(case)).status_code == 404
    for name in ("home", "list", "feed"):
        assert "停水" not in Client().get(reverse(f"notices:{name}")).content.decode()


def test_scheduled_item_appears_at_its_time(office: Unit, team: Team, today: Any) -> None:
    case = approved(office, team)
    actions.publish_item(
        case=case,
        actor=team["publisher"].actor,
        at=moment("2026-03-04"),
        publish_at=moment("2026-03-06", 9),
    )
    assert Client().get(page(case)).status_code == 404
    today("2026-03-06", 9)
    shown = Client().get(page(case))
    assert shown.status_code == 200
    assert shown["Cache-Control"].startswith("public")


def test_published_item_shows_its_particulars(office: Unit, team: Team, today: Any) -> None:
    case = published(office, team, doc_number="玉政办发〔2026〕5号")
    words = Client().get(page(case)).content.decode()
    for expected in (
        "玉政办发〔2026〕5号",
        "2026年3月2日",
        "主动公开",
        "一、停水范围",
        str(case.index_number),
    ):
        assert expected in words
    listed = Client().get(reverse("notices:list"), {"unit": "city-office", "year": "2026"})
    assert case.title in listed.content.decode()
    assert case.title not in Client().get(reverse("notices:list"), {"year": "2025"}).content.decode()
    assert case.title in Client().get(reverse("notices:column", args=[case.column_id])).content.decode()
    assert "通知公告" in Client().get(reverse("notices:unit", args=["city-office"])).content.decode()
    for feed in (
        reverse("notices:feed"),
        reverse("notices:column_feed", args=[case.column_id]),
    ):
        answer = Client().get(feed)
        assert case.title in answer.content.decode()
        assert answer["Content-Type"].startswith("application/rss+xml")


def test_withdrawn_item_keeps_its_address_with_the_reason(office: Unit, team: Team, today: Any) -> None:
    case = published(office, team)
    actions.withdraw_item(
        case=case, reason="内容有误", actor=team["publisher"].actor, at=moment("2026-03-05", 9)
    )
    gone = Client().get(page(case))
    assert gone.status_code == 410
    assert "内容有误" in gone.content.decode()
    assert "停水范围" not in gone.content.decode()


def test_markup_in_the_words_stays_words(office: Unit, team: Team, today: Any) -> None:
    case = published(office, team, body="<script>alert(1)</script>\n# <b>标题</b>\n正文。")
    words = Client().get(page(case)).content.decode()
    assert "<script>alert" not in words
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words


def test_reading_and_document_are_linked_both_ways(office: Unit, team: Team, today: Any) -> None:
    document = published(office, team, entry="documents", title="停车场管理规定")
    reading = published(office, team, entry="news-reading", title="规定解读", interprets=document)
    assert page(reading) in Client().get(page(document)).content.decode()
    assert page(document) in Client().get(page(reading)).content.decode()


def test_picture_is_shown_with_its_words(office: Unit, team: Team, today: Any, tmp_path: Any) -> None:
    case = drafted(office, team["clerk"], body="示意图如下。\n![停水片区示意图](map.png)")
    path = tmp_path / "map.png"
    Image.new("RGB", (40, 30), "teal").save(path)
    client = team["clerk"].client()
    url = reverse("workbench_notices:file", args=[case.public_id])
    with path.open("rb") as file:
        refused = client.post(url, {"file": file, "alt": ""})
    assert refused.status_code == 400
    assert "替代文字" in refused.content.decode()
    with path.open("rb") as file:
        assert client.post(url, {"file": file, "alt": "停水片区示意图"}).status_code == 302
    run_due()
    actions.confirm_file(
        case=case, file=case.files.get(), actor=team["secrecy"].actor, at=moment("2026-03-04")
    )
    for who, act in (
        ("clerk", actions.submit_item),
        ("reviewer", actions.review_item),
        ("secrecy", actions.clear_item),
        ("approver", actions.approve_item),
        ("publisher", actions.publish_item),
    ):
        act(case=case, actor=team[who].actor, at=moment("2026-03-04"))
    words = Client().get(page(case)).content.decode()
    assert 'alt="停水片区示意图"' in words
    picture = Client().get(reverse("notices:file", args=[case.public_id, case.files.get().public_id]))
    assert picture["Content-Type"] == "image/png"


def test_file_of_an_unpublished_item_is_not_found(office: Unit, clerk: Person, today: Any) -> None:
    case = drafted(office, clerk)
    entry = actions.attach_file(
        case=case, name="a.txt", data=b"words", alt="", actor=clerk.actor, at=moment("2026-03-02")
    )
    run_due()
    url = reverse("notices:file", args=[case.public_id, entry.public_id])
    assert Client().get(url).status_code == 404


def test_staff_write_by_the_page_and_see_what_blocks(
    office: Unit, team: dict[str, Person], today: Any
) -> None:
    client = team["clerk"].client()
    data = {
        "column": str(column(office).pk),
        "route": "general",
        "title": "通告",
        "issuer": office.name,
        "made_on": "2026-03-05",
        "subject": "other",
        "openness": "proactive",
        "body": "联系人手机13800000001。",
    }
    bad = client.post(reverse("workbench_notices:new"), {**data, "route": "repost", "source": ""})
    assert bad.status_code == 400
    assert "须注明来源" in bad.content.decode()
    assert "联系人手机13800000001。" in bad.content.decode()
    made = client.post(reverse("workbench_notices:new"), data)
    case = Article.objects.get()
    assert made.status_code == 302
    assert "须解决" in client.get(made["Location"]).content.decode()
    step = reverse("workbench_notices:step", args=[case.public_id, "submit-item"])
    refused = client.post(step, {"version": case.version})
    assert refused.status_code == 409
    assert "手机号码" in refused.content.decode()
    edit = reverse("workbench_notices:step", args=[case.public_id, "edit-item"])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {**data, "body": BODY, "version": case.version}).status_code == 302
    case.refresh_from_db()
    assert client.post(step, {"version": case.version}).status_code == 302


def test_another_units_clerk_sees_nothing(office: Unit, clerk: Person, outsider: Person, today: Any) -> None:
    case = drafted(office, clerk)
    for name in ("detail", "file"):
        url = reverse(f"workbench_notices:{name}", args=[case.public_id])
        assert outsider.client().get(url).status_code == 404
    foreign = {**answers(office), "column": str(column(office).pk), "made_on": "2026-03-05", "interprets": ""}
    made = outsider.client().post(reverse("workbench_notices:new"), foreign)
    assert made.status_code == 400
    assert Article.objects.count() == 1


def test_government_office_sees_what_waits_for_it(
    housing: Unit, office: Unit, approver: Person, outsider: Person, today: Any
) -> None:
    case = drafted(housing, outsider, route="major")
    url = reverse("workbench_notices:detail", args=[case.public_id])
    assert approver.client().get(url).status_code == 404
    signing = [
        (person("hr", housing, Role.REVIEWER), actions.review_item),
        (person("hs", housing, Role.SECRECY_REVIEWER), actions.clear_item),
        (person("ha", housing, Role.APPROVER), actions.approve_item),
    ]
    actions.submit_item(case=case, actor=outsider.actor, at=moment("2026-03-03"))
    for signer, act in signing:
        act(case=case, actor=signer.actor, at=moment("2026-03-03"))
    shown = approver.client().get(url)
    assert shown.status_code == 200
    assert "上级审核通过" in shown.content.decode()
    step = reverse("workbench_notices:step", args=[case.public_id, "approve-higher"])
    case.refresh_from_db()
    assert approver.client().post(step, {"version": case.version}).status_code == 302
    assert approver.client().get(url).status_code == 404


def test_alive_page_shows_states_and_what_is_missing(
    office: Unit, team: Team, supervisor: Person, today: Any
) -> None:
    published(office, team)
    gone = column(office, "guide")
    gone.is_open = False
    gone.save()
    words = team["clerk"].client().get(reverse("workbench_notices:alive")).content.decode()
    assert "缺“信息公开指南”" in words
    assert "2026年9月4日" in words
    assert supervisor.client().get(reverse("workbench_notices:alive")).status_code == 200


def test_public_lists_ask_few_questions(
    office: Unit, team: Team, today: Any, django_assert_max_num_queries: Any
) -> None:
    for index in range(12):
        published(office, team, title=f"第{index}号通告")
    with django_assert_max_num_queries(6):
        Client().get(reverse("notices:list"))
    with django_assert_max_num_queries(12):
        Client().get(reverse("notices:home"))
    assert len(queries.latest(moment("2026-03-05"))) == 8


def test_unit_page_shows_no_empty_column(office: Unit, team: dict[str, Person], client: Client) -> None:
    url = reverse("notices:unit", args=[office.code])
    empty = client.get(url).content.decode()
    assert "本单位还没有发布信息" in empty
    case = approved(office, team)
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    page = client.get(url)
    shown = page.context["columns"]
    assert [row.pk for row in shown if row.last] == [case.column_id]
    assert len(shown) == len({row.pk for row in shown}) < 5
    assert "暂无内容" not in page.content.decode()
