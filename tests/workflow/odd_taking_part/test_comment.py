"""Public comment: only what was signed is public, no words are lost, nobody is counted for the other side."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions, queries
from consultations.actions.drafting import FIELDS
from consultations.models import Comment, PublicConsultation
from consultations.verbs import VERBS
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.jobs.outbox import run_due
from portal.publishing import takedown
from portal.search.queries import search
from portal.units.models import Unit
from tests.cast import SHANGHAI, Person, moment
from tests.factories.consultations import ANSWERS, REVISED, TEXT, announced, closed, drafted, said

Team = dict[str, Person]
PDF = b"%PDF-1.4\n%%EOF\n"
SECRET = TEXT.replace("维护用户", "依据机密内参维护用户")
PERSONAL = "联系人身份证号11010519491231002X"


def disposed(case: PublicConsultation, team: Team, reason: str = "费用由国家规定。") -> None:
    for row in queries.comments_of(case):
        target = queries.target_choices(case).filter(ref="t3.x2").first() if row.clause else None
        actions.dispose(
            case=case,
            comments=[row],
            outcome="adopted" if target else "rejected",
            reason="" if target else reason,
            target=target,
            actor=team["clerk"].actor,
            at=moment("2026-04-03"),
        )


def fed_back(case: PublicConsultation, team: Team) -> PublicConsultation:
    run_due()
    disposed(case, team)
    facts: dict[str, Any] = {"case": case}
    actions.submit_feedback(
        summary="集中在停水告知。", actor=team["clerk"].actor, at=moment("2026-04-07"), **facts
    )
    actions.review_feedback(actor=team["reviewer"].actor, at=moment("2026-04-08"), **facts)
    actions.clear_feedback(actor=team["secrecy"].actor, at=moment("2026-04-08", 15), **facts)
    actions.feed_back(actor=team["approver"].actor, at=moment("2026-04-09"), **facts)
    run_due()
    return PublicConsultation.objects.get(pk=case.pk)


def test_text_that_the_secrecy_review_sent_back_is_never_compared(office: Unit, team: Team) -> None:
    case = actions.open_draft(
        answers=ANSWERS,
        unit=office,
        actor=team["clerk"].actor,
        at=moment("2026-02-24"),
    )
    clerk, at = team["clerk"].actor, moment("2026-02-24", 11)
    actions.add_version(case=case, title="办法", text=SECRET, actor=clerk, at=at)
    actions.submit_draft(case=case, actor=clerk, at=at)
    actions.review_draft(case=case, actor=team["reviewer"].actor, at=at)
    actions.return_draft(case=case, comment="涉密，删去", actor=team["secrecy"].actor, at=at)
    actions.add_version(case=case, title="办法", text=TEXT, actor=clerk, at=at)
    actions.submit_draft(case=case, actor=clerk, at=at)
    actions.review_draft(case=case, actor=team["reviewer"].actor, at=at)
    actions.clear_draft(case=case, actor=team["secrecy"].actor, at=at)
    actions.announce(case=case, actor=team["approver"].actor, at=at)
    said(case, "停水应当至少提前两天告知用户。", key="k1", clause="t3.x2")
    actions.close(case=case, actor=clerk, at=moment("2026-04-01", 9))
    actions.add_version(case=case, title="修改稿", text=REVISED, actor=clerk, at=moment("2026-04-02"))
    done = fed_back(case, team)
    assert [version.number for version in queries.versions_of(done)] == [1, 2, 3]
    assert [version.number for version in queries.public_versions(done)] == [2, 3]
    page = reverse("consultations:compare", args=[done.public_id])
    for address in (page, f"{page}?old=1&new=3", f"{page}?old=1&new=2&view=both"):
        assert "机密内参" not in Client().get(address).content.decode()
    for name in ("detail", "feedback"):
        shown = Client().get(reverse(f"consultations:{name}", args=[done.public_id])).content.decode()
        assert "机密内参" not in shown
    assert search("“机密内参”").total == 0, "nor are its words, asked for exactly"


def test_paper_added_after_the_submission_is_refused(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    clerk = team["clerk"].actor
    actions.attach_paper(case=case, name="说明.pdf", data=PDF, actor=clerk, at=moment("2026-02-24"))
    before = queries.content_digest(case)
    actions.submit_draft(case=case, actor=clerk, at=moment("2026-02-25"))
    actions.review_draft(case=case, actor=team["reviewer"].actor, at=moment("2026-02-25"))
    actions.clear_draft(case=case, actor=team["secrecy"].actor, at=moment("2026-02-25"))
    with pytest.raises(InvalidInput, match="已经送审，不能再添加附件"):
        actions.attach_paper(case=case, name="密.pdf", data=PDF, actor=clerk, at=moment("2026-02-26"))
    assert [file.name for file in case.files.all()] == ["说明.pdf"]
    actions.recall_draft(case=case, actor=clerk, at=moment("2026-02-26"))
    actions.attach_paper(case=case, name="图.pdf", data=PDF, actor=clerk, at=moment("2026-02-26"))
    assert queries.content_digest(case) != before
    assert [event.kind for event in case.events.filter(kind="attach_paper")] == ["attach_paper"] * 2
    with pytest.raises(StepRefused):
        actions.announce(case=case, actor=team["approver"].actor, at=moment("2026-02-26"))


def test_paper_can_be_taken_away_before_the_review(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    clerk = team["clerk"].actor
    row = actions.attach_paper(case=case, name="错.pdf", data=PDF, actor=clerk, at=moment("2026-02-24"))
    actions.remove_paper(case=case, file=row, actor=clerk, at=moment("2026-02-24", 12))
    assert case.files.count() == 0


def test_opposite_opinions_are_two_texts(office: Unit, team: Team) -> None:
    case = announced(office, team)
    words = "把中心城区路侧停车费提高到每小时五元，并且同步增加公交班次和夜班车线路。"
    said(case, f"我同意{words}", key="yes", attitude="")
    said(case, f"我不同意{words}", key="no", attitude="")
    said(case, f"同意{words}", key="yes2", attitude="")
    said(case, f"我同意{words}", key="yes3", attitude="oppose")
    said(case, f"我同意{words.replace('五', '三')}", key="yes4", attitude="")
    run_due()
    groups = list(Comment.objects.order_by("number").values_list("group__id", flat=True))
    assert len(set(groups)) == 4
    assert groups[0] == groups[2]
    actions.close(case=case, actor=team["clerk"].actor, at=moment("2026-04-01"))
    first = Comment.objects.get(number=1)
    done = actions.dispose_alike(
        case=case,
        comment=first,
        outcome="rejected",
        reason="另行研究。",
        target=None,
        actor=team["clerk"].actor,
        at=moment("2026-04-02"),
    )
    assert done == 2
    rows = [(row.text[:4], row.senders) for row in queries.feedback_rows(case)]
    assert rows == [("我同意把", 2)]


def entered(case: PublicConsultation, team: Team, text: str, key: str) -> Any:
    return actions.enter_comment(
        case=case,
        clause="",
        attitude="",
        writer="person",
        text=text,
        name="",
        email="",
        channel="post",
        evidence="3月5日来信",
        came_on=datetime(2026, 3, 5).date(),
        key=key,
        actor=team["clerk"].actor,
        at=moment("2026-03-06"),
    )


def test_second_letter_of_the_same_key_is_not_answered_as_received(office: Unit, team: Team) -> None:
    case = announced(office, team)
    entered(case, team, "水价应当分级。", "same")
    assert entered(case, team, "水价应当分级。", "same").repeated
    with pytest.raises(StepRefused, match="不同内容"):
        entered(case, team, "水质应当每月公布。", "same")


def test_two_letters_from_pages_of_the_same_version_are_two(office: Unit, team: Team) -> None:
    case = announced(office, team)
    verb = VERBS["enter_comment"]
    for text in ("水价应当分级。", "水质应当每月公布。", "水质应当每月公布。"):
        verb.act(
            case=case,
            seen_version=5,
            clause="",
            attitude="",
            writer="person",
            text=text,
            name="",
            email="",
            channel="post",
            evidence="3月5日来信",
            came_on=datetime(2026, 3, 5).date(),
            actor=team["clerk"].actor,
            at=moment("2026-03-06"),
        )
    assert list(Comment.objects.order_by("number").values_list("text", flat=True)) == [
        "水价应当分级。",
        "水质应当每月公布。",
    ]


@pytest.mark.parametrize(
    "change", [{"attitude": "oppose"}, {"clause": "t4"}, {"text": "停水应提前三天告知。"}]
)
def test_comment_changed_with_the_same_key_is_told_so(
    office: Unit, team: Team, change: dict[str, Any]
) -> None:
    case = announced(office, team)
    said(case, "停水应提前两天告知。", key="k")
    text = change.pop("text", "停水应提前两天告知。")
    with pytest.raises(StepRefused, match="不同内容"):
        said(case, text, key="k", **change)


def test_unseen_comment_stays_out_of_the_table_where_all_are_looked_at(office: Unit, team: Team) -> None:
    case = announced(office, team, display="reviewed")
    said(case, "某局长李某某收受好处，应当查处。", key="k1")
    said(case, "水价应当分级。", key="k2")
    second = Comment.objects.get(number=2)
    facts: dict[str, Any] = {"case": case, "reason": "", "actor": team["clerk"].actor}
    actions.moderate(comments=[second], decision="show", at=moment("2026-03-06"), **facts)
    actions.close(case=case, actor=team["clerk"].actor, at=moment("2026-04-01"))
    disposed(case, team)
    shown = {row.text for row in queries.feedback_rows(case)}
    assert shown == {"（内容含有不宜公开的信息，未列出）", "水价应当分级。"}


def test_comment_comes_down_from_the_published_table_and_its_paper(office: Unit, team: Team) -> None:
    case = fed_back(closed(office, team), team)
    row = Comment.objects.get(number=3)
    before = queries.public_papers(case).get(kind="consultation_feedback")
    actions.moderate(
        case=case,
        comments=[row],
        decision="hide_text",
        reason="点名他人",
        actor=team["reviewer"].actor,
        at=moment("2026-04-20"),
    )
    texts = [entry.text for entry in queries.feedback_rows(case)]
    assert texts == ["（内容含有不宜公开的信息，未列出）", "停水应当至少提前两天告知用户。"]
    after = queries.public_papers(case).get(kind="consultation_feedback")
    assert (before.pk != after.pk, "费用应当全部" in str(after.facts)) == (True, False)


def test_cancelled_consultation_shows_no_comments(office: Unit, team: Team) -> None:
    case = announced(office, team)
    said(case, "水价应当分级。", key="k1", clause="t4")
    assert (queries.tally(case).shown, sum(queries.clause_counts(case).values())) == (1, 1)
    actions.cancel(case=case, reason="另行起草", actor=team["approver"].actor, at=moment("2026-03-06"))
    run_due()
    assert (queries.tally(case).shown, queries.clause_counts(case)) == (0, {})


def test_whole_consultation_comes_down_at_once_and_back_through_review(office: Unit, team: Team) -> None:
    case = fed_back(closed(office, team), team)
    today = moment("2026-04-20").date()
    takedown.take_down(case=case, reason="附件有误", actor=team["reviewer"].actor, at=moment("2026-04-20"))
    with pytest.raises(NotFound, match="已于2026年4月20日撤下。理由：附件有误"):
        queries.find_public(case.public_id, today)
    assert list(queries.listed(today)) == []
    takedown.submit_return(case=case, actor=team["clerk"].actor, at=moment("2026-04-21"))
    with pytest.raises(StepRefused, match="等待的不是签发"):
        takedown.restore(case=case, actor=team["approver"].actor, at=moment("2026-04-21"))
    takedown.review_return(case=case, actor=team["reviewer"].actor, at=moment("2026-04-21"))
    takedown.clear_return(case=case, actor=team["secrecy"].actor, at=moment("2026-04-21"))
    takedown.restore(case=case, actor=team["approver"].actor, at=moment("2026-04-22"))
    assert queries.find_public(case.public_id, today).pk == case.pk


def test_nobody_comments_on_what_is_taken_down(office: Unit, team: Team) -> None:
    case = announced(office, team)
    takedown.take_down(case=case, reason="有误", actor=team["approver"].actor, at=moment("2026-03-04"))
    with pytest.raises(StepRefused, match="已经撤下"):
        said(case, "水价应当分级。", key="k1")


def test_personal_data_is_refused_wherever_it_would_become_public(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    fields = {name: getattr(case, name) for name in FIELDS}
    clerk = team["clerk"].actor
    with pytest.raises(InvalidInput, match="身份证"):
        actions.edit_draft(
            case=case, answers={**fields, "background": PERSONAL}, actor=clerk, at=moment("2026-02-24")
        )
    done = closed(office, team)
    with pytest.raises(InvalidInput, match="身份证"):
        disposed(done, team, reason=PERSONAL)
    disposed(done, team)
    with pytest.raises(InvalidInput, match="身份证"):
        actions.submit_feedback(case=done, summary=PERSONAL, actor=clerk, at=moment("2026-04-07"))
    with pytest.raises(InvalidInput, match="本件当事人信息"):
        actions.submit_feedback(
            case=done, summary="one@example.org来信说停水。", actor=clerk, at=moment("2026-04-07")
        )


def test_withdrawn_comments_stand_behind_no_words(office: Unit, team: Team) -> None:
    case = announced(office, team)
    for key in ("k1", "k2", "k3"):
        said(case, "停水应当至少提前两天告知用户。", key=key, clause="t3.x2")
    run_due()
    for number in (2, 3):
        actions.withdraw_comment(comment_id=Comment.objects.get(number=number).pk, at=moment("2026-03-06"))
    first = Comment.objects.get(number=1)
    assert first.group is not None
    assert (first.group.senders, queries.alike_comments(first).count()) == (1, 1)


def test_comment_of_the_last_second_is_counted_in_the_sealed_closing(office: Unit, team: Team) -> None:
    case = announced(office, team)
    last = datetime(2026, 3, 31, 23, 59, 59, tzinfo=SHANGHAI)
    midnight = last + timedelta(seconds=1)
    assert actions.close_ended(at=midnight) == 0
    actions.comment(
        case=case,
        clause="",
        attitude="",
        writer="person",
        text="水价应当分级。",
        name="",
        email="",
        key="late",
        actor=GUEST,
        at=last,
    )
    assert actions.close_ended(at=midnight + timedelta(minutes=5)) == 1
    sealed = case.events.get(kind="close").facts
    assert (sealed["comments"], sealed["ended_on"]) == (1, "2026-03-31")


def test_comment_that_arrives_after_the_closing_is_refused(office: Unit, team: Team) -> None:
    case = announced(office, team)
    stale = PublicConsultation.objects.get(pk=case.pk)
    actions.close(case=case, actor=team["clerk"].actor, at=moment("2026-04-01"))
    with pytest.raises(StepRefused, match="不接收意见"):
        said(stale, "水价应当分级。", key="late", on="2026-03-31")


def test_adoption_points_to_the_last_text_only(office: Unit, team: Team) -> None:
    case = closed(office, team)
    old = queries.target_choices(case).get(ref="t3.x2")
    disposed(case, team)
    shorter = REVISED.replace("（二）计划停水提前两天告知用户。\n", "")
    clerk = team["clerk"].actor
    actions.add_version(case=case, title="修改稿", text=shorter, actor=clerk, at=moment("2026-04-04"))
    assert not queries.may_be_target(case, old)
    with pytest.raises(StepRefused, match="第1、2条意见指向的条款不在最新的修改稿中"):
        actions.submit_feedback(case=case, summary="综述。", actor=clerk, at=moment("2026-04-07"))
    removed = queries.target_choices(case).get(version__number=1)
    assert removed.text == "停水提前一天告知用户。"


def test_wrong_revised_text_is_warned_of_and_can_be_removed(office: Unit, team: Team) -> None:
    case = closed(office, team)
    clerk = team["clerk"].actor
    wrong = (
        "玉溪市烟花爆竹管理规定\n\n第一条　禁止在下列地点燃放烟花爆竹：\n\n第二条　销售单位应当取得许可证件。"
    )
    actions.add_version(case=case, title="另一文件", text=wrong, actor=clerk, at=moment("2026-04-03"))
    assert "几乎没有相同之处" in queries.version_warnings(case)[0]
    page = team["reviewer"].client().get(reverse("workbench_consultations:detail", args=[case.public_id]))
    words = page.content.decode()
    assert ("几乎没有相同之处" in words, "销售单位应当取得许可证件" in words) == (True, True)
    actions.remove_version(case=case, number=3, reason="录错文件", actor=clerk, at=moment("2026-04-03", 11))
    assert [version.number for version in queries.versions_of(case)] == [1, 2]
    assert queries.version_warnings(case) == []
    actions.add_version(case=case, title="修改稿", text=REVISED + "。", actor=clerk, at=moment("2026-04-04"))
    assert [version.number for version in queries.versions_of(case)] == [1, 2, 4]


def test_feedback_needs_a_secrecy_review_of_the_revised_text(office: Unit, team: Team) -> None:
    case = closed(office, team)
    disposed(case, team)
    clerk = team["clerk"].actor
    actions.submit_feedback(case=case, summary="综述。", actor=clerk, at=moment("2026-04-07"))
    actions.review_feedback(case=case, actor=team["reviewer"].actor, at=moment("2026-04-07"))
    with pytest.raises(StepRefused, match="采纳情况待保密审查"):
        actions.feed_back(case=case, actor=team["approver"].actor, at=moment("2026-04-07"))
    assert queries.public_versions(case)[-1].number == 1
