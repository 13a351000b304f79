"""Tables of hearings."""

from consultations.hearings.models.hearing import Hearing, SeatGroup, SignUp

__all__ = ["Hearing", "SeatGroup", "SignUp"]
