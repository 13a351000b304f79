"""Where the SMS gateway reports what became of a text."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.errors import InvalidInput
from portal.messaging.reports import LONGEST, take_report
from portal.messaging.sms import SIGNATURE


class ReportView(APIView):
    """POST of `{"id", "status": "delivered" or "failed", "reason"}`; X-Portal-Signature is the body's HMAC-SHA256 in hex."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(exclude=True)  # for the gateway only, described in README
    def post(self, request: Request) -> Response:
        """204 when it is written down."""
        body = request._request.body
        if len(body) > LONGEST:
            raise InvalidInput("回执过长。", "id")
        take_report(body=body, signature=request.headers.get(SIGNATURE, ""), at=timezone.now())
        return Response(status=204)
