"""What is known of an applicant: checked, and kept sealed when it changes."""

from __future__ import annotations

from datetime import datetime

from portal.core.errors import InvalidInput
from portal.core.telephone import normal_telephone, telephone_problem
from requests_app import rules
from requests_app.choices import ApplicantKind, Delivery, IdentityKind
from requests_app.models import DisclosureRequest, FormerApplicant
from requests_app.models.particulars import PARTICULARS


def keep_former(case: DisclosureRequest, at: datetime, *, gone: bool = False) -> None:
    """Keep what the request knows of its applicant, sealed, before it is changed.

    `gone`: somebody else takes the applicant's place, and the papers so far stay with the former one.
    """
    kept = {field: getattr(case, field) for field in PARTICULARS}
    last = case.documents.order_by("-pk").values_list("pk", flat=True).first() if gone else None
    FormerApplicant.objects.create(request=case, until=at, papers_until=last, **kept)


def check_identity(applicant_kind: str, identity_kind: str, number: str) -> None:
    """Raise InvalidInput unless the number fits the document, or the organisation's credit code holds."""
    if applicant_kind == ApplicantKind.CITIZEN:
        if identity_kind not in IdentityKind.values:
            raise InvalidInput("请选择证件类型", "identity_kind")
        problem = rules.identity_problem(identity_kind, number)
    else:
        problem = rules.credit_code_problem(number)
    if problem:
        raise InvalidInput(problem, "identity_number")


def checked_contact(phone: str, email: str, address: str, delivery: str) -> tuple[str, str, str]:
    """Telephone (in its one form), mail and postal address, if they reach somebody the way the papers are wanted.

    Raises InvalidInput otherwise (条例第二十九条: 联系方式).
    """
    phone, email, address = normal_telephone(phone), email.strip(), address.strip()
    problem = telephone_problem(phone) if phone else rules.contact_problem(phone, email, address)
    if problem:
        raise InvalidInput(problem, "phone")
    problem = rules.delivery_problem(delivery, email=email, address=address)
    if problem:
        raise InvalidInput(problem, "address" if delivery == Delivery.POST else "email")
    return phone, email, address
