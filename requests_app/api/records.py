"""What an answer gives, as an API for the applicant: the list, single files, all of them; by number and query code."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.cases.intake import find_by_code
from portal.core.actors import GUEST
from portal.files.responses import hand_out
from portal.records import actions as records
from portal.records.queries import find_copy, handed
from portal.web.access import address_of
from requests_app import queries
from requests_app.serializers import HandedSerializer, StatusQuery


def _asked(request: Request) -> Any:
    """The request that number and query code open."""
    asked = StatusQuery(data=request.data)
    asked.is_valid(raise_exception=True)
    found = find_by_code(**asked.validated_data, address=address_of(request._request), at=timezone.now())
    return queries.find_visible(GUEST, frozenset({found.public_id}), found.public_id)


class RecordsView(APIView):
    """POST number and query code; GET would put the code into logs."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(
        operation_id="requests_records_list", request=StatusQuery, responses=HandedSerializer(many=True)
    )
    def post(self, request: Request) -> Response:
        """What the answer gives: title, pages and SHA-256 of each file; an empty list before it has gone out."""
        rows = [
            {
                "id": entry.copy.public_id,
                "number": entry.number,
                "title": entry.record.title,
                "document_number": entry.record.document_number,
                "pages": entry.copy.pages,
                "sha256": entry.copy.sha256,
                "in_part": bool(entry.copy.withheld),
            }
            for entry in handed(_asked(request))
            if entry.copy is not None
        ]
        response = Response(HandedSerializer(rows, many=True).data)
        response["Cache-Control"] = "no-store"
        return response


class RecordFileView(APIView):
    """One of the files."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(
        operation_id="requests_records_file",
        request=StatusQuery,
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def post(self, request: Request, copy_id: uuid.UUID) -> HttpResponse:
        """The file as PDF; counted, 404 before the answer has gone out."""
        case = _asked(request)
        return _handed(case, find_copy(case, copy_id))


class RecordArchiveView(APIView):
    """All of the files."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(
        operation_id="requests_records_archive",
        request=StatusQuery,
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def post(self, request: Request) -> HttpResponse:
        """One ZIP; counted, 404 before the answer has gone out."""
        return _handed(_asked(request), None)


def _handed(case: Any, copy: Any) -> HttpResponse:
    made = records.hand_over(case=case, copy=copy, by="api", at=timezone.now())
    return hand_out(made.data, made.name, made.media_type)
