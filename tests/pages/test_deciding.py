"""One screen a decision, the way through the queue, remarks between colleagues, how many clicks a case costs."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.messaging.models import Message
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.mailbox import Hands, staffed  # noqa: F401
from tests.factories.mailbox import in_review as letter_in_review
from tests.factories.requests_app import handled, in_review, submitted

Team = dict[str, Person]


def screen(case: Any) -> str:
    return reverse("workbench:decide", args=[case.public_id])


def decide(browser: Client, case: Any, decision: str, **words: str) -> Any:
    """Press one of the two buttons as the page has them."""
    page = browser.get(screen(case)).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    return browser.post(screen(case), {"decision": decision, "version": version[1], **words})


@time_machine.travel(moment("2026-03-03"), tick=False)
def test_paper_request_and_two_buttons_stand_on_one_page(office: Unit, team: Team) -> None:
    case = in_review(office, team["clerk"])
    browser = team["reviewer"].client()
    page = browser.get(screen(case))
    text = page.content.decode()
    assert len(page.context["pages"]) >= 1
    assert "2025年度老旧小区改造项目清单" in text and "清单共12项" in text
    assert ">审核通过</button>" in text and ">退回修改</button>" in text
    picture = browser.get(reverse("workbench:sheet", args=[case.public_id, 1]))
    assert picture["Content-Type"] == "image/jpeg"
    assert picture.content[:2] == b"\xff\xd8"
    assert browser.get(reverse("workbench:sheet", args=[case.public_id, 99])).status_code == 404
    assert case.documents.filter(title__contains="答复").count() == 0, "nothing is issued by looking"


@time_machine.travel(moment("2026-03-03"), tick=False)
def test_after_a_signature_comes_the_next_that_waits(office: Unit, team: Team) -> None:
    first = in_review(office, team["clerk"], on="2026-02-10")
    second = in_review(office, team["clerk"], on="2026-02-11")
    browser = team["reviewer"].client()
    way = browser.get(screen(first)).context["way"]
    assert (way.place, way.count, way.before, way.after) == (1, 2, None, second.public_id)
    gone = decide(browser, first, "pass")
    assert gone["Location"] == reverse("workbench:go", args=[second.public_id])
    assert browser.get(gone["Location"])["Location"] == screen(second)
    refused = decide(browser, second, "return")
    assert refused.status_code == 400 and "请先更正以下内容" in refused.content.decode()
    assert decide(browser, second, "return", comment="请补依据")["Location"] == reverse("workbench:inbox")
    assert [row.state for row in DisclosureRequest.objects.order_by("pk")] == ["clearing", "handling"]


@time_machine.travel(moment("2026-03-03"), tick=False)
def test_who_may_not_sign_has_no_buttons(office: Unit, team: Team, outsider: Person) -> None:
    case = in_review(office, team["clerk"])
    page = team["approver"].client().get(screen(case))
    assert (page.context["pass"], page.status_code) == (None, 200)
    assert outsider.client().get(screen(case)).status_code == 404
    assert Client().get(screen(case)).status_code == 302


@time_machine.travel(moment("2026-03-03"), tick=False)
def test_letters_are_signed_on_the_same_screen(hands: Hands) -> None:
    case = letter_in_review(hands)
    page = hands.reviewer.client().get(screen(case))
    assert len(page.context["pages"]) == 1
    decide(hands.reviewer.client(), case, "pass")
    case.refresh_from_db()
    assert case.state == "signing"


@time_machine.travel(moment("2026-02-11", 15), tick=False)
def test_remark_is_seen_by_colleagues_and_nobody_else(office: Unit, team: Team, citizen: Person) -> None:
    case = handled(office, team["clerk"], on="2026-02-10")
    DisclosureRequest.objects.filter(pk=case.pk).update(applicant=citizen.account)
    version = DisclosureRequest.objects.get(pk=case.pk).version
    url = reverse("workbench:say", args=[case.public_id])
    team["reviewer"].client().post(url, {"text": "附件二请再核对一遍"})
    page = team["clerk"].client().get(reverse("workbench_requests:detail", args=[case.public_id]))
    assert "附件二请再核对一遍" in page.content.decode()
    assert case.events.get(kind="remark").facts.keys() == {"payload_digest"}, (
        "words stay out of the log itself"
    )
    own = citizen.client().get(reverse("requests:detail", args=[case.public_id])).content.decode()
    assert "附件二" not in own and "内部留言" not in own
    actions.request_extension(
        case=case,
        days=5,
        reason="检索量大",
        actor=team["clerk"].actor,
        at=moment("2026-02-11", 16),
        seen_version=version,
    )
    assert case.events.filter(kind="request_extension").exists(), "a remark makes nobody's page stale"


def test_remark_of_a_stranger_is_not_taken(office: Unit, team: Team, outsider: Person) -> None:
    case = handled(office, team["clerk"])
    url = reverse("workbench:say", args=[case.public_id])
    assert outsider.client().post(url, {"text": "打听一下"}).status_code == 404
    assert not case.events.filter(kind="remark").exists()


class Counted:
    """A browser that counts: a click each link or button, a load each page that is shown in the end."""

    def __init__(self, person: Person) -> None:
        self.client, self.clicks, self.loads = person.client(), 0, 0

    def open(self, url: str, *, click: bool = True) -> str:
        self.clicks += click
        self.loads += 1
        page = self.client.get(url, follow=True)
        self.here = page.redirect_chain[-1][0] if page.redirect_chain else url
        assert page.status_code == 200
        return page.content.decode()

    def send(self, page: str, **data: Any) -> str:
        self.clicks += 1
        self.loads += 1
        version = re.search(r'name="version" value="(\d+)"', page)
        sent = self.client.post(
            self.here, {**data, **({"version": version[1]} if version else {})}, follow=True
        )
        assert sent.status_code == 200, sent.content.decode()[:3000]
        self.here = sent.redirect_chain[-1][0]
        return sent.content.decode()


@time_machine.travel(moment("2026-03-02", 9), tick=False)
def test_a_request_costs_its_four_people_few_clicks(office: Unit, team: Team) -> None:
    """25 clicks and 33 pages before; at most 14 and 14."""
    case = submitted(office, on="2026-03-02")
    go = reverse("workbench:go", args=[case.public_id])
    clerk = Counted(team["clerk"])
    assert go in clerk.open(reverse("workbench:inbox"), click=False)
    page = clerk.open(go)
    assert clerk.here.endswith("/register/")
    assert 'value="平台收到，2026年3月2日' in page
    today = {"received_on": "2026-03-02", "channel": "online", "evidence": "平台收到", "take": "on"}
    page = clerk.send(page, **today)
    assert clerk.here.endswith("/draft-reply/")
    clerk.send(page, position=1, kind="disclose", body="清单共12项，见附表。", submit_too="1")
    signers = [Counted(team[name]) for name in ("reviewer", "secrecy", "approver")]
    for signer in signers:
        told = Message.objects.filter(account=team[names(signer, team)].account).latest("pk")
        signer.send(signer.open(told.link, click=False), decision="pass")
    assert go in clerk.open(reverse("workbench:inbox"), click=False)
    page = clerk.open(go)
    assert clerk.here.endswith("/reply/")
    clerk.send(page)
    case.refresh_from_db()
    assert case.state == "answered"
    everybody = [clerk, *signers]
    clicks, loads = sum(one.clicks for one in everybody), sum(one.loads for one in everybody)
    assert (clicks, loads) == (8, 13)


def names(browser: Counted, team: Team) -> str:
    account = int(browser.client.session["_auth_user_id"])
    return next(name for name, one in team.items() if one.account.pk == account)


@pytest.mark.parametrize("key", ["j", "k", "Enter", "?"])
def test_keys_are_named_on_the_page(office: Unit, team: Team, key: str) -> None:
    cases = [in_review(office, team["clerk"], on=day) for day in ("2026-02-10", "2026-02-11", "2026-02-12")]
    text = team["reviewer"].client().get(screen(cases[1])).content.decode()
    assert f'data-key="{key}"' in text
