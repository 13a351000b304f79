"""What of this app can be found."""

from portal.search.kinds import declare

declare("article", "政府信息")
