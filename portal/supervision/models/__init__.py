"""Tables of supervision."""

from portal.supervision.models.assessment import Assessment, Indicator, Objection
from portal.supervision.models.circular import Circular
from portal.supervision.models.figures import FiguresMonth, StepPace
from portal.supervision.models.order import SupervisionOrder
from portal.supervision.models.panel import Mark, Panel, Sample

__all__ = [
    "Assessment",
    "Circular",
    "FiguresMonth",
    "Indicator",
    "Mark",
    "Objection",
    "Panel",
    "Sample",
    "StepPace",
    "SupervisionOrder",
]
