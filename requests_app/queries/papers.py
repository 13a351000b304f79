"""What a stored paper says about people: whoever downloads it for the unit looks at sealed values."""

from __future__ import annotations

from portal.documents.models import OfficialDocument
from portal.privacy import personal
from requests_app.models import DisclosureRequest

WHOLE_FORM = "application_form"
NAMED = "name"
OTHERS = "others"
FIELDS = tuple(personal.particulars(DisclosureRequest))


def sealed_in(case: DisclosureRequest, paper: OfficialDocument) -> list[str]:
    """The sealed fields whose values stand in a paper; `others` for those of former applicants and parties.

    The application form is the whole of them, whatever was changed since. [] for a paper that names nobody.
    """
    if paper.kind == WHOLE_FORM:
        return list(FIELDS)
    text = f"{paper.facts}{paper.addressee}"
    values = {name: str(getattr(case, name)).strip() for name in FIELDS}
    found = [name for name, value in values.items() if len(value) > 1 and value in text]
    others = {value for value in case.personal_values() if len(value) > 1} - set(values.values())
    return [*found, *([OTHERS] if any(value in text for value in others) else [])]


def needs_reason(fields: list[str]) -> bool:
    """True if a paper shows more than to whom it is addressed: somebody must say why it is looked at."""
    return bool(set(fields) - {NAMED})
