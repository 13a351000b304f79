"""What is wrong, in sentences: for a person at the terminal and for a monitor."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection

from portal.supervision.health import readings
from portal.supervision.machine import Reading
from portal.web.behind import unapplied

LEAST_ROOM = 2 * 1024**3


class NoDatabase(Exception):
    """Nothing can be said without the database."""


def look(now: datetime, *, deploy: bool | None = None) -> list[Reading]:
    """Everything, what is wrong first. Raises NoDatabase; `deploy` adds the checks of a production's settings."""
    try:
        connection.ensure_connection()
        behind = unapplied()
        found = [] if behind else readings(now)
    except DatabaseError as error:
        raise NoDatabase(str(error).strip().splitlines()[0] if str(error).strip() else "") from error
    if behind:
        found.append(
            Reading(
                "数据库",
                f"缺{len(behind)}个迁移（{behind[0]}等）",
                False,
                "运行 deploy/manage --owner migrate",
            )
        )
    found += [*_folders(), *_settings(settings.PRODUCTION if deploy is None else deploy)]
    return sorted(found, key=lambda row: row.good)


def _folders() -> list[Reading]:
    rows = []
    for title, place in (("附件目录", settings.PORTAL_FILES_DIR), ("备份目录", settings.PORTAL_BACKUP_DIR)):
        folder = Path(place)
        if not folder.is_dir():
            rows.append(Reading(title, f"{folder}不存在", False, "建立目录，归 portal 用户所有"))
            continue
        free = shutil.disk_usage(folder).free
        rows.append(Reading(title, f"剩余{free // 1024**2}MB", free >= LEAST_ROOM, "尽快扩容"))
    return rows


def _settings(deploy: bool) -> list[Reading]:
    told = checks.run_checks(include_deployment_checks=deploy, databases=["default"])
    wrong = [message for message in told if message.level >= checks.WARNING and not message.is_silenced()]
    return [Reading("配置", str(message.msg), False, str(message.hint or message.id)) for message in wrong]
