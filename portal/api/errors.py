"""One JSON shape for every refusal: {"error": {"sentence": …, "fields": {…}}}, with the working "version" of a stale case."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from portal.cases.intake import TooManyTries
from portal.core.errors import InvalidInput, PortalError, StaleCase
from portal.web.errors import status_of, wait_for

SENTENCES = {
    400: "请求内容有误，请检查各字段。",
    401: "请先登录。",
    403: "没有权限。",
    404: "没有找到。",
    405: "不支持该请求方法。",
    406: "不支持所要求的格式。",
    415: "请以 JSON 提交。",
    429: "请求过于频繁，请稍后再试。",
}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: domain errors and DRF's own in the same shape; None for the unexpected."""
    if isinstance(error, PortalError):
        if isinstance(error, TooManyTries):
            wait_for(context["request"]._request, error)
        fields = {error.field: [error.sentence]} if isinstance(error, InvalidInput) and error.field else {}
        said: dict[str, Any] = {"sentence": error.sentence, "fields": fields}
        if isinstance(error, StaleCase) and error.version is not None:
            said["version"] = error.version
        return Response({"error": said}, status=status_of(error))
    response = exception_handler(error, context)
    if response is None:
        return None
    fields = response.data if isinstance(error, ValidationError) and isinstance(response.data, dict) else {}
    sentence = SENTENCES.get(response.status_code, str(getattr(error, "detail", "")))
    if isinstance(error, APIException) or fields or response.data:
        response.data = {"error": {"sentence": sentence, "fields": fields}}
    return response
