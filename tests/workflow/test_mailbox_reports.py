"""Confidential reports (保密举报): nobody but named persons learns who wrote."""

from __future__ import annotations

import pytest

from mailbox import actions, queries
from portal.core.errors import InvalidInput, StepRefused
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    NAME,
    PHONE,
    Hands,
    assisting_clerk,
    assisting_unit,
    day,
    handled,
    helped,
    report,
    staffed,
)


def test_confidential_report_shows_its_writer_to_nobody_unnamed(
    hands: Hands, transport: Unit, helper: Person, supervisor: Person
) -> None:
    case = helped(hands, transport, handled(hands, case=report()))
    for reader in (hands.office_clerk, hands.office_head, hands.clerk, hands.approver, helper, supervisor):
        view = queries.staff_view(case, reader.actor, day("2026-02-12"))
        assert (view.knows, view.writer, view.files) == (False, [], [])
        assert NAME not in view.text and PHONE not in view.text and "夜间违规施工" in view.text
        assert NAME not in view.case.title
        assert all(paper.addressee == "来信人" for paper in view.documents)


def test_named_reader_may_know_and_naming_is_the_heads(hands: Hands) -> None:
    case = handled(hands, case=report())
    named = {"case": case, "reader": hands.clerk.account, "at": moment("2026-02-11")}
    with pytest.raises(StepRefused, match="负责人"):
        actions.name_reader(**named, reason="核查需要", actor=hands.office_clerk.actor)
    with pytest.raises(InvalidInput):
        actions.name_reader(**named, reason=" ", actor=hands.office_head.actor)
    actions.name_reader(**named, reason="核查需要", actor=hands.office_head.actor)
    assert queries.may_know_writer(case, hands.clerk.actor)
    assert not queries.may_know_writer(case, hands.reviewer.actor)
    with pytest.raises(InvalidInput, match="已经指定"):
        actions.name_reader(**named, reason="再次", actor=hands.office_head.actor)


def test_name_reader_of_an_ordinary_letter_or_an_outsider_is_refused(hands: Hands, helper: Person) -> None:
    with pytest.raises(StepRefused, match="只有保密举报"):
        actions.name_reader(
            case=handled(hands),
            reader=hands.clerk.account,
            reason="x",
            actor=hands.office_head.actor,
            at=moment("2026-02-11"),
        )
    with pytest.raises(InvalidInput) as refused:
        actions.name_reader(
            case=handled(hands, case=report()),
            reader=helper.account,
            reason="x",
            actor=hands.office_head.actor,
            at=moment("2026-02-11"),
        )
    assert refused.value.field == "reader"


def test_assisting_unit_may_not_know_the_writer_of_an_ordinary_letter(
    hands: Hands, transport: Unit, helper: Person
) -> None:
    case = helped(hands, transport)
    assert not queries.may_know_writer(case, helper.actor)
    assert [paper.kind for paper in queries.staff_view(case, helper.actor, day("2026-02-12")).documents] == []
    assert queries.may_know_writer(case, hands.clerk.actor)


def test_answer_to_a_confidential_report_names_nobody(hands: Hands) -> None:
    case = handled(hands, case=report())
    with pytest.raises(InvalidInput, match="个人信息"):
        actions.draft_reply(
            case=case, body=f"{NAME}：您举报的情况属实。", actor=hands.clerk.actor, at=moment("2026-02-12")
        )


def test_revoked_reader_loses_sight_of_the_writer_and_the_record_stays(hands: Hands) -> None:
    case = handled(hands, case=report())
    head, at = hands.office_head.actor, moment("2026-02-11")
    who = {"case": case, "reader": hands.clerk.account, "at": at}
    actions.name_reader(**who, reason="核查需要", actor=head)
    assert "revoke_reader" in queries.staff_view(case, head, day("2026-02-12")).verbs
    with pytest.raises(StepRefused, match="负责人"):
        actions.revoke_reader(**who, reason="已调离", actor=hands.office_clerk.actor)
    with pytest.raises(InvalidInput, match="撤销理由"):
        actions.revoke_reader(**who, reason=" ", actor=head)
    assert queries.may_know_writer(case, hands.clerk.actor)
    actions.revoke_reader(**who, reason="已调离", actor=head)
    assert not queries.may_know_writer(case, hands.clerk.actor)
    view = queries.staff_view(case, hands.clerk.actor, day("2026-02-12"))
    assert (view.writer, view.files) == ([], [])
    assert NAME not in view.text
    assert "revoke_reader" not in queries.staff_view(case, head, day("2026-02-12")).verbs
    taken = case.events.filter(kind__in=("name_reader", "revoke_reader")).order_by("seq")
    assert [(event.kind, event.facts["reader"]) for event in taken] == [
        ("name_reader", hands.clerk.account.pk),
        ("revoke_reader", hands.clerk.account.pk),
    ]
    with pytest.raises(InvalidInput, match="没有被指定"):
        actions.revoke_reader(**who, reason="再次", actor=head)
    actions.name_reader(**who, reason="重新负责", actor=head)
    assert queries.may_know_writer(case, hands.clerk.actor)
