"""Handing out a paper, or saying that it is being made."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.cases.models import CaseFile
from portal.core.errors import NotFound
from portal.documents.actions import promise
from portal.documents.models import OfficialDocument
from portal.documents.queries import file_of
from portal.files.responses import download
from portal.publishing.filechecks import check_of


def hand_out_paper(
    request: HttpRequest, paper: OfficialDocument, page: str, *, name: str = "文书", **where: Any
) -> HttpResponse:
    """The paper's file; while it is being made a word and the way back to that page."""
    if paper.file is None:
        ask_for(paper)
        messages.info(request, f"{name}正在制作，请稍后刷新。")
        back: HttpResponse = redirect(page, **where)
        return back
    return send_paper(request, paper)


def send_paper(request: HttpRequest, paper: OfficialDocument) -> HttpResponse:
    """The file of a paper that has one: the corrected rendering if there is one, the first file by ?original=1."""
    kept = file_of(paper, original="original" in request.GET)
    assert kept is not None
    is_first = paper.file is not None and kept.pk == paper.file.pk
    return download(
        kept, paper.filename if is_first else paper.filename.replace(".pdf", "（版式更正件）.pdf")
    )


def hand_out_copy(entries: Iterable[CaseFile], file_id: uuid.UUID) -> HttpResponse:
    """The copy that everyone gets of one of these files; NotFound where there is none. The file itself stays inside."""
    for entry in entries:
        check = check_of(entry)
        if entry.public_id == file_id and check is not None and check.copy is not None:
            return download(check.copy, check.copy_name)
    raise NotFound("没有找到该附件。")


def ask_for(paper: OfficialDocument) -> None:
    """See to it that a paper without a file is drawn; those of `seed_city` are only drawn when somebody asks."""
    with transaction.atomic():
        promise(paper)
