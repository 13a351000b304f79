"""The public copy: proposed redacted, screened, cleared for secrecy, published."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.cases.registry import ReplyWords
from portal.cases.steps import ended_on, lock, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.publishing import actions as desk
from portal.publishing.actions import PublicText
from portal.publishing.choices import ReleaseState, ReviewStep
from portal.publishing.models import Release
from portal.publishing.public_words import findings_of, refuse_found
from portal.publishing.queries import has_public_copy
from portal.publishing.screening import Finding, demand_word, screen
from portal.publishing.word import keep_word
from portal.records.public import public_files
from requests_app.actions.naming import refuse_anybody_named
from requests_app.choices import ReplyKind, State
from requests_app.models import DisclosureRequest

PURPOSE = "release"


def findings_in(case: DisclosureRequest, text: PublicText) -> list[Finding]:
    """What the screening finds in a proposed copy: the case's own values block."""
    return findings_of(text, case.personal_values(), (case.unit.phone, case.unit.email))


def _refuse_personal(case: DisclosureRequest, text: PublicText, acknowledged: str) -> tuple[str, ...]:
    """Refuse what blocks; the kinds that only warn, for which the reason answers."""
    return refuse_found(findings_in(case, text), "公开副本中仍有个人信息", acknowledged)


def current_release(case: DisclosureRequest, *states: str) -> Release:
    """The case's public copy in one of the states; StepRefused if there is none."""
    found = Release.objects.filter(case=case, state__in=states).first()
    if found is None:
        raise StepRefused("没有处于该环节的公开副本。")
    return found


@transaction.atomic
def propose_release(
    *,
    case: DisclosureRequest,
    text: PublicText,
    actor: Actor,
    at: datetime,
    acknowledged: str = "",
    seen_version: int | None = None,
) -> Release:
    """Propose a redacted copy, with the records that were chosen for everyone.

    Raises InvalidInput while it holds anything personal of this case, and, without a reason in `acknowledged`, while anything
    looks like it; StepRefused while a chosen record has no proven copy for everyone.
    """
    for field, value in (("title", text.title), ("question", text.question), ("answer", text.answer)):
        if not value.strip():
            raise InvalidInput("请填写此项", field)
    lock(case)
    text = replace(text, files=public_files(case))
    warned = _refuse_personal(case, text, acknowledged)
    if has_public_copy(case):
        raise StepRefused("本件已有公开副本。")
    take_step(
        case, "propose_release", actor=actor, at=at, seen_version=seen_version, content_sha256=text.sha256
    )
    keep_word(case, warned, acknowledged, verb="propose_release", actor=actor, at=at)
    day = ended_on(case)
    if case.received_on is None or day is None:
        raise StepRefused("本件尚未答复，不能提出公开副本。")
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=text.sha256, actor=actor, at=at)
    return desk.propose(
        case=case,
        text=text,
        kind=case.outcome,
        kind_label=ReplyKind(case.outcome).label,
        received_on=case.received_on,
        answered_on=day,
        at=at,
    )


@transaction.atomic
def clear_release(
    *,
    case: DisclosureRequest,
    actor: Actor,
    at: datetime,
    comment: str = "",
    acknowledged: str = "",
    seen_version: int | None = None,
) -> None:
    """The secrecy review of the copy agrees."""
    lock(case)
    copy = current_release(case, ReleaseState.PROPOSED)
    review = desk.open_round(case, PURPOSE)
    warned = demand_word(findings_in(case, desk.text_of(copy)), acknowledged)
    digest = desk.text_of(copy).sha256
    desk.sign(
        case=case,
        review=review,
        verb="clear_release",
        step=ReviewStep.SECRECY,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    keep_word(case, warned, acknowledged, verb="clear_release", actor=actor, at=at)
    copy.clear()
    copy.save()


@transaction.atomic
def release(
    *,
    case: DisclosureRequest,
    actor: Actor,
    at: datetime,
    comment: str = "",
    acknowledged: str = "",
    seen_version: int | None = None,
) -> Release:
    """Publish the copy; it is screened once more."""
    lock(case)
    copy = current_release(case, ReleaseState.CLEARED)
    text = desk.text_of(copy)
    warned = _refuse_personal(case, text, acknowledged)
    review = desk.open_round(case, PURPOSE)
    desk.sign(
        case=case,
        review=review,
        verb="release",
        step=ReviewStep.APPROVE,
        digest=text.sha256,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    keep_word(case, warned, acknowledged, verb="release", actor=actor, at=at)
    desk.publish(release=copy, at=at)
    return copy


@transaction.atomic
def reject_release(
    *, case: DisclosureRequest, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Do not publish the copy; a new one may be proposed."""
    lock(case)
    copy = current_release(case, ReleaseState.PROPOSED, ReleaseState.CLEARED)
    take_step(case, "reject_release", actor=actor, at=at, seen_version=seen_version, comment=comment)
    copy.reject()
    copy.save()
    desk.close_review(review=desk.open_round(case, PURPOSE), at=at)


@transaction.atomic
def retract_release(
    *, case: DisclosureRequest, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take a published copy down at once; its address says so and why."""
    lock(case)
    copy = current_release(case, ReleaseState.PUBLISHED)
    refuse_anybody_named(case, comment=comment)
    take_step(case, "retract_release", actor=actor, at=at, seen_version=seen_version, comment=comment)
    desk.retract(release=copy, reason=comment.strip()[:200])


def suggested_text(case: DisclosureRequest) -> PublicText:
    """A first public copy: what was asked and answered, whatever names or reaches anybody struck out."""
    items = case.answer.items.all()
    question = "\n".join(
        part for part in (case.information_name, case.information_number, case.description) if part
    )
    answer = "\n".join(
        "\n".join(part for part in (item.matter, item.body, item.withheld) if part) for item in items
    )
    year = timezone.localdate(case.created_at).year
    title = f"{case.information_name or '政府信息公开申请'}（{year}年）"
    words = [_struck(case, text) for text in (title, question, answer)]
    return PublicText(words[0][:160], words[1], words[2])


def _struck(case: DisclosureRequest, text: str) -> str:
    """A text without what would block its publication, however it is spaced or written."""
    found = screen(text, own_values=case.personal_values(), allowed=(case.unit.phone, case.unit.email))
    end = len(text)
    for finding in sorted((entry for entry in found if entry.blocks), key=lambda entry: -entry.end):
        if finding.start < end:
            text = f"{text[: finding.start]}（略）{text[min(finding.end, end) :]}"
            end = finding.start
    return text


def reply_words(case: DisclosureRequest) -> ReplyWords | None:
    """The words of an answered request for those who judge replies, its title without what was typed; None without an answer."""
    if case.state != State.ANSWERED:
        return None
    text = suggested_text(case)
    year = timezone.localdate(case.created_at).year
    return ReplyWords(f"政府信息公开申请（{year}年）", text.question, text.answer)
