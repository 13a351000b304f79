"""Whoever goes on with an answer or decides about more time is told; a wish decided too late is lost."""

from __future__ import annotations

from mailbox import actions
from mailbox.models import Letter
from portal.messaging.models import Message
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person
from tests.factories.mailbox import Hands, accepted, handled, in_review, staffed, submitted  # noqa: F401  fixtures


def told(person: Person) -> list[str]:
    """The subjects of what this person was told, oldest first, without the letter's number."""
    rows = Message.objects.filter(account=person.account).order_by("pk")
    return [row.subject.partition("（")[0] for row in rows]


def test_reviewer_and_leader_are_told_when_it_is_their_turn(hands: Hands) -> None:
    case = in_review(hands)
    assert (told(hands.reviewer), told(hands.approver)) == (["来信答复待审核"], [])
    actions.review_reply(case=case, actor=hands.reviewer.actor, at=moment("2026-02-24", 14))
    assert told(hands.approver) == ["来信答复待签发"]
    last = Message.objects.filter(account=hands.approver.account).latest("pk")
    assert last.body == "答复期限至：2026年3月2日。"


def test_clerk_is_told_of_a_draft_that_came_back(hands: Hands) -> None:
    case = in_review(hands)
    actions.return_reply(
        case=case, comment="请补充依据", actor=hands.reviewer.actor, at=moment("2026-02-24", 14)
    )
    assert told(hands.clerk)[-1] == "来信答复被退回修改"


def test_leader_is_told_of_a_wish_for_more_time_and_the_clerk_of_the_decision(hands: Hands) -> None:
    """Accepted on 10 February: due on 2 March; five more working days end on 9 March."""
    case = handled(hands)
    actions.request_extension(
        case=case, days=5, reason="需要现场勘察", actor=hands.clerk.actor, at=moment("2026-02-11")
    )
    wish = Message.objects.get(account=hands.approver.account)
    assert wish.body == "申请延长5个工作日，须在答复期限（2026年3月2日）届满前决定。"
    actions.extend(case=case, actor=hands.approver.actor, at=moment("2026-02-12"))
    last = Message.objects.filter(account=hands.clerk.account).latest("pk")
    assert (last.subject.partition("（")[0], last.body) == (
        "来信延期申请已批准",
        "新的答复期限至：2026年3月9日。",
    )


def test_clerk_is_told_that_there_is_no_more_time(hands: Hands) -> None:
    case = handled(hands)
    actions.request_extension(
        case=case, days=5, reason="需要现场勘察", actor=hands.clerk.actor, at=moment("2026-02-11")
    )
    actions.refuse_extension(case=case, actor=hands.approver.actor, at=moment("2026-02-12"))
    last = Message.objects.filter(account=hands.clerk.account).latest("pk")
    assert (last.subject.partition("（")[0], last.body) == (
        "来信延期申请未批准",
        "答复期限仍至：2026年3月2日。",
    )


def test_official_who_wrote_the_letter_is_told_as_its_writer_only(hands: Hands, housing: Unit) -> None:
    """A second clerk of the bureau wrote the letter: the page for the staff is closed to that one (回避)."""
    writer = person("housing-clerk-2", housing, Role.CLERK)
    case = submitted()
    Letter.objects.filter(pk=case.pk).update(applicant_id=writer.account.pk)
    case.refresh_from_db()
    accepted(hands, case=case)
    actions.assign(case=case, unit=housing, actor=hands.office_clerk.actor, at=moment("2026-02-10", 12))
    assert told(hands.clerk) == ["信箱来信交办"]
    assert "信箱来信交办" not in told(writer)
