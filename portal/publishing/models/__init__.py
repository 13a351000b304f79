"""Reviews and public copies."""

from portal.publishing.models.release import Release
from portal.publishing.models.review import Review, SignOff

__all__ = ["Release", "Review", "SignOff"]
