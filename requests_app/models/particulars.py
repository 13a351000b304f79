"""Who an applicant is and how to reach him or her: as it stands in the request, and as it stood before a change."""

from __future__ import annotations

from portal.core.telephone import ways_of_writing

PARTICULARS = (
    "name",
    "identity_number",
    "representative",
    "contact_person",
    "phone",
    "email",
    "address",
    "postcode",
    "agent_name",
    "agent_identity_number",
    "agent_phone",
)


class Particulars:
    """Mixed into a table that has the fields named in PARTICULARS."""

    name: str
    identity_number: str
    representative: str
    contact_person: str
    phone: str
    email: str
    address: str
    agent_name: str
    agent_identity_number: str
    agent_phone: str

    def naming_values(self) -> tuple[str, ...]:
        """Every sealed value that names or reaches this applicant, the organisation's people and the agent; "" left out."""
        values = (
            self.name,
            self.identity_number,
            self.representative,
            self.contact_person,
            *ways_of_writing(self.phone),
            self.email,
            self.address,
            self.agent_name,
            self.agent_identity_number,
            *ways_of_writing(self.agent_phone),
        )
        return tuple(value for value in values if value)
