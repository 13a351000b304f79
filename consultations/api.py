"""The API of public comment: what is asked, what is said, what became of it; and saying something."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consultations import actions, queries
from consultations.choices import State
from consultations.serializers import (
    ConsultationCommentInput,
    ConsultationCommentReceipt,
    ConsultationCommentSerializer,
    ConsultationDetailSerializer,
    ConsultationFeedbackSerializer,
    ConsultationLineSerializer,
)
from portal.core.errors import InvalidInput, NotFound
from portal.web.access import address_of, person_of
from portal.web.door import admitted, has_proof
from portal.web.proof import PROOF_HEADER

KEY = re.compile(r"^[A-Za-z0-9_\-]{16,64}$")
MOST = 200


class PublicView(APIView):
    """What everyone may read."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []


class ConsultationList(PublicView):
    """Consultations that have begun, newest first; ?stage=open|closed|fed_back and ?unit= narrow."""

    @extend_schema(
        operation_id="consultations_list",
        responses=ConsultationLineSerializer(many=True),
        parameters=[OpenApiParameter("stage", str), OpenApiParameter("unit", str)],
    )
    def get(self, request: Request) -> Response:
        """At most the newest two hundred."""
        asked = request.query_params
        rows = queries.listed(timezone.localdate(), unit=asked.get("unit", ""), stage=asked.get("stage", ""))
        return Response(ConsultationLineSerializer(rows[:MOST], many=True).data)


class ConsultationDetail(PublicView):
    """One consultation with its text by clauses."""

    @extend_schema(responses=ConsultationDetailSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        """Everything that its page shows."""
        today = timezone.localdate()
        case: Any = queries.find_public(public_id, today)
        counts = queries.clause_counts(case)
        clauses = queries.clauses_of(queries.commented_version(case))
        data = ConsultationLineSerializer(case).data | {
            "background": case.background,
            "shorter_reason": case.shorter_reason,
            "is_open": case.takes_comments(today),
            "received": queries.tally(case).received,
            "clauses": [
                {
                    "ref": clause.ref,
                    "kind": clause.kind,
                    "citation": clause.citation,
                    "label": clause.label,
                    "heading": clause.heading,
                    "text": clause.text,
                    "comments": counts.get(clause.pk, 0),
                }
                for clause in clauses
            ],
        }
        return Response(data)


class CommentsView(APIView):
    """The comments that are shown; POST makes one."""

    permission_classes = [AllowAny]
    authentication_classes = [SessionAuthentication]

    @extend_schema(
        responses=ConsultationCommentSerializer(many=True), operation_id="consultation_comments_list"
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """At most the newest two hundred."""
        case = queries.find_public(public_id, timezone.localdate())
        rows = [
            {
                "number": row.number,
                "clause": row.clause.ref if row.clause is not None else "",
                "attitude": row.attitude,
                "writer": row.writer,
                "came_on": row.came_on,
                "text": "" if row.text_hidden else row.text,
                "hidden_reason": row.hidden_reason,
            }
            for row in queries.shown_comments(case)[:MOST]
        ]
        return Response(ConsultationCommentSerializer(rows, many=True).data)

    @extend_schema(
        request=ConsultationCommentInput,
        responses={201: ConsultationCommentReceipt, 200: ConsultationCommentReceipt},
        parameters=[
            OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True),
            PROOF_HEADER,
        ],
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Make a comment; the same key gives the same receipt (200 instead of 201)."""
        key = request.headers.get("Idempotency-Key", "")
        if not KEY.match(key):
            raise InvalidInput("请在 Idempotency-Key 请求头中提供16至64位的随机标识", "Idempotency-Key")
        shape = ConsultationCommentInput(data=request.data)
        shape.is_valid(raise_exception=True)
        unknown = set(request.data) - set(shape.fields)
        if unknown:
            raise ValidationError({name: ["未知字段"] for name in unknown})
        at, guest = timezone.now(), request._request
        proved = has_proof(f"consultation:{public_id}", request.headers.get("Proof", ""))
        email = shape.validated_data.get("email", "")
        with admitted(guest, "comment", at=at, email=email, proved=proved) as entry:
            done = actions.comment(
                case=queries.find_public(public_id, timezone.localdate()),
                **shape.validated_data,
                key=key,
                actor=person_of(guest),
                at=at,
                address=address_of(guest),
            )
        if done.repeated:
            entry.give_back()
        receipt = {
            "number": done.comment.number,
            "own_page": reverse("consultations:own", args=[done.token]),
        }
        return Response(ConsultationCommentReceipt(receipt).data, status=200 if done.repeated else 201)


class FeedbackView(PublicView):
    """The table of adoption, once it is public."""

    @extend_schema(responses=ConsultationFeedbackSerializer(many=True))
    def get(self, request: Request, public_id: UUID) -> Response:
        """Every line."""
        case = queries.find_public(public_id, timezone.localdate())
        if case.state != State.FED_BACK:
            raise NotFound("采纳情况尚未公布。")
        return Response(ConsultationFeedbackSerializer(queries.feedback_rows(case), many=True).data)
