"""The API of disclosure on application: submit with an Idempotency-Key, ask for the status."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.cases.intake import find_by_code, is_known
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput
from portal.core.numbering import grouped
from portal.holidays.calendars import calendar
from portal.web.access import address_of, person_of
from portal.web.door import admitted, has_proof
from portal.web.proof import PROOF_HEADER
from requests_app import actions, queries, rules, wizard
from requests_app.actions.intake import SCOPE
from requests_app.serializers import ReceiptSerializer, StatusQuery, StatusSerializer, SubmitSerializer

KEY = re.compile(r"^[A-Za-z0-9_\-]{16,64}$")


def checked_answers(sent: Any) -> dict[str, dict[str, Any]]:
    """The answers after the guided form's own checks; unknown fields are refused.

    Raises ValidationError with the sentences by page and field.
    """
    shape = SubmitSerializer(data=sent)
    shape.is_valid(raise_exception=True)
    parts = shape.validated_data
    errors: dict[str, Any] = {name: ["未知字段"] for name in set(sent) - set(shape.fields)}
    answers: dict[str, dict[str, Any]] = {"who": parts["who"]}
    if parts["who"].get("by_agent"):
        errors["who"] = {"by_agent": ["代理提出的申请须上传授权委托书，请在网页上提交"]}
    for step in wizard.path_of(answers):
        if step == "files":
            continue
        form = wizard.form_for(step, {**parts, **answers}, parts.get(step, {}))
        extra = set(parts.get(step, {})) - set(form.fields)
        if form.is_valid() and not extra:
            answers[step] = form.cleaned_data
        else:
            sentences = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
            errors[step] = sentences | {name: ["未知字段"] for name in extra}
    if errors:
        raise ValidationError(errors)
    return answers


class SubmitView(APIView):
    """POST a disclosure request."""

    permission_classes = [AllowAny]
    authentication_classes = [SessionAuthentication]

    @extend_schema(
        request=SubmitSerializer,
        responses={201: ReceiptSerializer, 200: ReceiptSerializer},
        parameters=[
            OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True),
            PROOF_HEADER,
        ],
    )
    def post(self, request: Request) -> Response:
        """Open a case; the same key gives the same receipt (200 instead of 201)."""
        key = request.headers.get("Idempotency-Key", "")
        if not KEY.match(key):
            raise InvalidInput("请在 Idempotency-Key 请求头中提供16至64位的随机标识", "Idempotency-Key")
        answers = checked_answers(request.data)
        unit = queries.find_unit(answers["unit"]["unit"])
        if unit is None:
            raise InvalidInput("请选择受理机关", "unit")
        at = timezone.now()
        with admitted(
            request._request,
            "request",
            at=at,
            email=answers["contact"].get("email", ""),
            proved=has_proof("request", request.headers.get("Proof", "")),
            repeated=is_known(SCOPE, key),
        ):
            result = actions.submit(
                unit=unit,
                answers=wizard.fields_of(answers),
                key=key,
                actor=person_of(request._request),
                at=at,
            )
        confirmed, due = rules.expected_due(timezone.localdate(result.case.created_at), calendar())
        receipt = {
            "id": result.case.public_id,
            "number": result.case.number,
            "query_code": grouped(result.code),
            "confirm_by": confirmed,
            "expected_due_on": due,
        }
        return Response(ReceiptSerializer(receipt).data, status=200 if result.repeated else 201)


class StatusView(APIView):
    """POST number and query code; GET would put the code into logs."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(request=StatusQuery, responses=StatusSerializer)
    def post(self, request: Request) -> Response:
        """Where the request stands."""
        asked = StatusQuery(data=request.data)
        asked.is_valid(raise_exception=True)
        found = find_by_code(
            number=asked.validated_data["number"],
            code=asked.validated_data["code"],
            address=address_of(request._request),
            at=timezone.now(),
        )
        case = queries.find_visible(GUEST, frozenset({found.public_id}), found.public_id)
        labels = queries.state_labels()
        status = {
            "number": case.number,
            "unit": case.unit.name,
            "state": case.state,
            "state_label": labels[case.state],
            "received_on": case.received_on,
            "due_on": case.due_on,
            "due_provisional": case.due_provisional,
            "closed_on": case.closed_on,
            "remedies": [row._asdict() for row in queries.remedies_of(case, timezone.localdate())],
        }
        return Response(StatusSerializer(status).data)
