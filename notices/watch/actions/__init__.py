"""The writers of the watch: a function for each verb."""

from notices.watch.actions.alarms import check_words, close_alarm
from notices.watch.actions.duty import countersign_log, open_log, put_turn, sign_log
from notices.watch.actions.judging import judge, may_judge
from notices.watch.actions.links import check_links, collect_links
from notices.watch.actions.pages import check_pages, probe_home
from notices.watch.actions.rounds import warn_owners

__all__ = [
    "check_links",
    "check_pages",
    "check_words",
    "close_alarm",
    "collect_links",
    "countersign_log",
    "judge",
    "may_judge",
    "open_log",
    "probe_home",
    "put_turn",
    "sign_log",
    "warn_owners",
]
