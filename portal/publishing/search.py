"""What of this app can be found."""

from portal.search.kinds import declare

declare("release", "公开答复")
