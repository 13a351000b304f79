"""A consultation, told in order: drafted, reviewed by three others, open, closed, every comment answered, fed back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from consultations import actions, queries
from consultations.choices import State
from consultations.models import Comment, ConsultationTerm, Disposition, PublicConsultation
from portal.cases.ledger import verify_cases
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.search.queries import search
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.consultations import ANSWERS, announced, closed, drafted, said

Team = dict[str, Person]


def target_of(case: PublicConsultation, ref: str = "t3.x2") -> Any:
    return queries.find_clause(queries.current_version(case), ref)


def dispose_all(case: PublicConsultation, clerk: Person) -> None:
    for row in queries.comments_of(case):
        adopted = row.clause is not None
        actions.dispose(
            case=case,
            comments=[row],
            outcome="adopted" if adopted else "rejected",
            reason="" if adopted else "费用分担由国家有关规定确定。",
            target=target_of(case) if adopted else None,
            actor=clerk.actor,
            at=moment("2026-04-03"),
        )


def test_announce_four_people_opens_on_its_day(office: Unit, team: Team) -> None:
    case = announced(office, team)
    assert case.state == State.ANNOUNCED
    assert not case.takes_comments(date(2026, 3, 1))
    assert case.takes_comments(date(2026, 3, 2))
    assert case.takes_comments(date(2026, 3, 31))
    assert not case.takes_comments(date(2026, 4, 1))
    assert OfficialDocument.objects.get(case=case).kind == "consultation_notice"


def test_review_by_the_drafter_is_refused(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    actions.submit_draft(case=case, actor=team["clerk"].actor, at=moment("2026-02-25"))
    with pytest.raises(StepRefused):
        actions.review_draft(case=case, actor=team["clerk"].actor, at=moment("2026-02-25"))


def test_submit_without_a_text_is_refused(office: Unit, clerk: Person) -> None:
    case = actions.open_draft(answers=ANSWERS, unit=office, actor=clerk.actor, at=moment("2026-02-24"))
    with pytest.raises(StepRefused, match="还没有录入"):
        actions.submit_draft(case=case, actor=clerk.actor, at=moment("2026-02-24"))


@pytest.mark.parametrize(
    ("kind", "closes", "reason", "field"),
    [
        ("decision", date(2026, 4, 1), "", ""),
        ("decision", date(2026, 3, 31), "", "shorter_reason"),
        ("decision", date(2026, 3, 31), "汛期将至，须在四月前施行", ""),
        ("normative", date(2026, 3, 11), "", ""),
        ("normative", date(2026, 3, 10), "着急", "closes_on"),
        ("normative", date(2026, 3, 2), "", "closes_on"),
        ("normative", date(2026, 12, 31), "", "closes_on"),
    ],
)
def test_period_follows_the_table(
    office: Unit, clerk: Person, kind: str, closes: date, reason: str, field: str
) -> None:
    answers = {**ANSWERS, "policy_kind": kind, "closes_on": closes, "shorter_reason": reason}
    if not field:
        assert actions.open_draft(answers=answers, unit=office, actor=clerk.actor, at=moment("2026-02-24")).pk
        return
    with pytest.raises(InvalidInput) as refused:
        actions.open_draft(answers=answers, unit=office, actor=clerk.actor, at=moment("2026-02-24"))
    assert refused.value.field == field


def test_period_changes_with_the_administrators_table(office: Unit, clerk: Person) -> None:
    ConsultationTerm.objects.filter(code="period_normative").update(days=20)
    with pytest.raises(InvalidInput, match="20个工作日"):
        actions.open_draft(
            answers={**ANSWERS, "closes_on": date(2026, 3, 11)},
            unit=office,
            actor=clerk.actor,
            at=moment("2026-02-24"),
        )


def test_announce_after_the_opening_day_is_refused(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    actions.submit_draft(case=case, actor=team["clerk"].actor, at=moment("2026-02-25"))
    actions.review_draft(case=case, actor=team["reviewer"].actor, at=moment("2026-02-26"))
    actions.clear_draft(case=case, actor=team["secrecy"].actor, at=moment("2026-02-26", 14))
    with pytest.raises(StepRefused, match="已经过去"):
        actions.announce(case=case, actor=team["approver"].actor, at=moment("2026-03-03"))


def test_an_edit_after_submission_voids_the_review(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    actions.submit_draft(case=case, actor=team["clerk"].actor, at=moment("2026-02-25"))
    PublicConsultation.objects.filter(pk=case.pk).update(background="后来改过的说明")
    case.refresh_from_db()
    with pytest.raises(StepRefused, match="已有改动"):
        actions.review_draft(case=case, actor=team["reviewer"].actor, at=moment("2026-02-26"))


def test_comment_before_and_after_the_period_is_refused(office: Unit, team: Team) -> None:
    case = announced(office, team)
    for day in ("2026-03-01", "2026-04-01"):
        with pytest.raises(StepRefused, match="不接收意见"):
            said(case, "停水应当提前告知。", key=day, on=day)
    assert said(case, "停水应当提前告知。", key="last", on="2026-03-31").comment.number == 1


def test_the_same_key_gives_the_same_comment(office: Unit, team: Team) -> None:
    case = announced(office, team)
    first = said(case, "停水应当提前告知。", key="once")
    again = said(case, "停水应当提前告知。", key="once")
    assert (again.comment.pk, again.token, again.repeated) == (first.comment.pk, first.token, True)
    with pytest.raises(StepRefused, match="不同内容"):
        said(case, "另外的一条意见内容。", key="once")


def test_comment_with_a_phone_number_waits_for_review(office: Unit, team: Team) -> None:
    case = announced(office, team)
    clean = said(case, "水质应当每月公布一次。", key="a").comment
    risky = said(case, "请打我电话13800000001详谈。", key="b").comment
    assert [row.pk for row in queries.shown_comments(case)] == [clean.pk]
    assert [row.pk for row in queries.to_review(case)] == [risky.pk]
    actions.moderate(
        case=case,
        comments=[risky],
        decision="hide_text",
        reason="含有手机号码",
        actor=team["clerk"].actor,
        at=moment("2026-03-06"),
    )
    assert [row.pk for row in queries.shown_comments(case)] == [risky.pk, clean.pk]
    assert queries.shown_comments(case)[0].text_hidden


def test_moderation_without_a_reason_is_refused(office: Unit, team: Team) -> None:
    case = announced(office, team)
    row = said(case, "水质应当每月公布一次。", key="a").comment
    with pytest.raises(InvalidInput, match="理由"):
        actions.moderate(
            case=case,
            comments=[row],
            decision="remove",
            reason=" ",
            actor=team["clerk"].actor,
            at=moment("2026-03-06"),
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=row.pk).update(removed_at=moment("2026-03-06"))


def test_near_duplicates_are_grouped_and_all_kept(office: Unit, team: Team) -> None:
    case = announced(office, team)
    words = "停水应当至少提前两天告知用户，并且送水上门，老人家庭优先安排"
    for index, text in enumerate((words, f"{words}。", f"{words}！！", "水质检测结果应当每月公布一次。")):
        said(case, text, key=f"k{index}")
    run_due()
    groups = sorted(row.group.senders for row in queries.comments_of(case) if row.group)
    assert groups == [1, 3, 3, 3]
    assert queries.tally(case).received == 4


def test_withdrawn_comment_counts_no_more(office: Unit, team: Team) -> None:
    case = announced(office, team)
    row = said(case, "水质应当每月公布一次。", key="a").comment
    actions.withdraw_comment(comment_id=row.pk, at=moment("2026-03-07"))
    assert list(queries.shown_comments(case)) == []
    assert queries.undisposed(case) == 0
    other = said(case, "停水应当提前告知。", key="b").comment
    with pytest.raises(StepRefused, match="不能撤回"):
        actions.withdraw_comment(comment_id=other.pk, at=moment("2026-04-01"))


def test_entered_comment_counts_on_the_day_it_came(office: Unit, team: Team) -> None:
    case = announced(office, team)
    facts: dict[str, Any] = {
        "clause": "t4",
        "attitude": "",
        "writer": "association",
        "text": "水质应当每月公布一次。",
        "name": "某协会",
        "email": "",
        "channel": "post",
        "evidence": "挂号信",
        "actor": team["clerk"].actor,
    }
    late = actions.enter_comment(
        case=case, came_on=date(2026, 3, 30), key="p1", at=moment("2026-03-31"), **facts
    )
    assert late.comment.channel == "post"
    with pytest.raises(InvalidInput, match="征集期内"):
        actions.enter_comment(case=case, came_on=date(2026, 3, 1), key="p2", at=moment("2026-03-31"), **facts)


def test_close_starts_the_clock_of_thirty_days(office: Unit, team: Team) -> None:
    case = announced(office, team)
    with pytest.raises(StepRefused, match="还没有结束"):
        actions.close(case=case, actor=team["clerk"].actor, at=moment("2026-03-31"))
    assert actions.close_ended(at=moment("2026-03-31", 23)) == 0
    assert actions.close_ended(at=moment("2026-04-03")) == 1
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.CLOSED, date(2026, 4, 30))


def test_prolong_needs_a_later_day_and_a_reason(office: Unit, team: Team) -> None:
    case = announced(office, team)
    facts: dict[str, Any] = {"case": case, "actor": team["approver"].actor, "at": moment("2026-03-20")}
    with pytest.raises(InvalidInput):
        actions.prolong(closes_on=date(2026, 3, 30), reason="需要更多时间", **facts)
    with pytest.raises(InvalidInput):
        actions.prolong(closes_on=date(2026, 4, 15), reason="", **facts)
    actions.prolong(closes_on=date(2026, 4, 15), reason="应公众要求", **facts)
    assert case.takes_comments(date(2026, 4, 15))


def test_feedback_waits_for_every_disposition(office: Unit, team: Team) -> None:
    case = closed(office, team)
    clerk = team["clerk"].actor
    with pytest.raises(StepRefused, match="还有3条意见"):
        actions.submit_feedback(case=case, summary="总体情况。", actor=clerk, at=moment("2026-04-03"))
    dispose_all(case, team["clerk"])
    actions.submit_feedback(case=case, summary="总体情况。", actor=clerk, at=moment("2026-04-07"))
    assert case.state == State.FEEDBACK_REVIEWING


def test_refusal_without_a_reason_cannot_be_written(office: Unit, team: Team) -> None:
    case = closed(office, team)
    row = queries.comments_of(case).first()
    assert row is not None
    facts: dict[str, Any] = {"case": case, "comments": [row], "actor": team["clerk"].actor}
    with pytest.raises(InvalidInput) as refused:
        actions.dispose(outcome="rejected", reason=" ", target=None, at=moment("2026-04-03"), **facts)
    assert refused.value.field == "reason"
    with pytest.raises(InvalidInput) as nowhere:
        actions.dispose(outcome="adopted", reason="", target=None, at=moment("2026-04-03"), **facts)
    assert nowhere.value.field == "target"
    for bad in ({"outcome": "rejected", "reason": ""}, {"outcome": "adopted", "reason": "好"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Disposition.objects.create(
                comment=row, decided_by_id=team["clerk"].account.pk, decided_at=moment("2026-04-03"), **bad
            )


def test_adoption_must_point_to_the_revised_text(office: Unit, team: Team) -> None:
    case = closed(office, team)
    row = queries.comments_of(case).first()
    assert row is not None
    assert row.clause is not None
    with pytest.raises(InvalidInput, match="修改稿"):
        actions.dispose(
            case=case,
            comments=[row],
            outcome="adopted",
            reason="",
            target=row.clause,
            actor=team["clerk"].actor,
            at=moment("2026-04-03"),
        )


def test_feed_back_publishes_the_table_and_tells_everyone(office: Unit, team: Team) -> None:
    case = closed(office, team)
    run_due()
    dispose_all(case, team["clerk"])
    actions.submit_feedback(
        case=case, summary="意见集中在停水告知。", actor=team["clerk"].actor, at=moment("2026-04-07")
    )
    with pytest.raises(StepRefused):
        actions.feed_back(case=case, actor=team["approver"].actor, at=moment("2026-04-08"))
    actions.review_feedback(case=case, actor=team["reviewer"].actor, at=moment("2026-04-08"))
    actions.clear_feedback(case=case, actor=team["secrecy"].actor, at=moment("2026-04-08", 15))
    actions.feed_back(case=case, actor=team["approver"].actor, at=moment("2026-04-09"))
    run_due()
    rows = queries.feedback_rows(case)
    assert [(row.clause, row.senders, row.outcome) for row in rows] == [
        ("整体", 1, "rejected"),
        ("第三条第（二）项", 2, "adopted"),
    ]
    assert dict(queries.feedback_totals(case).by_outcome)["采纳"] == 2
    told = Message.objects.filter(subject__contains="已有采纳情况")
    assert [message.address for message in told] == ["one@example.org"]
    actions.tell_writers(case_id=case.pk, at=moment("2026-04-10"))
    assert told.count() == 1
    assert search("意见集中在停水告知").total == 1
    paper = OfficialDocument.objects.get(case=case, kind="consultation_feedback")
    assert paper.facts["received"] == 3
    assert case.closed_on == date(2026, 4, 9)
    assert list(verify_cases()) == []


def test_search_finds_it_from_its_opening_day_on(office: Unit, team: Team) -> None:
    case = announced(office, team)
    actions.index_consultation(case_id=case.pk, at=moment("2026-03-01"))
    assert search("供水管理办法").total == 0
    actions.index_consultation(case_id=case.pk, at=moment("2026-03-02"))
    assert search("供水管理办法").total == 1


def test_cancel_keeps_the_page_with_the_reason(office: Unit, team: Team) -> None:
    case = announced(office, team)
    said(case, "停水应当提前告知。", key="a", email="one@example.org")
    actions.cancel(
        case=case, reason="上位法修订，不再制定", actor=team["approver"].actor, at=moment("2026-03-10")
    )
    run_due()
    assert queries.find_public(case.public_id, date(2026, 3, 11)).cancel_reason == "上位法修订，不再制定"
    assert Message.objects.filter(subject__contains="已终止").count() == 1
    with pytest.raises(StepRefused):
        said(case, "还想再说一条意见。", key="b")
