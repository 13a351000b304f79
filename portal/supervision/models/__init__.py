"""Tables of supervision."""

from portal.supervision.models.figures import FiguresMonth, StepPace
from portal.supervision.models.order import SupervisionOrder

__all__ = ["FiguresMonth", "StepPace", "SupervisionOrder"]
