"""The fee (国办函〔2020〕109号): told within the reply period, twenty working days to pay, no day counted meanwhile.

Received 10 February 2026, due 16 March.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.documents.render.pages import page_for
from portal.units.models import Unit
from requests_app import actions
from requests_app.choices import FeeState, State
from requests_app.models import AfterPaymentRule, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import handled

WAYS = "持通知到政务服务大厅缴纳，或者扫描缴款码。"


def charged(
    office: Unit, clerk: Person, *, on: str = "2026-03-02", case: Any = None, **changes: Any
) -> DisclosureRequest:
    """A request whose applicant has been told 4,700 yuan for 250 pages."""
    case = handled(office, clerk, **(case or {}))
    facts = {"tariff": "by_page", "count": 250, "earlier": 0, "reason": "共250页", "ways": WAYS} | changes
    actions.charge_fee(case=case, actor=clerk.actor, at=moment(on), **facts)
    return case


def test_fee_is_told_line_by_line(office: Unit, clerk: Person) -> None:
    case = charged(office, clerk)
    fee = case.fees.get()
    assert (fee.amount, fee.pay_by) == (4700, date(2026, 3, 30))
    paper = OfficialDocument.objects.get(case=case, kind="fee_notice")
    assert [row[3] for row in paper.facts["lines"]] == ["0", "700", "2000", "2000", "4700"]
    assert (case.state, case.phase) == (State.AWAITING_PAYMENT, "paused")


def test_period_begins_anew_on_the_day_after_payment(office: Unit, clerk: Person) -> None:
    """国办函〔2020〕109号, rule row `restart`: told 2 March, paid 10 March, twenty working days from 11 March: 8 April."""
    case = charged(office, clerk)
    actions.pay_fee(
        case=case, paid_on=date(2026, 3, 10), evidence="缴款书1号", actor=clerk.actor, at=moment("2026-03-10")
    )
    assert (case.state, case.due_on) == (State.HANDLING, date(2026, 4, 8))


def test_days_from_the_notice_to_payment_do_not_count(office: Unit, clerk: Person) -> None:
    """Rule row `resume`: told 2 March, paid 10 March: seven working days (2 to 6, 9, 10 March); 16 March becomes 25 March."""
    AfterPaymentRule.objects.update(after_payment="resume")
    case = charged(office, clerk)
    actions.pay_fee(
        case=case, paid_on=date(2026, 3, 10), evidence="缴款书1号", actor=clerk.actor, at=moment("2026-03-10")
    )
    assert (case.state, case.due_on) == (State.HANDLING, date(2026, 3, 25))
    assert case.fees.get().state == FeeState.PAID


def test_term_counts_from_the_receipt_of_the_notice(office: Unit, clerk: Person) -> None:
    """The rule row `resume` shows the pause."""
    AfterPaymentRule.objects.update(after_payment="resume")
    case = charged(office, clerk, case={"delivery": "post"})
    assert case.fees.get().received_on is None
    actions.record_fee_receipt(
        case=case,
        received_on=date(2026, 3, 5),
        evidence="邮件签收单",
        actor=clerk.actor,
        at=moment("2026-03-06"),
    )
    assert case.fees.get().pay_by == date(2026, 4, 2)
    with pytest.raises(StepRefused, match="已经登记"):
        actions.record_fee_receipt(
            case=case,
            received_on=date(2026, 3, 6),
            evidence="邮件签收单",
            actor=clerk.actor,
            at=moment("2026-03-06"),
        )
    actions.pay_fee(
        case=case, paid_on=date(2026, 3, 10), evidence="缴款书", actor=clerk.actor, at=moment("2026-03-10")
    )
    assert case.due_on == date(2026, 3, 25), "the same days are left out, once"


def test_unpaid_fee_abandons_the_request_after_the_last_day(office: Unit, clerk: Person) -> None:
    case = charged(office, clerk)
    with pytest.raises(StepRefused, match="尚未届满"):
        actions.lapse_fee(case=case, actor=clerk.actor, at=moment("2026-03-30"))
    actions.lapse_fee(case=case, actor=clerk.actor, at=moment("2026-03-31"))
    assert (case.state, case.outcome, case.closed_on) == (State.ABANDONED, "unpaid", date(2026, 3, 31))
    assert OfficialDocument.objects.filter(case=case, kind="unpaid_notice").exists()


def test_days_under_a_notice_that_the_office_takes_back_count(office: Unit, clerk: Person) -> None:
    """A stopped clock has a cause that lasts: due on 16 March as before, and a new notice may be told."""
    case = charged(office, clerk)
    actions.cancel_fee(case=case, comment="计算有误", actor=clerk.actor, at=moment("2026-03-04"))
    assert (case.state, case.due_on) == (State.HANDLING, date(2026, 3, 16))
    actions.charge_fee(
        case=case,
        tariff="by_page",
        count=40,
        earlier=0,
        reason="共40页",
        ways="到政务服务大厅缴纳",
        actor=clerk.actor,
        at=moment("2026-03-05"),
    )
    assert [fee.amount for fee in case.fees.all()] == [4700, 100]


def test_fee_is_taken_once(office: Unit, clerk: Person) -> None:
    case = charged(office, clerk)
    actions.pay_fee(
        case=case, paid_on=date(2026, 3, 3), evidence="缴款书", actor=clerk.actor, at=moment("2026-03-03")
    )
    with pytest.raises(StepRefused, match="不得重复"):
        actions.charge_fee(
            case=case,
            tariff="by_piece",
            count=40,
            earlier=0,
            reason="多",
            ways="到政务服务大厅缴纳",
            actor=clerk.actor,
            at=moment("2026-03-04"),
        )


@pytest.mark.parametrize(
    ("changes", "on", "words"),
    [
        ({"count": 30}, "2026-03-02", "未超出免费范围"),
        ({}, "2026-03-17", "已超过答复期限"),
    ],
)
def test_fee_without_ground_is_refused(
    office: Unit, clerk: Person, changes: dict[str, Any], on: str, words: str
) -> None:
    with pytest.raises(StepRefused, match=words):
        charged(office, clerk, on=on, **changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tariff": "both"}, "tariff"),
        ({"count": 0}, "count"),
        ({"reason": " "}, "reason"),
        ({"ways": " "}, "ways"),
    ],
)
def test_fee_incomplete_is_refused(office: Unit, clerk: Person, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        charged(office, clerk, **changes)
    assert refused.value.field == field


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 11)])
def test_payment_on_an_impossible_day_is_refused(office: Unit, clerk: Person, day: date) -> None:
    case = charged(office, clerk)
    with pytest.raises(InvalidInput):
        actions.pay_fee(case=case, paid_on=day, evidence="缴款书", actor=clerk.actor, at=moment("2026-03-10"))


def test_page_works_the_fee_out_before_it_is_told(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    url = f"/workbench/requests/{case.public_id}/charge-fee/"
    typed = {
        "tariff": "by_page",
        "count": "250",
        "earlier": "0",
        "reason": "共250页",
        "ways": WAYS,
        "version": case.version,
    }
    page = clerk.client().post(url, typed | {"preview": "1"})
    assert page.status_code == 200
    assert "计算结果：4700 元" in page.content.decode()
    assert "共250页" in page.content.decode()
    assert not case.fees.exists()


def test_notice_says_how_to_pay_and_that_the_fee_is_not_contested_alone(office: Unit, clerk: Person) -> None:
    """国办函〔2020〕109号: the notice names basis, standard, sum and ways of paying; the fee is not reviewed on its own."""
    case = charged(office, clerk)
    paper = OfficialDocument.objects.get(case=case, kind="fee_notice")
    assert (paper.facts["how"], "remedy" in paper.facts) == (WAYS.rstrip("。"), False)
    page = page_for(paper)
    assert "持通知到政务服务大厅缴纳，或者扫描缴款码。缴费时请注明登记编号。" in page
    assert "不能单独就该决定申请行政复议或者提起行政诉讼" in page
    assert "缴费期满后，对本机关不再处理该申请的决定不服的" in page
    assert "一并寻求救济" not in page


def test_ending_after_the_term_may_be_complained_of_reviewed_or_sued(office: Unit, clerk: Person) -> None:
    """国办函〔2020〕109号 with 条例第五十一条; told 2 March 2026, the term ends on 30 March."""
    case = charged(office, clerk)
    actions.lapse_fee(case=case, actor=clerk.actor, at=moment("2026-03-31"))
    paper = OfficialDocument.objects.get(case=case, kind="unpaid_notice")
    assert "60日内向玉溪市人民政府申请行政复议" in paper.facts["remedy"]
    assert "6个月内向玉溪市红塔区人民法院提起行政诉讼" in paper.facts["remedy"]
    assert "应当先向" not in paper.facts["remedy"]
    assert "向上一级行政机关或者政府信息公开工作主管部门投诉、举报" in page_for(paper)


def test_form_asks_for_the_ways_of_paying(office: Unit, clerk: Person) -> None:
    Unit.objects.filter(pk=office.pk).update(fee_account="非税收入账户 0877")
    case = handled(office, clerk)
    url, browser = f"/workbench/requests/{case.public_id}/charge-fee/", clerk.client()
    assert browser.get(url).context["form"].initial["ways"] == "非税收入账户 0877"
    typed = {
        "tariff": "by_page",
        "count": "250",
        "earlier": "0",
        "reason": "共250页",
        "version": case.version,
    }
    page = browser.post(url, typed)
    assert page.status_code == 400
    assert page.context["form"].errors["ways"] == ["请填写缴费方式"]


def test_applicant_sees_how_to_pay(office: Unit, clerk: Person, citizen: Person) -> None:
    case = charged(office, clerk)
    DisclosureRequest.objects.filter(pk=case.pk).update(applicant=citizen.account)
    page = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert f"缴费方式：{WAYS}" in page
    assert "收费决定不单独申请行政复议、提起行政诉讼" in page
