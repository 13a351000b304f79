"""Reviews, public copies, and what was taken down."""

from portal.publishing.models.release import Release
from portal.publishing.models.review import Review, SignOff
from portal.publishing.models.takedown import TakeDown, TakeDownSteps

__all__ = ["Release", "Review", "SignOff", "TakeDown", "TakeDownSteps"]
