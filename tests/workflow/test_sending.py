"""How the reply goes out (国办公开办函〔2016〕235号): by post the day of posting counts, else the day signed for.

Received 10 February 2026, due 16 March (条例第三十三条: 20 working days).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.documents.models import OfficialDocument
from portal.holidays.calendars import calendar
from portal.supervision.figures.months import compute, freeze_month, lines_of
from portal.units.models import Unit
from requests_app import actions, queries, rules
from requests_app.actions.sending import Handover
from requests_app.annual.figures import figures
from requests_app.choices import State
from requests_app.models import Delivery, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import signed

Team = dict[str, Person]
NUMBER = "XA12345678953"
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def on_paper(office: Unit, team: Team, *, made: str = "2026-03-06", way: str = "post") -> DisclosureRequest:
    """Signed on 5 March; the paper is made on that day, the applicant wants it by post or by hand."""
    case = signed(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(delivery=way)
    case.delivery = way
    actions.issue_reply(case=case, actor=team["clerk"].actor, at=moment(made))
    return case


def post(case: DisclosureRequest, team: Team, on: str, *, entered: str = "") -> Delivery:
    """Posted on that day."""
    handover = Handover("post", posted_on=date.fromisoformat(on), tracking=NUMBER)
    return actions.send_reply(
        case=case, handover=handover, actor=team["clerk"].actor, at=moment(entered or on, 16)
    )


def sent_event(case: DisclosureRequest) -> dict[str, Any]:
    """What the log says of the sending."""
    return dict(case.events.get(kind="send_reply").facts)


@pytest.mark.parametrize(
    ("made", "posted", "late"),
    [
        ("2026-03-06", "2026-03-06", False),
        ("2026-03-13", "2026-03-16", False),  # the last day
        ("2026-03-13", "2026-03-17", True),  # signed and made in time, posted late
        ("2026-03-16", "2026-03-20", True),
    ],
)
def test_late_is_judged_by_the_day_of_posting(
    office: Unit, team: Team, made: str, posted: str, late: bool
) -> None:
    """235号第四条: 采取邮寄送达方式送达的，以交邮之日当日为期限计算时点."""
    case = on_paper(office, team, made=made)
    assert (case.state, case.is_open, case.due_on) == (State.SENDING, True, date(2026, 3, 16))
    post(case, team, posted)
    assert (case.state, case.closed_on) == (State.ANSWERED, date.fromisoformat(posted))
    assert (sent_event(case)["late"], sent_event(case)["counts_on"]) == (late, posted)


@pytest.mark.parametrize("way", ["in_person", "agency"])
@pytest.mark.parametrize(("signed_for", "late"), [("2026-03-16", False), ("2026-03-17", True)])
def test_late_is_judged_by_the_day_signed_for(
    office: Unit, team: Team, way: str, signed_for: str, late: bool
) -> None:
    """235号第四条: 直接送达、委托其他行政机关代为送达的，以签收之日当日为期限计算时点."""
    case = on_paper(office, team, way="in_person")
    handover = Handover(way, date.fromisoformat(signed_for), signer="梁")
    row = actions.send_reply(case=case, handover=handover, actor=team["clerk"].actor, at=moment(signed_for))
    assert (sent_event(case)["late"], row.delivered_on) == (late, date.fromisoformat(signed_for))
    assert OfficialDocument.objects.filter(case=case, kind="delivery_receipt").count() == 1


@pytest.mark.parametrize(("day", "late"), [("2026-03-16", False), ("2026-03-17", True)])
def test_online_reply_counts_on_the_day_it_can_be_read(
    office: Unit, team: Team, day: str, late: bool
) -> None:
    case = signed(office, team)
    actions.reply(case=case, actor=team["clerk"].actor, at=moment(day))
    assert case.events.get(kind="reply").facts["late"] is late
    assert case.deliveries.get().delivered_on == date.fromisoformat(day)


def test_paper_is_not_answered_online_in_its_stead(office: Unit, team: Team) -> None:
    case = signed(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(delivery="post")
    case.delivery = "post"
    with pytest.raises(StepRefused, match="请先制发文书"):
        actions.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    assert not case.documents.filter(kind__endswith="_reply").exists()


@pytest.mark.parametrize(
    ("handover", "field", "words"),
    [
        (Handover("post", tracking=NUMBER), "posted_on", "请填写交邮之日"),
        (Handover("post", posted_on=date(2026, 3, 10)), "tracking", "请填写邮件号"),
        (Handover("post", posted_on=date(2026, 3, 10), tracking="SF1234567890123"), "tracking", "邮政企业"),
        (Handover("post", posted_on=date(2026, 3, 5), tracking=NUMBER), "posted_on", "不能早于文书作出之日"),
        (Handover("post", posted_on=date(2026, 3, 12), tracking=NUMBER), "posted_on", "不能晚于今天"),
        (
            Handover("post", date(2026, 3, 9), tracking=NUMBER, posted_on=date(2026, 3, 10)),
            "delivered_on",
            "不能早于交邮之日",
        ),
        (
            Handover("post", date(2026, 3, 12), tracking=NUMBER, posted_on=date(2026, 3, 10)),
            "delivered_on",
            "不能晚于今天",
        ),
        (Handover("in_person", date(2026, 3, 10)), "signer", "请填写签收人"),
        (Handover("agency", date(2026, 3, 10)), "signer", "请填写签收人"),
        (Handover("in_person", signer="梁"), "delivered_on", "请填写送达之日"),
        (Handover("in_person", date(2026, 3, 5), signer="梁"), "delivered_on", "不能早于文书作出之日"),
        (Handover("in_person", date(2026, 3, 12), signer="梁"), "delivered_on", "不能晚于今天"),
        (Handover("online", date(2026, 3, 10)), "send_by", "请选择"),
        (Handover("pigeon", date(2026, 3, 10)), "send_by", "请选择"),
    ],
)
def test_sending_that_cannot_be_is_refused_by_field(
    office: Unit, team: Team, handover: Handover, field: str, words: str
) -> None:
    """Made on 6 March 2026, entered on 11 March."""
    case = on_paper(office, team)
    with pytest.raises(InvalidInput, match=words) as refused:
        actions.send_reply(case=case, handover=handover, actor=team["clerk"].actor, at=moment("2026-03-11"))
    assert refused.value.field == field
    assert (case.state, case.deliveries.count()) == (State.SENDING, 0)


@pytest.mark.parametrize(
    ("number", "holds"),
    [
        ("XA12345678953", True),
        ("EA123456789CN", True),
        ("1023456789012", True),
        ("xa 1234 5678 953", True),
        ("SF1234567890123", False),
        ("YT8812345678901", False),
        ("JD0012345678901", False),
        ("XA1", False),
        ("", False),
    ],
)
def test_number_of_the_post(number: str, holds: bool) -> None:
    """235号第二条、邮政法第五十五条: 应当通过邮政企业送达，不得通过不具有国家公文寄递资格的其他快递企业送达."""
    assert (rules.postal_number_problem(number) == "") is holds


def test_remedies_count_from_the_receipt_that_comes_back(office: Unit, team: Team) -> None:
    """Posted 6 March, signed for 10 March 2026: 60 days are 9 May, a Saturday that is worked."""
    case = on_paper(office, team)
    row = post(case, team, "2026-03-06")
    view = queries.citizen_view(case, date(2026, 3, 9))
    assert (view.delivery, view.remedies) == (row, [])
    assert case.pk in queries.awaiting_release(DisclosureRequest.objects.all()).values_list("pk", flat=True)  # type: ignore[arg-type]
    actions.record_receipt(
        case=case,
        delivery=row,
        delivered_on=date(2026, 3, 10),
        signer="梁",
        actor=team["clerk"].actor,
        at=moment("2026-03-11"),
    )
    assert queries.citizen_view(case, date(2026, 3, 12)).remedies[0].day == date(2026, 5, 9)
    sheet = OfficialDocument.objects.get(case=case, kind="delivery_receipt")
    assert ["交邮之日", "2026年3月6日"] in sheet.facts["rows"]
    assert ["送达之日", "2026年3月10日"] in sheet.facts["rows"]
    with pytest.raises(StepRefused, match="没有等待签收的文书"):
        actions.record_receipt(
            case=case,
            delivery=row,
            delivered_on=date(2026, 3, 11),
            actor=team["clerk"].actor,
            at=moment("2026-03-12"),
        )


@pytest.mark.parametrize(("day", "words"), [("2026-03-05", "早于交邮"), ("2026-03-12", "晚于今天")])
def test_receipt_on_an_impossible_day_is_refused(office: Unit, team: Team, day: str, words: str) -> None:
    case = on_paper(office, team)
    row = post(case, team, "2026-03-06")
    with pytest.raises(InvalidInput, match=words) as refused:
        actions.record_receipt(
            case=case,
            delivery=row,
            delivered_on=date.fromisoformat(day),
            actor=team["clerk"].actor,
            at=moment("2026-03-11"),
        )
    assert refused.value.field == "delivered_on"


def test_void_paper_is_made_anew_before_it_is_sent(office: Unit, team: Team) -> None:
    case = on_paper(office, team)
    with pytest.raises(StepRefused, match="已经制发"):
        actions.issue_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-09"))
    paper = OfficialDocument.objects.get(case=case, kind__endswith="_reply")
    actions.void_paper(
        case=case, document=paper, reason="文号有误", actor=team["approver"].actor, at=moment("2026-03-09")
    )
    with pytest.raises(StepRefused, match="请重新制发"):
        post(case, team, "2026-03-09")
    actions.issue_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-09", 15))
    row = post(case, team, "2026-03-10")
    assert (row.document.pk != paper.pk, case.state) == (True, State.ANSWERED)
    assert OfficialDocument.objects.filter(case=case, kind="approval_sheet").count() == 1


def test_figures_follow_the_day_of_posting(office: Unit, team: Team) -> None:
    """Made on 16 March, the last day; posted on 17 March: late in the month's figures and in the ledger."""
    case = on_paper(office, team, made="2026-03-16")
    post(case, team, "2026-03-17")
    line = next(row for row in compute(MARCH, calendar(), date(2026, 3, 31)) if row.kind == "disclosure")
    assert (line.closed, line.in_time, line.overdue) == (1, 0, 0)
    assert [life.late for life in figures(2026, office).lives] == [True]


def test_posted_in_time_and_entered_next_month_counts_once(office: Unit, team: Team) -> None:
    """Due 16 March 2026, posted on that day, entered on 1 April: March is over and frozen."""
    case = on_paper(office, team, made="2026-03-16")
    freeze_month(month=MARCH, at=moment("2026-04-01", 1))
    post(case, team, "2026-03-16", entered="2026-04-01")
    with time_machine.travel(moment("2026-04-30"), tick=False):
        months = [lines_of(MARCH), lines_of(APRIL)]
    counted = [
        (row.closed, row.in_time, row.open) for lines in months for row in lines if row.kind == "disclosure"
    ]
    assert counted == [(0, 0, 1), (1, 1, 0)]


def test_paper_that_waits_is_overdue_on_the_applicants_page(office: Unit, team: Team) -> None:
    case = on_paper(office, team, made="2026-03-16")
    assert queries.citizen_view(case, date(2026, 3, 17)).unanswered is not None


@time_machine.travel(moment("2026-03-11"), tick=False)
def test_pages_ask_for_the_day_of_posting(office: Unit, team: Team, citizen: Person) -> None:
    case = on_paper(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(applicant=citizen.account)
    case.refresh_from_db()
    browser = team["clerk"].client()
    home = f"/workbench/requests/{case.public_id}/"
    shown = browser.get(home).content.decode()
    assert "登记发出" in shown and "发出答复" not in shown and "制发答复文书</a>" not in shown
    url = f"{home}send-reply/"
    first = browser.get(url).context["form"].initial
    assert (first["send_by"], first["posted_on"], "delivered_on" in first) == (
        "post",
        date(2026, 3, 11),
        False,
    )
    typed = {"send_by": "post", "tracking": NUMBER, "version": case.version}
    refused = browser.post(url, typed | {"posted_on": "2026-03-12"})
    assert refused.status_code == 400
    assert refused.context["form"].errors["posted_on"] == ["交邮之日不能晚于今天"]
    assert browser.post(url, typed | {"posted_on": "2026-03-10"}).status_code == 302
    page = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert f"答复文书于 2026年3月10日交邮（邮件号 {NUMBER}）" in page
    assert "自您签收之日的次日起算" in page
    case.refresh_from_db()
    back = {"delivery": case.deliveries.get().pk, "delivered_on": "2026-03-11", "version": case.version}
    assert browser.post(f"{home}record-receipt/", back).status_code == 302
    page = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert "答复于 2026年3月11日送达" in page and "申请行政复议：最晚" in page


def test_other_papers_by_post_have_their_day_of_posting(office: Unit, clerk: Person) -> None:
    from tests.factories.requests_app import handled

    case = handled(office, clerk, delivery="post")
    actions.request_correction(
        case=case, unclear="年度", correct_by=date(2026, 3, 10), actor=clerk.actor, at=moment("2026-02-12")
    )
    notice = OfficialDocument.objects.get(case=case, kind="correction_notice")
    facts = {"case": case, "document": notice, "actor": clerk.actor, "at": moment("2026-02-13")}
    with pytest.raises(InvalidInput) as refused:
        actions.record_delivery(handover=Handover("post", date(2026, 2, 13), tracking=NUMBER), **facts)
    assert refused.value.field == "posted_on"
    row = actions.record_delivery(
        handover=Handover("post", posted_on=date(2026, 2, 12), tracking=NUMBER), **facts
    )
    assert (row.posted_on, row.delivered_on) == (date(2026, 2, 12), None)


def test_reply_on_paper_is_not_read_online_before_it_is_sent(office: Unit, team: Team) -> None:
    """What nobody has sent starts no period; so it is not shown either, by no page and no address."""
    case = on_paper(office, team)
    paper = OfficialDocument.objects.get(case=case, kind__endswith="_reply")
    body = case.answer.items.get().body
    view = queries.citizen_view(case, moment("2026-03-09").date())
    assert paper not in view.documents
    assert body not in str(view)
    with pytest.raises(NotFound):
        queries.find_document(case, paper.public_id, internal=False)
    assert queries.find_document(case, paper.public_id, internal=True) == paper
    post(case, team, "2026-03-10")
    case.refresh_from_db()
    assert paper in queries.citizen_view(case, moment("2026-03-11").date()).documents
    assert queries.find_document(case, paper.public_id, internal=False) == paper
