"""Third parties (条例第三十二条): fifteen working days from each one's own receipt; the clock stands still meanwhile.

Received 10 February 2026, due 16 March (14 and 28 February are worked, 15 to 23 February is 春节).
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from django.db import connection

from portal.core.actors import PARTY
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.documents.models import OfficialDocument
from portal.messaging.models import Message
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.actions.parties import Party
from requests_app.actions.reply import ReplyText
from requests_app.choices import ConsultState, Opinion, RefusalGround, ReplyKind, State
from requests_app.models import Consultation, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import NAME, handled

Team = dict[str, Person]
PARTY_FACTS: dict[str, Any] = {
    "kind": "third_party",
    "name": "玉溪某建设有限公司",
    "asked": "改造项目合同的价款和付款方式。",
    "send_by": "online",
    "email": "party@example.org",
}


def consult(case: DisclosureRequest, clerk: Person, *, on: str, **changes: Any) -> tuple[Consultation, str]:
    """Somebody is asked on that day; gives the consultation and the token of its page."""
    path = actions.consult(case=case, party=Party(**PARTY_FACTS | changes), actor=clerk.actor, at=moment(on))
    entry = case.consultations.order_by("-id").first()
    assert entry is not None
    return entry, path.strip("/").split("/")[-1]


def confirm(case: DisclosureRequest, entry: Consultation, on: str) -> None:
    """The party says on its page that it has the letter."""
    actions.record_party_receipt(
        case=case,
        consultation=entry,
        received_on=date.fromisoformat(on),
        evidence="网上确认",
        actor=PARTY,
        at=moment(on),
    )


def say(case: DisclosureRequest, entry: Consultation, opinion: str, *, on: str, reason: str = "") -> None:
    """The party gives its opinion on its page."""
    actions.take_opinion(
        case=case, consultation=entry, opinion=opinion, reason=reason, actor=PARTY, at=moment(on)
    )


def test_clock_stands_still_from_sending_to_the_opinion(office: Unit, clerk: Person) -> None:
    """Sent 24 February, answered 3 March: seven working days do not count, 16 March becomes 25 March."""
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24")
    assert (entry.answer_by, case.due_on) == (date(2026, 3, 16), date(2026, 4, 8)), (
        "until the receipt is known"
    )
    confirm(case, entry, "2026-02-25")
    entry.refresh_from_db()
    assert (entry.answer_by, case.due_on) == (date(2026, 3, 17), date(2026, 4, 9))
    say(case, entry, Opinion.AGREE, on="2026-03-03")
    assert case.due_on == date(2026, 3, 25)


def test_silence_ends_with_the_limit(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24")
    confirm(case, entry, "2026-02-25")
    with pytest.raises(StepRefused, match="尚未届满"):
        actions.close_consultation(
            case=case,
            consultation=entry,
            result=ConsultState.SILENT,
            reason="",
            actor=clerk.actor,
            at=moment("2026-03-17"),
        )
    actions.close_consultation(
        case=case,
        consultation=entry,
        result=ConsultState.SILENT,
        reason="",
        actor=clerk.actor,
        at=moment("2026-03-23"),
    )
    assert case.due_on == date(2026, 4, 9), "the clerk's own delay does not count"


def test_overlapping_consultations_count_once(office: Unit, clerk: Person) -> None:
    """24 February to 17 March and 26 February to 18 March: one working day more than the first alone."""
    case = handled(office, clerk)
    first, _ = consult(case, clerk, on="2026-02-24")
    confirm(case, first, "2026-02-25")
    second, _ = consult(case, clerk, on="2026-02-26", name="玉溪另一公司")
    confirm(case, second, "2026-02-26")
    second.refresh_from_db()
    assert (second.answer_by, case.due_on) == (date(2026, 3, 18), date(2026, 4, 10))
    assert OfficialDocument.objects.filter(case=case, kind="third_party_notice").count() == 1


def test_receipt_by_post_is_entered_later(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24", send_by="post", address="玉溪市红塔区", tracking="XA1")
    actions.record_party_receipt(
        case=case,
        consultation=entry,
        received_on=date(2026, 2, 27),
        evidence="邮件签收",
        actor=clerk.actor,
        at=moment("2026-03-05"),
    )
    entry.refresh_from_db()
    assert entry.answer_by == date(2026, 3, 19)
    with pytest.raises(StepRefused, match="已经登记"):
        confirm(case, entry, "2026-03-05")


@pytest.mark.parametrize("day", ["2026-02-23", "2026-03-06"])
def test_receipt_on_an_impossible_day_is_refused(office: Unit, clerk: Person, day: str) -> None:
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24")
    with pytest.raises(InvalidInput):
        actions.record_party_receipt(
            case=case,
            consultation=entry,
            received_on=date.fromisoformat(day),
            evidence="邮件签收",
            actor=clerk.actor,
            at=moment("2026-03-05"),
        )


def test_late_opinion_is_taken_but_adds_no_days(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24")
    confirm(case, entry, "2026-02-25")
    say(case, entry, Opinion.REFUSE, on="2026-03-20", reason="涉及商业秘密")
    assert case.due_on == date(2026, 4, 9)
    assert case.events.order_by("-seq").first().facts["late"] is True  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "x"}, "kind"),
        ({"name": " "}, "name"),
        ({"asked": ""}, "asked"),
        ({"send_by": "x"}, "send_by"),
        ({"email": ""}, "email"),
        ({"send_by": "post"}, "address"),
        ({"asked": f"{NAME}申请的合同"}, "asked"),
    ],
)
def test_consultation_incomplete_or_naming_the_applicant_is_refused(
    office: Unit, clerk: Person, changes: dict[str, str], field: str
) -> None:
    case = handled(office, clerk)
    with pytest.raises(InvalidInput) as refused:
        consult(case, clerk, on="2026-02-24", **changes)
    assert refused.value.field == field
    assert not case.consultations.exists()


def test_refusal_without_reason_is_refused(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24")
    with pytest.raises(InvalidInput) as refused:
        say(case, entry, Opinion.PARTLY, on="2026-03-03")
    assert refused.value.field == "reason"


def test_opinion_is_given_once(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24")
    say(case, entry, Opinion.AGREE, on="2026-03-03")
    with pytest.raises(StepRefused, match="已经结束"):
        say(case, entry, Opinion.REFUSE, on="2026-03-04", reason="反悔")


def test_reply_waits_for_every_opinion(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    consult(case, clerk, on="2026-02-24")
    text = ReplyText(ReplyKind.DISCLOSE, "合同见附件。")
    actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-02"))
    with pytest.raises(StepRefused, match="还有1份征求意见没有结果"):
        actions.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-02"))


def objecting(office: Unit, clerk: Person) -> tuple[DisclosureRequest, Consultation]:
    """A third party that does not wish disclosure, and a reply that discloses."""
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24")
    say(case, entry, Opinion.REFUSE, on="2026-03-03", reason="商业秘密")
    text = ReplyText(ReplyKind.DISCLOSE, "合同见附件。")
    actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-04"))
    return case, entry


def test_disclosing_over_an_objection_needs_reason_approval_and_notice(office: Unit, team: Team) -> None:
    clerk, approver = team["clerk"], team["approver"]
    case, entry = objecting(office, clerk)
    with pytest.raises(StepRefused, match="不同意公开"):
        actions.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-04"))
    with pytest.raises(StepRefused, match="尚未提出"):
        actions.approve_override(case=case, consultation=entry, actor=approver.actor, at=moment("2026-03-04"))
    with pytest.raises(InvalidInput):
        actions.propose_override(
            case=case, consultation=entry, reason=" ", actor=clerk.actor, at=moment("2026-03-04")
        )
    actions.propose_override(
        case=case, consultation=entry, reason="使用财政资金", actor=clerk.actor, at=moment("2026-03-04")
    )
    actions.approve_override(case=case, consultation=entry, actor=approver.actor, at=moment("2026-03-05"))
    paper = OfficialDocument.objects.get(case=case, kind="third_party_decision")
    assert "也可以通过全国行政复议服务平台" in paper.facts["remedy"], (
        "行政复议法第二十二条第二款: it goes online"
    )
    assert (paper.facts["reason"], paper.facts["opinion"]) == ("使用财政资金", "不同意公开")
    assert paper.addressee == "玉溪某建设有限公司"
    actions.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-05"))
    assert case.state == State.REVIEWING


def test_override_is_approved_by_another_person(office: Unit, team: Team) -> None:
    from portal.units.access import actor_for
    from portal.units.actions import appoint
    from portal.units.choices import Role
    from tests.cast import SINCE

    clerk = team["clerk"]
    case, entry = objecting(office, clerk)
    appoint(account=clerk.account, unit=office, role=Role.APPROVER, starts_on=SINCE)
    both = actor_for(clerk.account, date(2026, 3, 4))
    actions.propose_override(
        case=case, consultation=entry, reason="理由", actor=both, at=moment("2026-03-04")
    )
    with pytest.raises(StepRefused, match="不同人员"):
        actions.approve_override(case=case, consultation=entry, actor=both, at=moment("2026-03-04"))


def test_withholding_for_the_third_party_needs_no_override(office: Unit, team: Team) -> None:
    clerk = team["clerk"]
    case, _ = objecting(office, clerk)
    text = ReplyText(
        ReplyKind.REFUSE, "涉及商业秘密。", ground=RefusalGround.THIRD_PARTY, interest="trade_secret"
    )
    actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-04"))
    actions.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-04"))
    assert case.state == State.REVIEWING


def test_assisting_unit_stops_no_clock(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    consult(case, clerk, on="2026-02-24", kind="assistant", name="玉溪市财政局")
    assert case.due_on == date(2026, 3, 16)
    assert OfficialDocument.objects.filter(case=case, kind="assistance_letter").exists()
    assert not OfficialDocument.objects.filter(case=case, kind="third_party_notice").exists()


def test_joint_maker_has_fifteen_working_days_and_stops_the_clock(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    entry, _ = consult(case, clerk, on="2026-02-24", kind="joint_maker", name="玉溪市发展和改革委员会")
    confirm(case, entry, "2026-02-25")
    entry.refresh_from_db()
    assert (entry.answer_by, case.due_on) == (date(2026, 3, 17), date(2026, 4, 9))
    assert OfficialDocument.objects.filter(case=case, kind="joint_maker_letter").exists()


def test_token_is_long_and_stored_as_a_digest(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    entry, token = consult(case, clerk, on="2026-02-24")
    assert len(token) >= 43, "256 bits in base64"
    assert token not in str(Consultation.objects.filter(pk=entry.pk).values().get())
    assert entry.token_hash != hashlib.sha256(token.encode()).hexdigest(), "keyed"
    assert queries.find_consultation(token).pk == entry.pk
    with pytest.raises(NotFound):
        queries.find_consultation(token[:-1] + ("A" if token[-1] != "A" else "B"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM messaging_message")
        assert token not in str(cursor.fetchall()), "the mail's link is sealed"
    assert token in Message.objects.get(key__startswith="consult:").secret_link


def test_renewed_link_makes_the_former_one_useless(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    entry, token = consult(case, clerk, on="2026-02-24")
    path = actions.renew_link(case=case, consultation=entry, actor=clerk.actor, at=moment("2026-02-25"))
    with pytest.raises(NotFound):
        queries.find_consultation(token)
    assert queries.find_consultation(path.strip("/").split("/")[-1]).pk == entry.pk


def test_withdrawn_request_needs_no_opinion(office: Unit, clerk: Person, citizen: Person) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    entry, _ = consult(case, clerk, on="2026-02-24")
    actions.withdraw(case=case, reason="", actor=citizen.actor, at=moment("2026-02-25"))
    entry.refresh_from_db()
    assert entry.state == ConsultState.CANCELLED
    with pytest.raises(StepRefused):
        say(case, entry, Opinion.AGREE, on="2026-02-26")


def test_consultation_of_another_request_is_not_found(office: Unit, clerk: Person) -> None:
    case, other = handled(office, clerk), handled(office, clerk)
    entry, _ = consult(other, clerk, on="2026-02-24")
    with pytest.raises(NotFound):
        say(case, entry, Opinion.AGREE, on="2026-02-25")
