"""Hearings: the draw is bound to a list, nobody is named, what was sent back can be mended."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from consultations.hearings import actions, queries, rules
from consultations.hearings.choices import Place, State
from consultations.hearings.models import Hearing, SignUp
from consultations.hearings.verbs import VERBS
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.privacy.models import PersonalDataAccess
from portal.publishing import takedown
from portal.search.queries import search
from portal.units.models import Unit
from tests.cast import SHANGHAI, Person, moment
from tests.workflow.test_hearing import ANSWERS, GROUPS, announced, sign_up

Team = dict[str, Person]
PERSONAL = "联系人身份证号11010519491231002X"


def signed(case: Hearing, phone: str, key: str, at: datetime | None = None) -> actions.SignedUp:
    return actions.sign_up(
        case=case,
        group=case.groups.get(title="消费者").pk,
        name="刀玉兰",
        phone=phone,
        email="",
        view="",
        key=key,
        actor=GUEST,
        at=at or moment("2026-03-10"),
    )


@pytest.mark.parametrize(
    "phone", ["+8613800000001", "8613800000001", "0086 138 0000 0001", "013800000001", "138-0000-0001转1"]
)
def test_one_telephone_signs_up_once_however_it_is_written(office: Unit, team: Team, phone: str) -> None:
    case = announced(office, team)
    signed(case, "13800000001", "k1")
    with pytest.raises(StepRefused, match="已经报过名"):
        signed(case, phone, "k2")


def test_no_text_goes_to_a_landline(office: Unit, team: Team) -> None:
    case = announced(office, team)
    signed(case, "0877-2022222", "k1")
    signed(case, "13800000001", "k2")
    texts = Message.objects.filter(channel="sms").values_list("address", flat=True)
    assert list(texts) == ["13800000001"]


def test_sign_up_of_other_words_with_the_same_key_is_told_so(office: Unit, team: Team) -> None:
    case = announced(office, team)
    first = signed(case, "13800000001", "k")
    assert signed(case, "138 0000 0001", "k").row.pk == first.row.pk
    with pytest.raises(StepRefused, match="不同内容"):
        signed(case, "13800000002", "k")


def test_hearing_that_was_sent_back_is_mended_and_signed_anew(office: Unit, team: Team) -> None:
    clerk = team["clerk"].actor
    case = actions.open_hearing(
        answers=ANSWERS, groups=GROUPS, unit=office, actor=clerk, at=moment("2026-03-02")
    )
    actions.submit_hearing(case=case, actor=clerk, at=moment("2026-03-02"))
    actions.return_hearing(case=case, comment="改期", actor=team["reviewer"].actor, at=moment("2026-03-03"))
    later = {**ANSWERS, "held_on": date(2026, 4, 20)}
    seats = [("消费者", 3), ("专家", 1)]
    before = queries.content_digest(case)
    actions.edit_hearing(case=case, answers=later, groups=seats, actor=clerk, at=moment("2026-03-03"))
    assert queries.content_digest(case) == case.events.get(kind="edit_hearing").facts["content_sha256"]
    assert queries.content_digest(case) != before
    actions.submit_hearing(case=case, actor=clerk, at=moment("2026-03-04"))
    actions.recall_hearing(case=case, actor=clerk, at=moment("2026-03-04"))
    actions.submit_hearing(case=case, actor=clerk, at=moment("2026-03-04"))
    actions.review_hearing(case=case, actor=team["reviewer"].actor, at=moment("2026-03-04"))
    actions.announce_hearing(case=case, actor=team["approver"].actor, at=moment("2026-03-05"))
    groups = list(case.groups.order_by("id").values_list("title", "seats"))
    assert (case.held_on, groups) == (date(2026, 4, 20), [("消费者", 3), ("专家", 1)])


def test_page_offers_the_draft_to_be_changed(office: Unit, team: Team) -> None:
    case = actions.open_hearing(
        answers=ANSWERS, groups=GROUPS, unit=office, actor=team["clerk"].actor, at=moment("2026-03-02")
    )
    url = reverse("workbench_hearings:step", args=[case.public_id, "edit-hearing"])
    html = team["clerk"].client().get(url).content.decode()
    assert ("消费者 2" in html, VERBS["edit_hearing"].label) == (True, "修改")


def test_draw_is_bound_to_a_list_that_was_shown_before_the_seed(office: Unit, team: Team) -> None:
    case = announced(office, team)
    for number in range(1, 6):
        sign_up(case, number)
    actions.withdraw_sign_up(sign_up_id=SignUp.objects.get(number=2).pk, at=moment("2026-03-12"))
    assert actions.fix_ended(at=moment("2026-03-20", 23)) == 0
    assert actions.fix_ended(at=moment("2026-03-21", 1)) == 1
    assert actions.fix_ended(at=moment("2026-03-21", 2)) == 0
    html = Client().get(reverse("hearings:detail", args=[case.public_id])).content.decode()
    assert ("1、3、4、5" in html, "报名截止、抽选时公布" in html) == (True, True)
    actions.withdraw_sign_up(sign_up_id=SignUp.objects.get(number=4).pk, at=moment("2026-03-22"))
    actions.draw_seats(case=case, actor=team["clerk"].actor, at=moment("2026-03-23"))
    fixed = queries.fixed_list(case)
    assert fixed is not None
    assert dict(fixed.groups) == {"消费者": (1, 3, 4, 5), "经营者": ()}
    assert (fixed.withdrawn, fixed.since) == ((2,), (4,))
    again = rules.order_of(case.seed_shown, [1, 3, 5])
    taken = {row.number for row in SignUp.objects.filter(place=Place.SEAT)}
    assert taken == set(again[:2])


def test_draw_without_the_job_fixes_the_list_first(office: Unit, team: Team) -> None:
    case = announced(office, team)
    sign_up(case, 1)
    actions.draw_seats(
        case=case, actor=team["clerk"].actor, at=moment("2026-03-23"), seen_version=case.version
    )
    kinds = list(case.events.order_by("seq").values_list("kind", flat=True))[-2:]
    assert kinds == ["fix_list", "draw_seats"]


def test_sign_up_of_the_last_second_is_in_the_draw(office: Unit, team: Team) -> None:
    case = announced(office, team)
    last = datetime(2026, 3, 20, 23, 59, 59, tzinfo=SHANGHAI)
    with pytest.raises(StepRefused, match="还没有截止"):
        actions.draw_seats(case=case, actor=team["clerk"].actor, at=last + timedelta(seconds=2))
    stale = Hearing.objects.get(pk=case.pk)
    signed(case, "13800000001", "k1", at=last)
    actions.draw_seats(case=case, actor=team["clerk"].actor, at=last + timedelta(minutes=6))
    assert SignUp.objects.get().place == Place.SEAT
    with pytest.raises(StepRefused, match="不能报名"):
        signed(stale, "13800000002", "k2", at=last)
    assert SignUp.objects.filter(place=Place.WAITING).count() == 0


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_whoever_withdraws_beside_the_draw_holds_no_seat(office: Unit, team: Team) -> None:
    case = announced(office, team)
    for number in range(1, 4):
        sign_up(case, number)
    gone = SignUp.objects.get(number=1)
    found: list[str] = []

    def leave() -> None:
        try:
            actions.withdraw_sign_up(sign_up_id=gone.pk, at=moment("2026-03-23"))
        finally:
            connection.close()

    def draw() -> None:
        try:
            actions.draw_seats(
                case=Hearing.objects.get(pk=case.pk), actor=team["clerk"].actor, at=moment("2026-03-23")
            )
            found.append("drawn")
        finally:
            connection.close()

    both = [threading.Thread(target=draw), threading.Thread(target=leave)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    gone.refresh_from_db()
    assert (found, gone.place) == (["drawn"], Place.WITHDRAWN)
    assert SignUp.objects.filter(place=Place.SEAT).count() == 2


def held(office: Unit, team: Team) -> Hearing:
    case = announced(office, team)
    sign_up(case, 1)
    actions.draw_seats(case=case, actor=team["clerk"].actor, at=moment("2026-03-23"))
    return case


@pytest.mark.parametrize("words", [PERSONAL, "报名人1表示赞成。", "电话13800000001。"])
def test_record_and_report_name_nobody(office: Unit, team: Team, words: str) -> None:
    case = held(office, team)
    facts: dict[str, Any] = {"case": case, "actor": team["clerk"].actor}
    with pytest.raises(InvalidInput, match="个人信息") as refused:
        actions.hold_hearing(minutes=words, present=1, at=moment("2026-04-10", 15), **facts)
    assert refused.value.field == "minutes"
    actions.hold_hearing(minutes="1号：赞成。", present=1, at=moment("2026-04-10", 15), **facts)
    with pytest.raises(InvalidInput, match="个人信息"):
        actions.submit_report(report=words, at=moment("2026-04-13"), **facts)


def test_matter_with_somebodys_number_is_refused(office: Unit, clerk: Person) -> None:
    with pytest.raises(InvalidInput, match="身份证"):
        actions.open_hearing(
            answers={**ANSWERS, "matter": PERSONAL},
            groups=GROUPS,
            unit=office,
            actor=clerk.actor,
            at=moment("2026-03-02"),
        )


def test_report_passes_the_secrecy_review(office: Unit, team: Team) -> None:
    case = held(office, team)
    clerk = team["clerk"].actor
    actions.hold_hearing(
        case=case, minutes="1号：赞成。", present=1, actor=clerk, at=moment("2026-04-10", 15)
    )
    actions.submit_report(case=case, report="已采纳。", actor=clerk, at=moment("2026-04-13"))
    with pytest.raises(StepRefused, match="报告待保密审查"):
        actions.publish_report(case=case, actor=team["approver"].actor, at=moment("2026-04-13"))
    html = Client().get(reverse("hearings:detail", args=[case.public_id])).content.decode()
    assert "已采纳。" not in html
    actions.clear_report(case=case, actor=team["secrecy"].actor, at=moment("2026-04-13"))
    actions.publish_report(case=case, actor=team["approver"].actor, at=moment("2026-04-14"))
    assert case.state == State.REPORTED


def test_reported_hearing_comes_down_and_leaves_the_index(office: Unit, team: Team) -> None:
    case = held(office, team)
    run_due()
    assert search("城市供水价格").total == 1
    takedown.take_down(case=case, reason="材料有误", actor=team["approver"].actor, at=moment("2026-03-24"))
    assert search("城市供水价格").total == 0
    with pytest.raises(NotFound, match="已于2026年3月24日撤下"):
        queries.find_public(case.public_id)


def test_cancelled_hearing_leaves_the_index(office: Unit, team: Team) -> None:
    case = announced(office, team)
    run_due()
    assert search("城市供水价格").total == 1
    actions.cancel_hearing(
        case=case, reason="方案撤回", actor=team["approver"].actor, at=moment("2026-03-12")
    )
    run_due()
    assert search("城市供水价格").total == 0


def test_clerk_looks_up_those_drawn_with_a_reason_on_record(office: Unit, team: Team) -> None:
    case = held(office, team)
    page = reverse("workbench_hearings:detail", args=[case.public_id])
    url = reverse("workbench_hearings:reveal", args=[case.public_id])
    client = team["clerk"].client()
    assert "13800000001" not in client.get(page).content.decode()
    shown = client.post(url, {"reason": "通知参加人到会"}).content.decode()
    assert ("13800000001" in shown, "报名人1" in shown) == (True, True)
    fields = list(PersonalDataAccess.objects.values_list("field", flat=True))
    assert sorted(fields) == ["email", "name", "phone"]
    assert team["reviewer"].client().post(url, {"reason": "通知参加人到会"}).status_code == 403
    client.post(url, {"reason": ""})
    assert PersonalDataAccess.objects.count() == 3
