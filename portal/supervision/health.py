"""How the system itself is doing, and who looked at personal data."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.db.models import QuerySet
from django.utils import timezone

from portal.backup.queries import last_backup
from portal.cases.guards import missing_guards
from portal.cases.models import LedgerAnchor
from portal.cases.proving import last_finished
from portal.documents.queries import doubled_numbers
from portal.files import vault
from portal.files.models import StoredFile
from portal.files.scanner import AWAY, OFF
from portal.files.scanner import health as scanner_health
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import sending_is_held
from portal.jobs.queries import LIVE, last_beat
from portal.jobs.queries import health as jobs_health
from portal.messaging.breaker import broken
from portal.messaging.models import Channel, Peer
from portal.messaging.queries import late, not_delivered
from portal.privacy.models import PersonalDataAccess
from portal.supervision import machine
from portal.supervision.machine import Reading
from portal.web.cache import SteadyRedisCache

LATE_JOB = 300
LITTLE_DISK = 10
OLD_BACKUP = timedelta(hours=26)
OLD_ANCHOR = timedelta(hours=26)
OLD_PROOF = timedelta(hours=30)
LATE_MAIL = timedelta(minutes=30)


def readings(now: datetime) -> list[Reading]:
    """All lines, those that need somebody first."""
    rows = [
        _worker(now),
        *_jobs(now),
        _sending(),
        *_mail(now),
        _disk(),
        _backup(now),
        _ledger(now),
        _proof(now),
        _guards(),
        _numbers(),
        *_cache(),
        *_scanner(),
        *machine.found(now),
    ]
    return sorted(rows, key=lambda row: row.good)


def _worker(now: datetime) -> Reading:
    beat = last_beat(now)
    if beat is None:
        return Reading("后台任务进程", "没有运行过", False, "启动任务进程（manage.py worker）")
    seconds = int(beat.total_seconds())
    return Reading("后台任务进程", f"{seconds}秒前报告正常", beat < LIVE, "任务进程可能已停止，请重新启动")


def _jobs(now: datetime) -> list[Reading]:
    found = jobs_health(now)
    late = found["oldest_seconds"] > LATE_JOB
    return [
        Reading(
            "等待的任务",
            f"{found['waiting']}项，最早一项已等{found['oldest_seconds']}秒",
            not late,
            "任务进程可能没有运行",
        ),
        Reading(
            "失败的任务", f"{found['dead']}项", not found["dead"], "五次都没有成功，须由运维人员查看原因"
        ),
    ]


def _sending() -> Reading:
    held = sending_is_held()
    return Reading(
        "发送邮件、短信",
        "恢复备份后暂停" if held else "正常",
        not held,
        "核对后运行 manage.py release_held --yes（发送）或者 --discard（作废）",
    )


def _cache() -> list[Reading]:
    """Redis, where there is one: pages go on without it, only slower."""
    kept: Any = caches[DEFAULT_CACHE_ALIAS]
    if not isinstance(kept, SteadyRedisCache):
        return []
    here = kept.answers()
    return [Reading("缓存（Redis）", "正常" if here else "没有应答", here, "页面照常，但较慢；检查Redis")]


def _scanner() -> list[Reading]:
    found = scanner_health()
    if found.state == OFF:
        hint = "安装 clamav-daemon 并设置 PORTAL_CLAMD"
        return [Reading("病毒检查", "没有设置", False, hint)] if settings.PRODUCTION else []
    if found.state == AWAY:
        return [
            Reading("病毒检查", "不可用", False, "检查 clamd；上传的文件在其恢复前停留在隔离区，不提供下载")
        ]
    known = f"，病毒库{found.database}（{found.built}）" if found.database else ""
    return [Reading("病毒检查", f"正常{known}", True)]


def dead_jobs() -> list[OutboxJob]:
    """The newest jobs that were given up."""
    return list(
        OutboxJob.objects.filter(dead_at__isnull=False, done_at__isnull=True).order_by("-dead_at")[:20]
    )


def _mail(now: datetime) -> list[Reading]:
    count = late(now, LATE_MAIL).count()
    lost = not_delivered(now - timedelta(days=1))
    return [
        Reading("超过半小时未发出的邮件、短信", f"{count}件", not count, "检查邮件服务器、短信网关"),
        Reading("一天内没有送达的短信", f"{lost}条", not lost, "短信网关报告没有送达，核对号码或者另行告知"),
        *(_peer(peer) for peer in broken()),
    ]


def _peer(peer: Peer) -> Reading:
    name = "短信网关" if peer.channel == Channel.SMS else "邮件服务器"
    again = f"，{timezone.localtime(peer.closed_until):%H:%M}再试" if peer.closed_until else ""
    return Reading(
        name,
        f"连续{peer.failures}次没有成功{again}（{peer.last_error[:80]}）",
        False,
        "其他任务不受影响；恢复后自动继续发送",
    )


def _disk() -> Reading:
    usage = shutil.disk_usage(vault.ground())
    free = usage.free * 100 // usage.total
    stored = StoredFile.objects.count()
    return Reading("文件存储", f"{stored}个文件，磁盘剩余{free}%", free >= LITTLE_DISK, "尽快扩容")


def _backup(now: datetime) -> Reading:
    found = last_backup(Path(settings.PORTAL_BACKUP_DIR))
    if found is None:
        return Reading("最近备份", "没有备份", False, "运行 manage.py backup，并设置每天的定时任务")
    age = now - found.made_at
    return Reading(
        "最近备份",
        f"{timezone.localtime(found.made_at):%Y-%m-%d %H:%M}（{found.files}个文件）",
        age <= OLD_BACKUP,
        "备份已超过一天",
    )


def _ledger(now: datetime) -> Reading:
    last = LedgerAnchor.objects.order_by("-id").first()
    if last is None:
        return Reading("台账签名", "还没有签名", False, _why_not(now, "每小时", "manage.py sign_anchor"))
    return Reading(
        "台账签名",
        f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}，{last.cases}件",
        now - last.at <= OLD_ANCHOR,
        "定时签名没有运行",
    )


def _why_not(now: datetime, when: str, command: str) -> str:
    """What to do about something that the worker does by itself and that was not done yet."""
    beat = last_beat(now)
    if beat is None or beat >= LIVE:
        return f"任务进程没有运行：运行时{when}自动进行"
    return f"任务进程正在运行，{when}自动进行；不能等的运行 {command}"


def _proof(now: datetime) -> Reading:
    last = last_finished()
    if last is None or last.finished_at is None:
        return Reading(
            "台账核验", "还没有核验过", False, _why_not(now, "每天凌晨", "manage.py verify_ledger")
        )
    told = "，".join(f"{number}{title}" for title, number in last.done.items())
    at = timezone.localtime(last.finished_at)
    if last.findings:
        return Reading(
            "台账核验", f"{at:%Y-%m-%d %H:%M}，{last.findings}处不符", False, "见下表；保留证据，查明原因"
        )
    return Reading(
        "台账核验",
        f"{at:%Y-%m-%d %H:%M}，{told}，全部相符",
        now - last.finished_at <= OLD_PROOF,
        "凌晨的核验没有运行",
    )


def proof_findings() -> list[dict[str, Any]]:
    """What the last round found not to hold: case, seq, reason."""
    last = last_finished()
    return list(last.first) if last is not None else []


def _numbers() -> Reading:
    twice = doubled_numbers()
    return Reading(
        "文书文号",
        f"{len(twice)}个文号用于多份文书" if twice else "没有重号",
        not twice,
        f"2026年12月以前不同序列曾用同一机关代字：{'、'.join(number for number, _ in twice[:5])}；引用时写明标题和日期",
    )


def _guards() -> Reading:
    missing = missing_guards()
    return Reading(
        "台账保护（数据库触发器）",
        f"缺少{len(missing)}个" if missing else "齐全",
        not missing,
        "运行 manage.py migrate",
    )


def looks(*, account: str = "", subject: str = "") -> QuerySet[Any]:
    """Who looked at which sealed value and why, newest first; narrowed by a person's address or a case's id."""
    rows: QuerySet[Any] = PersonalDataAccess.objects.select_related("account")
    if account:
        rows = rows.filter(account__email__icontains=account)
    if subject:
        rows = rows.filter(subject=subject)
    return rows.order_by("-at", "-id")
