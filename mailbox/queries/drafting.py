"""What an answer can be started from: the text so far, a template, the contributions of assisting units."""

from __future__ import annotations

from django.utils import timezone

from mailbox import rules
from mailbox.choices import AssignmentState, Part
from mailbox.models import AnswerTemplate, Assignment, Letter, Reply
from portal.core.wording import cn_date


def reply_of_round(case: Letter) -> Reply | None:
    """The answer of the round that is going on, if one has been drafted."""
    return Reply.objects.filter(letter=case, round=case.round).select_related("drafted_by").first()


def contributions(case: Letter) -> list[Assignment]:
    """What assisting units have given, in the order in which they were asked."""
    return list(
        Assignment.objects.filter(letter=case, part=Part.ASSIST, state=AssignmentState.CONTRIBUTED)
        .select_related("unit")
        .order_by("id")
    )


def known_values(case: Letter) -> dict[str, str]:
    """The blanks that fill themselves."""
    unit = case.main_unit or case.unit
    return {
        "来信编号": str(case.number),
        "来信日期": cn_date(timezone.localdate(case.created_at)),
        "承办单位": unit.name,
        "联系电话": unit.phone,
    }


def starting_text(case: Letter, *, template: AnswerTemplate | None = None, merge: bool = False) -> str:
    """The text that the drafting page starts with.

    A chosen template goes before the text so far; `merge` puts the contributions below it, each with its unit.
    """
    reply = reply_of_round(case)
    text = rules.fill_blanks(template.body, known_values(case)) if template is not None else ""
    if template is None and reply is not None:
        text = reply.body
    if merge:
        given = [f"（{part.unit.name}）{part.contribution}" for part in contributions(case)]
        text = "\n".join([text.rstrip(), *given]).strip()
    return text


def template_of(case: Letter, wanted: str) -> AnswerTemplate | None:
    """The template in use that the address asks for, fit for this kind of letter."""
    if not wanted.isdecimal() or len(wanted) > 9:
        return None
    found = AnswerTemplate.objects.filter(pk=int(wanted), is_active=True).first()
    return found if found is not None and found.letter_kind in ("", case.letter_kind) else None
