"""Figures from the log: of a month as it stood at its end, of any stretch of months, and what will be late."""

from portal.supervision.figures.forecast import pace_of_states, predicted_misses, renew_pace
from portal.supervision.figures.lines import Line, Total, totals
from portal.supervision.figures.months import (
    compute,
    freeze_month,
    freeze_past,
    lines_between,
    lines_of,
    month_after,
    months_between,
    overdue_at,
)
from portal.supervision.figures.opinions import Opinion, opinions
from portal.supervision.figures.outcomes import outcomes
from portal.supervision.figures.scores import scores_of, weighted

__all__ = [
    "Line",
    "Opinion",
    "Total",
    "compute",
    "freeze_month",
    "freeze_past",
    "lines_between",
    "lines_of",
    "month_after",
    "months_between",
    "opinions",
    "outcomes",
    "overdue_at",
    "pace_of_states",
    "predicted_misses",
    "renew_pace",
    "scores_of",
    "totals",
    "weighted",
]
