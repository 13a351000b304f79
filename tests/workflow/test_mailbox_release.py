"""The public copy of a letter: redacted, screened, signed by different people, published, taken down."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from mailbox import actions, queries
from mailbox.choices import State
from mailbox.models import Letter, PublishedLetter
from portal.core.errors import InvalidInput, StepRefused
from portal.jobs.outbox import run_due
from portal.publishing.models import Release, Review
from portal.search.queries import search
from portal.units.access import actor_for
from portal.units.actions import appoint
from portal.units.choices import Role
from tests.cast import moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    COPY,
    EMAIL,
    NAME,
    PHONE,
    Desk,
    Hands,
    accepted,
    answered,
    cleared,
    dissatisfied,
    handled,
    proposed,
    published,
    publishing_desk,
    report,
    staffed,
    submitted,
)


def test_release_is_listed_and_found_and_holds_nothing_personal(hands: Hands, desk: Desk) -> None:
    case = published(hands, desk)
    run_due()
    copy = queries.newest_letters(moment("2026-02-26")).get()
    assert (copy.case_id, copy.unit, copy.kind, copy.kind_label) == (
        case.pk,
        hands.unit,
        "letter_help",
        "来信·求助",
    )
    assert (copy.received_on, copy.answered_on) == (date(2026, 2, 10), date(2026, 2, 24))
    row = PublishedLetter.objects.get()
    assert (row.release, row.letter_kind, row.place, row.asked) == (copy, "help", "hongta", 1)
    assert [hit.entry.url for hit in search("夜间照明").hits] == [
        reverse("releases:detail", args=[copy.public_id])
    ]
    assert [sign.step for sign in Review.objects.get(case=case, purpose="release").sign_offs.all()] == [
        "draft",
        "secrecy",
        "approve",
    ]


@pytest.mark.parametrize(
    "said",
    [
        f"{NAME}来信反映路灯不亮",
        f"请联系{PHONE}",
        "请联系１３８ ０００００００１",
        f"邮箱{EMAIL}",
        "住红塔区某街8号",
    ],
)
def test_propose_with_anything_of_the_writer_is_refused(hands: Hands, said: str) -> None:
    case = answered(hands, case=handled(hands, case=submitted(residence="红塔区某街8号")))
    with pytest.raises(InvalidInput, match="仍有个人信息"):
        proposed(hands, case=case, question=said)
    assert not Release.objects.exists()


def test_propose_with_a_merged_writers_name_is_refused(hands: Hands) -> None:
    leader = handled(hands)
    other = accepted(hands, case=submitted(name="李四", phone="13900000002", email=""))
    actions.merge(case=leader, members=[other], actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    answered(hands, case=leader)
    with pytest.raises(InvalidInput, match="本件当事人信息"):
        proposed(hands, case=leader, answer="李四等反映的问题已解决。")


def test_suggested_text_is_struck_out_of_what_names_the_writer(hands: Hands) -> None:
    case = answered(hands, case=handled(hands, case=submitted(text=f"我是{NAME}，电话{PHONE}，路灯不亮。")))
    text = actions.suggested_text(case)
    assert (text.title, text.question) == ("某路口夜间照明不足", "我是（略），电话（略），路灯不亮。")
    assert "已修复" in text.answer


@pytest.mark.parametrize("kind", ["help", "report"])
def test_confidential_letter_and_any_report_are_never_published(hands: Hands, kind: str) -> None:
    case = submitted(letter_kind=kind, confidential=kind == "help")
    answered(hands, case=handled(hands, case=case))
    with pytest.raises(StepRefused, match="保密来信和举报不公开"):
        proposed(hands, case=case)


def test_letter_before_its_answer_is_not_published(hands: Hands) -> None:
    with pytest.raises(StepRefused):
        proposed(hands, case=handled(hands))


def test_same_person_does_not_sign_two_steps(hands: Hands, desk: Desk) -> None:
    case = proposed(hands)
    appoint(
        account=hands.clerk.account, unit=hands.unit, role=Role.SECRECY_REVIEWER, starts_on=date(2020, 1, 1)
    )
    again = actor_for(hands.clerk.account, date(2026, 2, 25))
    with pytest.raises(StepRefused, match="不同人员"):
        actions.clear_release(case=case, actor=again, at=moment("2026-02-25", 11))
    actions.clear_release(case=case, actor=desk.secrecy.actor, at=moment("2026-02-25", 12))
    with pytest.raises(StepRefused):
        actions.release(case=case, actor=desk.secrecy.actor, at=moment("2026-02-25", 14))


def test_text_changed_after_the_review_is_not_published(hands: Hands, desk: Desk) -> None:
    case = cleared(hands, desk)
    Release.objects.filter(case=case).update(answer="别的内容")
    with pytest.raises(StepRefused):
        actions.release(case=case, actor=desk.publisher.actor, at=moment("2026-02-25", 14))


def test_second_copy_beside_the_first_is_refused_and_possible_after_rejection(
    hands: Hands, desk: Desk
) -> None:
    case = proposed(hands)
    with pytest.raises(StepRefused, match="已有公开副本"):
        proposed(hands, case=case)
    actions.reject_release(
        case=case, comment="涉及个案", actor=desk.secrecy.actor, at=moment("2026-02-25", 14)
    )
    published(hands, desk, case=case, on="2026-02-26")
    assert [row.state for row in Release.objects.filter(case=case).order_by("id")] == [
        "rejected",
        "published",
    ]


def test_member_is_published_with_its_leading_letter_and_counted(hands: Hands, desk: Desk) -> None:
    leader = handled(hands)
    other = accepted(hands, case=submitted(name="李四", phone="13900000002", email=""))
    actions.merge(case=leader, members=[other], actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    answered(hands, case=leader)
    other = Letter.objects.get(pk=other.pk)
    with pytest.raises(StepRefused, match="由主件提出公开"):
        proposed(hands, case=other)
    published(hands, desk, case=leader)
    assert PublishedLetter.objects.get().asked == 2


def test_retract_leaves_list_and_search_at_once(hands: Hands, desk: Desk) -> None:
    case = published(hands, desk)
    run_due()
    actions.retract_release(
        case=case, comment="内容有误", actor=desk.publisher.actor, at=moment("2026-02-26")
    )
    assert queries.newest_letters(moment("2026-02-26", 14)).count() == 0
    assert search("夜间照明").hits == []


def test_handled_again_drops_an_undecided_copy_and_a_published_one_can_still_come_down(
    hands: Hands, desk: Desk
) -> None:
    case = proposed(hands)
    dissatisfied(case, on="2026-02-26")
    assert Release.objects.get(case=case).state == "rejected"
    assert not Review.objects.filter(case=case, purpose="release", closed_at__isnull=True).exists()
    other = published(hands, desk, case=answered(hands, case=handled(hands, case=submitted(name="张伟"))))
    dissatisfied(other, on="2026-02-26")
    assert other.state == State.HANDLING
    actions.retract_release(
        case=other, comment="答复有误", actor=desk.publisher.actor, at=moment("2026-02-27")
    )
    assert Release.objects.get(case=other).state == "retracted"


def test_undecided_copy_is_a_matter_to_follow_up(hands: Hands, desk: Desk) -> None:
    case = proposed(hands)
    answered_only = answered(hands, case=handled(hands, case=submitted(name="张伟")))
    rows = Letter.objects.filter(pk__in=[case.pk, answered_only.pk])
    assert list(queries.follow_up(rows).values_list("pk", flat=True)) == [case.pk]
    actions.clear_release(case=case, actor=desk.secrecy.actor, at=moment("2026-02-25", 11))
    actions.release(case=case, actor=desk.publisher.actor, at=moment("2026-02-25", 12))
    assert not queries.follow_up(rows).exists()
    assert COPY["title"] == Release.objects.get(case=case).title
