"""A page of a questionnaire as a form that works without scripts."""

from __future__ import annotations

from typing import Any

from django import forms

from consultations.polls import questionnaire as q

SEPARATOR = "__"


class PageForm(forms.Form):
    """The questions of one page that are asked after the answers so far."""

    def __init__(self, *args: Any, questions: list[q.Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            for name, field in fields_of(question):
                condition = condition_of(question, questions)
                field.help_text = f"{condition}{field.help_text or ''}"
                if question.required and question.show_if is None:
                    field.required = True
                    field.error_messages["required"] = question.unanswered
                self.fields[name] = field

    def answers(self) -> dict[str, Any]:
        """The answers as a sheet, not yet checked."""
        data = self.cleaned_data
        return {question.id: _answer(question, data) for question in self.questions}

    def show_problems(self, problems: tuple[tuple[str, str], ...]) -> None:
        """Put each sentence beside its question."""
        for name, sentence in problems:
            first = next((key for key in self.fields if key.split(SEPARATOR)[0] == name), None)
            self.add_error(first, sentence)


def condition_of(question: q.Question, here: list[q.Question]) -> str:
    """When a question that stands on one page with its cause is to be answered; "" otherwise."""
    if question.show_if is None:
        return ""
    cause = next((row for row in here if row.id == question.show_if[0]), None)
    if cause is None:
        return ""
    return f"只在“{cause.title}”选“{dict(cause.choices)[question.show_if[1]]}”时回答。"


def fields_of(question: q.Question) -> list[tuple[str, forms.Field]]:
    """(name, field) of a question: one, or one for each row of a matrix or place of a ranking."""
    label = question.title
    if question.kind == q.SINGLE:
        choices = question.choices if question.required else [("", "不选择"), *question.choices]
        return [(question.id, _choice(label, choices))]
    if question.kind == q.MULTIPLE:
        field = forms.MultipleChoiceField(
            label=label,
            choices=question.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_bounds(question),
            error_messages={"invalid_choice": "请从选项中选择"},
        )
        return [(question.id, field)]
    if question.kind == q.RANKING:
        return [
            (
                f"{question.id}{SEPARATOR}{place}",
                forms.ChoiceField(
                    label=f"{label}：第{place}位",
                    choices=[("", "请选择"), *question.choices],
                    required=False,
                    error_messages={"invalid_choice": "请从选项中选择"},
                ),
            )
            for place in range(1, len(question.options) + 1)
        ]
    if question.kind == q.RATING:
        marks = [(str(n), f"{n}分") for n in range(question.most, question.least - 1, -1)]
        return [(question.id, _choice(label, marks if question.required else [("", "不评"), *marks]))]
    if question.kind == q.NUMBER:
        number = forms.CharField(
            label=label,
            required=False,
            max_length=12,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            help_text=f"{question.least}至{question.most}之间的整数",
        )
        return [(question.id, number)]
    if question.kind == q.MATRIX:
        return [
            (f"{question.id}{SEPARATOR}{row.id}", _choice(f"{label}：{row.text}", question.choices))
            for row in question.rows
        ]
    most = question.most or q.MOST_TEXT
    text = forms.CharField(
        label=label,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"不超过{most}字，不要写姓名、电话。",
    )
    return [(question.id, text)]


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "请从选项中选择一项"},
    )


def _bounds(question: q.Question) -> str:
    if question.least and question.most:
        return f"选{question.least}至{question.most}项"
    if question.most:
        return f"最多选{question.most}项"
    return f"至少选{question.least}项" if question.least else "可以选多项"


def _answer(question: q.Question, data: dict[str, Any]) -> Any:
    if question.kind == q.RANKING:
        chosen = [data.get(f"{question.id}{SEPARATOR}{n}", "") for n in range(1, len(question.options) + 1)]
        return [key for key in chosen if key]
    if question.kind == q.MATRIX:
        rows = {row.id: data.get(f"{question.id}{SEPARATOR}{row.id}", "") for row in question.rows}
        return {row: value for row, value in rows.items() if value}
    return data.get(question.id)
