"""Units, accounts and appointments."""

from portal.units.models.account import Account
from portal.units.models.appointment import Appointment
from portal.units.models.unit import Unit

__all__ = ["Account", "Appointment", "Unit"]
