"""What stands beside a reply while it is drafted: the paper, texts at hand, earlier answers."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from portal.core.actors import Actor
from portal.core.errors import PortalError
from portal.core.wording import cn_date
from portal.documents.preview import pictures
from portal.publishing.phrases import at_hand
from portal.units.queries import active_names
from requests_app import queries
from requests_app.actions.drafting import reply_preview
from requests_app.verbs import VERBS

MOST_SHEETS = 6


def drawn(case: Any, form: forms.Form, actor: Actor) -> tuple[list[str], str]:
    """(the pages as data addresses, "") or ([], why there is none)."""
    data = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    try:
        text = VERBS["draft_reply"].facts(data)["text"]
        pages = pictures(reply_preview(case=case, text=text, actor=actor, at=timezone.now()))
    except PortalError as error:
        return [], str(error)
    except (RuntimeError, ValueError):
        return [], "文书稿暂时无法制成图片。"
    return [f"data:image/jpeg;base64,{base64.b64encode(page).decode()}" for page in pages[:MOST_SHEETS]], ""


def answer(request: HttpRequest, case: Any, form: forms.Form, actor: Actor) -> HttpResponse:
    """The pages for the script that asked while somebody types."""
    if not form.is_valid():
        return JsonResponse({"pages": [], "problem": "选择答复类型、填写答复内容后显示文书稿。"})
    pages, problem = drawn(case, form, actor)
    return JsonResponse({"pages": pages, "problem": problem}, headers={"Cache-Control": "no-store"})


def beside(case: Any) -> dict[str, Any]:
    """Texts at hand with the case's own words, earlier answers to much the same, the units to choose from."""
    words = {
        "编号": case.number or "",
        "信息名称": case.information_name,
        "机关": case.unit.name,
        "收到日": cn_date(case.received_on) if case.received_on else "",
    }
    return {
        "phrases": at_hand(case.unit, case.kind, words),
        "earlier": queries.answers_alike(case),
        "units": active_names(),
    }
