"""After the answer: delivery and the remedies that count from it, satisfaction, wrong records, reviews, proactive."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.documents.render.pages import page_for
from portal.holidays.calendars import calendar
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.actions.reply import ReplyText
from requests_app.actions.sending import Handover
from requests_app.choices import FixDecision, RefusalGround, RemedyResult, ReplyKind
from requests_app.models import DisclosureRequest, ReviewFirst, Satisfaction
from requests_app.remedies import Contest, last_days
from tests.cast import Person, moment
from tests.factories.requests_app import answered

Team = dict[str, Person]


def reply_paper(case: DisclosureRequest) -> OfficialDocument:
    """The paper of the reply."""
    return OfficialDocument.objects.get(case=case, kind__endswith="_reply")


def test_online_reply_is_delivered_on_its_day(office: Unit, team: Team) -> None:
    case = answered(office, team)
    view = queries.citizen_view(case, date(2026, 3, 9))
    assert view.delivery is not None
    assert view.delivery.delivered_on == date(2026, 3, 6)
    assert view.remedies == [
        ("申请行政复议", date(2026, 5, 6), False, ""),
        ("提起行政诉讼", date(2026, 9, 7), False, ""),
    ]


def test_remedies_of_a_refusal_name_reconsideration_only(office: Unit, team: Team) -> None:
    """60 days after 6 March are 5 May, a holiday: the next working day."""
    text = ReplyText(ReplyKind.REFUSE, "理由", ground=RefusalGround.PROCESS)
    case = answered(office, team, text=text)
    rows = queries.citizen_view(case, date(2026, 3, 9)).remedies
    assert rows == [("申请行政复议", date(2026, 5, 6), False, "")]


def test_table_of_review_first_decides_the_paragraph(office: Unit, team: Team) -> None:
    ReviewFirst.objects.filter(reply_kind="disclose").update(review_first=True)
    case = answered(office, team)
    assert "应当先向" in reply_paper(case).facts["remedy"]


def test_six_months_end_on_the_last_day_of_a_short_month() -> None:
    found = {row.way: row.day for row in last_days(date(2025, 8, 31), [Contest("", False)], calendar())}
    assert found["提起行政诉讼"] == date(2026, 2, 28), "worked, though a Saturday"


def test_paper_of_another_request_is_not_delivered_here(office: Unit, team: Team) -> None:
    case, other = answered(office, team), answered(office, team)
    with pytest.raises(InvalidInput, match="本件"):
        actions.record_delivery(
            case=case,
            document=reply_paper(other),
            handover=Handover("in_person", date(2026, 3, 10), signer="梁"),
            actor=team["clerk"].actor,
            at=moment("2026-03-11"),
        )


def test_applicant_rates_once(office: Unit, team: Team) -> None:
    case = answered(office, team)
    actions.rate(case=case, mark=4, words="还可以", actor=GUEST, at=moment("2026-03-09"))
    assert Satisfaction.objects.get(request=case).mark == 4
    with pytest.raises(StepRefused, match="已经评价"):
        actions.rate(case=case, mark=1, words="", actor=GUEST, at=moment("2026-03-09"))


@pytest.mark.parametrize("mark", [0, 6])
def test_mark_out_of_range_is_refused(office: Unit, team: Team, mark: int) -> None:
    case = answered(office, team)
    with pytest.raises(InvalidInput):
        actions.rate(case=case, mark=mark, words="", actor=GUEST, at=moment("2026-03-09"))


def test_clerk_cannot_rate(office: Unit, team: Team) -> None:
    case = answered(office, team)
    with pytest.raises(StepRefused):
        actions.rate(case=case, mark=5, words="", actor=team["clerk"].actor, at=moment("2026-03-09"))


def test_wrong_record_is_corrected_and_told(office: Unit, team: Team) -> None:
    case = answered(office, team)
    actions.ask_fix(case=case, wrong="面积68应为86", evidence="产权证", actor=GUEST, at=moment("2026-03-09"))
    with pytest.raises(StepRefused, match="正在处理"):
        actions.ask_fix(case=case, wrong="又", evidence="又", actor=GUEST, at=moment("2026-03-09"))
    actions.decide_fix(
        case=case,
        decision=FixDecision.CORRECTED,
        answer="已更正登记。",
        actor=team["clerk"].actor,
        at=moment("2026-03-12"),
    )
    paper = OfficialDocument.objects.get(case=case, kind="fix_notice")
    assert (paper.facts["decision"], paper.facts["wrong"]) == ("已更正", "面积68应为86")
    assert case.closed_on == date(2026, 3, 6), "the request stays closed"


def test_remedy_and_its_result_are_recorded(office: Unit, team: Team) -> None:
    case = answered(office, team)
    clerk = team["clerk"].actor
    row = actions.record_remedy(
        case=case,
        kind="reconsideration",
        body="玉溪市人民政府",
        number="玉政复〔2026〕1号",
        filed_on=date(2026, 4, 1),
        actor=clerk,
        at=moment("2026-04-02"),
    )
    with pytest.raises(InvalidInput) as refused:
        actions.close_remedy(
            case=case,
            remedy=row,
            result=RemedyResult.UPHELD,
            ended_on=date(2026, 3, 31),
            actor=clerk,
            at=moment("2026-06-01"),
        )
    assert refused.value.field == "ended_on"
    actions.close_remedy(
        case=case,
        remedy=row,
        result=RemedyResult.UPHELD,
        ended_on=date(2026, 5, 28),
        actor=clerk,
        at=moment("2026-06-01"),
    )
    row.refresh_from_db()
    assert (row.result, row.ended_on) == (RemedyResult.UPHELD, date(2026, 5, 28))


def test_remedy_before_the_answer_is_refused(office: Unit, team: Team) -> None:
    case = answered(office, team)
    with pytest.raises(InvalidInput, match="办结之日"):
        actions.record_remedy(
            case=case,
            kind="lawsuit",
            body="玉溪市红塔区人民法院",
            filed_on=date(2026, 3, 5),
            actor=team["clerk"].actor,
            at=moment("2026-04-02"),
        )


def test_suggestion_to_publish_is_decided_by_the_leader(office: Unit, team: Team) -> None:
    case = answered(office, team)
    actions.suggest_proactive(case=case, actor=GUEST, at=moment("2026-03-09"))
    with pytest.raises(StepRefused, match="已经提出"):
        actions.suggest_proactive(case=case, actor=GUEST, at=moment("2026-03-09"))
    with pytest.raises(StepRefused, match="签发人"):
        actions.decide_proactive(
            case=case, accepted=True, comment="x", actor=team["clerk"].actor, at=moment("2026-03-10")
        )
    actions.decide_proactive(
        case=case,
        accepted=True,
        comment="见重点领域信息公开栏目",
        actor=team["approver"].actor,
        at=moment("2026-03-10"),
    )
    steps = [step.label for step in queries.citizen_timeline(case)]
    assert steps[-2:] == ["建议纳入主动公开", "决定是否纳入主动公开"]


def test_void_paper_keeps_its_number_and_its_check_page_says_so(
    office: Unit, team: Team, client: Client
) -> None:
    case = answered(office, team)
    paper = reply_paper(case)
    with pytest.raises(StepRefused, match="签发人"):
        actions.void_paper(
            case=case, document=paper, reason="文号有误", actor=team["clerk"].actor, at=moment("2026-03-09")
        )
    facts = {"document": paper, "actor": team["approver"].actor, "at": moment("2026-03-09")}
    with pytest.raises(InvalidInput):
        actions.void_paper(case=case, reason=" ", **facts)
    actions.void_paper(case=case, reason="文号有误", **facts)
    paper.refresh_from_db()
    assert (paper.status, bool(paper.number)) == ("void", True)
    assert "该文书已作废" in client.get(f"/verify/{paper.verify_code}/").content.decode()
    with pytest.raises(StepRefused, match="已经作废"):
        actions.void_paper(case=case, reason="再次", **facts)


def test_paper_keeps_the_unit_as_it_was_on_the_day_of_issue(office: Unit, team: Team) -> None:
    paper = reply_paper(answered(office, team))
    Unit.objects.filter(pk=office.pk).update(name="改名后的机关", phone="0877-1")
    paper.refresh_from_db()
    page = page_for(OfficialDocument.objects.get(pk=paper.pk))
    assert "玉溪市人民政府办公室" in page
    assert "改名后的机关" not in page
    assert len(paper.template_digest) == 64
