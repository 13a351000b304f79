"""GET /api/v1/deadline/: the due date with the days that were skipped and why."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.holidays.calendars import calendar
from portal.holidays.explain import MOST_WORKDAYS, explanation
from portal.web.caching import PUBLIC


class DeadlineQuery(serializers.Serializer):
    """What is asked."""

    start = serializers.DateField(
        error_messages={"required": "请填写起始日", "invalid": "日期格式应为 2026-03-16"}
    )
    workdays = serializers.IntegerField(
        min_value=1,
        max_value=MOST_WORKDAYS,
        error_messages={
            "required": "请填写工作日数",
            "invalid": "请填写整数",
            "min_value": "至少{min_value}个工作日",
            "max_value": f"最多{MOST_WORKDAYS}个工作日",
        },
    )

    def validate_start(self, value: object) -> object:
        """Within the years that the calendar knows."""
        if not 2007 <= value.year <= 2035:  # type: ignore[attr-defined]  # a date
            raise serializers.ValidationError("请填写2007年至2035年之间的日期")
        return value


class SkippedRun(serializers.Serializer):
    """A run of days, both ends included."""

    first = serializers.DateField()
    last = serializers.DateField()
    kind = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    reason = serializers.CharField()


class DeadlineAnswer(serializers.Serializer):
    """The due date and why."""

    start = serializers.DateField()
    workdays = serializers.IntegerField()
    due = serializers.DateField()
    weekday = serializers.CharField()
    provisional = serializers.BooleanField()
    announced_through = serializers.DateField()
    skipped = SkippedRun(many=True)
    counted_makeup = SkippedRun(many=True)


class DeadlineView(APIView):
    """Working days from a day."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(
        parameters=[
            OpenApiParameter("start", str, required=True),
            OpenApiParameter("workdays", int, required=True),
        ],
        responses=DeadlineAnswer,
    )
    def get(self, request: Request) -> Response:
        """The due date, the days skipped (周末、节假日) and the days worked instead (调休上班)."""
        query = DeadlineQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        answer = explanation(calendar(), query.validated_data["start"], query.validated_data["workdays"])
        return Response(answer, headers={"Cache-Control": PUBLIC})
