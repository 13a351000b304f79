"""Error pages."""

from __future__ import annotations

import sys

from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template

from portal.files.bucket import StoreAway
from portal.web.behind import is_migrated

AWAY = "平台暂时不能保存和读取数据，请稍后再试；已经提交成功的不受影响。"
BEHIND = "平台正在升级，暂时不能保存和读取数据，请稍后再试；已经提交成功的不受影响。"
RETRY_AFTER = "30"
READ_ONLY = "25006"  # PostgreSQL: read_only_sql_transaction


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old: what to do, instead of what went wrong inside."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without a context processor that could fail again; 503 with a time to come back while the database is away."""
    error = sys.exc_info()[1]
    behind = is_behind(error)
    away = behind or is_away(error)
    status, sentence = (503, BEHIND if behind else AWAY) if away else (500, "系统出现问题，操作没有完成。")
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse({"error": {"sentence": sentence, "fields": {}}}, status=status)
    else:
        response = HttpResponse(get_template(f"{status}.html").render({"sentence": sentence}), status=status)
    if away:
        response["Retry-After"] = RETRY_AFTER
    return response


def is_behind(error: BaseException | None) -> bool:
    """True if a table or a column is missing because the database has not been brought to this release yet."""
    missing = isinstance(error, ProgrammingError) or "no such" in str(error)  # the second is SQLite's
    return missing and isinstance(error, DatabaseError) and not is_migrated()


def is_away(error: BaseException | None) -> bool:
    """True if the database or the object store does not answer, or takes no writes: a failover, a standby, a full disk."""
    read_only = getattr(error.__cause__, "sqlstate", "") == READ_ONLY if error is not None else False
    return read_only or isinstance(error, OperationalError | InterfaceError | StoreAway)
