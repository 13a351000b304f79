"""Domain errors become pages with a sentence, never a 500."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

from django.core.exceptions import BadRequest
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.cases.intake import KeyReused, TooManyTries
from portal.cases.models import Case
from portal.core.errors import InvalidInput, NotFound, PortalError, StaleCase, StepRefused

NO_VERSION = "提交的页面没有带上所见内容的版本，不能确认您看到的是最新情况。请核对本页后再次提交。"
QUARTER = 15 * 60
STATUS: tuple[tuple[type[PortalError], int], ...] = (
    (NotFound, 404),
    (StaleCase, 409),
    (StepRefused, 409),
    (KeyReused, 422),
    (TooManyTries, 429),
    (InvalidInput, 400),
)


def status_of(error: PortalError) -> int:
    """The HTTP status of a domain error."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 400)


def refuse(form: BaseForm, error: PortalError, case: Case | None = None) -> int:
    """Put a domain error beside the field that it names, or above the form; gives the HTTP status.

    `case`, if given, is read again: what a step wrote into it before it was rolled back is shown to nobody.
    """
    if case is not None:
        case.refresh_from_db()
    field = error.field if isinstance(error, InvalidInput) else ""
    sentence = error.sentence
    if isinstance(error, StaleCase) and error.version is not None:
        work_on(form, error.version)
        again = "已填写的内容保留在下方，请核对后再次提交"
        sentence = f"{error.changed}。{again}{'；文件需要重新选择' if form.files else ''}。"
    form.add_error(field if field in form.fields else None, sentence)
    return status_of(error)


def work_on(form: BaseForm, version: int) -> None:
    """Let a form that was filled in carry that version when it is shown again."""
    data: Any = form.data
    form.data = data.copy()
    form.data[form.add_prefix("version")] = str(version)  # type: ignore[index]  # a copy of a QueryDict may be written


def carries_version(form: BaseForm, case: Case) -> bool:
    """True if a step's form says which version of the case was seen; else a sentence stands above it, nothing is lost.

    Shown again, the form carries the present version.
    """
    if "version" not in form.fields or isinstance(form.cleaned_data.get("version"), int):
        return True
    form.errors.pop("version", None)
    form.add_error(None, NO_VERSION)
    work_on(form, case.version)
    return False


def wait_for(request: HttpRequest, error: TooManyTries) -> None:
    """Let the answer to this request say in `Retry-After` after how many seconds it goes on."""
    if error.until is not None:
        seconds = (error.until - timezone.now()).total_seconds()
        request.retry_after = max(1, ceil(seconds))  # type: ignore[attr-defined]  # read when the answer goes out


class PortalErrorMiddleware:
    """Turns a domain error that no view caught into a page with its sentence; a 429 says when it goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 429 and "Retry-After" not in response:
            response["Retry-After"] = str(getattr(request, "retry_after", QUARTER))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a PortalError; None for anything else."""
        if not isinstance(exception, PortalError):
            return None
        if isinstance(exception, TooManyTries):
            wait_for(request, exception)
        return render(request, "refused.html", {"sentence": exception.sentence}, status=status_of(exception))


class NoNullMiddleware:
    """A NUL in an address is nobody's question: 400, before it reaches a database that refuses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)
