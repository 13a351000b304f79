"""Tables of the watch."""

from notices.watch.models.duty import DutyLog, DutyTurn
from notices.watch.models.judgement import InspectionJudgement
from notices.watch.models.records import ColumnWarning, Link, SiteProbe, TamperAlarm

__all__ = ["ColumnWarning", "DutyLog", "DutyTurn", "InspectionJudgement", "Link", "SiteProbe", "TamperAlarm"]
