"""Taking over what came as a letter and is a disclosure request (条例第二十七条)."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from portal.cases.intake import new_key
from portal.cases.models import Case
from portal.cases.registry import Handover
from portal.core.numbering import grouped
from portal.core.telephone import mobile
from portal.messaging.actions import Recipient, notify
from requests_app.actions.intake import Upload, submit
from requests_app.choices import ApplicantKind, Channel, Delivery, FormWanted

MOST_NAME = 120


@transaction.atomic
def take_over(handover: Handover) -> Case:
    """Open a request in the unit that holds the source; the applicant gets its number and code.

    Nothing is cut: a heading too long for a name goes whole into the description, and the files go along. A letter brings
    no proof of identity: the unit asks for it with the correction, and enters it as amend_applicant. The submission's key
    is random, so that no writer's own key meets it.
    """
    named = len(handover.topic) <= MOST_NAME
    answers = {
        "applicant_kind": ApplicantKind.CITIZEN.value,
        "organisation_kind": "",
        "name": handover.name,
        "identity_kind": "",
        "identity_number": "",
        "phone": handover.phone,
        "email": handover.email,
        "address": handover.address,
        "information_name": handover.topic if named else "",
        "description": handover.text if named else f"{handover.topic}\n\n{handover.text}",
        "form_wanted": FormWanted.ELECTRONIC.value,
        "delivery": (Delivery.EMAIL if handover.email else Delivery.ONLINE).value,
        "channel": Channel.ONLINE.value,
    }
    sent = submit(
        unit=handover.source.unit,
        answers=answers,
        key=new_key(),
        actor=handover.actor,
        at=handover.at,
        uploads=[Upload(file.name, file.data) for file in handover.files],
        told=False,
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
