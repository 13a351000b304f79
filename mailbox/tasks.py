"""Jobs of the letter box."""

from django.utils import timezone

from mailbox import actions
from portal.cases.recounting import recount_if_moved
from portal.holidays.calendars import calendar
from portal.jobs.lanes import INBOX
from portal.jobs.registry import handler


def send_reminders() -> None:
    """Send the reminders that are due, every morning; running it twice sends nothing twice.

    Dates are counted anew first: nobody is reminded by a date that a notice has moved.
    """
    now = timezone.now()
    recount_if_moved(calendar=calendar(), at=now)
    actions.send_reminders(at=now)
    actions.send_late_notices(at=now)


@handler("postbox.arrived", lane=INBOX)
def arrived(mail: int) -> None:
    """Make one mail into a letter, once."""
    actions.take_mail(mail_id=mail, at=timezone.now())


@handler("postbox.bounced", lane=INBOX)
def bounced(mail: int) -> None:
    """Mark the address of a mail that came back, once."""
    actions.take_bounce(mail_id=mail, at=timezone.now())
