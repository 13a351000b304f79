"""What of the returns can be found."""

from portal.search.kinds import declare

declare("annual", "年度报告")
