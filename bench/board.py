"""The supervisors' board on 10,000 and on 1,000,000 cases, on PostgreSQL, beside the same questions in bare SQL.

A city that keeps up has as many open cases however long its history grows: both sizes hold the same 2,000 open ones.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

from bench.measure import Measure, seconds_per_call
from bench.scratch import ROOT, engines

SIZES = (10_000, int(os.environ.get("BENCH_CASES", "1000000")))
OPEN = 2_000
FILL = """
INSERT INTO cases_case (public_id, kind, number, title, unit_id, state, phase, received_on, due_on, due_provisional,
    internal_due_for, act_by, closed_on, outcome, code_hash, version, last_seq, last_digest, created_at)
SELECT gen_random_uuid(), 'disclosure', 'B' || n, '关于第' || n || '号信息的申请',
    units[1 + n %% array_length(units, 1)], CASE WHEN n <= %(open)s THEN 'handling' ELSE 'answered' END,
    CASE WHEN n <= %(open)s THEN 'in_progress' ELSE 'closed' END, DATE '2023-01-01' + n %% 1100,
    CASE WHEN n <= %(open)s THEN DATE '2026-02-20' + n %% 60 ELSE DATE '2023-02-01' + n %% 1100 END, false, '',
    CASE WHEN n <= %(open)s THEN DATE '2026-02-20' + n %% 60 ELSE DATE '2023-02-01' + n %% 1100 END,
    CASE WHEN n <= %(open)s THEN NULL ELSE DATE '2023-01-20' + n %% 1100 END, '', '', 1, 1, '', now()
FROM generate_series(%(first)s, %(last)s) AS n, (SELECT array_agg(id ORDER BY id) AS units FROM units_unit) AS u
"""
LIST = """
SELECT c.id, c.public_id, c.kind, c.number, c.title, c.unit_id, c.officer_id, c.state, c.phase, c.due_on,
    c.due_provisional, c.internal_due_on, c.internal_due_for, c.closed_on, c.created_at, u.id, u.short_name, a.id, a.email, a.display_name
FROM cases_case c JOIN units_unit u ON u.id = c.unit_id LEFT JOIN units_account a ON a.id = c.officer_id
WHERE c.closed_on IS NULL AND c.due_on < %s ORDER BY c.act_by ASC NULLS LAST, c.id LIMIT 26
"""
COUNT = """
SELECT count(*) FILTER (WHERE due_on < %s), count(*) FILTER (WHERE due_on = %s),
    count(*) FILTER (WHERE due_on > %s AND due_on <= %s), count(*), count(*) FILTER (WHERE phase = 'intake')
FROM cases_case WHERE closed_on IS NULL
"""
UNITS = """
SELECT c.unit_id, u.short_name, u.code, count(*), count(*) FILTER (WHERE c.due_on < %s),
    count(*) FILTER (WHERE c.due_on = %s), count(*) FILTER (WHERE c.due_on > %s AND c.due_on <= %s)
FROM cases_case c JOIN units_unit u ON u.id = c.unit_id WHERE c.closed_on IS NULL GROUP BY c.unit_id, u.short_name, u.code
"""


def inside() -> dict[str, dict[str, float]]:
    """Milliseconds at each size: the portal's query with its objects, the SQL it sends, the same written by hand."""
    import django

    django.setup()
    from datetime import date

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from portal.cases import queries as docket
    from portal.holidays.calendars import calendar
    from portal.supervision import queries

    today, days = date(2026, 3, 16), calendar()
    soon = days.add(today, 3)

    def bare(sql: str, *values: object) -> Callable[[], object]:
        def ask() -> object:
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall()

        return ask

    questions: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "list": (
            lambda: list(docket.narrow(queries.open_cases(), "overdue", today, days)[:26]),
            bare(LIST, today),
        ),
        "counts": (
            lambda: docket.counts(queries.open_cases(), today, days),
            bare(COUNT, today, today, today, soon),
        ),
        "units": (lambda: queries.by_unit(today, days), bare(UNITS, today, today, today, soon)),
    }
    found: dict[str, dict[str, float]] = {}
    filled = 0
    for size in SIZES:
        with connection.cursor() as cursor:
            cursor.execute(FILL, {"open": OPEN, "first": filled + 1, "last": size})
            cursor.execute("ANALYZE")
        filled = size
        for name, (ours, theirs) in questions.items():
            with CaptureQueriesContext(connection) as asked:
                ours()
            sql = asked[0]["sql"].replace("%", "%%")
            found[f"{name}.{size}"] = {
                "ours": seconds_per_call(ours, calls=20) * 1000,
                "sql": seconds_per_call(bare(sql), calls=40) * 1000,
                "bare": seconds_per_call(theirs, calls=40) * 1000,
            }
    return found


def run() -> Iterator[Measure]:
    """Each question: the portal's beside bare SQL at the large size, and the large size beside the small."""
    with engines() as places:
        env = dict(places).get("postgresql")
        if env is None:
            return
        done = subprocess.run(
            [sys.executable, "-m", "bench.board"],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found = json.loads(done.stdout)
    small, large = SIZES
    for name in ("list", "counts", "units"):
        ours, bare = found[f"{name}.{large}"]["ours"], found[f"{name}.{large}"]["bare"]
        sql, said = found[f"{name}.{large}"]["sql"], f"bare sql {bare:.2f} ms"
        yield Measure(f"board.{name}.sql", sql, "ms", sql / bare, said, 1.3, at_most=True)
        yield Measure(f"board.{name}.objects", ours, "ms", ours / bare, said)
        before = found[f"{name}.{small}"]["ours"]
        yield Measure(
            f"board.{name}.growth",
            ours,
            "ms",
            ours / before,
            f"{small} cases {before:.2f} ms",
            2.0,
            at_most=True,
        )


if __name__ == "__main__":
    print(json.dumps(inside()))
