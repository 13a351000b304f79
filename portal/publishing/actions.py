"""Writers of the review desk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.cases.models import Case
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.files.models import StoredFile
from portal.jobs.outbox import enqueue
from portal.publishing.choices import ReviewStep, Verdict
from portal.publishing.desks import FOUR_EYES, writers
from portal.publishing.desks import check_signers as check_signers  # part of the desk for its callers
from portal.publishing.models import Release, ReleaseFile, Review, SignOff
from portal.search import actions as finder
from portal.units.choices import Role


def digest_of(*parts: str) -> str:
    """The SHA-256 of a text in parts, each with its length before it."""
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def open_review(
    *,
    case: Case,
    purpose: str,
    content_sha256: str,
    actor: Actor,
    at: datetime,
    needs: Sequence[Role] | None = None,
) -> Review:
    """Open a round; the submitter signs its first step.

    Raises StepRefused if the unit lacks somebody for one of the signatures that follow (`needs`: the roles, if not the desk's).
    """
    check_signers(case=case, purpose=purpose, at=at, submitter=actor.account_id, needs=needs)
    before = Review.objects.filter(case=case, purpose=purpose).count()
    review = Review.objects.create(
        case=case, purpose=purpose, round=before + 1, content_sha256=content_sha256, opened_at=at
    )
    _write(review, ReviewStep.DRAFT, actor, Verdict.PASS, "", at)
    return review


def open_round(case: Case, purpose: str) -> Review:
    """The round that is going on; StepRefused if there is none."""
    review = Review.objects.filter(case=case, purpose=purpose, closed_at__isnull=True).first()
    if review is None:
        raise StepRefused("当前没有正在进行的审核。")
    return review


def signers(review: Review) -> frozenset[int]:
    """Accounts that may sign no step of the round: who has signed one, and who wrote any of the text."""
    signed = frozenset(review.sign_offs.values_list("account_id", flat=True))
    return signed | writers(review.case, review.purpose)


def sign_off(
    *,
    review: Review,
    step: ReviewStep,
    actor: Actor,
    verdict: Verdict,
    comment: str,
    content_sha256: str,
    at: datetime,
) -> None:
    """Write one person's word; a return or the last step closes the round.

    Raises StepRefused if this person wrote the text or has signed the round already, or if the text is not what was
    submitted.
    """
    if actor.account_id in signers(review):
        raise StepRefused(FOUR_EYES)
    if content_sha256 != review.content_sha256:
        raise StepRefused("送审内容已有改动，须重新送审。")
    _write(review, step, actor, verdict, comment, at)
    if verdict == Verdict.RETURN or step == ReviewStep.APPROVE:
        close_review(review=review, at=at)


def sign(
    *,
    case: Case,
    review: Review,
    verb: str,
    step: ReviewStep,
    digest: str,
    actor: Actor,
    at: datetime,
    comment: str,
    seen_version: int | None,
    barred: frozenset[int] = frozenset(),
    **facts: Any,
) -> None:
    """Take the case's step that is a signature under the round, and write the signature.

    `digest` is of what the case says now; `barred` are more accounts that may not sign; `facts` go to the step. Raises as
    `take_step` and `sign_off` do.
    """
    take_step(
        case,
        verb,
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=signers(review) | barred,
        content_sha256=digest,
        **facts,
    )
    # Read again: the step has locked the case, and another signature may have come before it.
    sign_off(
        review=review,
        step=step,
        actor=actor,
        verdict=Verdict.PASS,
        comment=comment,
        content_sha256=digest,
        at=at,
    )


def send_back(
    *,
    case: Case,
    review: Review,
    verb: str,
    step: ReviewStep,
    actor: Actor,
    at: datetime,
    comment: str,
    seen_version: int | None,
) -> None:
    """Take the case's step that sends the text back with a reason; the round ends. Raises as `sign` does."""
    take_step(
        case,
        verb,
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=signers(review),
        comment=comment,
    )
    sign_off(
        review=review,
        step=step,
        actor=actor,
        verdict=Verdict.RETURN,
        comment=comment[:300],
        content_sha256=review.content_sha256,
        at=at,
    )


def close_review(*, review: Review, at: datetime) -> None:
    """End a round."""
    review.closed_at = at
    review.save(update_fields=["closed_at"])


def _write(
    review: Review, step: ReviewStep, actor: Actor, verdict: Verdict, comment: str, at: datetime
) -> None:
    if actor.account_id is None:
        raise StepRefused("须由本机关工作人员签署。")
    SignOff.objects.create(
        review=review,
        step=step,
        account_id=actor.account_id,
        verdict=verdict,
        comment=comment,
        content_sha256=review.content_sha256,
        at=at,
    )


@dataclass(frozen=True)
class PublicFile:
    """A proven file that goes with a public copy. `withheld` are rows (ground, pages, places), `words` what can be read."""

    title: str
    document_number: str
    made_on: date | None
    maker: str
    pages: int
    stored: StoredFile
    withheld: list[list[Any]]
    words: str = ""

    @property
    def sha256(self) -> str:
        """What approval is bound to: the file, and what its page says of it."""
        day = self.made_on.isoformat() if self.made_on else ""
        table = json.dumps(self.withheld, ensure_ascii=False)
        return digest_of(self.title, self.document_number, day, self.maker, self.stored.sha256, table)


@dataclass(frozen=True)
class PublicText:
    """The redacted words that are to be published, and the files beside them."""

    title: str
    question: str
    answer: str
    files: tuple[PublicFile, ...] = ()

    @property
    def sha256(self) -> str:
        """What approval is bound to."""
        return digest_of(self.title, self.question, self.answer, *(file.sha256 for file in self.files))


def propose(
    *,
    case: Case,
    text: PublicText,
    kind: str,
    kind_label: str,
    received_on: date,
    answered_on: date,
    at: datetime,
) -> Release:
    """Make a public copy with its files, not yet public."""
    release: Release = Release.objects.create(
        case=case,
        unit=case.unit,
        kind=kind,
        kind_label=kind_label,
        title=text.title,
        question=text.question,
        answer=text.answer,
        content_sha256=text.sha256,
        received_on=received_on,
        answered_on=answered_on,
        proposed_at=at,
    )
    for number, file in enumerate(text.files, 1):
        ReleaseFile.objects.create(
            release=release,
            number=number,
            title=file.title,
            document_number=file.document_number,
            made_on=file.made_on,
            maker=file.maker,
            pages=file.pages,
            file=file.stored,
            sha256=file.stored.sha256,
            withheld=file.withheld,
            words=file.words,
        )
    return release


def text_of(release: Release) -> PublicText:
    """The words of a release, and its files."""
    rows = release.files.select_related("file")
    files = tuple(
        PublicFile(
            row.title,
            row.document_number,
            row.made_on,
            row.maker,
            row.pages,
            row.file,
            row.withheld,
            row.words,
        )
        for row in rows
    )
    return PublicText(release.title, release.question, release.answer, files)


@transaction.atomic
def publish(*, release: Release, at: datetime) -> None:
    """Everyone may read it from now on; the index follows in a job."""
    _hold(release)
    release.publish(at=at, content_sha256=text_of(release).sha256)
    release.save()
    enqueue("publishing.index", key=f"release:{release.pk}:published", release=release.pk)


@transaction.atomic
def retract(*, release: Release, reason: str) -> None:
    """Take it down at once: out of the list and out of the index in this transaction."""
    _hold(release)
    release.retract(reason=reason)
    release.save()
    finder.drop(key=f"release:{release.public_id}")


def _hold(release: Release) -> None:
    """Hold the row to the end of the transaction, as it is now: two people, or a person and a job, act one after the other."""
    release.refresh_from_db(from_queryset=Release.objects.select_for_update())


def _words_of_files(release: Release) -> list[str]:
    return [f"{row.title} {row.document_number}\n{row.words}" for row in release.files.all()]


@transaction.atomic
def index_release(*, release_id: int) -> None:
    """Put a published copy into the index; anything else out of it.

    The copy is held while its state is read and its entry written: nobody takes it down in between.
    """
    release = Release.objects.get(pk=release_id)
    _hold(release)
    key = f"release:{release.public_id}"
    if release.state != "published" or release.published_at is None:
        finder.drop(key=key)
        return
    finder.index(
        kind="release",
        key=key,
        title=release.title,
        body="\n".join((release.question, release.answer, *_words_of_files(release))),
        unit=release.unit,
        published_on=timezone.localdate(release.published_at),
        url=reverse("releases:detail", args=[release.public_id]),
    )
