"""The readers of the watch."""

from notices.watch.queries.morning import (
    Morning,
    days_without_log,
    days_without_reader,
    duty_of,
    find_log,
    find_log_of,
    logs_of,
    morning_list,
    open_alarms,
    turns,
    watchable_units,
)
from notices.watch.queries.pages import (
    CACHED,
    changed_lately,
    file_difference,
    home_difference,
    page_difference,
)
from notices.watch.queries.sheet import inspection_sheet
from notices.watch.queries.tampering import Difference, differences
from notices.watch.queries.vetoes import judgements

__all__ = [
    "CACHED",
    "Difference",
    "Morning",
    "changed_lately",
    "days_without_log",
    "days_without_reader",
    "differences",
    "duty_of",
    "file_difference",
    "find_log",
    "find_log_of",
    "home_difference",
    "inspection_sheet",
    "judgements",
    "logs_of",
    "morning_list",
    "open_alarms",
    "page_difference",
    "turns",
    "watchable_units",
]
