"""What of the returns can be found, and what one can do with them."""

from portal.search.functions import offer
from portal.search.kinds import declare

declare("annual", "年度报告")
offer(
    "政府信息公开工作年度报告",
    "annual_reports:years",
    "各机关历年的年度报告。",
    "年度报告 年报 公开年报 工作年报",
)
