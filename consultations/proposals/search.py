"""What of this app can be found."""

from portal.search.kinds import declare

declare("topic", "建言献策")
