"""The pages of votes and surveys, as everyone and the units see them."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdfium2 import PdfDocument

from consultations.polls import actions
from consultations.polls.models import Ballot, Participation, Poll
from consultations.polls.queries import token_digest
from portal.core.numbering import normalise_code
from portal.units.models import Unit
from portal.web.proof import solve
from tests.cast import Person, moment, post_step
from tests.factories.polls import ANSWERS, approved, cast, counted, drafted

Team = dict[str, Person]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """Put the pages on a day; the puzzle of guests is small."""
    settings.PORTAL_PROOF_NUMBER = 50
    real: dict[str, Any] = {}

    def on(day: str) -> None:
        real["now"] = moment(day)

    on("2026-03-05")
    monkeypatch.setattr("django.utils.timezone.now", lambda: real["now"])
    monkeypatch.setattr("altcha.v1.time.time", lambda: real["now"].timestamp())
    return on


def page(name: str, case: Poll) -> str:
    return reverse(f"polls:{name}", args=[case.public_id])


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    return unescape(found.group(1)) if found else ""


def proof_in(html: str) -> str:
    found = re.search(r'data-proof="([^"]*)"', html)
    return solve(unescape(found.group(1))) if found else ""


def answer(client: Client, case: Poll, first: dict[str, Any], second: dict[str, Any], **extra: str) -> Any:
    """Fill both pages of the questionnaire in, as a browser does."""
    start = client.get(page("vote", case)).content.decode()
    carried = {name: hidden(start, name) for name in ("key", "so_far", "page")}
    middle = client.post(page("vote", case), {**carried, **first})
    if middle.status_code != 200 or "so_far" not in middle.content.decode():
        return middle
    html = middle.content.decode()
    carried = {name: hidden(html, name) for name in ("key", "so_far", "page")}
    return client.post(page("vote", case), {**carried, "proof": proof_in(html), **second, **extra})


def test_unsigned_and_unopened_polls_are_nobodys_page(office: Unit, team: Team, today: Any) -> None:
    draft = drafted(office, team["clerk"])
    case = approved(office, team)
    assert Client().get(page("detail", draft)).status_code == 404
    today("2026-03-01")
    assert Client().get(page("detail", case)).status_code == 404
    assert case.title not in Client().get(reverse("polls:home")).content.decode()


def test_guest_takes_part_over_two_pages_and_gets_a_receipt(office: Unit, team: Team, today: Any) -> None:
    case = approved(office, team)
    client = Client()
    done = answer(client, case, {"q1": "o1", "q3": "4"}, {"q4": "多开夜班车"})
    assert done.status_code == 200
    assert "您的回执码" in done.content.decode()
    ballot = Ballot.objects.get()
    assert ballot.answers == {"q1": "o1", "q3": 4, "q4": "多开夜班车"}
    assert "no-store" in done["Cache-Control"]
    again = answer(client, case, {"q1": "o2", "q3": "1"}, {})
    assert again.status_code == 409
    assert "只能参加一次" in again.content.decode()


def test_guest_without_proof_or_with_a_used_one_is_refused(office: Unit, team: Team, today: Any) -> None:
    case = approved(office, team)
    client = Client()
    bare = answer(client, case, {"q1": "o1", "q3": "4"}, {"q4": "夜班车", "proof": ""})
    assert bare.status_code == 400
    assert "没有完成自动验证" in bare.content.decode()
    assert "夜班车" in bare.content.decode()
    start = client.get(page("vote", case)).content.decode()
    html = client.post(
        page("vote", case),
        {"q1": "o1", "q3": "4", **{n: hidden(start, n) for n in ("key", "so_far", "page")}},
    ).content.decode()
    proof = proof_in(html)
    carried = {name: hidden(html, name) for name in ("key", "so_far", "page")}
    assert client.post(page("vote", case), {**carried, "proof": proof}).status_code == 200
    other = Client()
    other.get(page("vote", case))
    replay = other.post(page("vote", case), {**carried, "key": "another-key", "proof": proof})
    assert replay.status_code == 400
    assert "已经使用过" in replay.content.decode()
    assert Ballot.objects.count() == 1


def test_problems_stand_beside_the_question_and_nothing_is_lost(office: Unit, team: Team, today: Any) -> None:
    case = approved(office, team)
    client = Client()
    bad = answer(client, case, {"q1": "o3", "q3": "4"}, {})
    html = bad.content.decode()
    assert bad.status_code == 400
    assert html.count("请回答“开车的困难”") == 2
    assert re.search(r'value="o3"[^>]*checked', html)
    assert Participation.objects.count() == 0


def test_carried_answers_cannot_be_forged(office: Unit, team: Team, today: Any) -> None:
    case = approved(office, team)
    client = Client()
    start = client.get(page("vote", case)).content.decode()
    forged = {"key": hidden(start, "key"), "so_far": "eyJxMSI6Im85In0:forged", "page": "1", "q4": "x"}
    html = client.post(page("vote", case), forged)
    assert html.status_code == 400
    assert Ballot.objects.count() == 0


def test_account_poll_asks_for_a_log_in(office: Unit, team: Team, citizen: Person, today: Any) -> None:
    case = approved(office, team, who="account")
    assert "请先" in Client().get(page("vote", case)).content.decode()
    done = answer(citizen.client(), case, {"q1": "o1", "q3": "5"}, {})
    assert "您的回执码" in done.content.decode()


def test_token_poll_takes_the_token_of_the_letter(office: Unit, team: Team, today: Any) -> None:
    case = approved(office, team, who="token")
    token = case.__dict__["made_tokens"][0]
    wrong = answer(Client(), case, {"q1": "o1", "q3": "5"}, {}, token="ABCDEFGH2345")
    assert wrong.status_code == 409
    assert "ABCDEFGH2345" in wrong.content.decode()
    assert answer(Client(), case, {"q1": "o1", "q3": "5"}, {}, token=token).status_code == 200


@pytest.mark.parametrize("name", ["detail", "home", "vote", "receipt", "xlsx", "csv", "json"])
def test_hidden_result_is_nowhere_before_it_is_public(
    office: Unit, team: Team, supervisor: Person, today: Any, name: str
) -> None:
    case = approved(office, team)
    for number in range(7):
        cast(case, f"k{number}", {"q1": "o2", "q3": 3})
    actions.count_running(at=moment("2026-03-05"))
    urls = [reverse("polls:home") if name == "home" else page(name, case)]
    urls.append(reverse("api-poll-result", args=[case.public_id]))
    for url in urls:
        html = Client().get(url).content.decode()
        assert "7 张" not in html
        assert '"ballots"' not in html
        assert "7 人" not in html
    staff = team["clerk"].client().get(reverse("workbench_polls:detail", args=[case.public_id]))
    assert "参加人数" not in staff.content.decode()
    actions.close_ended(at=moment("2026-03-21"))
    today("2026-03-21")
    assert "有效选票" not in Client().get(page("detail", case)).content.decode()
    assert Client().get(page("json", case)).status_code == 404


def bars(html: str) -> list[int]:
    """The lengths of the bars of a page, in thousandths of a full one."""
    return [int(width) for width in re.findall(r'class="length" width="(\d+)"', html)]


def test_published_result_is_one_everywhere(office: Unit, team: Team, today: Any) -> None:
    case = counted(office, team, votes=0)
    case = approved(office, team, title="第二次调查")
    receipts = [cast(case, f"k{n}", {"q1": "o1", "q3": n + 1, "q4": "=夜班车"}).receipt for n in range(3)]
    actions.close_ended(at=moment("2026-03-21"))
    case = Poll.objects.get(pk=case.pk)
    actions.publish_result(case=case, actor=team["approver"].actor, at=moment("2026-03-23"))
    today("2026-03-24")
    html = Client().get(page("detail", case)).content.decode()
    assert "有效选票 <strong>3</strong> 张" in html
    assert "100.0%" in html
    assert bars(html) == [1000, 0, 0, 0, 0, 0, 333, 333, 333, 0, 0]
    sealed = json.loads(Client().get(page("json", case)).content)
    through_api = Client().get(reverse("api-poll-result", args=[case.public_id])).json()
    assert sealed["sha256"] == through_api["sha256"]
    assert sealed["sha256"] in html
    assert sealed["data"]["questions"] == through_api["data"]["questions"]
    table = Client().get(page("csv", case)).content.decode("utf-8-sig")
    assert "公交,3" in table
    assert "'=夜班车" in table
    assert Client().get(page("xlsx", case)).content[:2] == b"PK"
    good = Client().post(page("receipt", case), {"receipt": receipts[0]}).content.decode()
    assert "已经计入结果" in good
    assert "没有这个回执码" in Client().post(page("receipt", case), {"receipt": "nonsense"}).content.decode()


def test_tracking_box_knows_a_ballot_by_its_receipt(office: Unit, team: Team, today: Any) -> None:
    case = approved(office, team)
    receipt = cast(case, "k1", {"q1": "o1", "q3": 1, "q4": "夜班车"}).receipt

    def asked(typed: str, where: str = "requests:track") -> tuple[int, str]:
        answer = Client().post(reverse(where), {"number": typed, "code": ""})
        return answer.status_code, answer.content.decode()

    for where in ("requests:track", "mailbox:track"):
        code, html = asked(f" {receipt.upper()} ", where)
        assert code == 200
        assert "这张选票已经收到" in html
        assert case.title in html
    code, html = asked("0" * 20)
    assert code == 400
    assert "请填写查询码" in html
    actions.close_ended(at=moment("2026-03-21"))
    actions.publish_result(
        case=Poll.objects.get(pk=case.pk), actor=team["approver"].actor, at=moment("2026-03-23")
    )
    today("2026-03-24")
    assert "已经计入结果" in asked(receipt)[1]


def test_staff_make_a_poll_by_the_page(office: Unit, clerk: Person, outsider: Person, today: Any) -> None:
    client = clerk.client()
    data = {name: str(value) for name, value in ANSWERS.items() if not isinstance(value, bool)}
    data["unit"] = str(office.pk)
    bad = client.post(reverse("workbench_polls:new"), {**data, "secrecy": "named"})
    assert bad.status_code == 400
    assert "须由注册用户参加" in bad.content.decode()
    assert client.post(reverse("workbench_polls:new"), data).status_code == 302
    case = Poll.objects.get()
    url = reverse("workbench_polls:question_new", args=[case.public_id])
    short = client.post(url, {"page": "1", "kind": "single", "title": "一题", "options": "只有一个"})
    assert short.status_code == 400
    assert "至少要有两个选项" in short.content.decode()
    whole = {"page": "1", "kind": "single", "title": "一题", "required": "on", "options": "甲\n乙"}
    assert client.post(url, whole).status_code == 302
    follow = {"page": "1", "kind": "text", "title": "为什么", "show_if": "q1:o2"}
    assert client.post(url, follow).status_code == 302
    edit = reverse("workbench_polls:question", args=[case.public_id, "q1"])
    assert "甲" in client.get(edit).content.decode()
    act = reverse("workbench_polls:question_act", args=[case.public_id, "q1", "remove"])
    client.post(act)
    case.refresh_from_db()
    assert len(case.definition["pages"][0]["questions"]) == 2
    assert "一题" in client.get(reverse("workbench_polls:preview", args=[case.public_id])).content.decode()
    for name in ("detail", "preview", "tokens", "question_new"):
        foreign = reverse(f"workbench_polls:{name}", args=[case.public_id])
        assert outsider.client().get(foreign).status_code == 404


def test_tokens_are_handed_out_once_as_a_file(office: Unit, clerk: Person, today: Any) -> None:
    case = drafted(office, clerk, who="token")
    url = reverse("workbench_polls:tokens", args=[case.public_id])
    assert clerk.client().post(url, {"count": "0"}).status_code == 400
    made = clerk.client().post(url, {"count": "5", "made_as": "sheet"})
    assert made.content[:2] == b"PK"
    assert case.tokens.count() == 5


def test_tokens_are_printed_on_letters_or_not_made_at_all(
    office: Unit, clerk: Person, today: Any, monkeypatch: Any
) -> None:
    case = drafted(office, clerk, who="token")
    url = reverse("workbench_polls:tokens", args=[case.public_id])
    many = clerk.client().post(url, {"count": "501", "made_as": "letters"})
    assert many.status_code == 400 and "分批" in many.content.decode()
    made = clerk.client().post(url, {"count": "52", "made_as": "letters"})
    with PdfDocument(made.content) as letters:
        assert len(letters) == 52
        words = letters[51].get_textpage().get_text_range()
    # The code has a line of its own; the poll's address above it has groups of signs and digits too.
    found = re.search(r"(?m)^[2-9A-Z]{4} ?- ?[2-9A-Z]{4} ?- ?[2-9A-Z]{4} ?$", words.replace("\r\n", "\n"))
    assert found is not None and case.title in words.replace("\r\n", "")
    digest = token_digest(case, normalise_code(found.group()))
    assert case.tokens.filter(digest=digest).count() == 1

    def broken(html: str) -> bytes:
        raise OSError

    monkeypatch.setattr("consultations.polls.printing.render_pdf", broken)
    with pytest.raises(OSError):
        clerk.client().post(url, {"count": "3", "made_as": "letters"})
    assert case.tokens.count() == 52


def test_invalidation_by_the_pages(office: Unit, team: Team, today: Any) -> None:
    case = approved(office, team, shows_running=True)
    for number in range(3):
        cast(case, f"k{number}")
    clerk, approver = team["clerk"].client(), team["approver"].client()
    url = reverse("workbench_polls:step", args=[case.public_id, "propose-invalidation"])
    assert clerk.post(url, {"reason": "刷票"}).status_code == 400
    assert post_step(clerk, url, {"origin_from": "3", "reason": "同一网络刷票"}).status_code == 302
    job = case.invalidations.get()
    decide = reverse("workbench_polls:decide", args=[case.public_id, job.pk, "confirm"])
    clerk.post(decide)
    assert Ballot.objects.filter(invalidated_by__isnull=False).count() == 0
    approver.post(decide)
    assert Ballot.objects.filter(invalidated_by=job).count() == 3
    revoke = reverse("workbench_polls:decide", args=[case.public_id, job.pk, "revoke"])
    approver.post(revoke)
    assert Ballot.objects.filter(invalidated_by__isnull=False).count() == 0


def test_words_of_a_sheet_sent_after_the_end_are_given_back(office: Unit, team: Team, today: Any) -> None:
    case = approved(office, team)
    today("2026-03-25")
    answer_late = Client().post(page("vote", case), {"page": "1", "q4": "请多开夜班车"})
    html = answer_late.content.decode()
    assert answer_late.status_code == 400
    assert "现在不能参加，答卷没有提交" in html
    assert "请多开夜班车" in html
    assert Participation.objects.count() == 0
