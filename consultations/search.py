"""What of this app can be found."""

from portal.search.kinds import declare

declare("consultation", "意见征集")
