"""What of this app can be found."""

from portal.search.choices import Chip
from portal.search.kinds import declare

declare("hearing", "听证会", Chip.TALK)
