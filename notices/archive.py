"""What a unit published in a year as one package for its archive (办法第二十三条; 制度第十五条).

A register of the year, and for each item: the particulars, who reviewed it when, every version, its files, and
the digest of each part. The same year gives the same bytes again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from django.utils import timezone

from notices import rules, structures
from notices.choices import Openness, State
from notices.models import Article, ArticleVersion
from portal.cases.models import CaseEvent
from portal.cases.registry import NOTES
from portal.cases.transitions import label_of
from portal.files import vault
from portal.publishing.models import SignOff
from portal.units.models import Unit

REGISTER_HEADS = (
    "索引号",
    "标题",
    "文号",
    "发文机关",
    "成文日期",
    "首次发布",
    "最新版次",
    "栏目",
    "类别",
    "公开属性",
    "有效性",
    "状态",
    "其他发布方式",
    "文件校验值（SHA-256）",
    "目录",
)
FIXED_DAY = (1980, 1, 1, 0, 0, 0)


def items_of(unit: Unit, year: int, now: datetime) -> list[Any]:
    """The unit's items that were first published in that year, in the order of their index numbers."""
    rows: Any = Article.objects.filter(unit=unit, versions__publish_at__lte=now).distinct()
    found = rows.prefetch_related("versions").select_related("unit").order_by("index_number")
    return [case for case in found if _first_year(case, now) == year]


def _first_year(case: Any, now: datetime) -> int | None:
    days = [row.publish_at for row in case.versions.all() if row.came_out(now)]
    return timezone.localdate(min(days)).year if days else None


def write(target: BinaryIO, unit: Unit, year: int, now: datetime) -> int:
    """Write the package; gives how many items it has."""
    cases = items_of(unit, year, now)
    digests: list[tuple[str, str]] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:

        def put(name: str, data: bytes) -> None:
            entry = zipfile.ZipInfo(name, FIXED_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, data)
            digests.append((name, hashlib.sha256(data).hexdigest()))

        put("登记簿.csv", _table([REGISTER_HEADS, *(_register_row(case, now) for case in cases)]))
        for case in cases:
            for name, data in _parts(case, now):
                put(f"{case.index_number}/{name}", data)
        lines = "".join(f"{digest}  {name}\n" for name, digest in digests)
        put("SHA256SUMS", lines.encode())
    return len(cases)


def _table(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def _versions(case: Article, now: datetime) -> list[ArticleVersion]:
    rows = case.versions.select_related("column").order_by("number")
    return [row for row in rows if row.came_out(now)]


def _register_row(case: Any, now: datetime) -> tuple[str, ...]:
    """As everyone read it last, never as somebody may be writing it now."""
    versions = _versions(case, now)
    last = versions[-1]
    return (
        case.index_number or "",
        last.title,
        last.doc_number,
        last.fields.get("issuer", ""),
        last.made_on.isoformat() if last.made_on is not None else "",
        _moment(versions[0].publish_at),
        str(last.number),
        last.column.title if last.column is not None else "",
        last.fields.get("route", ""),
        last.fields.get("openness", Openness.PROACTIVE.label),
        case.get_validity_display(),
        State.PUBLISHED.label if last.withdrawn_at is None else State.WITHDRAWN.label,
        "、".join(last.fields.get("outlets", case.outlets)),
        last.sha256,
        f"{case.index_number}/",
    )


def _parts(case: Any, now: datetime) -> Iterator[tuple[str, bytes]]:
    yield (
        "审核单.csv",
        _table([("轮次", "环节", "签署人", "意见", "说明", "时间", "所签内容摘要"), *_signatures(case)]),
    )
    yield "办理记录.csv", _table([("序号", "步骤", "办理人", "时间", "记录摘要"), *_events(case)])
    for version in _versions(case, now):
        yield f"第{version.number}版.txt", _words(version).encode()
        yield f"第{version.number}版要素.json", _facts(version)
        for entry in version.fields.get("files", []):
            yield (
                f"附件/第{version.number}版-{entry.get('copy_name') or entry['name']}",
                vault.read(entry["sha256"]),
            )


def _signatures(case: Article) -> Iterator[tuple[str, ...]]:
    rows: Any = SignOff.objects.filter(review__case=case).select_related("review", "account").order_by("pk")
    for row in rows:
        yield (
            str(row.review.round),
            row.get_step_display(),
            str(row.account),
            row.get_verdict_display(),
            row.comment,
            _moment(row.at),
            row.content_sha256,
        )


def _events(case: Article) -> Iterator[tuple[str, ...]]:
    for event in CaseEvent.objects.filter(case_id=case.pk).order_by("seq"):
        yield (
            str(event.seq),
            NOTES.get(event.kind) or label_of(Article, event.kind),
            event.actor_label,
            _moment(event.at),
            event.digest,
        )


def _words(version: ArticleVersion) -> str:
    words = structures.plain(version.fields.get("structure", ""), version.fields.get("particulars", {}))
    parts = [version.title, version.summary, rules.plain_of(version.body), words]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(version: ArticleVersion) -> bytes:
    facts = {
        "title": version.title,
        "number": version.number,
        "publish_at": version.publish_at.isoformat(),
        "sha256": version.sha256,
        "body": version.body,
        **version.fields,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True).encode()
