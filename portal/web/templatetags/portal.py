"""Template tags that every page may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, RadioSelect, Textarea, TextInput
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.cases.choices import Phase
from portal.core.limits import limit, with_periods
from portal.core.telephone import parse
from portal.core.wording import cn_date as cn_date_text
from portal.core.wording import cn_weekday
from portal.core.workdays import DayKind, DayRange
from portal.documents.queries import signs_without_face
from portal.holidays.calendars import calendar
from portal.holidays.explain import holiday_reason
from portal.holidays.told import told_day as told_day_text

register = template.Library()


@register.filter
def cn_date(day: date | None) -> str:
    """2026年3月16日, "" for none."""
    return cn_date_text(day) if day else ""


@register.filter
def published_at(moment: date | datetime | None) -> str:
    """2026-03-02 09:30, the day alone where only a day is known, "" for none (网站发展指引: PubDate)."""
    if isinstance(moment, datetime):
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
    return moment.isoformat() if moment else ""


@register.filter
def told_day(day: date | None) -> str:
    """The last day of a term: 2026年3月16日, with 暂定 while that year's holidays are not announced; "" for none."""
    return told_day_text(day) if day else ""


@register.filter
def weekday(day: date | None) -> str:
    """星期一 … 星期日."""
    return cn_weekday(day) if day else ""


@register.filter
def day_span(run: DayRange) -> str:
    """2月15日至23日; the month and the year of the last day where they differ; one date for one day."""
    first = f"{run.first.month}月{run.first.day}日"
    if run.first == run.last:
        return first
    year = f"{run.last.year}年" if run.last.year != run.first.year else ""
    month = f"{run.last.month}月" if run.last.month != run.first.month or year else ""
    return f"{first}至{year}{month}{run.last.day}日"


@register.filter
def day_reason(run: DayRange) -> str:
    """Why a run of days is counted or not: 工作日, 周末, 春节假期, 春节补假, 调休上班（春节）."""
    if run.kind == DayKind.HOLIDAY:
        return holiday_reason(run.name)
    if run.kind == DayKind.MAKEUP:
        return f"调休上班（{run.name}）" if run.name else "调休上班"
    return "周末" if run.kind == DayKind.WEEKEND else "工作日"


@register.simple_tag
def period(code: str, on: date | None = None) -> str:
    """A statutory period in words, by its code: 20个工作日; as of the day `on`, of today without one."""
    return limit(code, on=on or timezone.localdate()).text


@register.filter
def periods(text: str, on: date | None = None) -> str:
    """A sentence with its {code} marks replaced by the periods in force on that day, today without one."""
    return with_periods(text, on=on or timezone.localdate())


@register.filter
def item(mapping: dict[str, Any], key: str) -> Any:
    """The mapping's value under a key that is itself a variable; "" if there is none."""
    return mapping.get(key, "")


@register.inclusion_tag("partials/due.html")
def due(case: Any) -> dict[str, Any]:
    """Where a case's clock stands: days left in working days, the date, and a colour that is not alone."""
    today = timezone.localdate()
    if not case.is_open:
        return {"kind": "closed", "closed_on": case.closed_on}
    if case.phase == Phase.INTAKE:
        by = case.internal_due_on
        what = case.internal_due_for or "登记"
        return {"kind": "intake", "due_on": by, "late": by is not None and by < today, "what": what}
    internal = {
        "internal_on": case.internal_due_on,
        "internal_for": case.internal_due_for,
        "internal_late": case.internal_due_on is not None and case.internal_due_on < today,
    }
    if case.due_on is None:
        return {"kind": "waiting", "phase": case.get_phase_display(), **internal}
    days = calendar()
    left = days.between(today, case.due_on)
    kind = "overdue" if case.due_on < today else "today" if case.due_on == today else "ahead"
    if kind == "ahead" and left <= limit("board.soon", on=today).days:
        kind = "soon"
    return {
        "kind": kind,
        "left": abs(left),
        "due_on": case.due_on,
        "provisional": case.due_provisional,
        **internal,
    }


@register.inclusion_tag("partials/no_face.html")
def no_face_note(*things: Any) -> dict[str, Any]:
    """A note on the signs in rows of tables (or lists of them) that no face of official papers can draw."""
    found = signs_without_face(*(text for thing in things for text in _texts(thing)))
    return {"signs": [(sign, f"U+{ord(sign):04X}") for sign in found]}


def _texts(thing: Any) -> list[str]:
    if thing is None:
        return []
    rows = [thing] if hasattr(thing, "__dict__") and not hasattr(thing, "__iter__") else list(thing)
    return [value for row in rows for value in vars(row).values() if isinstance(value, str)]


@register.inclusion_tag("partials/error_summary.html")
def error_summary(form: BaseForm | Iterable[BaseForm] | None) -> dict[str, Any]:
    """The list of the errors of a form, or of all forms of a page, each linked to its field."""
    forms = [form] if isinstance(form, BaseForm) else list(form or ())
    return {"errors": [found for one in forms for found in _errors(one)]}


def _errors(form: BaseForm) -> Iterator[tuple[str, str]]:
    """The id of the control and the sentence, error by error; "" for what belongs to no field."""
    for name, messages in form.errors.items():
        target = ""
        if name in form.fields:
            target = form[name].id_for_label
            # A group of radio buttons or boxes has no control of its own name: its first one takes the focus.
            if isinstance(form[name].field.widget, RadioSelect) and form[name].subwidgets:
                target = form[name].subwidgets[0].id_for_label
        yield from ((target, str(message)) for message in messages)


@register.inclusion_tag("partials/kept_words.html")
def kept_words(form: BaseForm | None) -> dict[str, Any]:
    """What somebody had written into a form that is not shown any more: hers to copy, since it cannot be sent."""
    if form is None or not form.is_bound:
        return {"rows": []}
    shown = [field for field in form.visible_fields() if isinstance(field.field.widget, TextInput | Textarea)]
    rows = [(field.label, str(field.value() or "").strip()) for field in shown]
    return {"rows": [(label, value) for label, value in rows if value]}


@register.inclusion_tag("partials/pagination.html")
def pagination(page: Any) -> dict[str, Any]:
    """Links to the page before and after."""
    return {"page": page, "query": f"&{page.query}" if page.query else ""}


_chrome: dict[tuple[str, str, bool], SafeString] = {}
_OWN_ENTRY = frozenset({"/", "/search/", "/deadline/", "/requests/track/"})
_SECTIONS = frozenset({"/requests/", "/mailbox/", "/consultations/", "/notices/", "/releases/", "/accounts/"})


@register.simple_tag
def phone(number: str) -> SafeString | str:
    """A telephone number to be called by a tap; 未公布 where there is none, the words as they are if they are no number."""
    if not number:
        return "未公布"
    read = parse(number)
    if read is None:
        return number
    to = f"{read.area}{read.number}" + (f";ext={read.extension}" if read.extension else "")
    return format_html('<a class="nowrap" href="tel:{}">{}</a>', to, number)


@register.simple_tag
def swap(query: str, name: str, value: str) -> str:
    """A query string with one parameter set to a value, or without it where the value is empty or already set."""
    kept = QueryDict(query, mutable=True)
    if not value or kept.get(name) == value:
        kept.pop(name, None)
    else:
        kept[name] = value
    return kept.urlencode()


@register.simple_tag(takes_context=True)
def chrome(context: Context, name: str) -> SafeString:
    """A part of every page. For readers without a session it is the same in a whole section: rendered once.

    Nothing of a session is ever in a kept part; a logged-in reader's is rendered each time.
    """
    path = context["request"].path
    values = {str(key): value for key, value in context.flatten().items()} | {"here": path}
    if context.get("reader"):
        return render_to_string(name, values)
    section = path if path in _OWN_ENTRY else path[: path.find("/", 1) + 1]
    if section not in _OWN_ENTRY and section not in _SECTIONS:
        section = "/other/"
    key = (name, section, bool(context.get("large_print")))
    if key not in _chrome:
        _chrome[key] = render_to_string(name, values | {"here": section})
    return _chrome[key]
