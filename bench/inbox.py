"""The inbox query on 100,000 cases against the same question asked in SQL by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from bench.measure import Measure, seconds_per_call
from bench.scratch import ROOT, scratch

COUNT = 100_000
PAGE = 26
BY_HAND = """
SELECT c.id, c.public_id, c.kind, c.number, c.title, c.unit_id, c.officer_id, c.state, c.phase, c.due_on,
       c.due_provisional, c.internal_due_on, c.internal_due_for, c.closed_on, c.created_at, u.id, u.short_name, a.id, a.email, a.display_name
FROM cases_case c JOIN units_unit u ON u.id = c.unit_id LEFT JOIN units_account a ON a.id = c.officer_id
WHERE c.unit_id = %s AND c.closed_on IS NULL ORDER BY c.act_by ASC NULLS LAST, c.id LIMIT 26
"""


def inside() -> dict[str, float]:
    """Measure in a process that stands on the scratch database."""
    import django

    django.setup()
    from django.db import connection

    from bench.filling import cases
    from portal.cases import queries
    from portal.core.actors import Actor, ActorKind
    from portal.units.models import Unit

    cases(COUNT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    unit = Unit.objects.get(code="city-office")
    actor = Actor(ActorKind.STAFF, "经办", 1, frozenset({(unit.pk, "clerk")}))
    found = queries.inbox(actor)[:PAGE]
    sql, parameters = found.query.sql_with_params()

    def asked(statement: str, values: tuple[object, ...]) -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            rows: list[tuple[object, ...]] = cursor.fetchall()
            return rows

    ours, theirs = asked(sql, parameters), asked(BY_HAND, (unit.pk,))
    assert [row[0] for row in ours] == [row[0] for row in theirs], "the two answers differ"
    return {
        "sql": seconds_per_call(lambda: asked(sql, parameters), calls=200),
        "hand": seconds_per_call(lambda: asked(BY_HAND, (unit.pk,)), calls=200),
        "objects": seconds_per_call(lambda: list(queries.inbox(actor)[:PAGE]), calls=100),
    }


def run() -> Iterator[Measure]:
    """The generated SQL beside the hand-written one, and the page's objects beside bare rows."""
    with scratch() as env:
        out = subprocess.run(
            [sys.executable, "-c", "import json; from bench.inbox import inside; print(json.dumps(inside()))"],
            cwd=ROOT, env=env, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    seconds = json.loads(out.strip().splitlines()[-1])
    hand = seconds["hand"]
    yield Measure(
        "inbox.sql_100k", seconds["sql"] * 1000, "ms", seconds["sql"] / hand, "hand_sql", 1.3, at_most=True
    )
    yield Measure(
        "inbox.objects_100k", seconds["objects"] * 1000, "ms", seconds["objects"] / hand, "hand_sql_rows"
    )
