"""Votes: one identity one vote, no answer lost in silence, no ballot that was not signed for."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from consultations.polls import actions, queries
from consultations.polls.models import Ballot, Entry, Participation, Poll
from portal.cases.intake import TooManyTries
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.privacy.models import PersonalDataAccess
from portal.publishing import takedown
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import SHANGHAI, SINCE, Person, moment, person
from tests.factories.polls import QUESTIONS, SHEET, approved, cast, counted, drafted
from tests.workflow.test_contest import contest, enter, review, sign_ballot

Team = dict[str, Person]
PERSONAL = "联系人身份证号11010519491231002X"


def ways(case: Poll) -> list[str]:
    return list(Ballot.objects.filter(poll=case).values_list("answers__q1", flat=True))


def test_answer_changed_by_the_back_button_replaces_the_first(office: Unit, team: Team) -> None:
    case = approved(office, team, changeable=True)
    first = cast(case, "key")
    second = cast(case, "key", {**SHEET, "q1": "o2"})
    assert (first.receipt, second.changed, second.repeated) == (second.receipt, True, False)
    assert ways(case) == ["o2"]


def test_answer_changed_where_none_may_change_is_told_so(office: Unit, team: Team) -> None:
    case = approved(office, team)
    cast(case, "key")
    assert cast(case, "key").repeated
    with pytest.raises(StepRefused, match="与先前的不同，没有计入"):
        cast(case, "key", {**SHEET, "q1": "o2"})
    assert ways(case) == ["o1"]


def test_device_votes_once_as_guest_and_with_any_account(office: Unit, team: Team) -> None:
    case = approved(office, team)
    one, two = person("one").account.pk, person("two").account.pk
    cast(case, "k1", device="d1")
    for account in (one, two):
        with pytest.raises(StepRefused, match="每人只能参加一次"):
            cast(case, f"k{account}", device="d1", account_id=account)
    cast(case, "k2", device="d2", account_id=one)
    with pytest.raises(StepRefused, match="每人只能参加一次"):
        cast(case, "k3", device="d3", account_id=one)
    with pytest.raises(StepRefused, match="每人只能参加一次"):
        cast(case, "k4", account_id=one)
    with pytest.raises(StepRefused, match="每人只能参加一次"):
        cast(case, "k5", device="d2")
    assert (Ballot.objects.count(), Participation.objects.count()) == (2, 2)


def test_account_without_a_device_votes_once(office: Unit, team: Team) -> None:
    case = approved(office, team)
    one = person("one").account.pk
    cast(case, "k1", account_id=one)
    with pytest.raises(StepRefused, match="每人只能参加一次"):
        cast(case, "k2", device="d1", account_id=one)
    assert Participation.objects.count() == 1


def test_nobody_changes_the_vote_that_another_account_cast_on_the_device(office: Unit, team: Team) -> None:
    case = approved(office, team, changeable=True)
    one, two = person("one").account.pk, person("two").account.pk
    cast(case, "k1", device="d1", account_id=one)
    for who in ({}, {"account_id": two}):
        with pytest.raises(StepRefused, match="每人只能参加一次"):
            cast(case, "k2", {**SHEET, "q1": "o2"}, device="d1", **who)
    assert cast(case, "k3", {**SHEET, "q1": "o2"}, device="d9", account_id=one).changed
    assert ways(case) == ["o2"]


def test_accounts_count_in_the_limit_of_an_address(office: Unit, team: Team, settings: Any) -> None:
    settings.PORTAL_VOTES_PER_ADDRESS = 3
    case = approved(office, team)
    for number in range(3):
        account = person(f"p{number}").account.pk
        cast(case, f"k{number}", device=f"d{number}", account_id=account, address="198.51.100.9")
    with pytest.raises(TooManyTries):
        cast(case, "k9", device="d9", account_id=person("p9").account.pk, address="198.51.100.9")


def test_tokens_are_made_before_the_review_only_and_counted(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"], who="token")
    clerk = team["clerk"].actor
    made = actions.make_tokens(case=case, count=3, actor=clerk, at=moment("2026-02-24", 12))
    before = queries.content_digest(case)
    actions.make_tokens(case=case, count=2, actor=clerk, at=moment("2026-02-24", 13))
    assert queries.content_digest(case) != before
    facts = [event.facts for event in case.events.filter(kind="make_tokens").order_by("seq")]
    assert [(entry["made"], entry["total"]) for entry in facts] == [(3, 3), (2, 5)]
    actions.submit_poll(case=case, actor=clerk, at=moment("2026-02-25"))
    actions.review_poll(case=case, actor=team["reviewer"].actor, at=moment("2026-02-25"))
    actions.clear_poll(case=case, actor=team["secrecy"].actor, at=moment("2026-02-25"))
    actions.approve_poll(case=case, actor=team["approver"].actor, at=moment("2026-02-26"))
    with pytest.raises(StepRefused, match="须在送审前生成"):
        actions.make_tokens(case=case, count=5000, actor=clerk)
    cast(case, "a", token=made[0])
    actions.close_ended(at=moment("2026-03-21"))
    tally = queries.sealed_tally(case)
    assert tally is not None
    assert (tally.data["tokens"], tally.data["ballots"]) == (5, 1)


def test_cancelled_anonymous_poll_is_shuffled(office: Unit, team: Team) -> None:
    case = approved(office, team, secrecy="anonymous")
    for number in range(40):
        cast(case, f"k{number}")
    before = stored(case)
    assert Participation.objects.exclude(origin="").count() == 40
    actions.cancel_poll(case=case, reason="另行组织", actor=team["approver"].actor, at=moment("2026-03-06"))
    after = stored(case)
    assert (sorted(after) == sorted(before), after == before) == (True, False)
    assert Participation.objects.exclude(origin="").count() == 0


def stored(case: Poll) -> list[str]:
    """The receipts in the order in which the rows were written, as somebody with the file would read them."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT receipt FROM polls_ballot WHERE poll_id = %s ORDER BY {place}", [case.pk])
        return [row[0] for row in cursor.fetchall()]


def test_counted_anonymous_ballots_lie_in_another_order(office: Unit, team: Team) -> None:
    case = approved(office, team, secrecy="anonymous")
    for number in range(40):
        cast(case, f"k{number}")
    before, ids = stored(case), set(Ballot.objects.values_list("pk", flat=True))
    actions.close_ended(at=moment("2026-03-21"))
    after = stored(case)
    assert (sorted(after) == sorted(before), after == before) == (True, False)
    assert not ids & set(Ballot.objects.values_list("pk", flat=True))


def test_no_receipt_is_shown_while_the_poll_runs(office: Unit, team: Team) -> None:
    case = approved(office, team, shows_running=True)
    cast(case, "a")
    actions.count_running(at=moment("2026-03-05", 12))
    running = queries.running_tally(case)
    assert running is not None
    assert (running.data["ballots"], running.data["receipts"]) == (1, [])
    actions.close_ended(at=moment("2026-03-21"))
    sealed = queries.sealed_tally(case)
    assert sealed is not None
    assert len(sealed.data["receipts"]) == 1


def test_closing_names_the_last_day_whenever_the_job_ran(office: Unit, team: Team) -> None:
    case = approved(office, team)
    last = datetime(2026, 3, 20, 23, 59, 59, tzinfo=SHANGHAI)
    assert actions.close_ended(at=last + timedelta(minutes=4)) == 0
    assert actions.close_ended(at=moment("2026-04-01")) == 1
    assert case.events.get(kind="count_poll").facts["ended_on"] == "2026-03-20"


@pytest.mark.parametrize("field", ["title", "intro"])
def test_particulars_with_somebodys_number_are_refused(office: Unit, clerk: Person, field: str) -> None:
    with pytest.raises(InvalidInput, match="身份证") as refused:
        drafted(office, clerk, **{field: PERSONAL})
    assert refused.value.field == field


def test_question_with_somebodys_number_is_refused(office: Unit, clerk: Person) -> None:
    case = drafted(office, clerk)
    for changes in ({"title": PERSONAL}, {"options": ["公交", PERSONAL]}):
        with pytest.raises(InvalidInput, match="身份证"):
            actions.put_question(
                case=case,
                question={**QUESTIONS[0], **changes},
                actor=clerk.actor,
                at=moment("2026-02-24"),
            )


def test_free_answers_with_numbers_are_counted_but_not_shown(office: Unit, team: Team) -> None:
    case = approved(office, team)
    cast(case, "a", {**SHEET, "q4": PERSONAL})
    cast(case, "b", {**SHEET, "q4": "我同意把停车费提高到每小时五元并且增加公交班次"})
    cast(case, "c", {**SHEET, "q4": "我不同意把停车费提高到每小时五元并且增加公交班次"})
    actions.close_ended(at=moment("2026-03-21"))
    tally = queries.sealed_tally(case)
    assert tally is not None
    texts = {row["text"]: row["count"] for row in tally.data["questions"][3]["texts"]}
    assert texts == {
        "（内容含有不宜公开的信息，未列出）": 1,
        "我同意把停车费提高到每小时五元并且增加公交班次": 1,
        "我不同意把停车费提高到每小时五元并且增加公交班次": 1,
    }


@pytest.mark.parametrize(
    ("options", "meant"),
    [
        (["公交", "地铁", "步行", "开车"], "开车"),
        (["开车", "公交", "步行"], "开车"),
        (["公交", "步行", "自驾"], "自驾"),
    ],
)
def test_condition_stays_with_its_option(office: Unit, clerk: Person, options: list[str], meant: str) -> None:
    case = drafted(office, clerk)
    actions.put_question(
        case=case,
        question={**QUESTIONS[0], "id": "q1", "options": options},
        actor=clerk.actor,
        at=moment("2026-02-24"),
    )
    first, second = case.definition["pages"][0]["questions"][:2]
    chosen = {row["id"]: row["text"] for row in first["options"]}
    assert (chosen[second["show_if"]["option"]], len(chosen)) == (meant, len(options))


def test_option_on_which_a_condition_stands_is_not_dropped(office: Unit, clerk: Person) -> None:
    case = drafted(office, clerk)
    with pytest.raises(InvalidInput, match="显示条件的选项不存在"):
        actions.put_question(
            case=case,
            question={**QUESTIONS[0], "id": "q1", "options": ["公交", "步行"]},
            actor=clerk.actor,
            at=moment("2026-02-24"),
        )


def test_two_exclusions_of_the_same_ballots_are_counted_once(office: Unit, team: Team) -> None:
    case = counted(office, team)
    jobs = [
        actions.propose_invalidation(
            case=case,
            conditions={"origin_from": 3},
            reason=f"刷票{number}",
            actor=team["clerk"].actor,
            at=moment("2026-03-21"),
        )
        for number in (1, 2)
    ]
    approver = team["approver"].actor
    for job in jobs:
        actions.confirm_invalidation(job=job, actor=approver, at=moment("2026-03-22"))
    assert [row.left_out for row in queries.jobs_of(case)] == [3, 0]
    assert actions.revoke_invalidation(job=jobs[0], actor=approver, at=moment("2026-03-23")) == 0
    assert [row.left_out for row in queries.jobs_of(case)] == [0, 3]
    tally = queries.sealed_tally(case)
    assert tally is not None
    assert (tally.data["ballots"], tally.data["excluded"]) == (0, 3)


def test_proposer_of_an_exclusion_does_not_revoke_it(office: Unit, team: Team) -> None:
    case = counted(office, team)
    job = actions.propose_invalidation(
        case=case,
        conditions={"origin_from": 3},
        reason="刷票",
        actor=team["clerk"].actor,
        at=moment("2026-03-21"),
    )
    actions.confirm_invalidation(job=job, actor=team["approver"].actor, at=moment("2026-03-22"))
    from portal.units.access import actor_for

    appoint(account=team["clerk"].account, unit=office, role=Role.APPROVER, starts_on=SINCE)
    both = actor_for(team["clerk"].account, date(2026, 3, 23))
    with pytest.raises(StepRefused, match="提出人以外"):
        actions.revoke_invalidation(job=job, actor=both, at=moment("2026-03-23"))


def contest_ready(office: Unit, team: Team) -> Poll:
    case = contest(office, team)
    for title in ("山水玉溪", "聂耳故里"):
        review(case, enter(case, title), team)
    actions.compose_ballot(case=case, actor=team["clerk"].actor, at=moment("2026-03-12"))
    return case


def test_ballot_of_a_contest_is_signed_by_three_others(office: Unit, team: Team) -> None:
    case = contest_ready(office, team)
    assert (case.takes_votes(date(2026, 3, 17)), queries.shown_entries(case)) == (False, [])
    with pytest.raises(StepRefused, match="等待的不是签发"):
        actions.sign_ballot(case=case, actor=team["approver"].actor, at=moment("2026-03-12"))
    with pytest.raises(StepRefused, match="不能再改变"):
        review(case, Entry.objects.get(number=1), team)
    Entry.objects.filter(number=1).update(text="改过的说明")
    with pytest.raises(StepRefused, match="送审内容已有改动"):
        actions.review_ballot(case=case, actor=team["reviewer"].actor, at=moment("2026-03-12"))
    actions.return_ballot(
        case=case, comment="说明须核对", actor=team["reviewer"].actor, at=moment("2026-03-12")
    )
    review(case, Entry.objects.get(number=1), team)
    actions.compose_ballot(case=case, actor=team["clerk"].actor, at=moment("2026-03-12"))
    sign_ballot(case, team)
    assert case.takes_votes(date(2026, 3, 17))
    assert {row.title for row in queries.shown_entries(case)} == {"山水玉溪", "聂耳故里"}


def test_authors_are_looked_up_after_the_count_with_a_reason(office: Unit, team: Team) -> None:
    case = contest_ready(office, team)
    sign_ballot(case, team)
    url = reverse("workbench_polls:entry_reveal", args=[case.public_id])
    client = team["clerk"].client()
    assert client.post(url, {"reason": "通知获奖作者"}).status_code == 403
    cast(case, "a", {"q1": ["e1"]}, on="2026-03-17")
    actions.close_ended(at=moment("2026-03-21"))
    shown = client.post(url, {"reason": "通知获奖作者"}).content.decode()
    assert "作者：梁䶮，liang@example.org" in shown
    fields = list(PersonalDataAccess.objects.values_list("field", flat=True))
    assert sorted(fields) == ["email", "name"]


def test_entry_changed_with_the_same_key_is_told_so(office: Unit, team: Team) -> None:
    case = contest(office, team)
    facts: dict[str, Any] = {"case": case, "text": "", "name": "梁某", "email": "l@example.org"}
    send: dict[str, Any] = {"key": "k", "actor": GUEST, "at": moment("2026-03-05")}
    actions.submit_entry(title="山水玉溪", **facts, **send)
    assert actions.submit_entry(title="山水玉溪", **facts, **send).repeated
    with pytest.raises(StepRefused, match="不同内容"):
        actions.submit_entry(title="聂耳故里", **facts, **send)


def test_published_result_comes_down_at_once(office: Unit, team: Team) -> None:
    case = counted(office, team)
    actions.publish_result(case=case, actor=team["approver"].actor, at=moment("2026-03-23"))
    takedown.take_down(case=case, reason="结果有误", actor=team["approver"].actor, at=moment("2026-03-24"))
    with pytest.raises(NotFound, match="已于2026年3月24日撤下。理由：结果有误"):
        queries.find_public(case.public_id, date(2026, 3, 24))
    assert list(queries.listed(date(2026, 3, 24))) == []


def test_nobody_votes_in_what_is_taken_down(office: Unit, team: Team) -> None:
    case = approved(office, team)
    takedown.take_down(case=case, reason="题目有误", actor=team["reviewer"].actor, at=moment("2026-03-04"))
    with pytest.raises(StepRefused, match="已经撤下"):
        cast(case, "a")


def test_draft_that_nobody_ever_saw_is_not_taken_down(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    with pytest.raises(StepRefused, match="尚未公开"):
        takedown.take_down(case=case, reason="误", actor=team["approver"].actor, at=moment("2026-03-04"))


def test_clerk_sees_how_many_took_part_while_it_runs(office: Unit, team: Team) -> None:
    case = approved(office, team)
    cast(case, uuid.uuid4().hex)
    view = queries.staff_view(case, team["clerk"].actor, date(2026, 3, 6))
    assert view.participants == 1
    page = team["clerk"].client().get(reverse("workbench_polls:detail", args=[case.public_id]))
    assert "已参加：1人" in page.content.decode()
