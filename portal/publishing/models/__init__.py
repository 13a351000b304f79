"""Reviews, public copies, checked files, and what was taken down."""

from portal.publishing.models.filecheck import FileCheck
from portal.publishing.models.phrase import Phrase
from portal.publishing.models.release import Release, ReleaseFile
from portal.publishing.models.review import Review, SignOff
from portal.publishing.models.takedown import TakeDown, TakeDownSteps

__all__ = ["FileCheck", "Phrase", "Release", "ReleaseFile", "Review", "SignOff", "TakeDown", "TakeDownSteps"]
