"""Many letters on one matter: merged all or none, answered each under its own number, taken apart again."""

from __future__ import annotations

import pytest

from mailbox import actions
from mailbox.choices import State
from mailbox.models import Letter
from portal.core.errors import InvalidInput, StaleCase, StepRefused
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    Hands,
    accepted,
    answered,
    assigned,
    assisting_clerk,
    assisting_unit,
    handled,
    in_review,
    invitation,
    report,
    staffed,
    submitted,
)


def test_merge_of_several_is_one_answer_under_each_number(hands: Hands) -> None:
    from portal.documents.models import OfficialDocument

    leader = handled(hands)
    first = accepted(hands, case=submitted(name="李四", phone="13900000002", email=""))
    second = handled(hands, case=submitted(name="王五", phone="13900000003"))
    members = actions.letters_by_number(hands.office_clerk.actor, [str(first.number), str(second.number)])
    assert (
        actions.merge(case=leader, members=members, actor=hands.office_clerk.actor, at=moment("2026-02-11"))
        == 2
    )
    first.refresh_from_db()
    assert (first.state, first.leader, first.unit) == (State.MERGED, leader, hands.office)
    answered(hands, case=leader, at="2026-02-24")
    for case in (leader, first, second):
        case.refresh_from_db()
        paper = OfficialDocument.objects.get(case=case, kind="mailbox_reply")
        assert (case.state, case.unit, paper.addressee) == (State.ANSWERED, hands.unit, case.name)
        assert paper.facts["case_number"] == case.number
        assert invitation(case).letter == case


def test_merge_is_all_or_none(hands: Hands) -> None:
    leader, good, bad = handled(hands), accepted(hands), submitted()
    with pytest.raises(StepRefused):
        actions.merge(
            case=leader, members=[good, bad], actor=hands.office_clerk.actor, at=moment("2026-02-11")
        )
    good = Letter.objects.get(pk=good.pk)
    assert (good.state, good.leader) == (State.ACCEPTED, None)


@pytest.mark.parametrize("in_unit", [False, True])
def test_unmerge_stands_where_it_stood(hands: Hands, in_unit: bool) -> None:
    leader = handled(hands)
    member = handled(hands) if in_unit else accepted(hands)
    before = (member.state, member.unit_id, member.due_on, member.main_unit_id)
    actions.merge(case=leader, members=[member], actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    actions.unmerge(
        case=member, comment="不是同一事项", actor=hands.office_clerk.actor, at=moment("2026-02-12")
    )
    assert (member.state, member.unit_id, member.due_on, member.main_unit_id) == before
    assert (member.leader_id, member.merged_from) == (None, "")


def test_merge_into_what_is_merged_or_in_review_is_refused(hands: Hands) -> None:

    reviewed, member = in_review(hands), accepted(hands)
    with pytest.raises(InvalidInput, match="尚未送审"):
        actions.merge(
            case=reviewed, members=[member], actor=hands.office_clerk.actor, at=moment("2026-02-24")
        )


def test_merge_of_a_confidential_report_is_refused(hands: Hands) -> None:
    with pytest.raises(StepRefused, match="单独办理"):
        actions.merge(
            case=handled(hands),
            members=[accepted(hands, case=report())],
            actor=hands.office_clerk.actor,
            at=moment("2026-02-11"),
        )


def test_unit_merges_only_what_it_holds(hands: Hands, helper: Person) -> None:
    leader, own, foreign = handled(hands), handled(hands), accepted(hands)
    with pytest.raises(InvalidInput, match="没有找到"):
        actions.letters_by_number(hands.clerk.actor, [str(foreign.number)])
    with pytest.raises(StepRefused):
        actions.merge(case=leader, members=[foreign], actor=hands.clerk.actor, at=moment("2026-02-11"))
    actions.merge(case=leader, members=[own], actor=hands.clerk.actor, at=moment("2026-02-11"))
    assert own.leader == leader


def test_answer_to_many_names_none_of_their_writers(hands: Hands) -> None:
    leader, member = handled(hands), accepted(hands, case=submitted(name="李四", phone="13900000002"))
    actions.draft_reply(
        case=leader, body="李四等人反映的情况属实。", actor=hands.clerk.actor, at=moment("2026-02-11")
    )
    actions.merge(case=leader, members=[member], actor=hands.office_clerk.actor, at=moment("2026-02-11", 11))
    with pytest.raises(InvalidInput, match="个人信息"):
        actions.submit_reply(case=leader, actor=hands.clerk.actor, at=moment("2026-02-11", 12))


def test_merge_from_a_stale_page_is_refused(hands: Hands) -> None:
    leader = handled(hands)
    with pytest.raises(StaleCase):
        actions.merge(
            case=leader,
            members=[accepted(hands)],
            actor=hands.office_clerk.actor,
            at=moment("2026-02-11"),
            seen_version=leader.version - 1,
        )


def test_leader_with_members_cannot_be_declined(hands: Hands) -> None:
    leader, member = assigned(hands), accepted(hands)
    actions.merge(case=leader, members=[member], actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    actions.return_letter(case=leader, reason="职责", actor=hands.clerk.actor, at=moment("2026-02-11", 11))
    with pytest.raises(StepRefused, match="先撤销并件"):
        actions.decline(
            case=leader,
            reason="in_court",
            note="x",
            actor=hands.office_clerk.actor,
            at=moment("2026-02-11", 12),
        )
