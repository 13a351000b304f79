"""The inbox: what to do first, and what is still to do after the answer."""

from __future__ import annotations

import time_machine
from django.core.management import call_command
from django.test import RequestFactory
from django.urls import reverse

from portal.cases.models import Case
from portal.units.access import actor_for
from portal.units.models import Account, Unit
from portal.web.pagination import page_of
from requests_app import actions
from requests_app.actions.release import suggested_text
from tests.cast import Person, moment
from tests.factories import mailbox as letters
from tests.factories.requests_app import answered, handled, registered, submitted

Team = dict[str, Person]
INBOX = "workbench:inbox"


def titles(person: Person, query: str = "") -> list[str]:
    """Numbers of the cases on the inbox, in order."""
    response = person.client().get(reverse(INBOX) + query)
    return [str(case.number) for case in response.context["page"].rows]


@time_machine.travel(moment("2026-03-12"), tick=False)
def test_inbox_puts_first_what_is_due_first(office: Unit, clerk: Person) -> None:
    later = handled(office, clerk, on="2026-03-03")
    overdue = handled(office, clerk, on="2026-02-03")
    soon = handled(office, clerk, on="2026-02-10")
    fresh = submitted(office, on="2026-03-11")
    assert titles(clerk) == [overdue.number, fresh.number, soon.number, later.number]
    counts = clerk.client().get(reverse(INBOX)).context["counts"]
    assert (counts.overdue, counts.today, counts.soon, counts.all, counts.intake) == (1, 0, 1, 4, 1)
    assert titles(clerk, "?due=overdue") == [overdue.number]
    assert titles(clerk, "?due=intake") == [fresh.number]


@time_machine.travel(moment("2026-03-16"), tick=False)
def test_inbox_says_due_today_and_late_registration(office: Unit, clerk: Person) -> None:
    handled(office, clerk, on="2026-02-10")
    submitted(office, on="2026-03-12")
    page = clerk.client().get(reverse(INBOX)).content.decode()
    assert "今日到期" in page
    assert "逾期未登记" in page
    assert "应于2026年3月13日前登记" in page


def test_inbox_of_mine_shows_own_cases_only(office: Unit, clerk: Person) -> None:
    mine = handled(office, clerk)
    registered(office, clerk)
    assert titles(clerk, "?mine=1") == [mine.number]


def test_answered_request_stays_in_follow_up_until_its_copy_is_decided(office: Unit, team: Team) -> None:
    case = answered(office, team)
    query = "?due=follow_up"
    assert titles(team["clerk"], query) == [case.number]
    actions.propose_release(
        case=case, text=suggested_text(case), actor=team["clerk"].actor, at=moment("2026-03-09")
    )
    assert titles(team["secrecy"], query) == [case.number]
    actions.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-09"))
    assert titles(team["publisher"], query) == [case.number]
    actions.release(case=case, actor=team["publisher"].actor, at=moment("2026-03-09"))
    assert titles(team["clerk"], query) == []


def test_follow_up_of_other_unit_is_not_shown(office: Unit, team: Team, outsider: Person) -> None:
    answered(office, team)
    assert titles(outsider, "?due=follow_up") == []


@time_machine.travel(moment("2026-03-17"), tick=False)
def test_board_shows_overdue_and_unregistered_of_every_unit(
    office: Unit, housing: Unit, clerk: Person, outsider: Person, supervisor: Person
) -> None:
    late = handled(office, clerk, on="2026-02-10")
    handled(housing, outsider, on="2026-03-10")
    waiting = submitted(housing, on="2026-03-12")
    browser = supervisor.client()
    board = browser.get(reverse("supervision:board"))
    assert [case.number for case in board.context["page"].rows] == [late.number]
    slow = browser.get(reverse("supervision:board") + "?due=unregistered")
    assert [case.number for case in slow.context["page"].rows] == [waiting.number]
    assert [row["unit__code"] for row in board.context["units"]] == ["city-office", "housing"]


@time_machine.travel(moment("2026-03-20"), tick=False)
def test_every_count_of_board_and_inbox_is_what_its_link_opens(
    office: Unit, housing: Unit, clerk: Person, supervisor: Person
) -> None:
    """Received 10 February, due 18 March (20 working days); those of 9 March are not due yet."""
    handled(office, clerk)
    handled(office, clerk, on="2026-03-09")
    letter = letters.submitted(on="2026-03-19")
    assert letter.kind == "letter"
    for url, person in ((reverse("supervision:board"), supervisor), (reverse("workbench:inbox"), clerk)):
        browser = person.client()
        for due in ("overdue", "today", "soon", "", "predicted"):
            page = browser.get(url, {"due": due})
            for code, _, count in page.context["kinds"]:
                opened = browser.get(url, {"due": due, "kind": code}).context["page"].rows
                assert len(opened) == count, (url, due, code)
    overdue = supervisor.client().get(reverse("supervision:board"), {"due": "overdue"})
    assert overdue.context["kinds"] == [("disclosure", "依申请公开", 1)]


def test_add_staff_makes_an_appointed_account_with_verified_address(office: Unit) -> None:
    from allauth.account.models import EmailAddress

    call_command("add_staff", "new.clerk@example.org", "新经办", "city-office", "clerk")
    account = Account.objects.get(email="new.clerk@example.org")
    assert EmailAddress.objects.get(user=account).verified
    assert actor_for(account, moment("2030-01-01").date()).has_role(office.pk, "clerk")


@time_machine.travel(moment("2026-03-12"), tick=False)
def test_a_case_is_found_by_its_number_and_by_that_of_a_paper_in_both_spellings(
    office: Unit, clerk: Person, team: Team, outsider: Person
) -> None:
    case = answered(office, team)
    other = handled(office, clerk, on="2026-03-03")
    first = case.documents.exclude(number="").order_by("id").first()
    old = other.documents.exclude(number="").order_by("id").first()
    plain = old.number
    type(old).objects.filter(pk=old.pk).update(number=plain.replace("〕", "〕第"))
    assert titles(clerk, f"?number={first.number}") == [case.number], "closed ones too"
    for typed in (plain, plain.replace("〕", "〕第"), plain.replace("〔", "[").replace("〕", "]")):
        assert titles(clerk, f"?number={typed}") == [other.number]
    assert titles(clerk, f"?number={str(other.number).lower()}") == [other.number]
    assert titles(outsider, f"?number={plain}") == []
    page = clerk.client().get(reverse(INBOX) + "?number=玉政办公开〔2020〕9号")
    assert "本机关没有这个编号或者文号的办件" in page.content.decode()


def test_list_says_how_many_pages_there_are(office: Unit, clerk: Person, rf: RequestFactory) -> None:
    for _ in range(5):
        submitted(office)
    rows = Case.objects.order_by("pk")
    pages = [page_of(rf.get("/", {"page": str(number)}), rows, size=2) for number in (1, 2, 3, 9)]
    assert [(len(page.rows), page.number, page.pages, page.has_next) for page in pages] == [
        (2, 1, 3, True),
        (2, 2, 3, True),
        (1, 3, 3, False),
        (0, 9, 3, False),
    ]
    whole = page_of(rf.get("/"), rows, size=5)
    assert (whole.pages, whole.has_next) == (1, False)
