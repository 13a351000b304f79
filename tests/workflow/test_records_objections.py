"""A party marks on its pages what it objects to; the clerk sees it, and the decision answers every mark."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from portal.core.actors import PARTY
from portal.core.errors import InvalidInput, StepRefused
from portal.records import actions, queries
from portal.records.models import Record
from portal.records.objections import objections_of
from portal.units.models import Unit
from requests_app import actions as requests
from requests_app import letters
from requests_app.models import Consultation, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.records import kept, mark, proven, sheets
from tests.factories.requests_app import handled
from tests.redaction.papers import drawn
from tests.workflow.test_records_reply import PARTLY
from tests.workflow.test_records_shown import PAGES, asked

PRICE = [48.0, 196.0, 240.0, 214.0]
TITLE_LINE = [48.0, 296.0, 300.0, 314.0]


@pytest.fixture
def shown(office: Unit, clerk: Person) -> tuple[Record, Consultation]:
    """A contract whose pages 1 and 3 Alpha Ltd is shown."""
    case = handled(office, clerk)
    alpha = asked(case, clerk, "Alpha Ltd", "a@alpha.invalid")
    record = kept(case, clerk, data=drawn(PAGES), title="合同", pages=3)
    sheets(record)
    proven(record, audience="party", party=alpha.pk, only=(1, 3), data=drawn([PAGES[0], PAGES[2]]))
    return record, alpha


def object_to(record: Record, party: int, *places: dict[str, object], seen: int = 0) -> None:
    """Mark these places."""
    boxes = [place for place in places if "box" in place]
    pages = [place for place in places if "box" not in place]
    actions.save_objections(
        record=record, party=party, marks={"boxes": boxes, "pages": pages}, seen=seen, at=moment("2026-02-26")
    )


PRICE_MARK = {"page": 3, "box": PRICE, "ground": "trade_secret", "reason": "成交价格"}
NAME_MARK = {"page": 3, "box": TITLE_LINE, "ground": "other", "reason": ""}


def say(case: DisclosureRequest, asked_of: Consultation, opinion: str) -> None:
    """Its opinion, by its own page."""
    requests.take_opinion(
        case=case,
        consultation=asked_of,
        opinion=opinion,
        reason="见标记",
        actor=PARTY,
        at=moment("2026-02-27"),
    )


def test_each_mark_is_answered_by_what_is_given(
    shown: tuple[Record, Consultation], clerk: Person, team: dict[str, Person]
) -> None:
    record, alpha = shown
    case = record.case
    object_to(record, alpha.pk, PRICE_MARK, NAME_MARK, {"page": 1, "ground": "privacy", "reason": ""})
    assert [row.outcome for row in objections_of(case)] == ["given", "given", "given"]
    with pytest.raises(InvalidInput, match="标记了不同意公开的内容"):
        say(case, alpha, "agree")
    say(case, alpha, "partly")
    with pytest.raises(StepRefused, match="不能再标记"):
        object_to(record, alpha.pk, PRICE_MARK, seen=1)

    mark(
        record,
        clerk,
        {"page": 3, "box": PRICE, "ground": "trade_secret"},
        {**NAME_MARK, "page": 1, "ground": "privacy"},
    )
    told = [(row.place, row.why, str(row.outcome.label)) for row in objections_of(case)]
    assert told == [
        ("《合同》第3页", "商业秘密：成交价格", "已隐去"),
        ("《合同》第3页", "其他合法权益", "未隐去"),
        ("《合同》第1页（整页）", "个人隐私", "隐去一部分"),
    ]
    actions.judge_record(record=record, disposition="part", actor=clerk.actor, at=moment("2026-03-02"))
    proven(record, [3, "商业秘密", 8, False])
    requests.draft_reply(case=case, text=PARTLY, actor=clerk.actor, at=moment("2026-03-02"))
    with pytest.raises(
        StepRefused, match="《合同》第3页有第三方标记不同意公开的内容（其他合法权益），未隐去"
    ):
        requests.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-02", 11))
    alpha.refresh_from_db()
    facts = letters.third_party_decision(case, alpha)["marks"]
    assert [row["outcome"] for row in facts] == [
        "予以采纳，已隐去，不予公开",
        "不予采纳，决定公开",
        "部分采纳，隐去一部分，其余决定公开",
    ]
    slip = dict(letters.opinion_slip(alpha, [])["rows"])
    assert slip["在页面上标记"].startswith(
        "《合同》第3页（商业秘密：成交价格）；《合同》第3页（其他合法权益）"
    )
    requests.propose_override(
        case=case, consultation=alpha, reason="涉及公共安全", actor=clerk.actor, at=moment("2026-03-02", 12)
    )
    requests.approve_override(
        case=case, consultation=alpha, actor=team["approver"].actor, at=moment("2026-03-03")
    )
    requests.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-03", 11))


def test_party_marks_its_own_pages_alone(shown: tuple[Record, Consultation], clerk: Person) -> None:
    record, alpha = shown
    with pytest.raises(InvalidInput, match="没有向您显示第2页"):
        object_to(record, alpha.pk, {**PRICE_MARK, "page": 2})
    with pytest.raises(StepRefused):
        object_to(record, alpha.pk + 1, PRICE_MARK)
    with pytest.raises(InvalidInput, match="请选择不予公开的理由"):
        object_to(record, alpha.pk, {**PRICE_MARK, "ground": "process"})

    path = requests.renew_link(
        case=record.case, consultation=alpha, actor=clerk.actor, at=moment("2026-02-26")
    )
    client = Client()
    client.get(path)
    copy = queries.shown_to(record.case, alpha.pk)[0]
    where = [alpha.public_id, copy.public_id]
    page = client.get(reverse("opinions:look", args=where)).content.decode()
    assert (page.count("<figure"), "第1页" in page, "第3页" in page, 'data-sheet="2"' in page) == (
        2,
        True,
        True,
        False,
    )
    assert client.get(reverse("opinions:picture", args=[*where, 2]))["Content-Type"] == "image/jpeg"
    assert client.get(reverse("opinions:picture", args=[*where, 3])).status_code == 404
    assert Client().get(reverse("opinions:look", args=where)).status_code == 404

    marks = reverse("opinions:marks", args=where)
    body = json.dumps({"seen": 0, "marks": {"boxes": [PRICE_MARK], "pages": [], "words": []}})
    assert client.post(marks, body, content_type="application/json").json()["version"] == 1
    assert client.post(marks, body, content_type="application/json").status_code == 409
    form = {"seen": "1", "place-TOTAL_FORMS": "1", "place-INITIAL_FORMS": "0", "place-0-page": "1"}
    form |= {"place-0-ground": "privacy", "place-0-reason": "住址"}
    assert client.post(reverse("opinions:look", args=where), form).status_code == 302
    assert [(row.place, row.why) for row in objections_of(record.case)] == [
        ("《合同》第1页（整页）", "个人隐私：住址")
    ]

    desk = reverse("records:desk", args=[record.case.kind, record.case.public_id, record.public_id])
    beside = clerk.client().get(desk).content.decode()
    assert "Alpha Ltd：第1页（整页），个人隐私：住址" in beside
    assert "个人隐私：住址" in client.get(reverse("opinions:page", args=[alpha.public_id])).content.decode()
