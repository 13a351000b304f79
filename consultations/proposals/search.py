"""What of this app can be found."""

from portal.search.choices import Chip
from portal.search.kinds import declare

declare("topic", "建言献策", Chip.TALK)
