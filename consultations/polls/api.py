"""The API of votes and surveys: read only; the result once it is public."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consultations.polls import queries
from consultations.polls.choices import State
from consultations.polls.serializers import PollResultSerializer, PollSerializer
from portal.core.errors import NotFound

MOST = 200


class PollList(APIView):
    """Polls that have begun; ?stage=open|closed|published narrows."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(
        operation_id="polls_list",
        responses=PollSerializer(many=True),
        parameters=[OpenApiParameter("stage", str)],
    )
    def get(self, request: Request) -> Response:
        """At most the newest two hundred."""
        rows = queries.listed(timezone.localdate(), stage=request.query_params.get("stage", ""))
        return Response(PollSerializer(rows[:MOST], many=True).data)


class PollDetail(APIView):
    """One poll."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(responses=PollSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        """Its questions and rules."""
        return Response(PollSerializer(queries.find_public(public_id, timezone.localdate())).data)


class PollResult(APIView):
    """The sealed result."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(responses=PollResultSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        """The same data as page, table and file; not found before it is public."""
        case = queries.find_public(public_id, timezone.localdate())
        tally = queries.sealed_tally(case) if case.state == State.PUBLISHED else None
        if tally is None:
            raise NotFound("结果尚未公布。")
        return Response(PollResultSerializer(tally).data)
