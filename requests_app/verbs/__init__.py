"""The staff verbs as a table, for the pages and the API alike."""

from requests_app.verbs.after import AFTER
from requests_app.verbs.handling import HANDLING
from requests_app.verbs.odd import ODD
from requests_app.verbs.parties import PARTIES
from requests_app.verbs.people import PEOPLE
from requests_app.verbs.triage import TRIAGE
from requests_app.verbs.verb import Verb

VERBS: dict[str, Verb] = {verb.code: verb for verb in (*HANDLING, *TRIAGE, *PARTIES, *PEOPLE, *AFTER, *ODD)}

__all__ = ["VERBS", "Verb"]
