"""What one side of a request must not learn of the other: names in timelines, replies, papers, copies and circulars.

Received 10 February 2026, due 16 March. 条例 art. 15, 32; docs/adr/0016 "One party, one view".
"""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from portal.cases.models import CaseEvent
from portal.core.errors import InvalidInput
from portal.documents.models import OfficialDocument
from portal.publishing.actions import PublicText
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.actions.parties import Party
from requests_app.actions.release import reply_words, suggested_text
from requests_app.actions.reply import ReplyText
from requests_app.actions.sending import Handover
from requests_app.actions.succession import Successor
from requests_app.choices import ReplyKind
from requests_app.models import Consultation, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import NAME, answered, handled

Team = dict[str, Person]
SHOP, PHONE, MAIL, PLACE = "张三丰建材店", "13755555555", "shop@test.invalid", "玉溪市红塔区聂耳路88号"


def consulted(case: DisclosureRequest, clerk: Person, **changes: Any) -> Consultation:
    """The case's shop was asked on 24 February 2026."""
    party = {
        "kind": "third_party",
        "name": SHOP,
        "asked": "供货合同",
        "send_by": "in_person",
        "email": MAIL,
        "phone": PHONE,
        "address": PLACE,
    }
    actions.consult(case=case, party=Party(**party | changes), actor=clerk.actor, at=moment("2026-02-24"))
    return Consultation.objects.filter(request=case).latest("pk")


def letter_of(asked: Consultation) -> OfficialDocument:
    """The letter that asked for the opinion."""
    assert asked.letter is not None
    return asked.letter


def said(case: DisclosureRequest, clerk: Person, asked: Consultation, opinion: str = "refuse") -> None:
    """Its opinion came on 26 February 2026."""
    actions.take_opinion(
        case=case,
        consultation=asked,
        opinion=opinion,
        reason="涉密",
        actor=clerk.actor,
        at=moment("2026-02-26"),
    )


def draft(case: DisclosureRequest, clerk: Person, body: str, kind: str = ReplyKind.DISCLOSE) -> None:
    """A reply with these words."""
    actions.draft_reply(case=case, text=ReplyText(kind, body), actor=clerk.actor, at=moment("2026-02-27"))


# L12: the applicant's page ------------------------------------------------------------------------------


def test_void_letter_to_a_third_party_is_not_on_the_applicants_timeline(
    office: Unit, team: Team, citizen: Person
) -> None:
    case = handled(office, team["clerk"], actor=citizen.actor)
    letter = letter_of(consulted(case, team["clerk"]))
    actions.void_paper(
        case=case,
        document=letter,
        reason=f"对方名称应为{SHOP}",
        actor=team["approver"].actor,
        at=moment("2026-02-25"),
    )
    assert "文书作废" not in [step.label for step in queries.citizen_timeline(case)]
    page = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert SHOP not in page
    assert letter.title not in page


def test_void_paper_of_the_applicants_is_shown_with_its_reason(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"])
    paper = OfficialDocument.objects.get(case=case, kind="receipt")
    actions.void_paper(
        case=case, document=paper, reason="日期有误", actor=team["approver"].actor, at=moment("2026-02-25")
    )
    notes = {step.label: step.note for step in queries.citizen_timeline(case)}
    assert notes["文书作废"] == f"{paper}已作废：日期有误"


def test_delivery_of_the_applicants_own_paper_stays_on_the_timeline(office: Unit, team: Team) -> None:
    """Asked to correct by post on 12 February 2026: the day of posting is shown with the paper's number."""
    case = handled(office, team["clerk"], delivery="post")
    actions.request_correction(
        case=case,
        unclear="请写明年份",
        correct_by=moment("2026-03-06").date(),
        actor=team["clerk"].actor,
        at=moment("2026-02-12"),
    )
    paper = OfficialDocument.objects.get(case=case, kind="correction_notice")
    actions.record_delivery(
        case=case,
        document=paper,
        handover=Handover("post", posted_on=moment("2026-02-12").date(), tracking="1023456789012"),
        actor=team["clerk"].actor,
        at=moment("2026-02-12", 16),
    )
    notes = {step.label: step.note for step in queries.citizen_timeline(case)}
    assert notes["登记送达"] == f"{paper.number or paper.title}，交邮之日：2026年2月12日。"


def test_free_words_of_a_void_are_kept_beside_the_chained_event(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"])
    letter = letter_of(consulted(case, team["clerk"]))
    reason = f"对方名称应为{SHOP}"
    actions.void_paper(
        case=case, document=letter, reason=reason, actor=team["approver"].actor, at=moment("2026-02-25")
    )
    event = CaseEvent.objects.get(case=case, kind="void_paper")
    assert SHOP not in json.dumps(event.facts, ensure_ascii=False)
    assert event.payload.text == reason
    page = team["clerk"].client().get(f"/workbench/requests/{case.public_id}/").content.decode()
    assert f"理由：{reason}" in page


def test_check_page_of_a_letter_to_a_party_does_not_say_why_it_is_void(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"])
    letter = letter_of(consulted(case, team["clerk"]))
    actions.void_paper(
        case=case,
        document=letter,
        reason=f"对方名称应为{SHOP}",
        actor=team["approver"].actor,
        at=moment("2026-02-25"),
    )
    letter.refresh_from_db()
    page = Client().post(reverse("verify"), {"code": letter.verify_code}).content.decode()
    assert "该文书已作废" in page
    assert SHOP not in page


def test_void_reason_told_to_the_applicant_names_no_third_party(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"])
    consulted(case, team["clerk"])
    paper = OfficialDocument.objects.get(case=case, kind="receipt")
    with pytest.raises(InvalidInput) as refused:
        actions.void_paper(
            case=case,
            document=paper,
            reason=f"与{SHOP}无关",
            actor=team["approver"].actor,
            at=moment("2026-02-25"),
        )
    assert refused.value.field == "reason"


@pytest.mark.parametrize("who", [NAME, SHOP])
def test_reason_for_retracting_a_copy_names_nobody(office: Unit, team: Team, who: str) -> None:
    """《玉溪市政府信息公开发布制度》第十三条: the address of the copy shows the reason to everybody."""
    case = answered(office, team)
    copy = PublicText("标题", "申请内容", "答复内容")
    actions.propose_release(case=case, text=copy, actor=team["clerk"].actor, at=moment("2026-03-10"))
    actions.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-11"))
    actions.release(case=case, actor=team["publisher"].actor, at=moment("2026-03-12"))
    Consultation.objects.create(
        request=case,
        kind="third_party",
        name=SHOP,
        asked="x",
        send_by="post",
        sent_on="2026-02-24",
        token_hash="y",
    )
    retract: dict[str, Any] = {"case": case, "actor": team["publisher"].actor, "at": moment("2026-03-13")}
    with pytest.raises(InvalidInput) as refused:
        actions.retract_release(comment=f"应{who}的要求", **retract)
    assert refused.value.field == "comment"
    actions.retract_release(comment="内容有误", **retract)
    assert CaseEvent.objects.get(case=case, kind="retract_release").facts.keys() == {"payload_digest"}


# L14: copies, judges, circular, reply -----------------------------------------------------------------


@pytest.mark.parametrize("value", [SHOP, "张三丰 建材店", PHONE, "137-5555-5555", MAIL, PLACE])
def test_public_copy_with_anything_of_a_third_party_is_refused(office: Unit, team: Team, value: str) -> None:
    case = answered(office, team)
    Consultation.objects.create(
        request=case,
        kind="third_party",
        name=SHOP,
        phone=PHONE,
        email=MAIL,
        address=PLACE,
        asked="合同",
        send_by="post",
        sent_on="2026-02-24",
        token_hash="x",
    )
    with pytest.raises(InvalidInput, match="个人信息"):
        actions.propose_release(
            case=case,
            text=PublicText("标题", "申请内容", f"供货方为{value}。"),
            actor=team["clerk"].actor,
            at=moment("2026-03-10"),
        )


def test_public_copy_with_the_former_applicants_name_is_refused(office: Unit, team: Team) -> None:
    heir = Successor("李继承", "resident", "110101199003078857", "13900000000")
    case = handled(office, team["clerk"])
    actions.succeed(
        case=case,
        successor=heir,
        reason="death",
        evidence="证明",
        actor=team["clerk"].actor,
        at=moment("2026-02-24"),
    )
    assert {NAME, "13800000000", "李继承"} <= set(case.personal_values())
    assert NAME not in suggested_text_of(case, team, f"{NAME}原申请的清单。").answer


def suggested_text_of(case: DisclosureRequest, team: Team, body: str) -> PublicText:
    """The first public copy of a reply with these words."""
    draft(case, team["clerk"], body)
    return suggested_text(case)


def test_words_for_judges_of_other_units_hold_no_names(office: Unit, team: Team) -> None:
    """The title is what somebody typed, so judges get a neutral one; who is known to the case is struck from the rest."""
    case = handled(office, team["clerk"], information_name=f"{NAME}的宅基地审批表")
    said(case, team["clerk"], consulted(case, team["clerk"]), "agree")
    draft(case, team["clerk"], f"经{SHOP}同意，现予公开。")
    actions.submit_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-02"))
    actions.review_reply(case=case, actor=team["reviewer"].actor, at=moment("2026-03-03"))
    actions.clear_reply(case=case, actor=team["secrecy"].actor, at=moment("2026-03-04"))
    actions.sign_reply(case=case, actor=team["approver"].actor, at=moment("2026-03-05"))
    actions.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    words = reply_words(case)
    assert words is not None
    assert words.title == "政府信息公开申请（2026年）"
    assert words.answer == "经（略）同意，现予公开。"
    assert words.question.startswith("（略）的宅基地审批表")


@time_machine.travel(moment("2026-05-04"), tick=False)
def test_circular_says_of_overdue_requests_only_number_and_kind(
    office: Unit, clerk: Person, supervisor: Person
) -> None:
    """Due 16 March, overdue at the end of April: page, PDF source and XLSX hold no typed title."""
    case = handled(office, clerk, information_name=f"{NAME}与赵某某的房屋征收补偿协议")
    watching = supervisor.client()
    page = watching.get(reverse("supervision:circular"), {"period": "2026-04"}).content.decode()
    assert str(case.number) in page
    assert "依申请公开（可能含个人信息，从略）" in page
    assert NAME not in page and "赵某某" not in page
    sheet = watching.get(reverse("supervision:circular"), {"period": "2026-04", "format": "xlsx"}).content
    book = load_workbook(io.BytesIO(sheet))
    cells = [str(cell.value) for row in book["期末逾期"].iter_rows() for cell in row]
    assert case.number in cells
    assert not [text for text in cells if NAME in text or "赵某某" in text]


def test_order_about_a_request_does_not_repeat_its_typed_title(
    office: Unit, clerk: Person, supervisor: Person
) -> None:
    from portal.supervision.actions import issue_order

    case = handled(office, clerk, information_name=f"{NAME}的房屋征收补偿协议")
    order = issue_order(
        sort="supervise", demand="尽快答复", actor=supervisor.actor, at=moment("2026-03-20"), target=case
    )
    paper = OfficialDocument.objects.get(case=order)
    assert NAME not in order.title
    assert paper.facts["about"] == f"依申请公开（可能含个人信息，从略）（{case.number}）"


@pytest.mark.parametrize(
    "words", [f"与{SHOP}的合同", f"联系电话{PHONE}", f"地址：{PLACE}", "张三丰　建材店不同意"]
)
def test_reply_that_names_an_objecting_third_party_is_refused(
    office: Unit, clerk: Person, words: str
) -> None:
    case = handled(office, clerk)
    said(case, clerk, consulted(case, clerk))
    with pytest.raises(InvalidInput, match="第三方") as refused:
        draft(case, clerk, words)
    assert refused.value.field == "body"


def test_reply_drafted_before_the_consultation_is_read_again_when_sent_to_review(
    office: Unit, clerk: Person
) -> None:
    case = handled(office, clerk)
    draft(case, clerk, f"供货方为{SHOP}。")
    said(case, clerk, consulted(case, clerk))
    with pytest.raises(InvalidInput, match="第三方"):
        actions.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-02"))


def test_reply_may_name_a_third_party_that_agreed_but_not_its_telephone(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    said(case, clerk, consulted(case, clerk), "agree")
    draft(case, clerk, f"供货方为{SHOP}。")
    with pytest.raises(InvalidInput):
        draft(case, clerk, f"供货方为{SHOP}，电话{PHONE}。")


def test_reply_may_name_the_agency_that_was_asked(office: Unit, clerk: Person) -> None:
    """条例 art. 36(5): the responsible agency is named with its contact."""
    case = handled(office, clerk)
    asked = consulted(case, clerk, kind="joint_maker", name="玉溪市水利局")
    said(case, clerk, asked, "agree")
    draft(case, clerk, "由玉溪市水利局负责公开。")


@pytest.mark.parametrize("verb", ["request_correction", "request_extension", "ask_reasons"])
def test_other_words_to_the_applicant_name_no_third_party(office: Unit, clerk: Person, verb: str) -> None:
    case = handled(office, clerk)
    said(case, clerk, consulted(case, clerk))
    words = f"需要与{SHOP}核对"
    facts: dict[str, Any] = {
        "request_correction": {"unclear": words, "correct_by": moment("2026-03-20").date()},
        "request_extension": {"days": 10, "reason": words},
        "ask_reasons": {"finding": words, "answer_by": moment("2026-03-20").date()},
    }[verb]
    with pytest.raises(InvalidInput, match="第三方"):
        getattr(actions, verb)(case=case, actor=clerk.actor, at=moment("2026-02-27"), **facts)


def test_letter_to_one_party_names_neither_the_applicant_nor_another_party(
    office: Unit, clerk: Person
) -> None:
    case = handled(office, clerk)
    consulted(case, clerk)
    for words in (f"{NAME}申请的合同", f"与{SHOP}的合同"):
        with pytest.raises(InvalidInput) as refused:
            consulted(case, clerk, name="李四五金店", phone="", email="", asked=words)
        assert refused.value.field == "asked"


# N12 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": NAME}, "name"),
        ({"name": f" {NAME[0]} {NAME[1]}"}, "name"),
        ({"phone": "138 0000 0000"}, "phone"),
        ({"email": "Own@test.invalid"}, "email"),
    ],
)
def test_applicant_is_not_consulted_as_third_party(
    office: Unit, clerk: Person, changes: dict[str, str], field: str
) -> None:
    case = handled(office, clerk, email="own@test.invalid")
    with pytest.raises(InvalidInput) as refused:
        consulted(case, clerk, **changes)
    assert refused.value.field == field
