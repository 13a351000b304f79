"""The open figures as an API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.supervision import open_data
from portal.web.caching import PUBLIC


class Asked(serializers.Serializer):
    """Which year, and which quarter of it."""

    year = serializers.IntegerField(
        required=False,
        min_value=2000,
        max_value=2100,
        error_messages={
            "invalid": "请填写四位数的年份",
            "min_value": "请填写四位数的年份",
            "max_value": "请填写四位数的年份",
        },
    )
    quarter = serializers.ChoiceField(
        (1, 2, 3, 4), required=False, error_messages={"invalid_choice": "季度为1至4"}
    )


class FiguresRow(serializers.Serializer):
    """One unit or kind in a year; `average_workdays` are working days from the start of the clock, pauses left out."""

    unit = serializers.CharField()
    kind = serializers.CharField()
    received = serializers.IntegerField()
    closed = serializers.IntegerField()
    in_time = serializers.IntegerField()
    late = serializers.IntegerField()
    rate = serializers.FloatField(allow_null=True)
    average_workdays = serializers.FloatField(allow_null=True)
    open = serializers.IntegerField()
    overdue = serializers.IntegerField()
    carried = serializers.IntegerField()
    moved_in = serializers.IntegerField()
    moved_out = serializers.IntegerField()
    again = serializers.IntegerField(help_text="再次办理的件数：重新办理、恢复办理、修订")
    again_closed = serializers.IntegerField()
    again_in_time = serializers.IntegerField()
    again_open = serializers.IntegerField()
    again_overdue = serializers.IntegerField()


class Figures(serializers.Serializer):
    """The figures of a year."""

    year = serializers.IntegerField()
    rows = FiguresRow(many=True)


class RatingsRow(serializers.Serializer):
    """One unit's ratings: `rate` in per cent, `mean` from 1 to 5."""

    unit = serializers.CharField()
    ratings = serializers.IntegerField()
    satisfied = serializers.IntegerField()
    rate = serializers.FloatField()
    mean = serializers.FloatField()


class Ratings(serializers.Serializer):
    """The ratings of a year or a quarter."""

    year = serializers.IntegerField()
    quarter = serializers.IntegerField(allow_null=True)
    rows = RatingsRow(many=True)


def _asked(request: Request) -> dict[str, Any]:
    asked = Asked(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


class StatisticsView(APIView):
    """How the city answers."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(parameters=[OpenApiParameter("year", int)], responses=Figures)
    def get(self, request: Request) -> Response:
        """Received, closed, in time and overdue by kind and unit, from the log of the cases."""
        today = timezone.localdate()
        year = open_data.year_of(str(_asked(request).get("year", "")), today)
        rows = open_data.rows(open_data.tables(open_data.months_of(year, today)))
        found = {"year": year, "rows": open_data.as_records(open_data.KEYS, rows)}
        return Response(found, headers={"Cache-Control": PUBLIC})


class RatingsView(APIView):
    """What people thought of the answers."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(
        parameters=[OpenApiParameter("year", int), OpenApiParameter("quarter", int)], responses=Ratings
    )
    def get(self, request: Request) -> Response:
        """Ratings by unit; units with fewer than five are left out."""
        today, asked = timezone.localdate(), _asked(request)
        year, quarter = open_data.year_of(str(asked.get("year", "")), today), int(asked.get("quarter", 0))
        rows = open_data.opinion_rows(open_data.months_of(year, today, quarter), today)
        found = {
            "year": year,
            "quarter": quarter or None,
            "rows": open_data.as_records(open_data.OPINION_KEYS, rows),
        }
        return Response(found, headers={"Cache-Control": PUBLIC})
