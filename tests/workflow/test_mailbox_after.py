"""After the answer: rated by a link, handled again once by right, then the supervisors; the unit learns sums only."""

from __future__ import annotations

import pytest

from mailbox import actions, queries
from mailbox.choices import State
from mailbox.models import Letter, Rating, RatingInvitation
from portal.cases.models import CaseEvent
from portal.cases.queries import follow_up
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.messaging.models import Message
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    Hands,
    answered,
    day,
    dissatisfied,
    handled,
    invitation,
    rating_path,
    staffed,
    submitted,
)


def test_link_is_sent_sealed_and_only_its_digest_is_kept(hands: Hands) -> None:
    case = answered(hands)
    token = rating_path(case).rstrip("/").rpartition("/")[2]
    assert len(token) == 43, "256 bits"
    row = RatingInvitation.objects.get(letter=case)
    assert token not in row.token_hash
    assert queries.find_invitation(token) == row
    with pytest.raises(NotFound):
        queries.find_invitation(token[:-1] + ("A" if token[-1] != "A" else "B"))
    assert Message.objects.get(key=f"{case.public_id}:rate:1:mail").link == ""


def test_rating_leaves_no_trace_on_the_letter(hands: Hands) -> None:
    case = answered(hands)
    before = (CaseEvent.objects.filter(case=case).count(), case.version)
    actions.rate(invitation=invitation(case), solved=2, attitude=5, why="还没修好", at=moment("2026-02-25"))
    case.refresh_from_db()
    assert (CaseEvent.objects.filter(case=case).count(), case.version) == before
    view = queries.staff_view(case, hands.clerk.actor, day("2026-02-25"))
    assert "还没修好" not in str(vars(view))


def test_rating_twice_is_refused(hands: Hands) -> None:
    case = answered(hands)
    actions.rate(invitation=invitation(case), solved=5, attitude=5, at=moment("2026-02-25"))
    with pytest.raises(StepRefused, match="已经评价过"):
        actions.rate(invitation=invitation(case), solved=1, attitude=1, at=moment("2026-02-25"))
    assert Rating.objects.get().solved == 5


@pytest.mark.parametrize(
    ("solved", "attitude", "field"), [(0, 3, "solved"), (6, 3, "solved"), (3, 0, "attitude")]
)
def test_rating_out_of_range_is_refused(hands: Hands, solved: int, attitude: int, field: str) -> None:
    case = answered(hands)
    with pytest.raises(InvalidInput) as refused:
        actions.rate(invitation=invitation(case), solved=solved, attitude=attitude, at=moment("2026-02-25"))
    assert refused.value.field == field


def test_summary_shows_means_only_from_five_ratings_on(hands: Hands) -> None:
    for marks in range(1, 6):
        case = answered(hands, case=handled(hands, case=submitted(name=f"来信人{marks}")))
        actions.rate(invitation=invitation(case), solved=marks, attitude=5, at=moment("2026-02-25"))
        summary = queries.rating_summary(hands.unit)
        if marks < 5:
            assert (summary.count, summary.solved, summary.satisfied) == (marks, None, None)
    assert (summary.count, summary.solved, summary.attitude, summary.satisfied) == (5, 3.0, 5.0, 60)
    assert queries.rating_summary(hands.office).count == 0


def test_objection_needs_a_low_rating_and_a_reason(hands: Hands) -> None:
    case = answered(hands)
    with pytest.raises(StepRefused, match="请先评价"):
        actions.object_to_answer(invitation=invitation(case), reason="x", at=moment("2026-02-25"))
    actions.rate(invitation=invitation(case), solved=2, attitude=3, at=moment("2026-02-25"))
    with pytest.raises(InvalidInput):
        actions.object_to_answer(invitation=invitation(case), reason=" ", at=moment("2026-02-25"))
    assert Letter.objects.get(pk=case.pk).state == State.ANSWERED


def test_satisfied_writer_cannot_have_it_handled_again(hands: Hands) -> None:
    case = answered(hands)
    actions.rate(invitation=invitation(case), solved=3, attitude=3, at=moment("2026-02-25"))
    with pytest.raises(StepRefused):
        actions.object_to_answer(invitation=invitation(case), reason="x", at=moment("2026-02-25"))


def twice_answered(hands: Hands) -> Letter:
    """A letter that was handled again, answered again, and does not satisfy: with the supervisors."""
    case = answered(hands)
    assert dissatisfied(case, on="2026-02-25") is False
    answered(hands, case=case, at="2026-02-27")
    assert dissatisfied(case, on="2026-03-02") is True
    return case


def test_second_objection_goes_to_the_supervisors(hands: Hands, supervisor: Person) -> None:
    case = twice_answered(hands)
    assert (case.state, case.supervised_on, case.round) == (State.ANSWERED, day("2026-03-02"), 2)
    assert list(queries.supervised()) == [case]
    assert [entry.pk for entry in follow_up(hands.clerk.actor)] == [case.pk]
    with pytest.raises(StepRefused):
        actions.object_to_answer(invitation=invitation(case), reason="再一次", at=moment("2026-03-03"))
    conclusion = {"case": case, "verdict": "ordered", "note": "责成三日内修复", "at": moment("2026-03-03")}
    with pytest.raises(StepRefused, match="监督员"):
        actions.conclude_supervision(**conclusion, actor=hands.approver.actor)
    actions.conclude_supervision(**conclusion, actor=supervisor.actor)
    assert case.supervision_verdict == "ordered"
    assert list(queries.supervised()) == []
    assert list(follow_up(hands.clerk.actor)) == []
    with pytest.raises(StepRefused, match="没有待结论"):
        actions.conclude_supervision(**conclusion, actor=supervisor.actor)


def test_old_link_does_not_rate_while_it_is_handled_again(hands: Hands) -> None:
    case = answered(hands)
    first = invitation(case)
    dissatisfied(case, on="2026-02-25")
    answered(hands, case=case, at="2026-02-27")
    with pytest.raises(StepRefused):
        actions.rate(invitation=first, solved=5, attitude=5, at=moment("2026-02-28"))
    assert invitation(case) != first


def test_member_that_does_not_satisfy_is_handled_again_on_its_own(hands: Hands) -> None:
    leader, member = handled(hands), handled(hands, case=submitted(name="李四", phone="13900000002"))
    actions.merge(case=leader, members=[member], actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    answered(hands, case=leader, at="2026-02-24")
    member.refresh_from_db()
    dissatisfied(member, on="2026-02-25")
    assert (member.state, member.leader_id, member.unit) == (State.HANDLING, None, hands.unit)
    assert Letter.objects.get(pk=leader.pk).state == State.ANSWERED
    answered(hands, case=member, at="2026-02-27")
    assert member.state == State.ANSWERED
