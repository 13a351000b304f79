"""The readers of the watch."""

from notices.watch.queries.morning import (
    Morning,
    duty_of,
    find_log,
    find_log_of,
    logs_of,
    morning_list,
    open_alarms,
    turns,
    watchable_units,
)
from notices.watch.queries.sheet import inspection_sheet
from notices.watch.queries.tampering import Difference, differences, page_difference
from notices.watch.queries.vetoes import judgements

__all__ = [
    "Difference",
    "Morning",
    "differences",
    "duty_of",
    "find_log",
    "find_log_of",
    "inspection_sheet",
    "judgements",
    "logs_of",
    "morning_list",
    "open_alarms",
    "page_difference",
    "turns",
    "watchable_units",
]
