"""The public copy of a letter: proposed redacted, screened, cleared for secrecy, published, taken down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mailbox.actions.lending import lent
from mailbox.actions.word import tell_unit
from mailbox.choices import RELEASE_KIND, LetterKind, State
from mailbox.models import Letter, PublishedLetter
from mailbox.queries.scope import answered_together, group_values
from portal.cases.registry import ReplyWords
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.publishing import actions as desk
from portal.publishing.actions import PublicText
from portal.publishing.choices import ReleaseState, ReviewStep
from portal.publishing.models import Release
from portal.publishing.public_words import findings_of, refuse_found
from portal.publishing.queries import has_public_copy
from portal.publishing.screening import Finding, demand_word, screen
from portal.publishing.screening.scan import OWN
from portal.publishing.word import keep_word
from portal.records.public import public_files
from portal.units.choices import Role

PURPOSE = "release"
TAKING_DOWN = (Role.PUBLISHER, Role.APPROVER)
STRUCK_OUT = "（略）"
REPLACED = "本件已重新办理并作出新的答复，原答复不再公开"
UNDECIDED = (ReleaseState.PROPOSED, ReleaseState.CLEARED)


def findings_in(case: Letter, text: PublicText) -> list[Finding]:
    """What the screening finds in a proposed copy: the writers' own values block, whether or not they consented."""
    return findings_of(text, group_values(case), (case.unit.phone, case.unit.email))


def warnings_for(case: Letter) -> list[Finding]:
    """What somebody is to look at before the copy goes on: likely numbers and names that do not block."""
    copy = Release.objects.filter(case=case, state__in=UNDECIDED).first()
    return findings_in(case, desk.text_of(copy)) if copy is not None else []


def _refuse_personal(case: Letter, text: PublicText, acknowledged: str) -> tuple[str, ...]:
    """Refuse what blocks; the kinds that only warn, for which the reason answers."""
    if any(letter.contacts_erased for letter in answered_together(case)):
        raise StepRefused("来信人的联系方式已按保存期限清除，无法再核对公开内容，不能公开。")
    return refuse_found(findings_in(case, text), "公开内容中仍有个人信息", acknowledged)


def current_release(case: Letter, *states: str) -> Release:
    """The letter's public copy in one of the states; StepRefused if there is none. Locks the letter first."""
    Letter.objects.select_for_update().get(pk=case.pk)
    found = Release.objects.filter(case=case, state__in=states).first()
    if found is None:
        raise StepRefused("没有处于该环节的公开副本。")
    return found


@transaction.atomic
def propose_release(
    *,
    case: Letter,
    title: str,
    question: str,
    answer: str,
    actor: Actor,
    at: datetime,
    acknowledged: str = "",
    seen_version: int | None = None,
) -> Release:
    """Propose a redacted copy. Raises InvalidInput while it holds anything personal of a writer, and, without a reason
    in `acknowledged`, while anything looks like it."""
    text = PublicText(title.strip(), question.strip(), answer.strip(), public_files(case))
    for field in ("title", "question", "answer"):
        if not getattr(text, field):
            raise InvalidInput("请填写此项", field)
    warned = _refuse_personal(case, text, acknowledged)
    take_step(
        case,
        "propose_release",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=text.sha256,
        led=case.leader_id is not None,
    )
    keep_word(case, warned, acknowledged, verb="propose_release", actor=actor, at=at)
    if has_public_copy(case):
        raise StepRefused("本件已有公开副本。")
    if case.closed_on is None:
        raise StepRefused("本件尚未答复，不能公开。")
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=text.sha256, actor=actor, at=at)
    copy = desk.propose(
        case=case,
        text=text,
        kind=f"{RELEASE_KIND}{case.letter_kind}",
        kind_label=f"来信·{LetterKind(case.letter_kind).label}",
        received_on=timezone.localdate(case.created_at),
        answered_on=case.closed_on,
        at=at,
    )
    _hand_on(case, Role.SECRECY_REVIEWER, "待保密审查", at)
    return copy


@transaction.atomic
def clear_release(
    *,
    case: Letter,
    actor: Actor,
    at: datetime,
    comment: str = "",
    acknowledged: str = "",
    seen_version: int | None = None,
) -> None:
    """The secrecy review of the copy agrees."""
    copy = current_release(case, ReleaseState.PROPOSED)
    warned = demand_word(findings_in(case, desk.text_of(copy)), acknowledged)
    _sign(case, "clear_release", copy, ReviewStep.SECRECY, actor, at, comment, seen_version)
    keep_word(case, warned, acknowledged, verb="clear_release", actor=actor, at=at)
    copy.clear()
    copy.save()
    _hand_on(case, Role.PUBLISHER, "待公开", at)


@transaction.atomic
def release(
    *,
    case: Letter,
    actor: Actor,
    at: datetime,
    comment: str = "",
    acknowledged: str = "",
    seen_version: int | None = None,
) -> Release:
    """Publish the copy; it is screened once more, and counted with the letters that got the same answer."""
    copy = current_release(case, ReleaseState.CLEARED)
    warned = _refuse_personal(case, desk.text_of(copy), acknowledged)
    _sign(case, "release", copy, ReviewStep.APPROVE, actor, at, comment, seen_version)
    keep_word(case, warned, acknowledged, verb="release", actor=actor, at=at)
    desk.publish(release=copy, at=at)
    PublishedLetter.objects.create(
        release=copy,
        letter_kind=case.letter_kind,
        place=case.place,
        asked=1 + case.members.filter(state=State.ANSWERED).count(),
    )
    return copy


def _sign(
    case: Letter,
    verb: str,
    copy: Release,
    step: ReviewStep,
    actor: Actor,
    at: datetime,
    comment: str,
    seen_version: int | None,
) -> None:
    """One more person agrees to exactly this text."""
    review = desk.open_round(case, PURPOSE)
    digest = desk.text_of(copy).sha256
    desk.sign(
        case=case,
        review=review,
        verb=verb,
        step=step,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )


@transaction.atomic
def reject_release(
    *, case: Letter, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Do not publish the copy; a new one may be proposed."""
    copy = current_release(case, *UNDECIDED)
    take_step(case, "reject_release", actor=actor, at=at, seen_version=seen_version, comment=comment)
    _reject(case, copy, at)


@transaction.atomic
def retract_release(
    *, case: Letter, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take a published copy down at once; its address says so and why.

    By a publisher or the head of the unit that published it, whoever holds the letter by then and whatever became of it.
    """
    copy = current_release(case, ReleaseState.PUBLISHED)
    if any(finding.kind == OWN for finding in screen(comment, own_values=group_values(case))):
        raise InvalidInput("撤下理由将公开显示，其中有当事人的个人信息，请改写", "comment")
    own = actor.has_role(copy.unit_id, *TAKING_DOWN)
    take_step(
        case,
        "retract_release",
        actor=lent(actor, case, Role.PUBLISHER) if own else actor,
        at=at,
        seen_version=seen_version,
        comment=comment,
    )
    desk.retract(release=copy, reason=comment.strip()[:200])


def drop_undecided(case: Letter, at: datetime) -> None:
    """The letter is handled again: a copy of the old answer that is not public yet falls away."""
    for copy in Release.objects.filter(case=case, state__in=UNDECIDED):
        _reject(case, copy, at)


def take_down_replaced(case: Letter) -> None:
    """A new answer has gone out: the copy of the former one is no longer what the unit says."""
    for copy in Release.objects.filter(case=case, state=ReleaseState.PUBLISHED):
        desk.retract(release=copy, reason=REPLACED)


def _reject(case: Letter, copy: Release, at: datetime) -> None:
    copy.reject()
    copy.save()
    desk.close_review(review=desk.open_round(case, PURPOSE), at=at)


def _hand_on(case: Letter, role: Role, what: str, at: datetime) -> None:
    tell_unit(
        case, case.unit, (role,), "release", f"来信公开{what}（{case.number}）", "请在来信页面办理。", at
    )


def suggested_text(case: Letter) -> PublicText:
    """A first public copy: the letter and its answer, the writers' own values struck out."""
    reply = case.replies.filter(document__isnull=False).order_by("-round").first()
    words = [case.topic[:160], case.text, reply.body if reply is not None else ""]
    for value in sorted(group_values(case), key=len, reverse=True):
        words = [text.replace(value, STRUCK_OUT) for text in words]
    return PublicText(words[0], words[1], words[2])


def reply_words(case: Letter) -> ReplyWords | None:
    """The words of an answered letter for those who judge replies, its title without what was typed; None without an answer or if it is closed to them."""
    if case.state != State.ANSWERED or case.identity_closed:
        return None
    text = suggested_text(case)
    year = timezone.localdate(case.created_at).year
    return ReplyWords(f"群众来信（{year}年）", text.question, text.answer)
