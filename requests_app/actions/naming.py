"""Who must not be named to whom: what the office writes to one side of a request is read for the other side's names."""

from __future__ import annotations

import unicodedata

from portal.core.errors import InvalidInput
from portal.core.telephone import normal_telephone
from portal.publishing.screening import screen
from portal.publishing.screening.scan import OWN
from requests_app.choices import ConsultKind, Opinion
from requests_app.models import Consultation, DisclosureRequest

NAMED = (
    "内容中写有被征求意见的第三方的姓名（名称）或者联系方式（{shown}），不能告知申请人。"
    "请改用“第三方”；第三方同意公开或者已批准决定公开的，可以写其姓名（名称）。"
)
NAMED_IN_PUBLIC = "所填内容将公开显示，其中有当事人的个人信息（{shown}），请改写"
NAMED_TO_A_PARTY = "内容中有申请人或者其他被征求意见方的个人信息（{shown}），不能告知对方，请删除"


def shown_in(text: str, values: list[str]) -> str:
    """The first of these values that stands in the text, masked; "" if none does, however it is spaced or written."""
    found = [entry.shown for entry in screen(text, own_values=values) if entry.kind == OWN]
    return found[0] if found else ""


def refuse_parties_named(case: DisclosureRequest, **texts: str) -> None:
    """Raise InvalidInput, beside the field, if words to the applicant name or reach a third party (条例第十五条、第三十二条).

    A name may stand where the party agreed to the disclosure, where it was decided for the public interest, or where the
    applicant wrote it in the request.
    """
    asked = "\n".join((case.information_name, case.information_number, case.description))
    hidden = [value for party in case.consultations.all() for value in _hidden_values(party, asked)]
    for field, text in texts.items():
        shown = shown_in(text, hidden) if hidden else ""
        if shown:
            raise InvalidInput(NAMED.format(shown=shown), field)


def refuse_anybody_named(case: DisclosureRequest, **texts: str) -> None:
    """Raise InvalidInput, beside the field, if words that anybody may read name or reach anybody in the request."""
    for field, text in texts.items():
        shown = shown_in(text, list(case.personal_values()))
        if shown:
            raise InvalidInput(NAMED_IN_PUBLIC.format(shown=shown), field)


def _hidden_values(party: Consultation, asked: str) -> list[str]:
    agreed = party.opinion == Opinion.AGREE or party.overridden_on is not None
    named = agreed or bool(shown_in(asked, [party.name]))
    return [value for value in party.naming_values() if not (named and value == party.name)]


def refuse_others_named(case: DisclosureRequest, party: Consultation | None, name: str, **texts: str) -> None:
    """Raise InvalidInput if words to somebody consulted (`party`, or a new one of that name) name or reach anybody else."""
    others = [
        value
        for entry in case.consultations.filter(kind=ConsultKind.THIRD_PARTY)
        if party is None or entry.pk != party.pk
        for value in entry.naming_values()
        if value != name.strip()
    ]
    hidden = [*case.applicant_values(), *others]
    for field, text in texts.items():
        shown = shown_in(text, hidden)
        if shown:
            raise InvalidInput(NAMED_TO_A_PARTY.format(shown=shown), field)


def refuse_applicant_as_party(case: DisclosureRequest, name: str, phone: str, email: str) -> None:
    """Raise InvalidInput if whoever is to be consulted is the applicant, by name or by way of reaching (条例第三十二条: 第三方)."""
    if _folded(name) == _folded(case.name):
        raise InvalidInput(
            "对方与申请人姓名（名称）相同，申请人不是第三方；确为同名他人的，请在姓名后注明，如“张三（某单位职工）”",
            "name",
        )
    if phone.strip() and normal_telephone(phone) in (case.phone, case.agent_phone):
        raise InvalidInput("对方的联系电话与申请人或者其代理人的相同，请核对", "phone")
    if email.strip() and email.strip().lower() == case.email.lower():
        raise InvalidInput("对方的电子邮箱与申请人的相同，请核对", "email")


def _folded(name: str) -> str:
    """A name without spaces, in half width and lower case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
