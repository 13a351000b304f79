"""The staff verbs as a table."""

from mailbox.verbs.office import OFFICE
from mailbox.verbs.release import RELEASE
from mailbox.verbs.unit import UNIT
from portal.web.verbs import Verb

VERBS: dict[str, Verb] = {verb.code: verb for verb in (*OFFICE, *UNIT, *RELEASE)}

__all__ = ["VERBS", "Verb"]
