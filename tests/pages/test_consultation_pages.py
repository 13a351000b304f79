"""The pages of public comment, as everyone, a writer and the drafting unit see them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from consultations import actions, queries
from consultations.models import Comment, PublicConsultation
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from portal.web.proof import solve
from tests.cast import Person, moment, post_step
from tests.factories.consultations import ANSWERS, TEXT, announced, closed, drafted, said

Team = dict[str, Person]
LONG_AGO = "2026-03-05"


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """Put the pages on a day of March 2026; the puzzle of guests is small."""
    settings.PORTAL_PROOF_NUMBER = 50

    def on(day: str) -> None:
        fixed = moment(day)
        monkeypatch.setattr("django.utils.timezone.now", lambda: fixed)
        monkeypatch.setattr("altcha.v1.time.time", fixed.timestamp)

    on(LONG_AGO)
    return on


def post(case: PublicConsultation, data: dict[str, Any], client: Client | None = None) -> Any:
    """Send a comment as a guest's browser does, its proof of work included."""
    browser = client or Client()
    form = browser.get(page("comment", case)).content.decode()
    found = re.search(r'data-proof="([^"]*)"', form)
    proof = solve(unescape(found.group(1))) if found else ""
    return browser.post(page("comment", case), {**data, "proof": proof})


def page(name: str, case: PublicConsultation, **more: Any) -> str:
    return reverse(f"consultations:{name}", args=[case.public_id])


def test_unsigned_consultation_is_nobodys_page(office: Unit, clerk: Person, today: Any) -> None:
    case = drafted(office, clerk)
    assert Client().get(page("detail", case)).status_code == 404
    assert case.title not in Client().get(reverse("consultations:home")).content.decode()


def test_signed_consultation_is_hidden_until_its_day(office: Unit, team: Team, today: Any) -> None:
    case = announced(office, team)
    today("2026-03-01")
    assert Client().get(page("detail", case)).status_code == 404
    today("2026-03-02")
    shown = Client().get(page("detail", case))
    assert shown.status_code == 200
    assert shown["Cache-Control"].startswith("public")
    words = shown.content.decode()
    assert "第四条" in words
    assert '<meta name="PubDate" content="2026-03-02">' in words
    assert "水质检测结果每季度公布一次。" in words
    assert "2026年3月31日" in words


def test_comment_on_a_clause_is_counted_beside_it(office: Unit, team: Team, today: Any) -> None:
    case = announced(office, team)
    client = Client()
    form = client.get(f"{page('comment', case)}?clause=t4").content.decode()
    assert "水质检测结果每季度公布一次。" in form
    said_once = {"clause": "t4", "attitude": "change", "writer": "person", "text": "建议每月公布一次。"}
    sent = post(case, {**said_once, "key": "abc"}, client)
    assert sent.status_code == 302
    again = post(case, {**said_once, "key": "abc"}, client)
    assert again["Location"] == sent["Location"]
    assert Comment.objects.count() == 1
    receipt = client.get(sent["Location"]).content.decode()
    assert "第1条意见" in receipt
    assert "1 条意见" in client.get(page("detail", case)).content.decode()
    assert "建议每月公布一次。" in client.get(f"{page('comments', case)}?clause=t4").content.decode()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "请填写意见内容"), ("好的", "至少写4个字"), ("长" * 3001, "不能超过3000字")],
)
def test_bad_comment_gets_a_sentence_and_keeps_the_words(
    office: Unit, team: Team, today: Any, text: str, sentence: str
) -> None:
    case = announced(office, team)
    answer = post(case, {"clause": "t4", "writer": "person", "text": text, "email": "不是邮箱"})
    words = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in words
    assert "电子邮箱格式不正确" in words
    assert "不是邮箱" in words
    assert Comment.objects.count() == 0


def test_comment_after_the_last_day_is_refused(office: Unit, team: Team, today: Any) -> None:
    case = announced(office, team)
    today("2026-04-01")
    answer = Client().post(page("comment", case), {"writer": "person", "text": "晚了一天的意见。"})
    assert answer.status_code in (400, 409)
    assert "不接收意见" in answer.content.decode()


def test_guest_without_the_proof_is_told_what_to_do(office: Unit, team: Team, today: Any) -> None:
    case = announced(office, team)
    answer = Client().post(page("comment", case), {"writer": "person", "text": "建议每月公布一次。"})
    assert answer.status_code == 400
    assert "没有完成自动验证" in answer.content.decode()
    assert "建议每月公布一次。" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_flood_from_one_address_is_stopped(office: Unit, team: Team, today: Any, settings: Any) -> None:
    settings.PORTAL_COMMENTS_PER_HOUR = 2
    case = announced(office, team)
    codes = [
        post(case, {"writer": "person", "text": f"第{index}条不同的意见。"}).status_code for index in range(3)
    ]
    assert codes == [302, 302, 429]


def test_account_only_asks_a_guest_to_log_in(office: Unit, team: Team, citizen: Person, today: Any) -> None:
    case = announced(office, team, access="account")
    data = {"writer": "person", "text": "建议每月公布一次。"}
    answer = post(case, data)
    assert answer.status_code == 409
    assert "请先登录" in answer.content.decode()
    assert citizen.client().post(page("comment", case), data).status_code == 302


def test_hidden_display_shows_no_comment_anywhere(office: Unit, team: Team, today: Any) -> None:
    case = announced(office, team, display="hidden")
    said(case, "只给起草单位看的意见。", key="a")
    for name in ("detail", "comments"):
        assert "只给起草单位看的意见" not in Client().get(page(name, case)).content.decode()


def test_writer_withdraws_by_the_link(office: Unit, team: Team, today: Any) -> None:
    case = announced(office, team)
    done = said(case, "建议每月公布一次。", key="a")
    client = Client()
    client.post(reverse("consultations:withdraw", args=[done.token]))
    assert "您已撤回" in client.get(reverse("consultations:own", args=[done.token])).content.decode()
    assert client.get(reverse("consultations:own", args=["unknown"])).status_code == 404


def test_name_and_mail_are_on_no_page(office: Unit, team: Team, today: Any) -> None:
    case = announced(office, team)
    said(case, "建议每月公布一次。", key="a", name="梁䶮", email="liang@example.org")
    staff = team["clerk"].client()
    shown = [
        Client().get(page("detail", case)),
        Client().get(page("comments", case)),
        staff.get(reverse("workbench_consultations:comments", args=[case.public_id])),
    ]
    for answer in shown:
        assert "梁䶮" not in answer.content.decode()
        assert "liang@example.org" not in answer.content.decode()
    sealed = Comment.objects.values_list("name", flat=True)
    assert list(sealed) == ["梁䶮"]


def test_feedback_page_comes_with_the_feedback(office: Unit, team: Team, today: Any) -> None:
    case = closed(office, team)
    today("2026-04-10")
    for name in ("feedback", "compare", "feedback_xlsx"):
        assert Client().get(page(name, case)).status_code == 404
    _feed_back(case, team)
    words = Client().get(page("feedback", case)).content.decode()
    assert "费用分担由国家有关规定确定" in words
    assert "第三条第（二）项" in words
    marked = Client().get(page("compare", case)).content.decode()
    assert "<del>" in marked
    assert "<ins>" in marked
    for view in ("both", "clean", "nonsense"):
        assert Client().get(f"{page('compare', case)}?view={view}&old=9&new=x").status_code == 200
    table = Client().get(page("feedback_xlsx", case))
    assert table.content[:2] == b"PK"


def _feed_back(case: PublicConsultation, team: Team) -> None:
    run_due()
    target = queries.find_clause(queries.current_version(case), "t3.x2")
    for row in queries.comments_of(case):
        adopted = row.clause is not None
        actions.dispose(
            case=case,
            comments=[row],
            outcome="adopted" if adopted else "rejected",
            reason="" if adopted else "费用分担由国家有关规定确定。",
            target=target if adopted else None,
            actor=team["clerk"].actor,
            at=moment("2026-04-03"),
        )
    actions.submit_feedback(
        case=case, summary="总体情况。", actor=team["clerk"].actor, at=moment("2026-04-07")
    )
    actions.review_feedback(case=case, actor=team["reviewer"].actor, at=moment("2026-04-08"))
    actions.clear_feedback(case=case, actor=team["secrecy"].actor, at=moment("2026-04-08", 15))
    actions.feed_back(case=case, actor=team["approver"].actor, at=moment("2026-04-09"))


def test_staff_begin_by_the_page(office: Unit, clerk: Person, today: Any) -> None:
    client = clerk.client()
    answers = {name: str(value) for name, value in ANSWERS.items()} | {"unit": str(office.pk)}
    short = client.post(reverse("workbench_consultations:new"), {**answers, "closes_on": "2026-03-05"})
    assert short.status_code == 400
    assert "征集期不少于7个工作日" in short.content.decode()
    made = client.post(reverse("workbench_consultations:new"), answers)
    case = PublicConsultation.objects.get()
    assert made.status_code == 302
    step = reverse("workbench_consultations:step", args=[case.public_id, "add-version"])
    empty = client.post(step, {"title": "稿", "version": case.version})
    assert empty.status_code == 400
    assert "请粘贴全文" in empty.content.decode()
    assert client.post(step, {"title": "稿", "text": TEXT, "version": case.version}).status_code == 302
    assert case.versions.get().clauses.filter(kind="article").count() == 4


def test_staff_upload_a_docx(office: Unit, clerk: Person, today: Any, tmp_path: Any) -> None:
    case = actions.open_draft(answers=ANSWERS, unit=office, actor=clerk.actor, at=moment("2026-02-24"))
    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    path = tmp_path / "draft.docx"
    document.save(str(path))
    step = reverse("workbench_consultations:step", args=[case.public_id, "add-version"])
    with path.open("rb") as file:
        assert post_step(clerk.client(), step, {"title": "稿", "file": file}).status_code == 302
    assert case.versions.get().clauses.filter(kind="article").count() == 4
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04 not a document")
    with bad.open("rb") as file:
        refused = clerk.client().post(step, {"title": "稿", "file": file})
    assert refused.status_code == 400


def test_another_units_clerk_sees_nothing(office: Unit, clerk: Person, outsider: Person, today: Any) -> None:
    case = drafted(office, clerk)
    client = outsider.client()
    for name in ("detail", "comments", "paper"):
        url = reverse(f"workbench_consultations:{name}", args=[case.public_id])
        assert client.get(url).status_code == 404
    assert clerk.client().get(reverse("workbench_consultations:list")).status_code == 200


def test_supervisor_sees_every_consultation(
    office: Unit, clerk: Person, supervisor: Person, today: Any
) -> None:
    case = drafted(office, clerk)
    url = reverse("workbench_consultations:detail", args=[case.public_id])
    assert supervisor.client().get(url).status_code == 200


def test_dispositions_by_the_page_go_on_to_the_next(office: Unit, team: Team, today: Any) -> None:
    case = closed(office, team)
    run_due()
    today("2026-04-03")
    client = team["clerk"].client()
    rows = list(queries.comments_of(case).order_by("number"))
    url = reverse("workbench_consultations:comment", args=[case.public_id, rows[0].public_id])
    missing = post_step(client, url, {"outcome": "rejected", "reason": "", "alike": "on"})
    assert missing.status_code == 400
    assert "须说明理由" in missing.content.decode()
    target = queries.find_clause(queries.current_version(case), "t3.x2")
    assert target is not None
    done = post_step(client, url, {"outcome": "adopted", "target": target.pk, "alike": "on"})
    assert str(rows[2].public_id) in done["Location"]
    assert queries.undisposed(case) == 1


def test_moderation_by_the_page(office: Unit, team: Team, today: Any) -> None:
    case = announced(office, team)
    said(case, "请打我电话13800000001详谈。", key="b")
    client = team["clerk"].client()
    url = reverse("workbench_consultations:moderate", args=[case.public_id])
    client.post(url, {"number": "1", "decision": "remove", "reason": ""})
    assert not Comment.objects.get().removed_at
    client.post(url, {"number": "1", "decision": "remove", "reason": "含有手机号码", "list": "waiting"})
    assert Comment.objects.get().removed_reason == "含有手机号码"


def test_every_step_page_opens(office: Unit, team: Team, today: Any) -> None:
    case = announced(office, team)
    for who, verb in (("clerk", "enter-comment"), ("approver", "prolong"), ("approver", "cancel")):
        url = reverse("workbench_consultations:step", args=[case.public_id, verb])
        answer = team[who].client().get(url)
        assert answer.status_code == 200
        assert "目前不能办理" not in answer.content.decode()
    url = reverse("workbench_consultations:step", args=[case.public_id, "prolong"])
    refused = post_step(team["approver"].client(), url, {"closes_on": "2026-03-20", "reason": "提前"})
    assert refused.status_code == 400
    assert "须晚于现在的截止日" in refused.content.decode()


def test_queries_of_the_public_page_do_not_grow(
    office: Unit, team: Team, today: Any, django_assert_max_num_queries: Any
) -> None:
    case = announced(office, team)
    for index in range(30):
        said(case, f"第{index}条各不相同的意见，说的是不同的事。", key=f"k{index}", clause="t4")
    with django_assert_max_num_queries(12):
        Client().get(page("detail", case))
    with django_assert_max_num_queries(12):
        Client().get(page("comments", case))
    assert case.closes_on == date(2026, 3, 31)


def test_words_sent_after_the_end_are_given_back(office: Unit, team: Team, today: Any) -> None:
    case = closed(office, team)
    today("2026-12-01")
    answer = post(case, {"text": "第三条的期限太短，建议改为三十日。"})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "没有提交，可以复制保存" in html
    assert "第三条的期限太短，建议改为三十日。" in html
    assert not Comment.objects.filter(text__contains="三十日").exists()
