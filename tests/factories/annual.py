"""A year and a half of requests in two units, told through the actions: what the annual report is counted from."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.offline import PaperReceipt
from requests_app.actions.reply import ReplyText
from requests_app.choices import Channel, NotProcessedReason, RefusalGround, ReplyKind
from requests_app.models import DisclosureRequest
from tests.cast import SHANGHAI, Person, moment
from tests.factories.requests_app import NAME, answers, handled, submitted

Team = dict[str, Person]
Story = dict[str, DisclosureRequest]
_keys = count(1)
GIVEN = ReplyText(ReplyKind.DISCLOSE, "见附表。")


def organisation(kind: str) -> dict[str, Any]:
    """The answers of an organisation of that kind."""
    return {"applicant_kind": "organisation", "organisation_kind": kind, "name": "玉溪某单位"}


def answer(
    unit: Unit, team: Team, text: ReplyText, *, on: str, done: str | datetime, **changes: Any
) -> DisclosureRequest:
    """A request received on one day and answered on another."""
    case = handled(unit, team["clerk"], on=on, **changes)
    out = moment(done) if isinstance(done, str) else done
    clerk = team["clerk"].actor
    actions.draft_reply(case=case, text=text, actor=clerk, at=out)
    finish(case, team, out)
    return case


def finish(case: DisclosureRequest, team: Team, out: datetime) -> None:
    """Submit the draft, have it reviewed, cleared and signed, and send it."""
    clerk = team["clerk"].actor
    actions.submit_reply(case=case, actor=clerk, at=out)
    actions.review_reply(case=case, actor=team["reviewer"].actor, at=out)
    actions.clear_reply(case=case, actor=team["secrecy"].actor, at=out)
    actions.sign_reply(case=case, actor=team["approver"].actor, at=out)
    actions.reply(case=case, actor=clerk, at=out)


def by_post(
    unit: Unit, clerk: Person, *, received: str, entered_on: str, **changes: Any
) -> DisclosureRequest:
    """A letter that a clerk enters some days after it came."""
    return actions.enter(
        unit=unit,
        answers=answers(**changes),
        receipt=PaperReceipt(Channel.ORDINARY_POST, date.fromisoformat(received), "与申请人电话确认"),
        key=f"annual-paper-key-{next(_keys):06d}",
        actor=clerk.actor,
        at=moment(entered_on),
    ).case


def lapsed(unit: Unit, clerk: Person) -> DisclosureRequest:
    """Told to correct, and never corrected."""
    case = handled(unit, clerk, on="2025-05-06")
    actions.request_correction(
        case=case,
        unclear="请明确年度",
        correct_by=date(2025, 5, 28),
        actor=clerk.actor,
        at=moment("2025-05-07"),
    )
    actions.lapse(case=case, actor=clerk.actor, at=moment("2025-05-29"))
    return case


def unpaid(unit: Unit, clerk: Person) -> DisclosureRequest:
    """Told a fee, and never paid."""
    case = handled(unit, clerk, on="2025-06-03")
    actions.charge_fee(
        case=case,
        tariff="by_page",
        count=250,
        earlier=0,
        reason="共250页",
        ways="到政务服务大厅缴纳",
        actor=clerk.actor,
        at=moment("2025-06-05"),
    )
    actions.lapse_fee(case=case, actor=clerk.actor, at=moment("2025-08-01"))
    return case


def contest(
    case: DisclosureRequest, clerk: Person, kind: str, filed: str, ended: str = "", result: str = ""
) -> None:
    """A reconsideration or lawsuit about the case, ended if a day is given."""
    remedy = actions.record_remedy(
        case=case,
        kind=kind,
        body="玉溪市人民政府",
        filed_on=date.fromisoformat(filed),
        actor=clerk.actor,
        at=moment(filed),
    )
    if ended:
        actions.close_remedy(
            case=case,
            remedy=remedy,
            result=result,
            ended_on=date.fromisoformat(ended),
            actor=clerk.actor,
            at=moment(ended),
        )


def until_2025(office: Unit, housing: Unit, team: Team) -> Story:
    """What happened up to the end of 2025, in two units."""
    clerk = team["clerk"]
    two_matters = handled(office, clerk, on="2025-09-08", **organisation("other"))
    for position, text in enumerate(
        (
            ReplyText(ReplyKind.REFUSE, "过程性信息。", ground=RefusalGround.PROCESS, matter="讨论记录"),
            ReplyText(ReplyKind.REFUSE, "内部事务。", ground=RefusalGround.INTERNAL, matter="值班表"),
        ),
        1,
    ):
        words = ReplyText(text.kind, text.body, ground=text.ground, position=position, matter=text.matter)
        actions.draft_reply(case=two_matters, text=words, actor=clerk.actor, at=moment("2025-09-10"))
    finish(two_matters, team, moment("2025-09-11"))
    story = {
        "carried": answer(office, team, GIVEN, on="2024-12-20", done="2025-01-10"),
        "paper": by_post(office, clerk, received="2024-12-30", entered_on="2025-01-06"),
        "refused": answer(
            office,
            team,
            ReplyText(ReplyKind.REFUSE, "国家秘密。", ground=RefusalGround.STATE_SECRET),
            on="2025-02-10",
            done="2025-03-03",
            information_name='=HYPERLINK("x")',
        ),
        "partial": answer(
            office,
            team,
            ReplyText(
                ReplyKind.PARTIAL,
                "其余见附表。",
                ground=RefusalGround.THIRD_PARTY,
                interest="privacy",
                withheld="姓名",
            ),
            on="2025-03-10",
            done="2025-04-01",
            **organisation("business"),
        ),
        "withdrawn": submitted(office, on="2025-04-01", **organisation("legal")),
        "lapsed": lapsed(office, clerk),
        "unpaid": unpaid(office, clerk),
        "duplicate": answer(
            office,
            team,
            ReplyText(ReplyKind.NOT_PROCESSED, "重复。", reason=NotProcessedReason.DUPLICATE),
            on="2025-07-01",
            done="2025-07-08",
            **organisation("research"),
        ),
        "two_matters": two_matters,
        "public": answer(
            office,
            team,
            ReplyText(ReplyKind.ALREADY_PUBLIC, "见网站。"),
            on="2025-10-13",
            done=datetime(2025, 12, 31, 23, 50, tzinfo=SHANGHAI),
            information_name=f"{NAME}的档案",
        ),
        "later": handled(office, clerk, on="2025-12-22"),
        "waiting": submitted(office, on="2025-12-29", **organisation("charity")),
        "moved": submitted(office, on="2025-07-15"),
    }
    actions.withdraw(
        case=story["withdrawn"], reason="来信撤回", actor=team["approver"].actor, at=moment("2025-04-02")
    )
    actions.terminate(
        case=story["paper"],
        reason="death",
        evidence="户籍注销证明",
        actor=team["approver"].actor,
        at=moment("2025-06-09"),
    )
    actions.transfer(
        case=story["moved"], unit=housing, reason="由住建部门制作", actor=clerk.actor, at=moment("2025-07-16")
    )
    contest(story["refused"], clerk, "reconsideration", "2025-04-01", "2025-05-20", "upheld")
    contest(story["refused"], clerk, "lawsuit_after", "2025-11-03")
    contest(story["carried"], clerk, "lawsuit", "2025-02-05", "2025-06-30", "other")
    return story


def in_2026(story: Story, team: Team) -> None:
    """What happened after New Year."""
    clerk = team["clerk"]
    case = story["later"]
    actions.draft_reply(
        case=case,
        text=ReplyText(ReplyKind.INQUIRY, "请到窗口查询。"),
        actor=clerk.actor,
        at=moment("2026-01-08"),
    )
    finish(case, team, datetime(2026, 1, 9, 0, 10, tzinfo=SHANGHAI))
    remedy = story["refused"].remedies.get(kind="lawsuit_after")
    actions.close_remedy(
        case=story["refused"],
        remedy=remedy,
        result="corrected",
        ended_on=date(2026, 2, 10),
        actor=clerk.actor,
        at=moment("2026-02-10"),
    )
    actions.ask_fix(
        case=story["carried"], wrong="年龄", evidence="户口簿", actor=clerk.actor, at=moment("2026-02-11")
    )
    contest(story["partial"], clerk, "reconsideration", "2026-01-15")
