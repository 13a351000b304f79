"""Casting a vote: once for each voter, in one statement; who and what as far apart as the poll promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from consultations.polls import questionnaire as q
from consultations.polls.choices import Secrecy, Who
from consultations.polls.models import Ballot, Participation, Poll, VoterMark
from consultations.polls.queries import (
    is_token,
    link_of,
    origin_of,
    receipt_digest,
    receipt_of,
    voter_key,
)
from portal.cases.intake import TooManyTries
from portal.core.errors import InvalidInput, StepRefused
from portal.core.numbering import normalise_code
from portal.publishing.takedown import refuse_down
from portal.units.models import Account
from portal.units.queries import has_verified_address

TAKE_PART = (
    "INSERT INTO polls_participation (poll_id, voter_key, %s, origin) VALUES (%%s, %%s, %%s, %%s) "
    "ON CONFLICT DO NOTHING"
)
MARK = "INSERT INTO polls_votermark (poll_id, voter_key, took_part_as) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
ONCE = "您已经参加过，每人只能参加一次。"
OTHER_WORDS = "您已经参加过，每人只能参加一次；刚才提交的内容与先前的不同，没有计入。"


@dataclass(frozen=True)
class Voter:
    """Who votes, as far as it is known: an account, a device's cookie, a token; the network address is only digested."""

    account_id: int | None = None
    device: str = ""
    token: str = ""
    address: str = ""


@dataclass(frozen=True)
class Voted:
    """The answer to a vote: the receipt, the same for the same key; whether an earlier vote was changed."""

    receipt: str
    repeated: bool
    changed: bool = False


class BadSheet(InvalidInput):
    """A sheet that cannot be counted: sentences by question."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(problems[0][1], problems[0][0])
        self.problems = problems


def vote(*, case: Poll, sheet: Mapping[str, Any], voter: Voter, key: str, at: datetime) -> Voted:
    """Cast a vote, or change one's own where the poll lets one; the same key gives the same receipt.

    Raises StepRefused outside the days, for somebody who may not take part, or for a second vote; BadSheet for a
    sheet that cannot be counted; TooManyTries for a flood from one address.
    """
    today = timezone.localdate(at)
    if not case.takes_votes(today):
        raise StepRefused("现在不能参加：尚未开始、已经截止或者已经取消。")
    refuse_down(case)
    keys = [voter_key(case, kind, value) for kind, value in _identities(case, voter)]
    who = keys[0]
    checked = q.check_sheet(q.read(case.definition), sheet)
    if checked.problems:
        raise BadSheet(checked.problems)
    receipt = receipt_of(case, who, key)
    origin = origin_of(voter.address, today)
    _check_flood(case, origin, voter)
    try:
        with transaction.atomic():
            if _take_part(case, who, origin, at) and all(_mark(case, key, who) for key in keys[1:]):
                _cast(case, who, checked.answers, receipt, origin, voter, at)
                return Voted(receipt, repeated=False)
            transaction.set_rollback(True)
    except IntegrityError:
        pass
    owner = _owner(case, keys)
    receipt = receipt_of(case, owner, key)
    earlier = Ballot.objects.filter(poll=case, receipt=receipt_digest(case, receipt)).first()
    if earlier is not None and earlier.answers == checked.answers:
        return Voted(receipt, repeated=True)
    if not case.changeable:
        raise StepRefused(ONCE if earlier is None else OTHER_WORDS)
    return _change(case, owner, checked.answers, receipt, at)


def _owner(case: Poll, keys: list[str]) -> str:
    """Under which key the voter took part before; StepRefused if the device's vote belongs to somebody else."""
    known = {
        row.voter_key: row.took_part_as for row in VoterMark.objects.filter(poll=case, voter_key__in=keys)
    }
    present = Participation.objects.filter(poll=case, voter_key__in=keys).values_list("voter_key", flat=True)
    direct = next((key for key in keys if key in set(present)), keys[0])
    owner = next((known[key] for key in keys if key in known), direct)
    others = VoterMark.objects.filter(poll=case, took_part_as=owner).exclude(voter_key__in=keys)
    if others.exists():
        raise StepRefused(ONCE)
    return owner


def _identities(case: Poll, voter: Voter) -> list[tuple[str, str]]:
    """(kind, value) of everything that makes a voter one voter, the first under which the part is taken.

    Where anybody may take part once on each device, the account behind it counts too: neither the same device with another
    account nor the same account on another device votes again. StepRefused if it is missing.
    """
    if case.who == Who.TOKEN:
        if not is_token(case, voter.token):
            raise StepRefused("参与码不正确，请核对信上的参与码。")
        return [("token", normalise_code(voter.token))]
    if case.who == Who.ANYONE:
        device = [("device", voter.device)] if voter.device else []
        account = [("account", str(voter.account_id))] if voter.account_id is not None else []
        if not device and not account:
            raise StepRefused(
                "浏览器没有接受本站的 Cookie，无法确认每台设备只参加一次，请允许后重试，或者登录后参加。"
            )
        return [*device, *account] if device else account * 2
    if voter.account_id is None:
        raise StepRefused("请先登录再参加。")
    if case.who == Who.VERIFIED and not has_verified_address(Account.objects.get(pk=voter.account_id)):
        raise StepRefused("请先在账号设置中核实邮箱，再参加。")
    return [("account", str(voter.account_id))]


def _check_flood(case: Poll, origin: str, voter: Voter) -> None:
    """Where anybody may take part, accounts count like guests: an account is made in a minute."""
    if not origin or case.who != Who.ANYONE:
        return
    if Participation.objects.filter(poll=case, origin=origin).count() >= settings.PORTAL_VOTES_PER_ADDRESS:
        raise TooManyTries("您所在的网络今天参加的人数过多，请明天再参加，或者换一个网络参加。")


def _take_part(case: Poll, who: str, origin: str, at: datetime) -> bool:
    """Write the participation; False if there is one already. One statement, so that two at once are one."""
    kept = "" if case.secrecy == Secrecy.ANONYMOUS and case.who == Who.TOKEN else origin
    column = connection.ops.quote_name("on")
    with connection.cursor() as cursor:
        cursor.execute(TAKE_PART % column, [case.pk, who, timezone.localdate(at), kept])
        return bool(cursor.rowcount == 1)


def _mark(case: Poll, key: str, who: str) -> bool:
    """Write another identity of the voter; False if it took part already."""
    if key != who and Participation.objects.filter(poll=case, voter_key=key).exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute(MARK, [case.pk, key, who])
        return bool(cursor.rowcount == 1)


def _cast(
    case: Poll,
    who: str,
    answers: dict[str, Any],
    receipt: str,
    origin: str,
    voter: Voter,
    at: datetime,
) -> None:
    anonymous = case.secrecy == Secrecy.ANONYMOUS
    Ballot.objects.create(
        poll=case,
        answers=answers,
        receipt=receipt_digest(case, receipt),
        link="" if anonymous else link_of(case, who),
        account_id=voter.account_id if case.secrecy == Secrecy.NAMED else None,
        origin="" if anonymous else origin,
        cast_at=None if anonymous else at,
    )


@transaction.atomic
def _change(case: Poll, who: str, answers: dict[str, Any], receipt: str, at: datetime) -> Voted:
    ballot = Ballot.objects.select_for_update().filter(poll=case, link=link_of(case, who)).first()
    if ballot is None:
        raise StepRefused("没有找到您的选票，不能修改。")
    ballot.answers, ballot.cast_at = answers, at
    ballot.receipt = receipt_digest(case, receipt)
    ballot.save(update_fields=["answers", "cast_at", "receipt"])
    return Voted(receipt, repeated=False, changed=True)
