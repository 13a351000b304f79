"""Facts of the fee's papers, of delivery, and of what comes after the answer."""

from __future__ import annotations

from typing import Any

from portal.core.limits import limit
from portal.core.wording import cn_date
from portal.holidays.told import told_day
from portal.records.queries import pages_given
from requests_app.choices import Tariff
from requests_app.letters.opening import asked, day, remedy_against
from requests_app.models import Delivery, DisclosureRequest, FeeNotice, RecordFix

DELIVERY_NOTE = "邮寄送达的，答复期限以交邮之日计算。申请行政复议、提起行政诉讼的期限自送达之日起计算。"


def fee_notice(case: DisclosureRequest, notice: FeeNotice) -> dict[str, Any]:
    """The fee with its calculation (收费通知书)."""
    papers = pages_given(case) if notice.tariff == Tariff.BY_PAGE else []
    counted = [[record.title, str(count)] for record, count in papers]
    lines = [[text, str(count), str(yuan), str(count * yuan)] for text, count, yuan in notice.lines]
    return {
        **asked(case),
        "reason": notice.reason.strip().removeprefix("因").rstrip("。"),
        "tariff": notice.get_tariff_display(),
        "amount": notice.amount,
        "lines": [*lines, ["合计", str(notice.count), "", str(notice.amount)]],
        "limit": limit("disclosure.fee_payment", on=case.law_day).text,
        "pay_by": told_day(notice.pay_by),
        "how": notice.ways.rstrip("。"),
        **({"papers": counted} if sum(count for _, count in papers) == notice.count else {}),
    }


def unpaid_notice(case: DisclosureRequest, notice: FeeNotice) -> dict[str, Any]:
    """Why the request is not processed further."""
    return {
        **asked(case),
        "told_on": cn_date(notice.told_on),
        "amount": notice.amount,
        "pay_by": cn_date(notice.pay_by),
        "remedy": remedy_against(case, "unpaid"),
    }


def delivery_receipt(case: DisclosureRequest, row: Delivery) -> dict[str, Any]:
    """How and when a paper was handed over (送达回证)."""
    return {
        "case_number": case.number,
        "rows": [
            ["送达文书", f"{row.document.title} {row.document.number}".strip()],
            ["受送达人", case.name],
            ["送达方式", row.get_send_by_display()],
            ["交邮之日", day(row.posted_on) or "无"],
            ["送达之日", day(row.delivered_on)],
            ["邮件号", row.tracking or "无"],
            ["签收人", row.signer or "无"],
            ["备注", row.note or "无"],
        ],
        "note": DELIVERY_NOTE,
    }


def fix_notice(case: DisclosureRequest, fix: RecordFix) -> dict[str, Any]:
    """What became of a wish to correct a record (更正信息告知书)."""
    return {
        "you": case.addressed_as,
        "case_number": case.number,
        "asked_on": cn_date(fix.asked_on),
        "wrong": fix.wrong,
        "decision": fix.get_decision_display(),
        "answer": fix.answer,
        "remedy": remedy_against(case, "fix"),
    }
