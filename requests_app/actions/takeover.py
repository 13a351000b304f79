"""Taking over what came as a letter and is a disclosure request (条例第二十七条)."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from portal.cases.models import Case
from portal.cases.registry import Handover
from portal.core.numbering import grouped
from portal.core.telephone import mobile
from portal.messaging.actions import Recipient, notify
from requests_app.actions.intake import submit
from requests_app.choices import ApplicantKind, Channel, Delivery, FormWanted

MOST_NAME, MOST_TEXT = 120, 2000


@transaction.atomic
def take_over(handover: Handover) -> Case:
    """Open a request in the unit that holds the source; the applicant gets its number and code.

    A letter brings no proof of identity: the unit asks for it with the correction, if it needs it.
    """
    answers = {
        "applicant_kind": ApplicantKind.CITIZEN.value,
        "organisation_kind": "",
        "name": handover.name,
        "identity_kind": "",
        "identity_number": "",
        "phone": handover.phone,
        "email": handover.email,
        "address": handover.address,
        "information_name": handover.topic[:MOST_NAME],
        "description": handover.text[:MOST_TEXT],
        "form_wanted": FormWanted.ELECTRONIC.value,
        "delivery": (Delivery.EMAIL if handover.email else Delivery.ONLINE).value,
        "channel": Channel.ONLINE.value,
    }
    sent = submit(
        unit=handover.source.unit,
        answers=answers,
        key=f"takeover-{handover.source.public_id}",
        actor=handover.actor,
        at=handover.at,
    )
    case = sent.case
    if handover.source.applicant_id is not None:
        case.applicant_id = handover.source.applicant_id
        case.save(update_fields=["applicant"])
    notify(
        recipient=Recipient(
            account_id=handover.source.applicant_id, email=handover.email, phone=mobile(handover.phone)
        ),
        key=f"{case.public_id}:taken-over",
        subject=f"{case.addressed_as}的来信已转为政府信息公开申请（{case.number}）",
        body=f"{case.addressed_as}的来信属于政府信息公开申请，已按该程序登记办理，答复期限自机关确认收到之日起算。",
        link=reverse("requests:track"),
        at=handover.at,
        secret_text=f"申请编号：{case.number}\n查询码：{grouped(sent.code)}",
    )
    return case
