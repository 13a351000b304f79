"""What stands around the portal: the database's standbys and room, the certificate, the clock, the rights of the role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from portal.cases.guards import changeable
from portal.postbox.models import InboundMail
from portal.privacy.certificates import ends_at
from portal.version import release
from portal.web.behind import unapplied

SOON = 21  # days before a certificate runs out
FULL = 0.85
FAR_BEHIND = 60
WRONG_CLOCK = 5.0
SILENT_MAILBOX = timedelta(minutes=30)


@dataclass(frozen=True)
class Database:
    """Standbys and how far the slowest is behind (seconds), connections and the most there may be, size in bytes."""

    standbys: int = 0
    lag_seconds: float = 0.0
    connections: int = 0
    most: int = 0
    size: int = 0


@dataclass(frozen=True)
class Reading:
    """One thing: what, how it stands, whether it is as it should be, what to do if not."""

    title: str
    value: str
    good: bool
    hint: str = ""

    @property
    def sentence(self) -> str:
        """In one line."""
        told = f"{self.title}：{self.value}"
        return told if self.good or not self.hint else f"{told}。{self.hint}"


def database() -> Database:
    """How the database stands; on SQLite its size alone. Figures that the role may not see are 0."""
    if connection.vendor != "postgresql":
        place = Path(str(connection.settings_dict["NAME"]))
        return Database(size=place.stat().st_size if place.is_file() else 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(max(extract(epoch FROM replay_lag)), 0) FROM pg_stat_replication"
        )
        standbys, lag = cursor.fetchone()
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),"
            " current_setting('max_connections')::int, pg_database_size(current_database())"
        )
        used, most, size = cursor.fetchone()
    return Database(int(standbys), float(lag), int(used), int(most), int(size))


def certificate_days(now: datetime) -> int | None:
    """Days until the site's certificate runs out; None where it cannot be read."""
    until = ends_at(Path(settings.PORTAL_CERTIFICATE))
    return None if until is None else (until - now).days


def clock_off(now: datetime) -> float:
    """By how many seconds the database's clock is ahead of ours; 0.0 on SQLite, whose clock is ours."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return (at - now).total_seconds()


def found(now: datetime) -> list[Reading]:
    """Every thing around the portal that is there to be judged."""
    return [_release(), *_database(), *_clock(now), *_rights(), *_certificate(now), *_mailbox(now)]


def _release() -> Reading:
    missing = unapplied()
    behind = f"，数据库缺{len(missing)}个迁移" if missing else ""
    return Reading("版本", f"{release()}{behind}", not missing, "运行 deploy/manage --owner migrate")


def _database() -> list[Reading]:
    try:
        with transaction.atomic():
            known = database()
    except DatabaseError:
        return []
    rows = []
    if known.most:
        value = f"{known.connections}个，最多{known.most}个"
        rows.append(
            Reading(
                "数据库连接",
                value,
                known.connections < known.most * FULL,
                "减少进程数，或者加大 max_connections",
            )
        )
    if known.standbys:
        value = f"{known.standbys}台，落后{known.lag_seconds:.0f}秒"
        rows.append(Reading("数据库备机", value, known.lag_seconds < FAR_BEHIND, "检查备机和网络"))
    return rows


def _clock(now: datetime) -> list[Reading]:
    off = abs(clock_off(now))
    if off < WRONG_CLOCK:
        return []
    return [Reading("时钟", f"与数据库相差{off:.0f}秒", False, "检查各台机器的时间同步（timedatectl）")]


def _rights() -> list[Reading]:
    held = changeable()
    if not held:
        return []
    return [
        Reading(
            "数据库权限",
            f"只增不改的表可以被修改（{held[0]}等{len(held)}项）",
            False,
            "以超级用户运行 deploy/postgresql/roles.sql",
        )
    ]


def _certificate(now: datetime) -> list[Reading]:
    if not settings.PRODUCTION:
        return []
    days = certificate_days(now)
    if days is None:
        return []
    return [
        Reading("证书", f"还有{days}天到期", days > SOON, "更换 /etc/portal/tls 中的证书，重新加载 nginx")
    ]


def _mailbox(now: datetime) -> list[Reading]:
    """Mails that came and that nobody took: reading them stands still."""
    if not settings.PORTAL_IMAP_HOST:
        return []
    waiting = InboundMail.objects.filter(taken_at__isnull=True, arrived_at__lt=now - SILENT_MAILBOX).count()
    return [
        Reading(
            "收取邮件",
            f"{waiting}封超过半小时没有处理",
            not waiting,
            "检查任务进程和邮箱；manage.py read_mail 立即收取一次",
        )
    ]
