"""What the samples share."""

from datetime import date

from portal.core.limits import limit
from portal.documents.kinds import register_series
from requests_app.remedies import Contest, Venue, contests, remedy

RECEIVED = date(2026, 2, 10)
REPLY, THIRD_PARTY, PAYMENT = (
    limit(code, on=RECEIVED).text
    for code in ("disclosure.reply", "disclosure.third_party", "disclosure.fee_payment")
)
SERIES = "disclosure"
VENUE = Venue(("玉溪市人民政府",), "玉溪市红塔区人民法院", "全国行政复议服务平台（https://xzfy.moj.gov.cn）")
FIRST = frozenset({"refuse", "partial"})
CASE_FACTS = ("case_number", "received_on", "information")
CASE = {
    "case_number": "G002-2026-00012",
    "received_on": "2026年2月10日",
    "information": "2025年度玉溪市中心城区老旧小区改造项目清单",
}
REMEDY = remedy(VENUE, [Contest("", review_first=False)], on=RECEIVED)


def remedy_against(*kinds: str) -> str:
    """The remedy paragraphs of a sample reply to matters of these kinds."""
    return remedy(VENUE, contests(kinds, FIRST), on=RECEIVED)


register_series(SERIES, "依申请公开", "")
