"""What of this app can be found."""

from portal.search.kinds import declare

declare("poll", "投票调查")
