"""Between the mailbox office and the units: given, sent back twice, ruled on, helped with; who sees what."""

from __future__ import annotations

import pytest

from mailbox import actions, queries
from mailbox.choices import AssignmentState, State
from mailbox.models import AnswerTemplate, Assignment, Letter
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    BODY,
    Hands,
    assigned,
    assisting_clerk,
    assisting_unit,
    day,
    handled,
    helped,
    signed,
    staffed,
)


def test_return_within_the_term_goes_back_to_the_office(hands: Hands) -> None:
    case = assigned(hands, on="2026-02-13")
    actions.return_letter(case=case, reason="属于城管职责", actor=hands.clerk.actor, at=moment("2026-02-14"))
    assert (case.state, case.unit, case.returns) == (State.RETURNED, hands.office, 1)
    part = Assignment.objects.get(letter=case)
    assert (part.state, part.end_reason) == (AssignmentState.RETURNED, "属于城管职责")
    assert case.due_on == day("2026-03-05"), "the writer's clock does not start anew"


def test_return_over_the_holiday_is_still_in_time(hands: Hands) -> None:
    """Given on the worked Saturday before 春节: the first working day after it is 24 February."""
    case = assigned(hands, on="2026-02-14")
    actions.return_letter(case=case, reason="职责", actor=hands.clerk.actor, at=moment("2026-02-24"))
    assert case.state == State.RETURNED


def test_return_too_late_or_without_reason_is_refused(hands: Hands) -> None:
    case = assigned(hands)
    with pytest.raises(InvalidInput):
        actions.return_letter(case=case, reason=" ", actor=hands.clerk.actor, at=moment("2026-02-11"))
    with pytest.raises(StepRefused, match="退办期限已过"):
        actions.return_letter(case=case, reason="职责", actor=hands.clerk.actor, at=moment("2026-02-12"))


def returned_twice(hands: Hands, transport: Unit, helper: Person) -> Letter:
    """A letter that two units sent back."""
    case = assigned(hands)
    actions.return_letter(case=case, reason="职责", actor=hands.clerk.actor, at=moment("2026-02-11"))
    actions.assign(case=case, unit=transport, actor=hands.office_clerk.actor, at=moment("2026-02-11", 11))
    actions.return_letter(case=case, reason="也不是", actor=helper.actor, at=moment("2026-02-12"))
    return case


def test_after_two_returns_the_head_of_the_office_rules(
    hands: Hands, transport: Unit, helper: Person
) -> None:
    case = returned_twice(hands, transport, helper)
    with pytest.raises(StepRefused, match="裁定"):
        actions.assign(case=case, unit=hands.unit, actor=hands.office_clerk.actor, at=moment("2026-02-12"))
    actions.rule_unit(
        case=case,
        unit=hands.unit,
        comment="三定方案",
        actor=hands.office_head.actor,
        at=moment("2026-02-12", 11),
    )
    assert (case.state, case.unit, case.binding) == (State.ASSIGNED, hands.unit, True)
    with pytest.raises(StepRefused, match="不能再退办"):
        actions.return_letter(case=case, reason="职责", actor=hands.clerk.actor, at=moment("2026-02-12", 12))
    history = Assignment.objects.filter(letter=case).values_list("unit__code", "state")
    assert list(history) == [("housing", "returned"), ("transport", "returned"), ("housing", "waiting")]


def test_ruling_before_two_returns_is_refused(hands: Hands) -> None:
    case = assigned(hands)
    actions.return_letter(case=case, reason="职责", actor=hands.clerk.actor, at=moment("2026-02-11"))
    with pytest.raises(StepRefused, match="退办满2次"):
        actions.rule_unit(
            case=case, unit=hands.unit, comment="x", actor=hands.office_head.actor, at=moment("2026-02-11")
        )


def test_unit_that_returned_loses_sight_of_the_letter(hands: Hands) -> None:
    case = assigned(hands)
    assert queries.find_handled(hands.clerk.actor, case.public_id) == case
    actions.return_letter(case=case, reason="职责", actor=hands.clerk.actor, at=moment("2026-02-11"))
    with pytest.raises(NotFound):
        queries.find_handled(hands.clerk.actor, case.public_id)


def test_main_unit_still_sees_what_the_office_checks(hands: Hands) -> None:

    case = signed(hands)
    assert case.unit == hands.office
    assert queries.find_handled(hands.clerk.actor, case.public_id) == case


# help ---------------------------------------------------------------------------------------------------------


def test_assisting_unit_sees_the_letter_and_contributes(
    hands: Hands, transport: Unit, helper: Person
) -> None:
    case = handled(hands)
    with pytest.raises(NotFound):
        queries.find_handled(helper.actor, case.public_id)
    helped(hands, transport, case)
    assert queries.find_handled(helper.actor, case.public_id) == case
    view = queries.staff_view(case, helper.actor, day("2026-02-12"))
    assert view.verbs == ["contribute"]
    actions.contribute(case=case, text="该路段由市级养护。", actor=helper.actor, at=moment("2026-02-12"))
    part = Assignment.objects.get(letter=case, unit=transport)
    assert (part.state, part.contributed_by) == (AssignmentState.CONTRIBUTED, helper.account)
    assert queries.staff_view(case, helper.actor, day("2026-02-12")).verbs == []


def test_contribution_by_somebody_not_asked_is_refused(hands: Hands, transport: Unit) -> None:
    case = helped(hands, transport)
    with pytest.raises(StepRefused, match="没有等待您所在单位反馈"):
        actions.contribute(case=case, text="x", actor=hands.clerk.actor, at=moment("2026-02-12"))


def test_reply_waits_for_every_contribution(hands: Hands, transport: Unit, helper: Person) -> None:
    case = helped(hands, transport)
    actions.draft_reply(case=case, body=BODY, actor=hands.clerk.actor, at=moment("2026-02-12"))
    with pytest.raises(StepRefused, match="还有1个协办单位没有反馈"):
        actions.submit_reply(case=case, actor=hands.clerk.actor, at=moment("2026-02-12"))
    part = Assignment.objects.get(letter=case, unit=transport)
    actions.cancel_assistance(
        case=case, part=part, comment="已自行核实", actor=hands.clerk.actor, at=moment("2026-02-12", 11)
    )
    with pytest.raises(NotFound):
        queries.find_handled(helper.actor, case.public_id)
    actions.submit_reply(case=case, actor=hands.clerk.actor, at=moment("2026-02-12", 12))
    assert case.state == State.REVIEWING


def test_contributions_and_template_start_the_draft(hands: Hands, transport: Unit, helper: Person) -> None:
    case = helped(hands, transport)
    actions.contribute(case=case, text="该路段由市级养护。", actor=helper.actor, at=moment("2026-02-12"))
    template = AnswerTemplate.objects.get(title="求助答复")
    text = queries.starting_text(case, template=template, merge=True)
    assert "{{核实情况}}" in text
    assert "{{承办单位}}" not in text, "the unit is filled in"
    assert text.endswith("（玉溪市交通运输局）该路段由市级养护。")


@pytest.mark.parametrize(
    ("unit", "asked", "due", "field"),
    [("housing", "x", "2026-02-25", "unit"), ("yuxi", "x", "2026-02-25", "unit"),
     ("transport", " ", "2026-02-25", "asked"), ("transport", "x", "2026-02-11", "due_on")],
)  # fmt: skip
def test_ask_assistance_incomplete_is_refused(
    hands: Hands, unit: str, asked: str, due: str, field: str
) -> None:
    case = handled(hands)
    with pytest.raises(InvalidInput) as refused:
        actions.ask_assistance(
            case=case,
            unit=Unit.objects.get(code=unit),
            asked=asked,
            due_on=day(due),
            actor=hands.clerk.actor,
            at=moment("2026-02-11"),
        )
    assert refused.value.field == field
