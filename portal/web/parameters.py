"""What a public page may be asked by: anything else in its address is dropped before the page is made.

A made-up parameter would otherwise be a page of its own for every shared cache, and each such page is made anew.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest

EVERYWHERE = frozenset({"page"})
KNOWN: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "annual_reports:city": "format",
        "annual_reports:unit": "format",
        "consultations:comments": "clause",
        "consultations:compare": "view old new",
        "consultations:home": "stage unit",
        "deadline": "start workdays",
        "mailbox:published": "unit kind place year",
        "mailbox:similar": "q",
        "notices:list": "unit holds subject year validity",
        "notices:services": "audience unit words",
        "polls:home": "stage",
        "proposals:home": "list",
        "ratings": "year quarter format",
        "releases:list": "unit year kind",
        "search": "q kind unit year order chip typed",
        "search_suggest": "q",
        "search_typed": "q",
        "statistics": "year format",
    }.items()
}


# A name that some page knows is left where it stands, unread: links between pages carry it along, and it makes no more
# pages than the values of the names that the page does know.
_SOMEWHERE = EVERYWHERE.union(*KNOWN.values())


def known_address(request: HttpRequest) -> str | None:
    """The address with the parameters that the page knows, each once; None if there is nothing in it that no page knows."""
    if request.method not in ("GET", "HEAD") or not request.GET or request.resolver_match is None:
        return None
    if set(request.GET) <= _SOMEWHERE and all(len(values) == 1 for _, values in request.GET.lists()):
        return None
    known = KNOWN.get(request.resolver_match.view_name, frozenset()) | EVERYWHERE
    kept = [(name, request.GET.get(name, "")) for name in request.GET if name in known]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
