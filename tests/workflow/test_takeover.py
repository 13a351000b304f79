"""A letter that is a disclosure request goes on as one with nothing lost (条例第二十七条). Written 10 February 2026."""

from __future__ import annotations

from mailbox import actions as letters
from mailbox.actions.intake import Upload as LetterFile
from mailbox.models import Letter
from portal.cases.choices import FileStatus
from portal.cases.models import CaseFile
from portal.cases.registry import Handover
from portal.core.actors import GUEST
from portal.messaging.models import Message
from portal.units.choices import Role
from requests_app import actions
from requests_app.actions.people import Amended
from requests_app.actions.takeover import take_over
from requests_app.models import DisclosureRequest
from tests.cast import moment, person
from tests.factories import mailbox as mail
from tests.factories.mailbox import Hands, staffed  # noqa: F401  fixtures
from tests.factories.requests_app import IDENTITY, answers
from tests.pages.test_request_pages import pdf


def handed_over(hands: Hands, **changes: str) -> tuple[Letter, DisclosureRequest]:
    """A letter of 10 February and the request that it went on as on 11 February."""
    sent = letters.submit(
        answers=mail.answers(**changes),
        key="takeover-letter-000001",
        actor=GUEST,
        at=moment("2026-02-10"),
        uploads=[LetterFile("照片.pdf", pdf()), LetterFile("坏.pdf", pdf())],
    ).case
    CaseFile.objects.filter(case=sent, name="坏.pdf").update(status=FileStatus.REJECTED, problem="病毒")
    letters.hand_over(case=sent, actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    return sent, DisclosureRequest.objects.latest("pk")


def test_long_letter_goes_on_whole(hands: Hands) -> None:
    """A request's form takes 2,000 signs, a letter 5,000 or so: nothing is cut."""
    text = "请公开以下信息。" * 300
    _, case = handed_over(hands, text=text)
    assert case.description == text
    assert len(case.description) == 2400


def test_heading_too_long_for_a_name_goes_whole_into_the_description(hands: Hands) -> None:
    topic = "关于" * 70
    case = take_over(
        Handover(
            source=mail.submitted(),
            name="王某",
            phone="13800000001",
            email="",
            address="",
            topic=topic,
            text="正文",
            actor=hands.office_clerk.actor,
            at=moment("2026-02-11"),
        )
    )
    request = DisclosureRequest.objects.get(pk=case.pk)
    assert (request.information_name, request.description) == ("", f"{topic}\n\n正文")


def test_files_that_passed_or_wait_for_their_check_go_along(hands: Hands) -> None:
    _, case = handed_over(hands)
    kept = list(case.files.all())
    assert [(entry.name, entry.stored.read()) for entry in kept] == [("照片.pdf", kept[0].stored.read())]
    assert kept[0].status == FileStatus.QUARANTINED


def test_writer_gets_one_message_by_each_way(hands: Hands) -> None:
    _, case = handed_over(hands)
    told = Message.objects.filter(key__startswith=str(case.public_id))
    assert sorted(entry.channel for entry in told) == sorted({entry.channel for entry in told})
    assert {entry.key.split(":")[1] for entry in told} == {"taken-over"}


def test_writers_own_key_does_not_stop_the_hand_over(hands: Hands) -> None:
    """Somebody who knows the letter's id submits a request with the key that the hand-over used to take."""
    letter = mail.submitted()
    key = f"takeover-{letter.public_id}"
    actions.submit(unit=hands.office, answers=answers(), key=key, actor=GUEST, at=moment("2026-02-10"))
    letters.hand_over(case=letter, actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    assert DisclosureRequest.objects.count() == 2


def test_request_from_a_letter_gets_its_identity(hands: Hands) -> None:
    _, case = handed_over(hands)
    approver = person("office-approver", hands.office, Role.APPROVER)
    actions.amend_applicant(
        case=case,
        amended=Amended(identity_kind="resident", identity_number=IDENTITY),
        evidence="申请人当面出示身份证",
        actor=approver.actor,
        at=moment("2026-02-12"),
    )
    case.refresh_from_db()
    assert (case.identity_kind, case.identity_number, bool(case.identity_index)) == (
        "resident",
        IDENTITY,
        True,
    )
