"""What of this app can be found."""

from portal.search.choices import Chip
from portal.search.kinds import declare

declare("response", "回应关切", Chip.ANSWER)
