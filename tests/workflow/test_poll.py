"""A poll, told in order: questions, review, votes once, secrecy as declared, the sealed count, fraud left out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from consultations.polls import actions, queries
from consultations.polls.actions.voting import BadSheet
from consultations.polls.choices import State
from consultations.polls.models import Ballot, Participation, Poll, Tally
from portal.cases.ledger import verify_cases
from portal.core.errors import InvalidInput, StepRefused
from portal.search.queries import search
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.polls import ANSWERS, SHEET, approved, cast, counted, drafted

Team = dict[str, Person]


def test_poll_without_questions_is_not_submitted(office: Unit, clerk: Person) -> None:
    case = actions.open_poll(answers=ANSWERS, unit=office, actor=clerk.actor, at=moment("2026-02-24"))
    with pytest.raises(StepRefused, match="还没有题目"):
        actions.submit_poll(case=case, actor=clerk.actor, at=moment("2026-02-24"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_on": date(2026, 3, 1)}, "closes_on"),
        ({"closes_on": date(2026, 12, 1)}, "closes_on"),
        ({"secrecy": "named"}, "secrecy"),
        ({"secrecy": "anonymous", "changeable": True}, "changeable"),
        ({"secrecy": "anonymous", "shows_running": True}, "shows_running"),
    ],
)
def test_particulars_that_do_not_go_together(
    office: Unit, clerk: Person, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        actions.open_poll(
            answers={**ANSWERS, **changes}, unit=office, actor=clerk.actor, at=moment("2026-02-24")
        )
    assert refused.value.field == field


def test_question_that_another_depends_on_stays(office: Unit, clerk: Person) -> None:
    case = drafted(office, clerk)
    with pytest.raises(InvalidInput, match="显示条件"):
        actions.remove_question(case=case, question_id="q1", actor=clerk.actor, at=moment("2026-02-24"))
    actions.remove_question(case=case, question_id="q2", actor=clerk.actor, at=moment("2026-02-24"))
    actions.move_question(case=case, question_id="q3", actor=clerk.actor, at=moment("2026-02-24"))
    first = case.definition["pages"][0]["questions"]
    assert [entry["id"] for entry in first] == ["q3", "q1"]


def test_signed_poll_changes_no_more(office: Unit, team: Team) -> None:
    case = approved(office, team)
    with pytest.raises(StepRefused):
        actions.put_question(
            case=case,
            question={"kind": "text", "title": "再问一题"},
            actor=team["clerk"].actor,
            at=moment("2026-03-01"),
        )


def test_vote_only_on_its_days(office: Unit, team: Team) -> None:
    case = approved(office, team)
    for day in ("2026-03-01", "2026-03-21"):
        with pytest.raises(StepRefused, match="现在不能参加"):
            cast(case, "early", on=day)
    assert cast(case, "last", on="2026-03-20").receipt


def test_one_device_votes_once_and_a_retry_is_the_same(office: Unit, team: Team) -> None:
    case = approved(office, team)
    first = cast(case, "a")
    again = cast(case, "a")
    assert (again.receipt, again.repeated) == (first.receipt, True)
    with pytest.raises(StepRefused, match="只能参加一次"):
        actions.vote(
            case=case, sheet=SHEET, voter=actions.Voter(device="device-a"), key="b", at=moment("2026-03-06")
        )
    assert Ballot.objects.count() == Participation.objects.count() == 1


@pytest.mark.parametrize(
    ("sheet", "question", "sentence"),
    [
        ({"q3": 4}, "q1", "请回答"),
        ({"q1": "o9", "q3": 4}, "q1", "从选项中"),
        ({"q1": "o3", "q3": 4}, "q2", "请回答"),
        ({"q1": "o3", "q2": ["o1", "o2", "o3"], "q3": 4}, "q2", "最多选2项"),
        ({"q1": "o1", "q3": 6}, "q3", "1至5"),
        ({"q1": "o1", "q3": 4, "q9": "x"}, "q9", "没有这道题"),
        ({"q1": "o1", "q3": 4, "q4": "长" * 201}, "q4", "不能超过200字"),
    ],
)
def test_bad_sheet_is_refused_with_its_question(
    office: Unit, team: Team, sheet: dict[str, Any], question: str, sentence: str
) -> None:
    case = approved(office, team)
    with pytest.raises(BadSheet) as refused:
        cast(case, "a", sheet)
    assert refused.value.field == question
    assert sentence in refused.value.sentence
    assert Participation.objects.count() == 0


def test_answer_to_a_question_that_was_not_asked_is_dropped(office: Unit, team: Team) -> None:
    case = approved(office, team)
    cast(case, "a", {**SHEET, "q2": ["o1"]})
    assert "q2" not in Ballot.objects.get().answers


def test_accounts_vote_once_and_may_change_where_it_is_allowed(
    office: Unit, team: Team, citizen: Person
) -> None:
    case = approved(office, team, who="account", changeable=True)
    with pytest.raises(StepRefused, match="请先登录"):
        cast(case, "a")
    account = {"account_id": citizen.account.pk}
    cast(case, "a", **account)
    changed = cast(case, "b", {**SHEET, "q3": 1}, on="2026-03-06", **account)
    assert changed.changed
    ballot = Ballot.objects.get()
    assert ballot.answers["q3"] == 1
    assert ballot.account_id is None  # hidden: staff do not see who


def test_named_poll_keeps_the_account(office: Unit, team: Team, citizen: Person) -> None:
    case = approved(office, team, who="account", secrecy="named")
    cast(case, "a", account_id=citizen.account.pk)
    assert Ballot.objects.get().account_id == citizen.account.pk


def test_verified_poll_asks_for_a_confirmed_address(office: Unit, team: Team, citizen: Person) -> None:
    case = approved(office, team, who="verified")
    with pytest.raises(StepRefused, match="核实邮箱"):
        cast(case, "a", account_id=citizen.account.pk)


def test_each_token_votes_once(office: Unit, team: Team) -> None:
    case = approved(office, team, who="token")
    tokens = case.__dict__["made_tokens"]
    with pytest.raises(StepRefused, match="参与码不正确"):
        cast(case, "x", token="WRONGTOKEN22")
    cast(case, "a", token=tokens[0].lower())
    with pytest.raises(StepRefused, match="只能参加一次"):
        cast(case, "b", token=tokens[0])
    for spelling in (
        f"{tokens[0][:4]}-{tokens[0][4:8]}-{tokens[0][8:]}",
        f" {tokens[0][:6]} {tokens[0][6:]} ",
    ):
        with pytest.raises(StepRefused, match="只能参加一次"):
            cast(case, f"b{spelling}", token=spelling)
    cast(case, "c", token=tokens[1])
    assert Ballot.objects.count() == 2
    stored = str(list(case.tokens.values_list("digest", flat=True)))
    assert tokens[0] not in stored


def test_anonymous_ballot_has_no_link_no_time_and_a_new_place(office: Unit, team: Team) -> None:
    case = approved(office, team, secrecy="anonymous")
    receipts = [cast(case, f"k{n}", {**SHEET, "q3": n % 5 + 1}).receipt for n in range(12)]
    before = set(Ballot.objects.values_list("pk", flat=True))
    for row in Ballot.objects.all():
        assert (row.link, row.origin, row.cast_at, row.account_id) == ("", "", None, None)
    actions.close_ended(at=moment("2026-03-21"))
    after = set(Ballot.objects.values_list("pk", flat=True))
    assert not before & after
    assert set(Participation.objects.values_list("origin", flat=True)) == {""}
    tally = queries.sealed_tally(case)
    assert tally is not None
    assert {queries.receipt_digest(case, receipt) for receipt in receipts} == set(tally.data["receipts"])


def test_count_waits_for_the_last_day_and_is_sealed(office: Unit, team: Team) -> None:
    case = approved(office, team)
    cast(case, "a")
    cast(case, "b", {"q1": "o3", "q2": ["o1", "o2"], "q3": 2})
    with pytest.raises(StepRefused, match="还没有截止"):
        actions.count_poll(case=case, actor=team["clerk"].actor, at=moment("2026-03-20"))
    actions.close_ended(at=moment("2026-03-21"))
    case = Poll.objects.get(pk=case.pk)
    tally = queries.sealed_tally(case)
    assert tally is not None
    by_id = {row["id"]: row for row in tally.data["questions"]}
    assert [option["count"] for option in by_id["q1"]["options"]] == [1, 0, 1]
    assert [option["count"] for option in by_id["q2"]["options"]] == [1, 1, 0]
    assert (by_id["q3"]["mean"], by_id["q3"]["answered"]) == (3.0, 2)
    assert tally.data["turnout"] == [["2026-03-05", 2]]
    event = case.events.get(kind="count_poll")
    assert (event.facts["ballots"], event.facts["sha256"]) == (2, tally.sha256)
    actions.publish_result(case=case, actor=team["approver"].actor, at=moment("2026-03-23"))
    assert case.state == State.PUBLISHED
    assert list(verify_cases()) == []


def test_running_count_only_where_it_is_shown(office: Unit, team: Team) -> None:
    hidden, shown = approved(office, team), approved(office, team, shows_running=True, title="显示")
    for case in (hidden, shown):
        cast(case, "a")
    assert actions.count_running(at=moment("2026-03-06")) == 1
    assert queries.running_tally(hidden) is None
    running = queries.running_tally(shown)
    assert running is not None
    assert running.data["ballots"] == 1
    actions.count_running(at=moment("2026-03-07"))
    assert Tally.objects.filter(poll=shown).count() == 1


def test_fraud_is_left_out_by_two_people_and_can_be_restored(office: Unit, team: Team) -> None:
    case = approved(office, team, shows_running=True)
    for number in range(5):
        cast(case, f"bad{number}", device=f"bad{number}", address="203.0.113.9")
    cast(case, "good", device="good", address="198.51.100.1")
    facts: dict[str, Any] = {"case": case, "actor": team["clerk"].actor, "at": moment("2026-03-10")}
    with pytest.raises(InvalidInput, match="没有符合条件"):
        actions.propose_invalidation(conditions={"origin_from": 50}, reason="同一网络", **facts)
    with pytest.raises(InvalidInput, match="理由"):
        actions.propose_invalidation(conditions={"origin_from": 5}, reason=" ", **facts)
    job = actions.propose_invalidation(
        conditions={"origin_from": 5}, reason="同一网络短时间大量投票", **facts
    )
    assert job.found == 5
    both = team["clerk"]
    with pytest.raises(StepRefused):
        actions.confirm_invalidation(job=job, actor=both.actor, at=moment("2026-03-11"))
    assert actions.confirm_invalidation(job=job, actor=team["approver"].actor, at=moment("2026-03-11")) == 5
    actions.close_ended(at=moment("2026-03-21"))
    case = Poll.objects.get(pk=case.pk)
    tally = queries.sealed_tally(case)
    assert tally is not None
    assert (tally.data["ballots"], tally.data["excluded"]) == (1, 5)
    job.refresh_from_db()
    actions.revoke_invalidation(job=job, actor=team["approver"].actor, at=moment("2026-03-22"))
    again = queries.sealed_tally(case)
    assert again is not None
    assert (again.number, again.data["ballots"], again.data["excluded"]) == (2, 6, 0)
    assert list(verify_cases()) == []


def test_form_used_again_by_another_voter_is_another_vote(office: Unit, team: Team) -> None:
    case = approved(office, team, who="token")
    tokens = case.__dict__["made_tokens"]
    first, second = (cast(case, "the same form", token=token) for token in tokens[:2])
    assert first.receipt != second.receipt
    assert (second.repeated, Ballot.objects.count()) == (False, 2)


def test_count_waits_for_votes_of_the_last_second(office: Unit, team: Team) -> None:
    approved(office, team)
    midnight = moment("2026-03-21", 0)
    assert actions.close_ended(at=midnight + timedelta(minutes=4)) == 0
    assert actions.close_ended(at=midnight + timedelta(minutes=6)) == 1


def test_hidden_count_cannot_be_probed_by_looking_for_fraud(office: Unit, team: Team) -> None:
    case = approved(office, team)
    cast(case, "a")
    with pytest.raises(StepRefused, match="截止后再查"):
        actions.propose_invalidation(
            case=case,
            conditions={"same_sheet_from": 1},
            reason="怀疑",
            actor=team["clerk"].actor,
            at=moment("2026-03-10"),
        )


def test_anonymous_ballots_are_not_left_out(office: Unit, team: Team) -> None:
    case = approved(office, team, secrecy="anonymous")
    cast(case, "a")
    with pytest.raises(StepRefused, match="不能剔除"):
        actions.propose_invalidation(
            case=case,
            conditions={"origin_from": 1},
            reason="怀疑",
            actor=team["clerk"].actor,
            at=moment("2026-03-10"),
        )


def test_database_refuses_what_the_rules_refuse(office: Unit, team: Team) -> None:
    case = approved(office, team)
    for changes in ({"secrecy": "anonymous", "changeable": True}, {"secrecy": "named"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Poll.objects.filter(pk=case.pk).update(**changes)


def test_search_finds_the_poll_from_its_day_on_without_results(office: Unit, team: Team) -> None:
    case = counted(office, team)
    actions.index_poll(poll_id=case.pk, at=moment("2026-03-01"))
    assert search("公共交通").total == 0
    actions.index_poll(poll_id=case.pk, at=moment("2026-03-22"))
    found = search("公共交通")
    assert found.total == 1
    assert "夜班车" not in found.hits[0].entry.body
