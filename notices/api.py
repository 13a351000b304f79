"""The API of what is published: read only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from notices import queries
from notices.serializers import PublishedItemDetailSerializer, PublishedItemSerializer
from portal.core.errors import NotFound

FILTERS = ("unit", "holds", "subject", "year", "validity")


class ItemPages(LimitOffsetPagination):
    """At most a hundred at once."""

    default_limit = 20
    max_limit = 100


class PublishedItemList(APIView):
    """Published items, newest first; ?unit= ?holds= ?subject= ?year= ?validity= narrow."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(
        operation_id="published_items_list",
        responses=PublishedItemSerializer(many=True),
        parameters=[OpenApiParameter(name, str) for name in (*FILTERS, "limit", "offset")],
    )
    def get(self, request: Request) -> Response:
        """One page of them."""
        chosen: dict[str, Any] = {name: request.query_params.get(name, "") for name in FILTERS}
        pages = ItemPages()
        rows = pages.paginate_queryset(queries.listed(timezone.now(), **chosen), request)
        return pages.get_paginated_response(PublishedItemSerializer(rows, many=True).data)


class PublishedItemDetail(APIView):
    """One published item."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(responses=PublishedItemDetailSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        """Its words and particulars; one that was taken down is not found."""
        _, version = queries.find_item(public_id, timezone.now())
        if version.withdrawn_at is not None:
            raise NotFound("本信息已撤下。")
        return Response(PublishedItemDetailSerializer(version).data)
