"""Counting sheets: pure, the same for every order of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from consultations import rules
from consultations.polls import questionnaire as q

MOST_TEXTS = 200


def count(form: q.Questionnaire, sheets: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """{"ballots": n, "questions": [{"id", "kind", "title", "answered", …}]} over sheets that were checked.

    Choices give a list of {"id", "text", "count"}; a ranking adds "points" (last place 1, first place n) and
    "first"; numbers give mean, lowest, highest and "marks"; texts are grouped; a matrix gives a list per row.
    """
    kept = list(sheets)
    return {
        "ballots": len(kept),
        "questions": [_question(question, kept) for question in form.questions],
    }


def _question(question: q.Question, sheets: list[Mapping[str, Any]]) -> dict[str, Any]:
    given = [sheet[question.id] for sheet in sheets if question.id in sheet]
    base = {
        "id": question.id,
        "kind": question.kind,
        "title": question.title,
        "answered": len(given),
    }
    return {**base, **_RESULTS[question.kind](question, given)}


def _choices(question: q.Question, given: list[Any]) -> dict[str, Any]:
    counted = Counter(key for value in given for key in ([value] if isinstance(value, str) else value))
    return {"options": [_option(option, counted[option.id]) for option in question.options]}


def _option(option: q.Option, times: int) -> dict[str, Any]:
    return {"id": option.id, "text": option.text, "count": times}


def _ranking(question: q.Question, given: list[Any]) -> dict[str, Any]:
    places = len(question.options)
    points: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for order in given:
        first[order[0]] += 1
        for place, key in enumerate(order):
            points[key] += places - place
    return {
        "options": [
            {**_option(option, points[option.id]), "first": first[option.id]} for option in question.options
        ]
    }


def _numbers(question: q.Question, given: list[Any]) -> dict[str, Any]:
    counted = Counter(given)
    marks = [{"value": value, "count": counted[value]} for value in sorted(counted)]
    if question.kind == q.RATING:
        marks = [
            {"value": value, "count": counted[value]} for value in range(question.least, question.most + 1)
        ]
    return {
        "mean": round(sum(given) / len(given), 2) if given else None,
        "lowest": min(given, default=None),
        "highest": max(given, default=None),
        "marks": marks[:100],
    }


def _texts(question: q.Question, given: list[Any]) -> dict[str, Any]:
    groups: list[dict[str, Any]] = []
    for text, times in sorted(Counter(given).items(), key=lambda pair: (-pair[1], pair[0])):
        near = next(
            (
                group
                for group in groups[:MOST_TEXTS]
                if rules.alike(rules.bare(group["text"]), rules.bare(text))
            ),
            None,
        )
        if near is not None:
            near["count"] += times
        else:
            groups.append({"text": text, "count": times})
    groups.sort(key=lambda group: (-group["count"], group["text"]))
    return {"texts": groups[:MOST_TEXTS], "more": max(len(groups) - MOST_TEXTS, 0)}


def _matrix(question: q.Question, given: list[Any]) -> dict[str, Any]:
    rows = []
    for row in question.rows:
        counted = Counter(value[row.id] for value in given if row.id in value)
        rows.append(
            {
                "id": row.id,
                "text": row.text,
                "options": [_option(option, counted[option.id]) for option in question.options],
            }
        )
    return {"rows": rows}


_RESULTS = {
    q.SINGLE: _choices,
    q.MULTIPLE: _choices,
    q.RANKING: _ranking,
    q.RATING: _numbers,
    q.NUMBER: _numbers,
    q.TEXT: _texts,
    q.MATRIX: _matrix,
}
