"""Plainly not to be disclosed, too many and too often, another applicant, nobody left.

Received 10 February 2026, due 16 March.
"""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from portal.cases.intake import find_by_code
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.documents.models import OfficialDocument
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.actions.reply import ReplyText
from requests_app.actions.succession import Successor
from requests_app.choices import NotProcessedReason, RefusalGround, ReplyKind, State, Verdict
from requests_app.models import DisclosureRequest, ReasonsInquiry
from tests.cast import Person, moment
from tests.factories.requests_app import answered, answers, handled, submitted

Team = dict[str, Person]
HEIR = Successor("李继承", "resident", "11010519491231002X", "13900000000", "云南省玉溪市", "")


def test_plainly_secret_matter_has_its_own_date_beside_the_statutory_one(office: Unit, clerk: Person) -> None:
    """本市制度第十四条二: received 10 February, three working days are 13 February."""
    case = handled(office, clerk)
    actions.flag_obvious(
        case=case, ground=RefusalGround.STATE_SECRET, actor=clerk.actor, at=moment("2026-02-10", 15)
    )
    assert (case.internal_due_on, case.due_on, case.act_by) == (
        date(2026, 2, 13),
        date(2026, 3, 16),
        date(2026, 2, 13),
    )
    actions.unflag_obvious(case=case, comment="需要进一步研究", actor=clerk.actor, at=moment("2026-02-11"))
    assert (case.internal_due_on, case.act_by) == (None, date(2026, 3, 16))


def test_three_days_around_spring_festival(office: Unit, clerk: Person) -> None:
    """13 February (Friday), then 14 is worked, 15 to 23 are off: 25 February."""
    case = handled(office, clerk, on="2026-02-13")
    actions.flag_obvious(
        case=case, ground=RefusalGround.THIRD_PARTY, actor=clerk.actor, at=moment("2026-02-13", 15)
    )
    assert case.internal_due_on == date(2026, 2, 25)


def test_flag_with_another_ground_is_refused(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    with pytest.raises(InvalidInput):
        actions.flag_obvious(
            case=case, ground=RefusalGround.PROCESS, actor=clerk.actor, at=moment("2026-02-11")
        )


@time_machine.travel(moment("2026-02-11"), tick=False)
def test_flagged_request_comes_first_in_the_inbox(office: Unit, clerk: Person) -> None:
    earlier = handled(office, clerk, on="2026-02-03")
    flagged = handled(office, clerk, on="2026-02-10")
    actions.flag_obvious(
        case=flagged, ground=RefusalGround.STATE_SECRET, actor=clerk.actor, at=moment("2026-02-11")
    )
    page = clerk.client().get("/workbench/")
    assert [row.number for row in page.context["page"].rows] == [flagged.number, earlier.number]
    assert "明显不予公开的答复：2026年2月13日前" in page.content.decode()


# too many, too often ----------------------------------------------------------------------------------


def asked_for_reasons(office: Unit, clerk: Person, **options: object) -> DisclosureRequest:
    """A request whose applicant has been asked on 24 February to explain by 9 March."""
    case = handled(office, clerk, **options)
    actions.ask_reasons(
        case=case,
        finding="近一年内46件。",
        answer_by=date(2026, 3, 9),
        actor=clerk.actor,
        at=moment("2026-02-24"),
    )
    return case


def test_asking_for_reasons_stops_no_clock(office: Unit, clerk: Person) -> None:
    case = asked_for_reasons(office, clerk)
    assert case.due_on == date(2026, 3, 16)
    assert OfficialDocument.objects.get(case=case, kind="reasons_notice").facts["answer_by"] == "2026年3月9日"
    with pytest.raises(StepRefused, match="已经要求"):
        asked_again = {"finding": "再问", "answer_by": date(2026, 3, 20)}
        actions.ask_reasons(case=case, actor=clerk.actor, at=moment("2026-02-25"), **asked_again)


def test_not_processed_as_excessive_needs_unreasonable_reasons(
    office: Unit, team: Team, citizen: Person
) -> None:
    clerk = team["clerk"]
    case = asked_for_reasons(office, clerk, actor=citizen.actor)
    text = ReplyText(ReplyKind.NOT_PROCESSED, "理由不合理。", reason=NotProcessedReason.EXCESSIVE)
    with pytest.raises(InvalidInput, match="先要求说明理由"):
        actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-02"))
    actions.give_reasons(case=case, text="我有兴趣。", actor=citizen.actor, at=moment("2026-03-02"))
    actions.judge_reasons(
        case=case, verdict=Verdict.UNREASONABLE, note="不合理", actor=clerk.actor, at=moment("2026-03-03")
    )
    actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-03"))
    assert case.answer.kind == ReplyKind.NOT_PROCESSED


def test_silence_about_reasons_counts_after_the_term(office: Unit, clerk: Person) -> None:
    case = asked_for_reasons(office, clerk)
    with pytest.raises(StepRefused, match="尚未届满"):
        actions.judge_reasons(
            case=case, verdict=Verdict.SILENT, note="未说明", actor=clerk.actor, at=moment("2026-03-09")
        )
    actions.judge_reasons(
        case=case, verdict=Verdict.SILENT, note="未说明", actor=clerk.actor, at=moment("2026-03-10")
    )
    assert ReasonsInquiry.objects.get(request=case).verdict == Verdict.SILENT


def test_reasonable_reasons_may_move_the_date_with_approval(
    office: Unit, team: Team, citizen: Person
) -> None:
    """Thirty working days after 16 March (清明 4 to 6 April): 28 April."""
    clerk = team["clerk"]
    case = asked_for_reasons(office, clerk, actor=citizen.actor)
    actions.give_reasons(case=case, text="课题研究需要。", actor=citizen.actor, at=moment("2026-03-02"))
    actions.judge_reasons(
        case=case,
        verdict=Verdict.REASONABLE,
        note="合理",
        later_days=30,
        actor=clerk.actor,
        at=moment("2026-03-03"),
    )
    assert case.due_on == date(2026, 3, 16), "not before it is approved"
    actions.postpone(case=case, actor=team["approver"].actor, at=moment("2026-03-04"))
    assert case.due_on == date(2026, 4, 28)
    assert OfficialDocument.objects.get(case=case, kind="postponement_notice").facts["days"] == 30
    with pytest.raises(StepRefused, match="没有待批准"):
        actions.postpone(case=case, actor=team["approver"].actor, at=moment("2026-03-05"))


@pytest.mark.parametrize(
    ("verdict", "later", "field"),
    [("x", 0, "verdict"), (Verdict.UNREASONABLE, 10, "later_days"), (Verdict.REASONABLE, 61, "later_days")],
)
def test_verdict_out_of_range_is_refused(
    office: Unit, clerk: Person, citizen: Person, verdict: str, later: int, field: str
) -> None:
    case = asked_for_reasons(office, clerk, actor=citizen.actor)
    actions.give_reasons(case=case, text="课题研究需要。", actor=citizen.actor, at=moment("2026-03-02"))
    with pytest.raises(InvalidInput) as refused:
        actions.judge_reasons(
            case=case,
            verdict=verdict,
            note="意见",
            later_days=later,
            actor=clerk.actor,
            at=moment("2026-03-03"),
        )
    assert refused.value.field == field


def test_volume_counts_the_applicant_here_and_everywhere(office: Unit, housing: Unit, clerk: Person) -> None:
    for day in ("2025-06-02", "2026-01-05", "2026-02-03", "2026-02-09"):
        submitted(office, on=day)
    submitted(housing, on="2026-02-04")
    submitted(office, on="2026-02-05", name="王某", identity_number="110101199003078857")
    case = submitted(office, on="2026-02-10")
    assert queries.volume_of(case, date(2026, 2, 10)) == queries.Volume(
        month=3, quarter=4, year=5, everywhere=6
    )


# the same again ---------------------------------------------------------------------------------------


def test_same_applicant_asking_the_same_is_found_with_the_earlier_reply(office: Unit, team: Team) -> None:
    earlier = answered(office, team)
    again = submitted(office, on="2026-03-10", description="包括投资金额和工期。")
    other = submitted(office, on="2026-03-10", information_name="应急避难场所名单", description="地址")
    found = queries.similar_to(again)
    assert [(entry.case.pk, entry.likeness > 75) for entry in found] == [(earlier.pk, True)]
    assert queries.similar_to(other) == []
    page = team["clerk"].client().get(f"/workbench/requests/{again.public_id}/").content.decode()
    assert "同一申请人提过相似的申请" in page
    assert earlier.number in page


def test_another_applicant_or_unit_is_not_taken_for_a_duplicate(
    office: Unit, housing: Unit, team: Team
) -> None:
    answered(office, team)
    assert queries.similar_to(submitted(housing, on="2026-03-10")) == []
    stranger = submitted(office, on="2026-03-10", name="王某", identity_number="110101199003078857")
    assert queries.similar_to(stranger) == []
    assert queries.asked_by_others(stranger) == 2, "two people asked for the same (条例第四十四条)"


# somebody else, or nobody -----------------------------------------------------------------------------


def test_heir_goes_on_and_the_former_account_loses_sight(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    code = actions.succeed(
        case=case,
        successor=HEIR,
        reason="death",
        evidence="死亡证明、亲属关系证明",
        actor=clerk.actor,
        at=moment("2026-03-02"),
    )
    assert case.name == "李继承"
    assert citizen.client().get(f"/requests/{case.public_id}/").status_code == 404
    found = find_by_code(number=case.number, code=code, address="127.0.0.1", at=moment("2026-03-03"))
    assert found.pk == case.pk
    assert case.due_on == date(2026, 3, 16)


def test_former_query_code_no_longer_opens_after_succession(office: Unit, clerk: Person) -> None:
    sent = actions.submit(
        unit=office, answers=answers(), key="succession-key-000001", actor=GUEST, at=moment("2026-02-09")
    )
    actions.succeed(
        case=sent.case,
        successor=HEIR,
        reason="death",
        evidence="证明",
        actor=clerk.actor,
        at=moment("2026-02-10"),
    )
    with pytest.raises(NotFound):
        find_by_code(number=sent.case.number, code=sent.code, address="127.0.0.1", at=moment("2026-02-11"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"identity_number": "123"}, "identity_number"), ({"phone": "1"}, "phone"), ({"name": " "}, "name")],
)
def test_heir_with_bad_particulars_is_refused(
    office: Unit, clerk: Person, changes: dict[str, str], field: str
) -> None:
    case = handled(office, clerk)
    with pytest.raises(InvalidInput) as refused:
        actions.succeed(
            case=case,
            successor=Successor(**vars(HEIR) | changes),
            reason="death",
            evidence="证明",
            actor=clerk.actor,
            at=moment("2026-03-02"),
        )
    assert refused.value.field == field


def test_request_ends_when_nobody_goes_on(office: Unit, team: dict[str, Person]) -> None:
    """By an approver, with a paper (ADR 16)."""
    clerk, approver = team["clerk"], team["approver"]
    case = handled(office, clerk)
    with pytest.raises(StepRefused, match="签发人"):
        actions.terminate(case=case, reason="death", evidence="x", actor=clerk.actor, at=moment("2026-03-02"))
    actions.terminate(
        case=case, reason="death", evidence="死亡证明", actor=approver.actor, at=moment("2026-03-02")
    )
    assert (case.state, case.outcome, case.closed_on) == (State.ENDED, "ended", date(2026, 3, 2))
    with pytest.raises(StepRefused):
        actions.terminate(
            case=case, reason="death", evidence="x", actor=approver.actor, at=moment("2026-03-03")
        )
