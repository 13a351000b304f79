"""Search over 200,000 documents on SQLite and on PostgreSQL: p50 and p95 of whole answers, beside the bare query."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from random import Random

from bench.measure import Measure
from bench.scratch import ROOT, engines

COUNT = int(os.environ.get("BENCH_DOCUMENTS", "200000"))
CHUNK = 2000
ROUNDS = 8
WORDS = [
    "玉溪市",
    "红塔区",
    "江川区",
    "澄江市",
    "通海县",
    "华宁县",
    "易门县",
    "峨山县",
    "新平县",
    "元江县",
    "政府",
    "信息",
    "公开",
    "办法",
    "规定",
    "通知",
    "公告",
    "意见",
    "方案",
    "规划",
    "财政",
    "预算",
    "决算",
    "教育",
    "学校",
    "招生",
    "医院",
    "卫生",
    "疫苗",
    "社保",
    "养老",
    "低保",
    "就业",
    "创业",
    "补贴",
    "住房",
    "公租房",
    "改造",
    "小区",
    "停车",
    "公交",
    "道路",
    "桥梁",
    "抚仙湖",
    "保护",
    "治理",
    "环境",
    "污水",
    "垃圾",
    "绿化",
    "水库",
    "供水",
    "供电",
    "燃气",
    "安全",
    "消防",
    "应急",
    "地震",
    "防汛",
    "森林",
    "防火",
    "农业",
    "烟草",
    "花卉",
    "蔬菜",
    "种植",
    "养殖",
    "扶贫",
    "乡村",
    "振兴",
    "旅游",
    "文化",
    "体育",
    "图书馆",
    "博物馆",
    "招标",
    "采购",
    "合同",
    "项目",
    "资金",
    "审计",
    "处罚",
    "许可",
    "执法",
    "检查",
    "投诉",
    "信访",
    "选举",
    "任免",
]
QUERIES = (
    "玉溪市",
    "公租房 改造",
    "抚仙湖保护",
    "停",
    "信息公开办法",
    "玉政办发〔2019〕20号",
    "gzf",
    "不存在的词语",
)


def fill() -> int:
    """The documents, written in bulk, their words drawn so that few are frequent and many are rare."""
    from datetime import date, timedelta

    from django.db import connection, transaction

    from portal.core.segment import fold
    from portal.search.actions import entry_tokens
    from portal.search.models import SearchEntry
    from portal.search.spelling import initials
    from portal.units.models import Unit

    random = Random(11)
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    units = list(Unit.objects.all())
    for start in range(0, COUNT, CHUNK):
        rows = []
        for number in range(start, min(start + CHUNK, COUNT)):
            title = "".join(random.choices(WORDS, weights, k=5))
            body = "，".join("".join(random.choices(WORDS, weights, k=4)) for _ in range(12))
            if number % 997 == 0:
                body += "玉政办发〔2019〕20号"
            rows.append(
                SearchEntry(
                    kind="article",
                    key=f"bench:{number}",
                    title=title,
                    body=body,
                    folded=fold(f"{title}\n{body}"),
                    initials=initials(title),
                    unit=units[number % len(units)],
                    published_on=date(2016, 1, 1) + timedelta(days=number % 3900),
                    url=f"/{number}/",
                )
            )
        with transaction.atomic(), connection.cursor() as cursor:
            made = SearchEntry.objects.bulk_create(rows)
            if connection.vendor == "postgresql":
                cursor.executemany(
                    "INSERT INTO search_tokens(id, tokens) VALUES (%s, array_to_tsvector(%s::text[]))",
                    [(row.pk, list(dict.fromkeys(entry_tokens(row.title, row.body)))) for row in made],
                )
            else:
                cursor.executemany(
                    "INSERT INTO search_tokens(rowid, tokens) VALUES (%s, %s)",
                    [(row.pk, " ".join(entry_tokens(row.title, row.body))) for row in made],
                )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return COUNT


def timed(call: Callable[[], object]) -> list[float]:
    """The time of each call in milliseconds, after one that warms."""
    call()
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        found.append((time.perf_counter() - began) * 1000)
    return found


def measure() -> dict[str, list[float]]:
    """Milliseconds of whole answers, and of the bare match and newest twenty by hand, over the same queries."""
    from django.db import connection

    from portal.core.segment import query_terms, query_tokens
    from portal.search.backends import backend
    from portal.search.queries import search, suggest

    ours: list[float] = []
    raw: list[float] = []
    typed: list[float] = []
    for query in QUERIES:
        ours += timed(lambda query=query: search(query))  # type: ignore[misc]
        typed += timed(lambda query=query: suggest(query[:3]))  # type: ignore[misc]
        needed = [token for term in query_terms(query) for token in query_tokens(term)]
        sql, parameters = backend().matching(list(dict.fromkeys(needed)))
        statement = (
            "SELECT id, title, body, published_on, url FROM search_searchentry "  # nosec B608 - fixed text
            f"WHERE id IN ({sql}) ORDER BY published_on DESC, id DESC LIMIT 21"
        )

        def by_hand(statement: str = statement, parameters: list[object] = parameters) -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
                cursor.fetchall()

        raw += timed(by_hand)
        print(
            f"  {connection.vendor} {query}: {statistics.median(ours[-ROUNDS:]):.1f} ms, raw {statistics.median(raw[-ROUNDS:]):.1f} ms, suggest {statistics.median(typed[-ROUNDS:]):.1f} ms",
            file=sys.stderr,
        )
    return {"ours": ours, "raw": raw, "typed": typed}


def inside(command: str) -> object:
    """One step in a process that stands on the scratch database."""
    import django

    django.setup()
    return {"fill": fill, "measure": measure}[command]()


def run() -> Iterator[Measure]:
    """p50 and p95 on both databases, each beside the bare query's."""
    with engines() as found:
        for name, env in found:
            answers = {}
            for command in ("fill", "measure"):
                done = subprocess.run(
                    [sys.executable, "-m", "bench.search", command],
                    cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True,
                )  # fmt: skip
                answers[command] = json.loads(done.stdout)
            times = answers["measure"]
            for share, label in ((50, "p50"), (95, "p95")):
                ours = statistics.quantiles(times["ours"], n=100)[share - 1]
                raw = statistics.quantiles(times["raw"], n=100)[share - 1]
                yield Measure(f"search.{name}.{label}", ours, "ms", ours / raw, f"raw query {raw:.1f} ms")
            typed = statistics.quantiles(times["typed"], n=100)[94]
            yield Measure(f"search.{name}.suggest.p95", typed, "ms", typed / raw, f"raw query {raw:.1f} ms")


if __name__ == "__main__":
    print(json.dumps(inside(sys.argv[1])))
