"""Search over 200,000 documents: whole answers with facets and passages, beside the portal of a1f3e6d in one run.

The reference is that commit, checked out beside and run on a database of its own with the same documents. The index
alone is weighed too: documents a second, its size beside the text, the memory of a process that searches; with
BENCH_LARGE=1 also a million documents.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.measure import Measure
from bench.scratch import BASE, ROOT, base, engines

COUNT = int(os.environ.get("BENCH_DOCUMENTS", "200000"))
LARGE = bool(os.environ.get("BENCH_LARGE"))
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


def documents(count: int) -> Iterator[tuple[int, str, str]]:
    """Number, title and body: words drawn so that few are frequent and many are rare; the same ones as at the base."""
    random = Random(11)
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    for number in range(count):
        title = "".join(random.choices(WORDS, weights, k=5))
        body = "，".join("".join(random.choices(WORDS, weights, k=4)) for _ in range(12))
        yield number, title, body + "玉政办发〔2019〕20号" if number % 997 == 0 else body


def fill() -> dict[str, float]:
    """The documents in the record, and the index made from it."""
    from portal.search.following import home, rebuild

    text = _record()
    began = time.perf_counter()
    count = rebuild(wait=True) or 0
    took = time.perf_counter() - began
    path = home().current()
    assert path is not None
    size = sum(file.stat().st_size for file in path.iterdir())
    return {"count": count, "rate": count / took, "size": size / text}


def _record() -> int:
    """Write the rows; gives the bytes of their texts."""
    from django.db import transaction

    from portal.search.models import SearchEntry, SearchState
    from portal.search.text import plain
    from portal.units.models import Unit

    units = list(Unit.objects.all())
    rows: list[SearchEntry] = []
    size = 0
    for number, title, body in documents(COUNT):
        size += len(f"{title}{body}".encode())
        rows.append(
            SearchEntry(
                kind="article", key=f"bench:{number}", title=title, body=body, folded=plain(f"{title}\n{body}"),
                unit=units[number % len(units)], published_on=date(2016, 1, 1) + timedelta(days=number % 3900),
                url=f"/{number}/", change=number + 1,
            )
        )  # fmt: skip
        if len(rows) == CHUNK or number == COUNT - 1:
            with transaction.atomic():
                SearchEntry.objects.bulk_create(rows)
            rows = []
    SearchState.objects.update_or_create(pk=1, defaults={"change": COUNT})
    return size


def timed(call: Callable[[], object]) -> list[float]:
    """The time of each call in milliseconds, after one that warms."""
    call()
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        found.append((time.perf_counter() - began) * 1000)
    return found


def measure() -> dict[str, Any]:
    """Milliseconds of whole answers and of suggestions, and what the process takes more for them."""
    from portal.search.queries import search, suggest

    before = _memory()
    ours: list[float] = []
    typed: list[float] = []
    for query in QUERIES:
        ours += timed(lambda query=query: search(query))  # type: ignore[misc]
        typed += timed(lambda query=query: suggest(query[:3]))  # type: ignore[misc]
        print(
            f"  {query}: {statistics.median(ours[-ROUNDS:]):.2f} ms, suggest {statistics.median(typed[-ROUNDS:]):.2f} ms",
            file=sys.stderr,
        )
    return {"ours": ours, "typed": typed, "memory": _memory() - before}


def _memory() -> float:
    """The memory in MB that is this process's own, without pages of files."""
    with open("/proc/self/smaps_rollup", encoding="ascii") as lines:
        found = [int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:")]
    return sum(found) / 1024


def alone() -> dict[str, list[float]]:
    """Milliseconds of the index alone over COUNT documents and over five times as many."""
    from portal.search.asking import understand
    from portal.search.engine.document import Text
    from portal.search.engine.reader import Reader
    from portal.search.engine.schema import opened
    from portal.search.engine.writing import Followed, make

    found = {}
    for name, count in (("small", COUNT), ("large", COUNT * 5)):
        with tempfile.TemporaryDirectory(prefix="bench-index-") as folder:
            rows = (Text(number, title, body) for number, title, body in documents(count))
            make(Path(folder) / "index", rows, Followed())
            index = Reader(opened(Path(folder) / "index"))
            times: list[float] = []
            for query in QUERIES:
                times += timed(
                    lambda index=index, query=query: index.ask(understand(query), {}, lambda numbers: {})
                )  # type: ignore[misc]
            found[name] = times
    return found


def inside(command: str) -> object:
    """One step in a process that stands on the scratch database."""
    import django

    django.setup()
    return {"fill": fill, "measure": measure, "alone": alone}[command]()


def run() -> Iterator[Measure]:
    """p50 and p95 on both databases, each beside the base's; then the index by itself."""
    with base() as old:
        with engines(old) as found:
            reference = {name: _steps(old, env) for name, env in found}
        with engines() as found:
            for name, env in found:
                yield from _lines(name, _steps(ROOT, env), reference.get(name))
                last = env
            if LARGE:
                times = _step(ROOT, last, "alone")
                small, large = (_quantile(times[size], 95) for size in ("small", "large"))
                note = f"{COUNT} documents {small:.2f} ms"
                yield Measure("search.index.large.p95", large, "ms", large / small, note, 3, at_most=True)


def _lines(name: str, found: dict[str, Any], reference: dict[str, Any] | None) -> Iterator[Measure]:
    for share in (50, 95):
        ours = _quantile(found["measure"]["ours"], share)
        before = _quantile(reference["measure"]["ours"], share) if reference else ours
        yield Measure(f"search.{name}.p{share}", ours, "ms", before / ours, f"{BASE} {before:.1f} ms", 50)
    typed = _quantile(found["measure"]["typed"], 95)
    yield Measure(f"search.{name}.suggest.p95", typed, "ms", typed / 30, "30 ms", 1, at_most=True)
    memory = found["measure"]["memory"]
    yield Measure(f"search.{name}.memory", memory, "MB", memory / 60, "60 MB", 1, at_most=True)
    rate = found["fill"]["rate"]
    yield Measure(f"search.{name}.build", rate, "documents/s", rate / 2000, "2000 documents/s", 1)
    size = found["fill"]["size"]
    yield Measure(f"search.{name}.size", size, "times the text", size / 1.2, "1.2 times", 1, at_most=True)


def _steps(root: Path, env: dict[str, str]) -> dict[str, Any]:
    return {command: _step(root, env, command) for command in ("fill", "measure")}


def _step(root: Path, env: dict[str, str], command: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "bench.search", command],
        cwd=root, env=env, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def _quantile(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100)[share - 1]


if __name__ == "__main__":
    print(json.dumps(inside(sys.argv[1])))
