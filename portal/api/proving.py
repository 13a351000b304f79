"""The puzzle for programs that submit for somebody without an account, as the pages give it to browsers."""

from __future__ import annotations

import json

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.errors import InvalidInput
from portal.web.proof import challenge

LONGEST = 60


class ProofView(APIView):
    """A fresh puzzle; its solution goes into the header `Proof` of one submission within half an hour."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(exclude=True)  # a tool of the submissions, described there
    def get(self, request: Request) -> Response:
        """?for= names what it is for: request, letter, or consultation:ID."""
        purpose = request.query_params.get("for", "")
        if not purpose or len(purpose) > LONGEST:
            raise InvalidInput("请用 for 参数说明用途：request、letter 或 consultation:标识", "for")
        return Response(json.loads(challenge(purpose)))
