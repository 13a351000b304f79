"""The order of the guided form's pages, and what their answers add up to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from requests_app.choices import ApplicantKind
from requests_app.forms.citizen import (
    AgentForm,
    ContactForm,
    FilesForm,
    InformationForm,
    OrganisationForm,
    PersonForm,
    ReceiveForm,
    UnitForm,
    WhoForm,
)

FORMS: dict[str, type[forms.Form]] = {
    "unit": UnitForm,
    "who": WhoForm,
    "person": PersonForm,
    "organisation": OrganisationForm,
    "agent": AgentForm,
    "contact": ContactForm,
    "information": InformationForm,
    "receive": ReceiveForm,
    "files": FilesForm,
}
STEPS = tuple(FORMS)
TITLES = {
    "unit": "受理机关",
    "who": "申请人类型",
    "person": "身份信息",
    "organisation": "单位信息",
    "agent": "代理人",
    "contact": "联系方式",
    "information": "所需信息",
    "receive": "获取方式",
}
FIELDS = (
    "applicant_kind",
    "organisation_kind",
    "name",
    "identity_kind",
    "identity_number",
    "representative",
    "contact_person",
    "phone",
    "email",
    "address",
    "postcode",
    "agent_name",
    "agent_identity_kind",
    "agent_identity_number",
    "agent_phone",
    "information_name",
    "information_number",
    "description",
    "form_wanted",
    "delivery",
)
CONTACT = frozenset(ContactForm.base_fields)
Answers = dict[str, dict[str, Any]]


def path_of(answers: Answers) -> list[str]:
    """The pages in order for these answers: a person's or an organisation's, with or without an agent."""
    organisation = answers.get("who", {}).get("applicant_kind") == ApplicantKind.ORGANISATION
    skipped = {"person" if organisation else "organisation"}
    if not needs_authority(answers):
        skipped.add("agent")
    return [step for step in STEPS if step not in skipped]


def needs_authority(answers: Answers) -> bool:
    """True if somebody asks for the applicant: a written authority must come with it."""
    return bool(answers.get("who", {}).get("by_agent"))


def form_for(step: str, answers: Answers, data: Any = None, files: Any = None) -> forms.Form:
    """The form of a page, bound to what was sent or showing what was answered before."""
    extra: dict[str, Any] = {"answers": answers.get("contact", {})} if step == "receive" else {}
    return FORMS[step](data, files, initial=answers.get(step), **extra)


def after(step: str, answers: Answers, *, checking: bool) -> str:
    """The address after a page; back to the check page if that is where the person came from."""
    path = path_of(answers)
    gap = first_gap(answers)
    if checking and not gap:
        return reverse("requests:check")
    if checking and gap:
        return reverse("requests:new", args=[gap])
    index = path.index(step) + 1
    return reverse("requests:new", args=[path[index]]) if index < len(path) else reverse("requests:check")


def before(step: str, answers: Answers) -> str:
    """The address before a page."""
    path = path_of(answers)
    index = path.index(step)
    return reverse("requests:new", args=[path[index - 1]]) if index else reverse("requests:start")


def first_gap(answers: Answers) -> str:
    """The first page without a valid answer; "" if there is none."""
    for step in path_of(answers):
        if step == "files":
            continue
        if step not in answers or not form_for(step, answers, answers[step]).is_valid():
            return step
    return ""


def summary(answers: Answers) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(step, title, rows of label and shown value) for the check page; nothing answered shows 未填写."""
    sections = []
    for step in path_of(answers):
        if step == "files":
            continue
        form = form_for(step, answers, answers.get(step, {}))
        form.is_valid()
        rows = []
        for name, field in form.fields.items():
            value = answers.get(step, {}).get(name) or ""
            rows.append((str(field.label), _shown(field, value) or "未填写"))
        sections.append((step, TITLES[step], rows))
    return sections


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    choices = getattr(field, "choices", None)
    if choices is None:
        return str(value)
    flat: dict[str, str] = {}
    for key, label in choices:
        flat |= dict(label) if isinstance(label, list | tuple) else {key: label}
    return str(flat.get(value, value))


def fields_of(answers: Answers) -> dict[str, Any]:
    """The answers as fields of a disclosure request."""
    merged: dict[str, Any] = {}
    for step in path_of(answers):
        given = answers.get(step, {})
        # What the contact page says goes before what was added with the way of receiving.
        before = {name for name in CONTACT if merged.get(name)} if step == "receive" else set()
        merged |= {name: value for name, value in given.items() if name not in before}
    if merged.get("applicant_kind") == ApplicantKind.CITIZEN:
        merged["organisation_kind"] = ""
    return {name: merged[name] for name in FIELDS if name in merged}
