"""A hearing: announced in time, signed up for, drawn so that anybody can do it again, held, reported."""

from __future__ import annotations

import hashlib
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.hearings import actions, queries, rules
from consultations.hearings.choices import Place, State
from consultations.hearings.models import Hearing, SignUp
from portal.cases.ledger import verify_cases
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.messaging.models import Message
from portal.units.models import Unit
from tests.cast import Person, moment

Team = dict[str, Person]
ANSWERS: dict[str, Any] = {
    "title": "城市供水价格调整",
    "matter": "拟调整居民生活用水价格。",
    "place": "红塔区某会议室",
    "held_on": date(2026, 4, 10),
    "held_at": time(9, 30),
    "sign_up_from": date(2026, 3, 9),
    "sign_up_until": date(2026, 3, 20),
    "contact_phone": "0877-12345",
}
GROUPS = [("消费者", 2), ("经营者", 1)]


def announced(unit: Unit, team: Team, **changes: Any) -> Hearing:
    case = actions.open_hearing(
        answers={**ANSWERS, **changes},
        groups=GROUPS,
        unit=unit,
        actor=team["clerk"].actor,
        at=moment("2026-03-02"),
    )
    actions.submit_hearing(case=case, actor=team["clerk"].actor, at=moment("2026-03-02", 11))
    actions.review_hearing(case=case, actor=team["reviewer"].actor, at=moment("2026-03-03"))
    actions.announce_hearing(case=case, actor=team["approver"].actor, at=moment("2026-03-04"))
    return case


def sign_up(case: Hearing, number: int, group: str = "消费者", on: str = "2026-03-10") -> actions.SignedUp:
    return actions.sign_up(
        case=case,
        group=case.groups.get(title=group).pk,
        name=f"报名人{number}",
        phone=f"1380000{number:04d}",
        email=f"p{number}@example.org",
        view="",
        key=f"key-{number}",
        actor=GUEST,
        at=moment(on),
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sign_up_until": date(2026, 3, 12)}, "sign_up_until"),
        ({"held_on": date(2026, 3, 20)}, "held_on"),
        ({"held_on": date(2026, 3, 23)}, ""),
        (
            {
                "sign_up_from": date(2026, 3, 2),
                "sign_up_until": date(2026, 3, 9),
                "held_on": date(2026, 3, 16),
            },
            "held_on",
        ),
    ],
)
def test_lead_times_follow_the_table(
    office: Unit, clerk: Person, changes: dict[str, Any], field: str
) -> None:
    facts: dict[str, Any] = {
        "answers": {**ANSWERS, **changes},
        "groups": GROUPS,
        "unit": office,
        "actor": clerk.actor,
        "at": moment("2026-03-02"),
    }
    if not field:
        assert actions.open_hearing(**facts).pk
        return
    with pytest.raises(InvalidInput) as refused:
        actions.open_hearing(**facts)
    assert refused.value.field == field


def test_sign_up_on_its_days_once_a_person(office: Unit, team: Team) -> None:
    case = announced(office, team)
    for day in ("2026-03-08", "2026-03-21"):
        with pytest.raises(StepRefused, match="不能报名"):
            sign_up(case, 9, on=day)
    first = sign_up(case, 1)
    assert sign_up(case, 1).row.pk == first.row.pk
    with pytest.raises(StepRefused, match="已经报过名"):
        actions.sign_up(
            case=case,
            group=case.groups.get(title="经营者").pk,
            name="换个名字",
            phone="138-0000-0001",
            email="",
            view="",
            key="another",
            actor=GUEST,
            at=moment("2026-03-10"),
        )
    sealed = SignUp.objects.get()
    assert sealed.name == "报名人1"


def test_draw_can_be_done_again_by_anybody(office: Unit, team: Team) -> None:
    case = announced(office, team)
    for number in range(1, 7):
        sign_up(case, number)
    sign_up(case, 7, "经营者")
    with pytest.raises(StepRefused, match="还没有截止"):
        actions.draw_seats(case=case, actor=team["clerk"].actor, at=moment("2026-03-20"))
    assert case.seed_shown == ""
    actions.draw_seats(case=case, actor=team["clerk"].actor, at=moment("2026-03-23"))
    assert hashlib.sha256(case.seed_shown.encode()).hexdigest() == case.commitment
    again = rules.draw(case.seed_shown, {"消费者": (2, [1, 2, 3, 4, 5, 6]), "经营者": (1, [7])})
    shown = {title: (set(taken), set(waiting)) for title, _, taken, waiting in queries.drawn_numbers(case)}
    assert shown == {title: (set(taken), set(waiting)) for title, (taken, waiting) in again.items()}
    assert Message.objects.filter(subject__contains="抽选结果").count() == 14
    event = case.events.get(kind="draw_seats")
    assert event.facts["result"]["经营者"] == [7]


def test_withdrawal_after_the_draw_moves_the_first_substitute_up(office: Unit, team: Team) -> None:
    case = announced(office, team)
    for number in range(1, 6):
        sign_up(case, number)
    actions.draw_seats(case=case, actor=team["clerk"].actor, at=moment("2026-03-23"))
    order = rules.order_of(case.seed, [1, 2, 3, 4, 5])
    gone = SignUp.objects.get(number=order[0])
    actions.withdraw_sign_up(sign_up_id=gone.pk, at=moment("2026-03-25"))
    assert SignUp.objects.get(number=order[2]).place == Place.SEAT
    assert SignUp.objects.filter(place=Place.SEAT).count() == 2
    with pytest.raises(StepRefused):
        actions.withdraw_sign_up(sign_up_id=SignUp.objects.get(number=order[1]).pk, at=moment("2026-04-10"))


def test_hearing_is_held_and_reported_by_two_people(office: Unit, team: Team) -> None:
    case = announced(office, team)
    sign_up(case, 1)
    actions.draw_seats(case=case, actor=team["clerk"].actor, at=moment("2026-03-23"))
    facts: dict[str, Any] = {"case": case, "actor": team["clerk"].actor}
    with pytest.raises(StepRefused, match="还没有举行"):
        actions.hold_hearing(minutes="笔录", present=1, at=moment("2026-04-09"), **facts)
    actions.hold_hearing(minutes="1号：赞成。", present=1, at=moment("2026-04-10", 15), **facts)
    with pytest.raises(InvalidInput):
        actions.submit_report(report=" ", at=moment("2026-04-13"), **facts)
    actions.submit_report(report="意见已采纳。", at=moment("2026-04-13"), **facts)
    actions.clear_report(case=case, actor=team["secrecy"].actor, at=moment("2026-04-13", 15))
    actions.publish_report(case=case, actor=team["approver"].actor, at=moment("2026-04-14"))
    assert case.state == State.REPORTED
    kinds = set(OfficialDocument.objects.filter(case=case).values_list("kind", flat=True))
    assert kinds == {"hearing_notice", "hearing_report"}
    assert list(verify_cases()) == []


def test_cancelled_hearing_tells_everybody(office: Unit, team: Team) -> None:
    case = announced(office, team)
    sign_up(case, 1)
    actions.cancel_hearing(
        case=case, reason="方案撤回", actor=team["approver"].actor, at=moment("2026-03-12")
    )
    assert Message.objects.filter(subject__contains="已取消").count() == 2


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(alphabet="0123456789abcdef", min_size=8, max_size=64),
    st.lists(st.integers(1, 500), unique=True, max_size=40),
    st.integers(1, 10),
)
def test_draw_is_a_permutation_that_fills_the_seats(seed: str, numbers: list[int], seats: int) -> None:
    taken, waiting = rules.draw(seed, {"甲": (seats, numbers)})["甲"]
    assert sorted(taken + waiting) == sorted(numbers)
    assert len(taken) == min(seats, len(numbers))
    assert rules.order_of(seed, list(reversed(numbers))) == rules.order_of(seed, numbers)


def test_draw_favours_nobody() -> None:
    won = dict.fromkeys(range(1, 11), 0)
    for seed in range(2000):
        for number in rules.order_of(str(seed), list(won))[:3]:
            won[number] += 1
    assert max(won.values()) < 720
    assert min(won.values()) > 480


def test_pages(office: Unit, team: Team, outsider: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    case = announced(office, team)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-10"))
    page = reverse("hearings:detail", args=[case.public_id])
    words = Client().get(page).content.decode()
    assert case.commitment in words
    assert case.seed not in words
    assert case.title in Client().get(reverse("hearings:home")).content.decode()
    form = reverse("hearings:sign_up", args=[case.public_id])
    data = {
        "group": str(case.groups.get(title="消费者").pk),
        "name": "刀玉兰",
        "phone": "13800000009",
        "key": "k",
    }
    assert Client().post(form, data).status_code == 400
    bad = outsider.client().post(form, {**data, "phone": "电话"})
    assert bad.status_code == 400
    assert "联系电话格式不正确" in bad.content.decode()
    done = outsider.client().post(form, data)
    assert done.status_code == 302
    own = Client().get(done["Location"]).content.decode()
    assert "1号" in own
    staff = team["clerk"].client().get(reverse("workbench_hearings:detail", args=[case.public_id]))
    assert "刀玉兰" not in staff.content.decode()
    url = reverse("workbench_hearings:detail", args=[case.public_id])
    assert outsider.client().get(url).status_code == 404
    new = reverse("workbench_hearings:new")
    made = {name: str(value) for name, value in ANSWERS.items()} | {
        "unit": str(office.pk),
        "subject": "other",
        "groups": "消费者",
    }
    refused = team["clerk"].client().post(new, made)
    assert refused.status_code == 400
    assert "应写成" in refused.content.decode()
    whole = {
        **made,
        "groups": "消费者 6\n经营者 2",
        "held_at": "09:30",
        "held_on": "2026-05-10",
        "sign_up_from": "2026-03-13",
    }
    assert team["clerk"].client().post(new, whole).status_code == 302
