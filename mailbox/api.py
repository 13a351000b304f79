"""The API of letters: what is published, sending one with an Idempotency-Key, asking where it stands."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mailbox import actions, queries
from mailbox.forms.citizen import letter_forms
from mailbox.serializers import (
    LetterDetailSerializer,
    LetterInput,
    LetterLineSerializer,
    LetterReceiptSerializer,
    LetterStatusQuery,
    LetterStatusSerializer,
)
from portal.cases.intake import find_by_code, is_known
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, NotFound
from portal.core.numbering import grouped
from portal.web.access import address_of, person_of
from portal.web.door import admitted, has_proof
from portal.web.proof import PROOF_HEADER

KEY = re.compile(r"^[A-Za-z0-9_\-]{16,64}$")
MOST = 200
FILTERS = ("unit", "kind", "place", "year")


def checked_answers(sent: Any) -> dict[str, Any]:
    """A letter's answers after the checks of the page's own form; unknown fields are refused.

    Raises ValidationError with the sentences by field.
    """
    shape = LetterInput(data=sent)
    shape.is_valid(raise_exception=True)
    unknown = set(sent) - set(shape.fields)
    if unknown:
        raise ValidationError({name: ["未知字段"] for name in unknown})
    asked = shape.validated_data
    data = {**asked, "confidential": "yes" if asked["confidential"] else "no"}
    answers: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, form in letter_forms(data, {}).items():
        if name == "files":
            continue
        if form.is_valid():
            answers |= form.cleaned_data
        errors |= {field: [str(text) for text in texts] for field, texts in form.errors.items()}
    if errors:
        raise ValidationError(errors)
    return answers


class LettersView(APIView):
    """The published letters; POST sends one to the letter box."""

    permission_classes = [AllowAny]
    authentication_classes = [SessionAuthentication]

    @extend_schema(
        operation_id="letters_list",
        responses=LetterLineSerializer(many=True),
        parameters=[OpenApiParameter(name, str) for name in FILTERS],
    )
    def get(self, request: Request) -> Response:
        """At most the newest two hundred; ?unit=, ?kind=, ?place= and ?year= narrow."""
        chosen = {name: request.query_params.get(name, "") for name in FILTERS}
        rows = queries.filtered(timezone.now(), **chosen).select_related("unit", "letter")[:MOST]
        return Response(LetterLineSerializer(rows, many=True).data)

    @extend_schema(
        request=LetterInput,
        responses={201: LetterReceiptSerializer, 200: LetterReceiptSerializer},
        parameters=[
            OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True),
            PROOF_HEADER,
        ],
    )
    def post(self, request: Request) -> Response:
        """Open a letter; the same key gives the same receipt (200 instead of 201)."""
        key = request.headers.get("Idempotency-Key", "")
        if not KEY.match(key):
            raise InvalidInput("请在 Idempotency-Key 请求头中提供16至64位的随机标识", "Idempotency-Key")
        answers, at = checked_answers(request.data), timezone.now()
        with admitted(
            request._request,
            "letter",
            at=at,
            email=answers["email"],
            proved=has_proof("letter", request.headers.get("Proof", "")),
            repeated=is_known(actions.SCOPE, key),
        ):
            done = actions.submit(answers=answers, key=key, actor=person_of(request._request), at=at)
        receipt = {
            "id": done.case.public_id,
            "number": done.case.number,
            "query_code": grouped(done.code),
        }
        return Response(LetterReceiptSerializer(receipt).data, status=200 if done.repeated else 201)


class LetterDetail(APIView):
    """One published letter."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(responses=LetterDetailSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        """Its public copy; 404 if it is not public now."""
        rows = queries.newest_letters(timezone.now()).select_related("unit", "letter")
        found = rows.filter(public_id=public_id).first()
        if found is None:
            raise NotFound("没有找到。")
        return Response(LetterDetailSerializer(found).data)


class LetterStatusView(APIView):
    """POST number and query code; GET would put the code into logs."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(request=LetterStatusQuery, responses=LetterStatusSerializer)
    def post(self, request: Request) -> Response:
        """Where the letter stands, no more than its writer's page says."""
        asked = LetterStatusQuery(data=request.data)
        asked.is_valid(raise_exception=True)
        now = timezone.now()
        opened = find_by_code(
            number=asked.validated_data["number"],
            code=asked.validated_data["code"],
            address=address_of(request._request),
            at=now,
        )
        case = queries.find_visible(GUEST, frozenset({opened.public_id}), opened.public_id)
        status = {
            "number": case.number,
            "state_label": queries.public_state(case),
            "due_on": case.due_on,
            "due_provisional": case.due_provisional,
            "closed_on": case.closed_on,
        }
        return Response(LetterStatusSerializer(status).data)
