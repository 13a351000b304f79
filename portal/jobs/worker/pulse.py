"""How a lane shows that it moves: a moment of the machine's own clock, in memory that parent and child share."""

from __future__ import annotations

import time
from multiprocessing.sharedctypes import RawArray

PATIENCE = 15.0


class Pulse:
    """When the lane last moved, and how long what it does now may take; both in seconds.

    Written by the lane, read by its parent; the clock is monotonic, so that a clock put forth or back ends nothing.
    """

    def __init__(self) -> None:
        self._shared = RawArray("d", 2)
        self.beat()

    def beat(self, allowed: float = 0.0) -> None:
        """The lane moves; what it begins now may take `allowed` seconds."""
        self._shared[1] = allowed
        self._shared[0] = time.monotonic()

    @property
    def age(self) -> float:
        """Seconds since the lane moved."""
        return time.monotonic() - float(self._shared[0])

    @property
    def is_still(self) -> bool:
        """True for a lane that has not moved for longer than it may."""
        return self.age > PATIENCE + float(self._shared[1])
