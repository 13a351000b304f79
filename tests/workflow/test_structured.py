"""Guides to services, offices and leaders: structured parts go through the same review as any words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from notices import actions, queries, structures
from notices.actions.checking import remarks_on
from notices.models import Article
from notices.watch.queries import differences
from portal.core.errors import InvalidInput, StepRefused
from portal.jobs.outbox import run_due
from portal.search.queries import search
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.notices import approved, drafted

Team = dict[str, Person]
SERVICE = {
    "audience": "person",
    "basis": "条例第二十七条",
    "conditions": "年满十八周岁\n本市居民",
    "materials": "申请表｜1｜填写完整\n身份证|1",
    "steps": "受理|窗口核对|当场\n办结|发证|3日",
    "legal_days": "20",
    "promised_days": "0",
    "fee": "不收费",
    "place": "政务服务中心",
    "hours": "工作日",
    "phone": "0877-1234567",
    "apply_url": "https://www.yn.gov.cn/apply",
}


def fill(case: Article, team: Team, **changes: str) -> None:
    actions.put_structure(
        case=case,
        structure="service",
        answers={**SERVICE, **changes},
        actor=team["clerk"].actor,
        at=moment("2026-03-02", 11),
    )


def published(office: Unit, team: Team) -> Article:
    case = drafted(office, team["clerk"], title="居住证办理", body="")
    fill(case, team)
    actions.submit_item(case=case, actor=team["clerk"].actor, at=moment("2026-03-02", 12))
    actions.review_item(case=case, actor=team["reviewer"].actor, at=moment("2026-03-02", 14))
    actions.clear_item(case=case, actor=team["secrecy"].actor, at=moment("2026-03-03", 9))
    actions.approve_item(case=case, actor=team["approver"].actor, at=moment("2026-03-03", 10))
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    run_due()
    return case


def test_a_guide_is_published_with_its_parts(office: Unit, team: Team, client: Client) -> None:
    case = published(office, team)
    page = client.get(reverse("notices:article", args=[case.public_id])).content.decode()
    for words in (
        "办理条件",
        "年满十八周岁",
        "窗口核对",
        "当场办结",
        "不收费",
        "https://www.yn.gov.cn/apply",
    ):
        assert words in page, words
    assert search("窗口核对").total == 1
    assert list(differences(moment("2026-03-04"))) == []


def test_services_are_listed_by_whom_they_are_for(office: Unit, team: Team, client: Client) -> None:
    published(office, team)
    now = moment("2026-03-04")
    assert queries.services(now, audience="person").count() == 1
    assert queries.services(now, audience="legal").count() == 0
    assert queries.services(now, unit=office.code, words="居住 办理").count() == 1
    assert queries.services(now, words="护照").count() == 0
    page = client.get(reverse("notices:services"), {"audience": "person"}).content.decode()
    assert "居住证办理" in page and "可以网上办" in page
    assert (
        client.get(reverse("notices:services"), {"audience": "x", "unit": "y", "page": "0"}).status_code
        == 200
    )


def test_an_edit_of_the_parts_voids_the_approval(office: Unit, team: Team) -> None:
    case = approved(office, team)
    fill(case, team)
    assert case.state == "drafting"
    with pytest.raises(StepRefused):
        actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))


def test_personal_data_in_the_parts_is_found(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    fill(case, team, place="联系张三13812345678")
    assert any(remark.place == "结构化内容" and remark.blocks for remark in remarks_on(case))
    fill(case, team)
    assert not [remark for remark in remarks_on(case) if remark.place == "结构化内容"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("conditions", " \n ", "请填写办理条件"),
        ("audience", "everyone", "请选择服务对象"),
        ("legal_days", "二十", "整数"),
        ("legal_days", "9999", "整数"),
        ("promised_days", "21", "不能长于法定时限"),
        ("materials", "a|b|c|d", "最多3栏"),
        ("apply_url", "javascript:alert(1)", "https://"),
        ("steps", "步\n" * 101, "不能超过100行"),
    ],
)
def test_wrong_parts_are_named(field: str, value: str, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence) as refused:
        structures.read(structures.SERVICE, {**SERVICE, field: value})
    assert refused.value.field == field


@given(st.fixed_dictionaries({part.name: st.text(max_size=60) for part in structures.SERVICE.parts}))
def test_what_is_kept_can_be_typed_again(answers: dict[str, str]) -> None:
    try:
        kept = structures.read(structures.SERVICE, answers)
    except InvalidInput as refused:
        assert refused.field in answers
        return
    assert structures.read(structures.SERVICE, structures.typed(structures.SERVICE, kept)) == kept


def test_offices_and_leaders_stand_on_the_units_page(office: Unit, team: Team, client: Client) -> None:
    for structure, answers in (
        (
            "profile",
            {
                "duties": "办会\n办文",
                "head": "主任",
                "place": "红塔区",
                "hours": "工作日",
                "phone": "0877-2012345",
            },
        ),
        ("leader", {"name": "赵某", "post": "主任", "duties": "主持工作"}),
    ):
        case = drafted(office, team["clerk"], title=structure, body="")
        actions.put_structure(
            case=case,
            structure=structure,
            answers=answers,
            actor=team["clerk"].actor,
            at=moment("2026-03-02", 11),
        )
        for name, who in (
            ("submit_item", "clerk"),
            ("review_item", "reviewer"),
            ("clear_item", "secrecy"),
            ("approve_item", "approver"),
            ("publish_item", "publisher"),
        ):
            getattr(actions, name)(case=case, actor=team[who].actor, at=moment("2026-03-03"))
    page = client.get(reverse("notices:unit", args=[office.code])).content.decode()
    assert "办会" in page and "赵某　主任" in page
    contacts = client.get(reverse("contact")).content.decode()
    row = contacts[contacts.index(f">{office.name}<") :]
    row = row[: row.index("</tr>")]
    for said in ('href="tel:08772012345"', "红塔区", "工作日<"):
        assert said in page
        assert said in row


def test_the_page_that_fills_the_parts(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    clerk = team["clerk"].client()
    here = reverse("workbench_notices:structure", args=[case.public_id])
    assert "逐项填写" in clerk.get(here).content.decode()
    assert "办理条件" in clerk.get(f"{here}?sort=service").content.decode()
    refused = clerk.post(f"{here}?sort=service", {**SERVICE, "promised_days": "30"})
    assert refused.status_code == 400 and "不能长于法定时限" in refused.content.decode()
    assert "年满十八周岁" in refused.content.decode()
    assert clerk.post(f"{here}?sort=service", SERVICE).status_code == 302
    assert "受理|窗口核对|当场" in clerk.get(here).content.decode()
    assert team["reviewer"].client().post(here, SERVICE).status_code == 409
    assert clerk.post(here, {"drop": "1"}).status_code == 302
    found: Any = Article.objects.get(pk=case.pk)
    assert (found.structure, found.particulars) == ("", {})
