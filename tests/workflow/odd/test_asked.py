"""Third parties and joint makers: no objection is passed over (条例第三十二条、第三十四条、第三十六条; ADR 16)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.core.actors import PARTY
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.messaging.models import Message
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.reply import ReplyText
from requests_app.choices import NotProcessedReason, RefusalGround, ReplyKind, State
from requests_app.models import Consultation, DisclosureRequest
from tests.cast import Person, moment, person
from tests.factories.requests_app import answered, handled
from tests.workflow.test_third_party import confirm, consult, say

Team = dict[str, Person]
WITHHELD: dict[str, Any] = {"ground": RefusalGround.THIRD_PARTY, "interest": "trade_secret"}


def objects(case: DisclosureRequest, clerk: Person, **changes: Any) -> Consultation:
    """Asked on 24 February, objects on 26 February."""
    entry, _ = consult(case, clerk, on="2026-02-24", **changes)
    confirm(case, entry, "2026-02-25")
    say(case, entry, "refuse", on="2026-02-26", reason="不同意")
    entry.refresh_from_db()
    return entry


def draft(case: DisclosureRequest, clerk: Person, *texts: ReplyText) -> None:
    """Every matter in turn."""
    for text in texts:
        actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-02"))


def submit(case: DisclosureRequest, clerk: Person) -> None:
    actions.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-02", 11))


def test_each_objection_needs_a_matter_that_withholds_for_it(office: Unit, team: dict[str, Person]) -> None:
    """Two object; matter 1 withholds for the first, matter 2 discloses the second one's contract."""
    clerk = team["clerk"]
    case = handled(office, clerk)
    objects(case, clerk, name="玉溪甲公司")
    objects(case, clerk, name="玉溪乙公司", email="b@example.org")
    first = ReplyText(ReplyKind.REFUSE, "不予公开", matter="甲合同", parties=(1,), **WITHHELD)
    gives = ReplyText(ReplyKind.DISCLOSE, "见附件", matter="乙合同", position=2)
    draft(case, clerk, first, gives)
    with pytest.raises(StepRefused, match="有1个第三方不同意公开"):
        submit(case, clerk)
    both = ReplyText(ReplyKind.REFUSE, "不予公开", matter="甲、乙合同", parties=(1, 2), **WITHHELD)
    draft(case, clerk, both)
    submit(case, clerk)
    assert case.state == State.REVIEWING


def test_objection_of_a_joint_maker_counts(office: Unit, team: Team) -> None:
    """条例第三十四条: a joint maker objects too; only a withheld matter, or an approved override, lets the reply go on."""
    case = handled(office, team["clerk"])
    entry = objects(case, team["clerk"], kind="joint_maker")
    draft(case, team["clerk"], ReplyText(ReplyKind.DISCLOSE, "见附件"))
    with pytest.raises(StepRefused, match="不同意公开"):
        submit(case, team["clerk"])
    facts = {"case": case, "consultation": entry}
    actions.propose_override(
        reason="应予公开", actor=team["clerk"].actor, at=moment("2026-03-02", 12), **facts
    )
    actions.approve_override(actor=team["approver"].actor, at=moment("2026-03-02", 13), **facts)
    submit(case, team["clerk"])


def test_third_party_is_not_asked_and_dropped_by_one_clerk(office: Unit, clerk: Person) -> None:
    """Asked and dropped on the same day, then disclosed: a second person decides."""
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24")
    for result in ("cancelled", "unreachable"):
        with pytest.raises(StepRefused, match="须由签发人决定"):
            actions.close_consultation(
                case=case,
                consultation=entry,
                result=result,
                reason="不想等",
                actor=clerk.actor,
                at=moment("2026-02-24", 15),
            )
    draft(case, clerk, ReplyText(ReplyKind.DISCLOSE, "见附件"))
    with pytest.raises(StepRefused, match="没有结果"):
        submit(case, clerk)


def overridden(case: DisclosureRequest, team: Team) -> Consultation:
    """The decision to disclose is told on 28 February."""
    entry = objects(case, team["clerk"])
    facts = {"case": case, "consultation": entry}
    actions.propose_override(reason="公共利益", actor=team["clerk"].actor, at=moment("2026-02-27"), **facts)
    actions.approve_override(actor=team["approver"].actor, at=moment("2026-02-28"), **facts)
    entry.refresh_from_db()
    return entry


def test_full_refusal_after_the_party_was_told_of_disclosure_is_refused(office: Unit, team: Team) -> None:
    """条例第三十二条: what was told in writing holds until it is revoked and that is told too."""
    case = handled(office, team["clerk"])
    entry = overridden(case, team)
    draft(case, team["clerk"], ReplyText(ReplyKind.REFUSE, "不予公开", **WITHHELD))
    with pytest.raises(StepRefused, match="先撤销公开的决定"):
        submit(case, team["clerk"])
    decision = entry.decision
    actions.revoke_override(
        case=case,
        consultation=entry,
        reason="重新衡量",
        actor=team["approver"].actor,
        at=moment("2026-03-02", 12),
    )
    assert decision is not None
    decision.refresh_from_db()
    assert decision.status == "void"
    assert Message.objects.filter(subject__contains="撤销公开").exists()
    submit(case, team["clerk"])


def test_approver_may_refuse_to_override(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"])
    entry = objects(case, team["clerk"])
    facts = {"case": case, "consultation": entry, "actor": team["approver"].actor}
    with pytest.raises(StepRefused, match="尚未提出"):
        actions.refuse_override(reason="不成立", at=moment("2026-02-27"), **facts)
    actions.propose_override(
        case=case,
        consultation=entry,
        reason="公共利益",
        actor=team["clerk"].actor,
        at=moment("2026-02-27"),
    )
    actions.refuse_override(reason="不成立", at=moment("2026-02-28"), **facts)
    with pytest.raises(StepRefused):
        actions.approve_override(at=moment("2026-02-28"), **facts)
    assert not OfficialDocument.objects.filter(case=case, kind="third_party_decision").exists()


def test_what_was_found_is_held(office: Unit, clerk: Person) -> None:
    """条例第三十六条第（四）项: 经检索没有所申请公开信息的."""
    case = handled(office, clerk)
    search = {"place": "档案室", "words": "清单", "actor": clerk.actor, "searched_on": date(2026, 2, 24)}
    actions.record_search(case=case, result="查到12项", found=True, at=moment("2026-02-24"), **search)
    with pytest.raises(InvalidInput, match="已经查到"):
        draft(case, clerk, ReplyText(ReplyKind.NOT_HELD, "不存在"))
    actions.record_search(
        case=case, result="核实后均非所申请", found=False, at=moment("2026-02-25"), **search
    )
    draft(case, clerk, ReplyText(ReplyKind.NOT_HELD, "不存在"))


def test_first_request_of_a_person_is_no_repetition(office: Unit, team: Team) -> None:
    """条例第三十六条第（六）项: 行政机关已就申请人提出的政府信息公开申请作出答复、申请人重复申请公开相同政府信息的."""
    case = handled(office, team["clerk"])
    again = ReplyText(ReplyKind.NOT_PROCESSED, "重复", reason=NotProcessedReason.DUPLICATE)
    with pytest.raises(InvalidInput) as refused:
        draft(case, team["clerk"], again)
    assert refused.value.field == "reason"
    answered(office, team)
    draft(case, team["clerk"], again)


def test_whoever_wrote_a_matter_does_not_review_the_reply(office: Unit, team: Team) -> None:
    """Four eyes: matter 1 by somebody who may also review, matter 2 by the clerk who submits."""
    both = person("both", office, Role.CLERK)
    from portal.units.actions import appoint

    appoint(account=both.account, unit=office, role=Role.REVIEWER, starts_on=date(2020, 1, 1))
    from portal.units.access import actor_for

    actor = actor_for(both.account, date(2026, 3, 1))
    case = handled(office, team["clerk"])
    one = ReplyText(ReplyKind.DISCLOSE, "甲", matter="甲")
    actions.draft_reply(case=case, text=one, actor=actor, at=moment("2026-03-02"))
    draft(case, team["clerk"], ReplyText(ReplyKind.DISCLOSE, "乙", matter="乙", position=2))
    submit(case, team["clerk"])
    with pytest.raises(StepRefused, match="不同人员"):
        actions.review_reply(case=case, actor=actor, at=moment("2026-03-03"))
    actions.review_reply(case=case, actor=team["reviewer"].actor, at=moment("2026-03-03"))


def test_party_is_heard_until_the_reply_is_out(office: Unit, team: Team) -> None:
    """A late objection after signing: the approver calls the reply back."""
    case = handled(office, team["clerk"])
    entry, _ = consult(case, team["clerk"], on="2026-02-24")
    confirm(case, entry, "2026-02-25")
    actions.close_consultation(
        case=case,
        consultation=entry,
        result="silent",
        reason="",
        actor=team["clerk"].actor,
        at=moment("2026-03-18"),
    )
    draft(case, team["clerk"], ReplyText(ReplyKind.DISCLOSE, "见附件"))
    for verb, who, day in (
        (actions.submit_reply, "clerk", "2026-03-18"),
        (actions.review_reply, "reviewer", "2026-03-18"),
        (actions.clear_reply, "secrecy", "2026-03-18"),
        (actions.sign_reply, "approver", "2026-03-18"),
    ):
        verb(case=case, actor=team[who].actor, at=moment(day, 15))
    actions.take_opinion(
        case=case,
        consultation=entry,
        opinion="refuse",
        reason="商业秘密",
        actor=PARTY,
        at=moment("2026-03-19"),
    )
    actions.recall_reply(
        case=case, reason="第三方意见", actor=team["approver"].actor, at=moment("2026-03-19", 12)
    )
    with pytest.raises(StepRefused, match="不同意公开"):
        submit(case, team["clerk"])


def test_decision_made_anew_after_a_revocation_is_told_anew(office: Unit, team: Team) -> None:
    """条例第三十二条: told on 28 February, revoked on 2 March, decided and told once more on 3 March."""
    case = handled(office, team["clerk"])
    entry = overridden(case, team)
    facts = {"case": case, "consultation": entry}
    approver = team["approver"].actor
    actions.revoke_override(reason="重新衡量", actor=approver, at=moment("2026-03-02"), **facts)
    again = {"reason": "公共利益", "actor": team["clerk"].actor, "at": moment("2026-03-02", 12)}
    actions.propose_override(**again, **facts)
    before = Message.objects.filter(subject__contains="关于公开有关信息的决定").count()
    actions.approve_override(actor=approver, at=moment("2026-03-03"), **facts)
    after = Message.objects.filter(subject__contains="关于公开有关信息的决定").count()
    assert before >= 1
    assert after == 2 * before
