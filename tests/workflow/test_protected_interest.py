"""Art. 15 protects trade secrets or privacy: the reply says which (条例第十五条, 第三十六条第（三）项)."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from portal.core.errors import InvalidInput
from portal.documents.models import OfficialDocument
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.actions.reply import ReplyText
from requests_app.annual.figures import figures
from requests_app.choices import RefusalGround, ReplyKind
from requests_app.models import DisclosureRequest, ReplyItem
from tests.cast import Person, moment
from tests.factories.requests_app import answered, handled

Team = dict[str, Person]
SHARED = "涉及商业秘密、个人隐私"


def protecting(interest: str, kind: str = ReplyKind.REFUSE) -> ReplyText:
    """Withheld for a third party."""
    withheld = "合同价款。" if kind == ReplyKind.PARTIAL else ""
    return ReplyText(kind, "理由", ground=RefusalGround.THIRD_PARTY, interest=interest, withheld=withheld)


@pytest.mark.parametrize(
    ("interest", "words"),
    [
        ("trade_secret", "涉及商业秘密，公开会对第三方合法权益造成损害"),
        ("privacy", "涉及个人隐私，公开会对第三方合法权益造成损害"),
        ("both", "涉及商业秘密和个人隐私，公开会对第三方合法权益造成损害"),
    ],
)
@pytest.mark.parametrize("kind", [ReplyKind.REFUSE, ReplyKind.PARTIAL])
def test_paper_says_whose_interest_it_is(
    office: Unit, team: Team, interest: str, words: str, kind: str
) -> None:
    case = answered(office, team, text=protecting(interest, kind))
    paper = OfficialDocument.objects.get(case=case, kind=f"{kind}_reply")
    assert (paper.facts["ground"], paper.facts["article"]) == (words, "第十五条")
    assert queries.citizen_view(case, date(2026, 3, 9)).withheld == [("", words)]


@pytest.mark.parametrize("interest", ["", "curiosity"])
def test_interest_is_asked_for_beside_its_field(office: Unit, clerk: Person, interest: str) -> None:
    case = handled(office, clerk)
    with pytest.raises(InvalidInput, match="商业秘密还是个人隐私") as refused:
        actions.draft_reply(case=case, text=protecting(interest), actor=clerk.actor, at=moment("2026-03-02"))
    assert refused.value.field == "interest"


def test_interest_of_another_ground_is_dropped(office: Unit, clerk: Person) -> None:
    text = ReplyText(ReplyKind.REFUSE, "理由", ground=RefusalGround.PROCESS, interest="privacy")
    case = handled(office, clerk)
    actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-02"))
    assert ReplyItem.objects.get(reply__request=case).interest == ""


def test_interest_is_part_of_what_is_signed(office: Unit, clerk: Person) -> None:
    digests = []
    for interest in ("privacy", "trade_secret"):
        case = handled(office, clerk)
        text = protecting(interest)
        reply = actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-02"))
        digests.append(reply.content_sha256)
    assert len(set(digests)) == 2


def test_matters_of_before_keep_digest_and_words(office: Unit, clerk: Person) -> None:
    """A reply drafted without the field still has the digest that was signed."""
    item = ReplyItem(position=1, kind="refuse", ground="third_party", body="理由")
    assert item.decided() == ("", "refuse", "third_party", "", "理由", "", "", "")


def test_annual_report_keeps_its_one_row(office: Unit, team: Team) -> None:
    """国办公开办函〔2021〕30号 表二（三）4: 保护第三方合法权益."""
    for interest in ("trade_secret", "privacy"):
        answered(office, team, text=protecting(interest))
    table = figures(2026, office).table2
    assert table["refused_third_party", "total"] == 2


@time_machine.travel(moment("2026-03-09"), tick=False)
def test_pages_say_which(office: Unit, team: Team, citizen: Person) -> None:
    case = answered(office, team, text=protecting("privacy"))
    DisclosureRequest.objects.filter(pk=case.pk).update(applicant=citizen.account)
    seen = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert "涉及个人隐私，公开会对第三方合法权益造成损害。" in seen and SHARED not in seen
    staff = team["clerk"].client().get(f"/workbench/requests/{case.public_id}/").content.decode()
    assert "：个人隐私</p>" in staff


@time_machine.travel(moment("2026-03-02"), tick=False)
def test_form_shows_the_sentence_beside_the_field(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    typed = {
        "position": 1,
        "kind": "refuse",
        "ground": "third_party",
        "body": "理由",
        "version": case.version,
    }
    page = clerk.client().post(f"/workbench/requests/{case.public_id}/draft-reply/", typed)
    assert page.status_code == 400
    assert page.context["form"].errors["interest"] == [
        "保护第三方合法权益的，须选择是商业秘密还是个人隐私（条例第十五条）"
    ]
