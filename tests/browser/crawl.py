"""Finds every form that a person is offered, fills it as she might, and sends it from a real browser.

A form is one sort by where it goes, what it asks and which button is pressed; each sort is sent once for each person.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import html
from playwright.sync_api import APIRequestContext, Error, Page, Response

FAULTS = {403, 404, 405}
LEFT_ALONE = re.compile(
    r"^/(accounts/logout|static/|files/|api/|admin/)|/(logout|documents|paper|file|files)/"
)
SAME_PATTERN = 4  # so many pages of one pattern are opened for each person: cases stand in many states
ASIDE = {"csrfmiddlewaretoken", "seen_version", "key", "next"}
FILL = Path(__file__).with_name("fill.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Sort:
    """One sort of form."""

    action: str
    fields: tuple[str, ...]
    button: str


@dataclass(frozen=True)
class Place:
    """Where a form was seen: the page, its number among the page's POST forms, the number of its button."""

    page: str
    form: int
    button: int


@dataclass
class Found:
    """What one person was offered."""

    forms: dict[Sort, Place] = field(default_factory=dict)
    pages: int = 0
    broken: list[str] = field(default_factory=list)


def pattern(path: str) -> str:
    """A path without what differs between two of a kind."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "*", path)


def discover(ask: APIRequestContext, origin: str, start: tuple[str, ...]) -> Found:
    """All pages that links lead to from there, a few of each pattern, and the forms on them."""
    found, seen = Found(), Counter[str]()
    waiting, known = deque(start), set(start)
    while waiting:
        path = waiting.popleft()
        answer = ask.get(urljoin(origin, path), max_redirects=5)
        if answer.status >= 500 or answer.status in FAULTS - {404}:
            found.broken.append(f"GET {path}: {answer.status}")
        if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            continue
        found.pages += 1
        tree = html.fromstring(answer.body(), base_url=answer.url)
        for sort, place in _forms(tree, urlsplit(answer.url)._replace(scheme="", netloc="").geturl()):
            found.forms.setdefault(sort, place)
        for href in tree.xpath("//a/@href"):
            target = urlsplit(urldefrag(urljoin(answer.url, href)).url)
            link = target._replace(scheme="", netloc="").geturl()
            own = f"{target.scheme}://{target.netloc}" == origin and not LEFT_ALONE.search(target.path)
            mark = pattern(target.path) + ("?" + re.sub(r"=[^&]*", "", target.query) if target.query else "")
            if own and link not in known and seen[mark] < SAME_PATTERN:
                known.add(link)
                seen[mark] += 1
                waiting.append(link)
    return found


def _forms(tree: html.HtmlElement, page: str) -> Iterator[tuple[Sort, Place]]:
    posted = [form for form in tree.forms if (form.get("method") or "").lower() == "post"]
    for number, form in enumerate(posted):
        action = urlsplit(urljoin(page, form.get("action") or page)).path
        if LEFT_ALONE.search(action):
            continue
        names = {re.sub(r"\d+", "*", name) for name in form.fields if name and name not in ASIDE}
        buttons = [
            button
            for button in form.xpath(".//button | .//input[@type='submit']")
            if (button.get("type") or "submit") == "submit"
        ]
        for at, button in enumerate(buttons):
            said = f"{button.get('name') or ''}={re.sub(r'[0-9]+', '*', button.get('value') or '')}"
            yield Sort(pattern(action), tuple(sorted(names)), said), Place(page, number, at)


@dataclass(frozen=True)
class Sent:
    """What came of one form."""

    sort: Sort
    page: str
    status: int
    fault: str


def send(page: Page, origin: str, sort: Sort, place: Place, file: Path) -> Sent | None:
    """Open the page, fill the form, press the button; None where the page does not offer it any more."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.frame == page.main_frame:
            answers.append(answer)

    said: list[str] = []
    listening = {"response": note, "pageerror": lambda error: said.append(str(error))}
    try:
        page.goto(urljoin(origin, place.page), wait_until="domcontentloaded")
        handle = page.evaluate_handle(FILL, [place.form, place.button]).as_element()
        if handle is None:
            return None
        for chosen in page.query_selector_all("form[data-crawled] input[type=file]"):
            chosen.set_input_files(str(file))
        for event, heard in listening.items():
            page.on(event, heard)
        with page.expect_navigation(wait_until="domcontentloaded", timeout=15_000):
            handle.evaluate("button => button.form.requestSubmit(button)")
        first = next((answer for answer in answers if answer.request.method == "POST"), None)
        status = first.status if first else 0
        return Sent(sort, place.page, status, _fault(page, answers, said))
    except Error as error:
        kept = next((answer for answer in answers if _is_file(answer)), None)
        if kept is not None:  # a file to keep ends the navigation where it began
            return Sent(sort, place.page, kept.status, "")
        return Sent(sort, place.page, 0, f"nothing came: {str(error).splitlines()[0]}")
    finally:
        for event, heard in listening.items():
            page.remove_listener(event, heard)


def _is_file(answer: Response) -> bool:
    """True for an answer that the browser keeps instead of showing it."""
    return answer.ok and answer.headers.get("content-disposition", "").startswith("attachment")


def _fault(page: Page, answers: list[Response], said: list[str]) -> str:
    wrong = [answer for answer in answers if answer.status >= 500 or answer.status in FAULTS]
    if wrong:
        return f"{wrong[0].status} {urlsplit(wrong[0].url).path} {page.title()}"
    if not page.query_selector("main a[href], main form, main button"):
        return f"dead end: {page.title()}"
    return f"script: {said[0]}" if said else ""
