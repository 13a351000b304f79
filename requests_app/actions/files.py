"""Files that failed their check: whoever handed one in is told, and so is the unit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from portal.cases.models import CaseFile
from portal.core.telephone import mobile
from portal.messaging.actions import Recipient, notify
from portal.units.choices import Role
from portal.units.queries import people_with
from requests_app.actions.word import tell_applicant
from requests_app.models import DisclosureRequest, OpinionFile
from requests_app.queries.scope import OWN_FILES


def tell_of_rejected(row: CaseFile, at: datetime) -> None:
    """Say that a file (an agent's authority, say) does not count, and why; its name, which may name somebody, is not said."""
    case: Any = DisclosureRequest.objects.select_related("unit").get(pk=row.case_id)
    what = f"file-{row.pk}"
    why = f"{row.problem}。请更换文件后重新提交，或者联系{case.unit.name}。"
    if row.role == OWN_FILES:
        subject = f"{case.addressed_as}提交的一个附件未通过安全检查（{case.number}）"
        tell_applicant(case, what, subject, f"该附件不能使用：{why}", at)
    _tell_party(case, row, why, at)
    for account in people_with(case.unit, Role.CLERK, on=timezone.localdate(at)):
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:{what}:{account.pk}",
            subject=f"一个附件未通过安全检查（{case.number}）",
            body=f"{row.problem}。已通知提交人；由代理人提出的，请核对授权委托书是否有效。",
            link=reverse("workbench_requests:detail", args=[case.public_id]),
            at=at,
        )


def _tell_party(case: DisclosureRequest, row: CaseFile, why: str, at: datetime) -> None:
    given = OpinionFile.objects.select_related("consultation").filter(file=row).first()
    if given is None:
        return
    party = given.consultation
    notify(
        recipient=Recipient(email=party.email, phone=mobile(party.phone)),
        key=f"consult:{party.public_id}:file-{row.pk}",
        subject=f"{party.addressed_as}提交的一个意见附件未通过安全检查",
        body=f"该附件不能使用：{why}",
        link="",
        at=at,
    )
