"""Every stored day by which something is to be done moves with the calendar, or says why it does not."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models

from portal.cases.periods import PERIODS
from tests.house.sources import APPS

ENDS = re.compile(r"(?:^|_)(?:by|until|due_on|closes_on|ends_on|red_on|held_on)$")
STAY = {
    "cases.Case.due_on": "the fold of the clock: recounted by itself",
    "cases.Case.act_by": "the earlier of due_on and internal_due_on, set with them",
    "cases.ClockEntry.until": "as known when written; the fold counts it anew from since and days",
    "units.Appointment.ends_on": "picked by hand",
    "mailbox.Reminder.due_on": "which date the reminder was sent for",
    "polls.Poll.closes_on": "picked by hand; no rule names a shortest time",
    "polls.Poll.entries_until": "picked by hand; no rule names a shortest time",
    "courses.Course.closes_on": "picked by hand; no rule names a shortest time",
    "proposals.ProposalTopic.closes_on": "picked by hand; no rule names a shortest time",
    "hearings.Hearing.held_on": "picked by hand and announced: people come; lead times are held when it is announced",
    "hearings.Hearing.sign_up_until": "picked by hand and announced; the shortest time is held when it is announced",
    "watch.ColumnWarning.red_on": "calendar days, counted anew with every look",
}


def _ends() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in APPS
        for field in model._meta.local_fields
        if type(field) is models.DateField and ENDS.search(field.name)
    }


def _registered() -> set[str]:
    return {f"{period.rows().model._meta.label}.{period.field}" for period in PERIODS.values()}


def test_every_stored_end_is_registered_or_says_why_not() -> None:
    assert _ends() - _registered() - set(STAY) == set()


def test_nothing_is_excused_that_is_not_there_or_is_registered() -> None:
    assert set(STAY) - _ends() == set()
    assert set(STAY) & _registered() == set()
