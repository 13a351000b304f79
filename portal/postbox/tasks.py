"""Jobs of the postbox."""

from django.conf import settings

from portal.postbox import reading


def read() -> None:
    """Read the mailbox, every two minutes; nothing to do where none is configured."""
    if settings.PORTAL_IMAP_HOST:
        reading.read_all()
