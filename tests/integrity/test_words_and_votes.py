"""What is shown at once, what wants a word, and how much one person can add to a poll."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions
from consultations.models import Comment, HeldWords
from consultations.polls.models import Ballot
from portal.cases.models import CaseEvent
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput
from portal.publishing.actions import PublicText
from portal.units.models import Unit
from requests_app import actions as requests
from tests.cast import Person, moment
from tests.factories import polls
from tests.factories.consultations import announced
from tests.factories.requests_app import answered

Team = dict[str, Person]


def said(case: Any, text: str) -> Comment:
    key = f"word-key-{Comment.objects.count():012d}"
    return actions.comment(
        case=case, clause="", attitude="", writer="person", text=text, name="", email="", key=key,
        actor=GUEST, at=moment("2026-03-05"),
    ).comment  # fmt: skip


@pytest.mark.parametrize(
    ("text", "at_once"),
    [
        ("建议第三条写明停水告知的方式。", True),
        ("需要的请加 微·信 详谈供水工程。", False),
        ("建议写明，电话1、3、9、1、2、3、4、5、6、7、8联系我。", False),
        ("证件110105，19491231，002X的用户反映水压不足。", False),
    ],
)
def test_comment_is_shown_at_once_only_past_screening_and_words(
    office: Unit, team: Team, text: str, at_once: bool
) -> None:
    assert said(announced(office, team), text).passed is at_once


def test_word_list_is_the_offices_own(office: Unit, team: Team) -> None:
    case = announced(office, team)
    assert said(case, "建议先修管网，再谈涨价的事情。").passed
    HeldWords.objects.update(words="涨价\nＡＢＣ")
    assert not said(case, "建议先修管网，再谈涨　价的事情。").passed
    assert not said(case, "建议交由abc公司承担供水工程。").passed


def test_what_only_warns_wants_a_reason_at_each_step_and_is_in_the_log(office: Unit, team: Team) -> None:
    case = answered(office, team)
    text = PublicText("老旧小区改造清单", "请公开清单。", "联系人号码530402850615123，请核实。")
    hands: Any = {"case": case, "text": text, "actor": team["clerk"].actor, "at": moment("2026-03-05")}
    with pytest.raises(InvalidInput, match="可能有个人信息：十五位身份证号（53…3）") as refused:
        requests.propose_release(**hands)
    assert refused.value.field == "acknowledged"
    with pytest.raises(InvalidInput, match="不要写个人信息"):
        requests.propose_release(**hands, acknowledged="是13912345678的")
    requests.propose_release(**hands, acknowledged="设备编号，不是证件号码")
    for step, who in ((requests.clear_release, "secrecy"), (requests.release, "publisher")):
        now: Any = {"case": case, "actor": team[who].actor, "at": moment("2026-03-05")}
        with pytest.raises(InvalidInput, match="写明理由"):
            step(**now)
        step(**now, acknowledged="已核对为设备编号")
    kept = CaseEvent.objects.filter(kind="acknowledge_findings").order_by("seq")
    assert [(event.facts["step"], event.facts["reason"], event.actor_id) for event in kept] == [
        ("propose_release", "设备编号，不是证件号码", team["clerk"].account.pk),
        ("clear_release", "已核对为设备编号", team["secrecy"].account.pk),
        ("release", "已核对为设备编号", team["publisher"].account.pk),
    ]
    assert kept[0].facts["kinds"] == ["十五位身份证号"]


def test_api_wants_the_reason_too(office: Unit, team: Team) -> None:
    case = answered(office, team)
    body = {"title": "清单", "question": "请公开。", "answer": "号码530402850615123", "version": case.version}
    url = reverse("api-request-step", args=[case.public_id, "propose_release"])
    browser = team["clerk"].client()
    refused = browser.post(url, body, content_type="application/json")
    assert refused.status_code == 400
    assert "acknowledged" in refused.json()["error"]["fields"]
    given = body | {"acknowledged": "设备编号，不是证件号码"}
    assert browser.post(url, given, content_type="application/json").status_code == 200


@pytest.mark.parametrize("addresses", [["203.0.113.7"], [f"2001:db8:1:2::{n:x}" for n in range(1, 9)]])
def test_one_script_adds_what_the_page_says_and_no_more(
    office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch, settings: Any, addresses: list[str]
) -> None:
    """A new cookie for each vote, from one address or from all over one IPv6 household: 5 of 12 are counted."""
    settings.PORTAL_VOTES_PER_ADDRESS = 5
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-05"))
    case = polls.approved(office, team, who="anyone")
    page = Client().get(reverse("polls:detail", args=[case.public_id])).content.decode()
    assert "同一网络地址每天最多计入5票" in page
    from consultations.polls import actions as voting

    for turn in range(12):
        voter = voting.Voter(device=f"device-{turn}", address=addresses[turn % len(addresses)])
        key = f"vote-key-{turn:010d}"
        try:
            voting.vote(case=case, sheet=polls.SHEET, voter=voter, key=key, at=moment("2026-03-05"))
        except Exception as error:
            assert re.search("参加的人数过多", str(error))
    assert Ballot.objects.count() == 5
