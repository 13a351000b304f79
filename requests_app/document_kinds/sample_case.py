"""What the samples share."""

from requests_app.remedies import remedy

SERIES = "disclosure"
REVIEW_BODY = "玉溪市人民政府"
COURT = "玉溪市红塔区人民法院"
CASE_FACTS = ("case_number", "received_on", "information")
CASE = {
    "case_number": "G002-2026-00012",
    "received_on": "2026年2月10日",
    "information": "2025年度玉溪市中心城区老旧小区改造项目清单",
}
REMEDY = remedy(REVIEW_BODY, COURT, review_first=False)
REVIEW_FIRST = remedy(REVIEW_BODY, COURT, review_first=True)
