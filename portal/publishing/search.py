"""What of this app can be found."""

from portal.search.choices import Chip
from portal.search.kinds import declare

declare("release", "公开答复", Chip.ANSWER)
