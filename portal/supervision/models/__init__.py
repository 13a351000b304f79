"""Tables of supervision."""

from portal.supervision.models.assessment import Assessment, Indicator, Objection
from portal.supervision.models.figures import FiguresMonth, StepPace
from portal.supervision.models.order import SupervisionOrder

__all__ = ["Assessment", "FiguresMonth", "Indicator", "Objection", "StepPace", "SupervisionOrder"]
