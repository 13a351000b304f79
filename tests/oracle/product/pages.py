"""Real pages of the request through Django's test client: who gets one, and whose names stand on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse

from requests_app.models import DisclosureRequest
from tests.cast import moment
from tests.oracle.browsers import new_browser
from tests.oracle.product.people import (
    FIRM,
    HEIR,
    HEIR_PHONE,
    NAME,
    OFFICES,
    OFFICIAL,
    OTHER_PHONES,
    PARTY_NAME,
    PHONE,
)

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Pages:
    """Mixed into the product: browsers that look."""

    account: str
    code: str
    paths: dict[int, str]
    cast: Any
    browser: Client | None
    former: Client | None
    case: Callable[[], DisclosureRequest]

    def logged_in(self, person: str) -> Client:
        """A browser in which that person is logged in."""
        client = new_browser()
        client.force_login(self.cast.accounts[person], backend=BACKEND)
        return client

    def applicants_browser(self, case: DisclosureRequest) -> Client:
        """The applicant's browser: logged in, or opened by number and query code; each time anew, sessions end."""
        if self.account:
            self.browser = self.logged_in(self.account)
        else:
            self.browser = new_browser()
            self.browser.post(reverse("requests:track"), {"number": case.number, "code": self.code})
        return self.browser

    def succeeded(self, code: str) -> None:
        """Another applicant with another code; the former browser is kept to see that it is shut out."""
        self.former = self.browser or (self.logged_in(self.account) if self.account else None)
        self.account, self.code, self.browser = "", code, None

    def open_page(self, day: date) -> str:
        """The applicant opens the own page; "" or what went wrong."""
        case = self.case()
        with time_machine.travel(moment(day, 11), tick=False):
            answer = self.applicants_browser(case).get(reverse("requests:detail", args=[case.public_id]))
        return "" if answer.status_code == 200 else f"the applicant's page answers {answer.status_code}"

    def page_problems(self, day: date, expected: dict[str, bool]) -> list[str]:
        """What is wrong with the pages of today; `expected` says of each official whether the staff page opens."""
        case = self.case()
        detail = reverse("requests:detail", args=[case.public_id])
        found: list[str] = []
        with time_machine.travel(moment(day, 11) + timedelta(minutes=30), tick=False):
            answer = self.applicants_browser(case).get(detail)
            if answer.status_code != 200:
                found.append(f"the applicant's page answers {answer.status_code}")
            words = answer.content.decode(errors="replace")
            parties = case.consultations.count()
            found += [f"party {n} on the applicant's page" for n in range(parties)
                      if PARTY_NAME.format(n) in words]  # fmt: skip
            others = [f"{OFFICIAL}{name}氏" for name, _, _ in OFFICES if name != self.account]
            found += ["an official on the applicant's page"] if any(name in words for name in others) else []
            if case.name == HEIR:
                found += [f"{n} on the successor's page" for n in (NAME, FIRM, PHONE) if n in words]
            if self.former is not None and self.former.get(detail).status_code == 200:
                found.append("the former applicant's browser still opens the page")
            if self.logged_in("stranger").get(detail).status_code == 200:
                found.append("a stranger opens the applicant's page")
            staff = reverse("workbench_requests:detail", args=[case.public_id])
            for person, opens in expected.items():
                status = self.logged_in(person).get(staff).status_code
                if (status == 200) != opens or status >= 500:
                    found.append(f"staff page for {person} answers {status}")
            for number, path in self.paths.items():
                party = new_browser().get(path, follow=True)
                text = party.content.decode(errors="replace")
                asked = case.consultations.order_by("id")[number]
                if party.status_code != 200:
                    found.append(f"a party's page answers {party.status_code}")
                if asked.kind == "third_party":
                    found += [f"{name} on a party's page" for name in (NAME, FIRM, HEIR, PHONE, HEIR_PHONE, *OTHER_PHONES.values())
                              if name in text]  # fmt: skip
        return found
