"""Drafting a reply: the paper as it grows, texts at hand, earlier answers, sent to review at once."""

from __future__ import annotations

import time_machine
from django.urls import reverse

from portal.publishing.models import Phrase
from portal.units.models import Unit
from requests_app.models import Reply
from tests.cast import Person, moment
from tests.factories.requests_app import answered, handled

Team = dict[str, Person]


def draft_page(case: object) -> str:
    return reverse("workbench_requests:step", args=[case.public_id, "draft-reply"])  # type: ignore[attr-defined]


@time_machine.travel(moment("2026-03-02"), tick=False)
def test_paper_is_drawn_while_typing_and_nothing_is_kept(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    version, events = case.version, case.events.count()
    sent = {"position": 1, "kind": "disclose", "body": "清单共12项，见附表。", "version": version}
    browser = clerk.client()
    answer = browser.post(draft_page(case), sent, headers={"X-Preview": "1"}).json()
    assert answer["problem"] == ""
    assert [page[:23] for page in answer["pages"]] == ["data:image/jpeg;base64,"]
    lacking = browser.post(draft_page(case), sent | {"kind": "partial"}, headers={"X-Preview": "1"}).json()
    assert lacking == {"pages": [], "problem": "不予公开或者部分公开的，须选择法定理由"}
    case.refresh_from_db()
    assert (case.version, case.events.count(), Reply.objects.count()) == (version, events, 0)
    plain = browser.post(draft_page(case), sent | {"preview": "1"}).content.decode()
    assert 'src="data:image/jpeg;base64,' in plain, "without script by a button"
    assert "清单共12项，见附表。</textarea>" in plain


def test_only_the_outcomes_own_fields_are_marked_as_such(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    text = clerk.client().get(draft_page(case)).content.decode()
    assert text.count("data-for=") == 6
    assert '<option value="玉溪市住房和城乡建设局"></option>' in text


def test_competent_units_contact_is_known(office: Unit, housing: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    Unit.objects.filter(pk=housing.pk).update(phone="0877-2012345", address="红塔区某路2号")
    sent = {"position": 1, "kind": "not_ours", "body": "请向该机关申请。", "agency": housing.name}
    clerk.client().post(draft_page(case), sent | {"version": case.version})
    assert Reply.objects.get().items.get().agency_contact == "红塔区某路2号，0877-2012345"


def test_texts_at_hand_carry_the_cases_own_words(office: Unit, clerk: Person, outsider: Person) -> None:
    case = handled(office, clerk)
    url = reverse("workbench:phrases")
    text = {
        "kind": "disclosure",
        "outcome": "disclose",
        "title": "随附",
        "text": "{机关}公开《{信息名称}》，{没有的}。",
    }
    assert clerk.client().post(url, text | {"unit": office.pk}).status_code == 302
    page = clerk.client().get(draft_page(case)).content.decode()
    assert "玉溪市人民政府办公室公开《2025年度老旧小区改造项目清单》，{没有的}。" in page
    assert outsider.client().post(url, text | {"unit": office.pk}).status_code == 400
    drop = reverse("workbench:drop_phrase", args=[Phrase.objects.get().pk])
    assert outsider.client().post(drop).status_code == 404
    clerk.client().post(drop)
    assert not Phrase.objects.exists()


def test_earlier_answer_to_the_same_is_named(office: Unit, team: Team) -> None:
    before = answered(office, team)
    case = handled(office, team["clerk"], on="2026-03-09")
    earlier = team["clerk"].client().get(draft_page(case)).context["earlier"]
    assert [(row.case.number, row.kind, row.text) for row in earlier] == [
        (before.number, "予以公开", "清单共12项，见附表。")
    ]


def test_draft_goes_to_review_at_once_or_says_why_not(office: Unit, team: Team, clerk: Person) -> None:
    case = handled(office, clerk)
    sent = {"position": 1, "kind": "disclose", "body": "清单共12项。", "submit_too": "1"}
    clerk.client().post(draft_page(case), sent | {"version": case.version})
    case.refresh_from_db()
    assert case.state == "reviewing"


def test_draft_without_anybody_to_sign_is_kept_and_said(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    sent = {"position": 1, "kind": "disclose", "body": "清单共12项。", "submit_too": "1"}
    page = clerk.client().post(draft_page(case), sent | {"version": case.version}, follow=True)
    assert "已保存，没有送审：" in page.content.decode()
    assert Reply.objects.get().items.get().body == "清单共12项。"
