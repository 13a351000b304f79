"""A contest in two stages: entries collected and reviewed, then voted on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.polls import actions, queries
from consultations.polls.models import Entry, Poll
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, StepRefused
from portal.messaging.models import Message
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.polls import ANSWERS, cast

Team = dict[str, Person]
CONTEST: dict[str, Any] = {
    **ANSWERS,
    "title": "城市口号征集",
    "poll_kind": "contest",
    "entries_from": date(2026, 3, 2),
    "entries_until": date(2026, 3, 10),
    "opens_on": date(2026, 3, 16),
    "closes_on": date(2026, 3, 20),
    "most_chosen": 2,
}


def contest(unit: Unit, team: Team, **changes: Any) -> Poll:
    case = actions.open_poll(
        answers={**CONTEST, **changes}, unit=unit, actor=team["clerk"].actor, at=moment("2026-02-24")
    )
    actions.submit_poll(case=case, actor=team["clerk"].actor, at=moment("2026-02-25"))
    actions.review_poll(case=case, actor=team["reviewer"].actor, at=moment("2026-02-25", 11))
    actions.clear_poll(case=case, actor=team["secrecy"].actor, at=moment("2026-02-25", 14))
    actions.approve_poll(case=case, actor=team["approver"].actor, at=moment("2026-02-26"))
    return case


def enter(case: Poll, title: str, on: str = "2026-03-05") -> Entry:
    return actions.submit_entry(
        case=case,
        title=title,
        text="",
        name="梁䶮",
        email="liang@example.org",
        key=f"key-{title}",
        actor=GUEST,
        at=moment(on),
        address="198.51.100.7",
    ).entry


def review(case: Poll, entry: Entry, team: Team, accepted: bool = True, reason: str = "") -> None:
    actions.review_entry(
        case=case,
        entry=entry,
        accepted=accepted,
        reason=reason,
        actor=team["clerk"].actor,
        at=moment("2026-03-11"),
    )


def sign_ballot(case: Poll, team: Team) -> None:
    actions.review_ballot(case=case, actor=team["reviewer"].actor, at=moment("2026-03-12", 11))
    actions.clear_ballot(case=case, actor=team["secrecy"].actor, at=moment("2026-03-12", 12))
    actions.sign_ballot(case=case, actor=team["approver"].actor, at=moment("2026-03-12", 13))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"entries_from": None}, "entries_from"),
        ({"entries_until": date(2026, 3, 16)}, "entries_until"),
        ({"poll_kind": "survey"}, "entries_from"),
    ],
)
def test_two_stages_follow_each_other(
    office: Unit, clerk: Person, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        actions.open_poll(
            answers={**CONTEST, **changes}, unit=office, actor=clerk.actor, at=moment("2026-02-24")
        )
    assert refused.value.field == field


def test_entries_only_on_their_days_and_once_for_a_key(office: Unit, team: Team) -> None:
    case = contest(office, team)
    for day in ("2026-03-01", "2026-03-11"):
        with pytest.raises(StepRefused, match="不征集作品"):
            enter(case, "早晚", on=day)
    assert enter(case, "山水玉溪").pk == enter(case, "山水玉溪").pk
    assert Entry.objects.count() == 1
    with pytest.raises(InvalidInput, match="手机号码"):
        enter(case, "请打13800000001")


def test_ballot_is_made_of_what_was_accepted_and_voted_on(office: Unit, team: Team) -> None:
    case = contest(office, team)
    rows = [enter(case, title) for title in ("山水玉溪", "聂耳故里", "生态之城")]
    clerk = team["clerk"].actor
    with pytest.raises(StepRefused, match="还没有截止"):
        actions.compose_ballot(case=case, actor=clerk, at=moment("2026-03-10"))
    review(case, rows[0], team)
    review(case, rows[1], team)
    with pytest.raises(InvalidInput, match="理由"):
        review(case, rows[2], team, accepted=False)
    with pytest.raises(StepRefused, match="还有1件"):
        actions.compose_ballot(case=case, actor=clerk, at=moment("2026-03-12"))
    review(case, rows[2], team, accepted=False, reason="与主题不符")
    assert not case.takes_votes(date(2026, 3, 16))
    actions.compose_ballot(case=case, actor=clerk, at=moment("2026-03-12"))
    sign_ballot(case, team)
    assert case.takes_votes(date(2026, 3, 16))
    options = {option["id"] for option in case.definition["pages"][0]["questions"][0]["options"]}
    assert options == {"e1", "e2"}
    with pytest.raises(StepRefused, match="不能再改变"):
        review(case, rows[2], team)
    cast(case, "a", {"q1": ["e1", "e2"]}, on="2026-03-17")
    cast(case, "b", {"q1": ["e2"]}, on="2026-03-18")
    actions.close_ended(at=moment("2026-03-21"))
    tally = queries.sealed_tally(case)
    assert tally is not None
    counted = {row["id"]: row["count"] for row in tally.data["questions"][0]["options"]}
    assert counted == {"e1": 1, "e2": 2}
    refused = Message.objects.filter(body__contains="与主题不符")
    assert [message.address for message in refused] == ["liang@example.org"]


def test_pages_of_both_stages(office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    case = contest(office, team)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-05"))
    page = reverse("polls:detail", args=[case.public_id])
    assert "提交作品" in Client().get(page).content.decode()
    form = reverse("polls:enter", args=[case.public_id])
    data = {"title": "山水玉溪", "name": "刀玉兰", "email": "dao@example.org", "key": "k"}
    bad = Client().post(form, data)
    assert bad.status_code == 400
    assert "没有完成自动验证" in bad.content.decode()
    done = team["clerk"].client().post(form, data)
    assert "1号作品" in done.content.decode()
    listed = reverse("workbench_polls:entries", args=[case.public_id])
    html = team["clerk"].client().get(listed).content.decode()
    assert "山水玉溪" in html
    assert "刀玉兰" not in html
    entry = Entry.objects.get()
    url = reverse("workbench_polls:entry_review", args=[case.public_id, entry.public_id])
    team["clerk"].client().post(url, {"outcome": "accepted"})
    entry.refresh_from_db()
    assert entry.state == "accepted"
    assert "山水玉溪" not in Client().get(page).content.decode()
