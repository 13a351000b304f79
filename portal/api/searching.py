"""Searching everything public, with the same answers as the page."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.search.queries import Facet, Hit, Results, search
from portal.web.asking import asked_in

ANSWER = inline_serializer(
    "SearchAnswer",
    {
        "query": serializers.CharField(),
        "meant": serializers.CharField(allow_blank=True),
        "loosened": serializers.BooleanField(),
        "total": serializers.IntegerField(),
        "more": serializers.BooleanField(),
        "page": serializers.IntegerField(),
        "has_next": serializers.BooleanField(),
        "functions": serializers.ListField(child=serializers.DictField()),
        "facets": serializers.DictField(),
        "results": serializers.ListField(child=serializers.DictField()),
    },
)


class SearchView(APIView):
    """Search; nobody needs to say who asks, and nothing is counted."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(
        parameters=[
            OpenApiParameter(name, str)
            for name in ("q", "page", "chip", "kind", "unit", "year", "order", "typed")
        ],
        responses=ANSWER,
    )
    def get(self, request: Request) -> Response:
        """A page of answers; `meant` is what was searched where the query was probably mistyped."""
        query, page, narrow, typed = asked_in(request._request)
        return Response(told(search(query, page, narrow, as_typed=typed)))


def told(results: Results) -> dict[str, Any]:
    """Results as JSON."""
    facets = {"chip": results.chips, "kind": results.kinds, "unit": results.units, "year": results.years}
    return {
        "query": results.query,
        "meant": results.meant,
        "loosened": results.loosened,
        "total": results.total,
        "more": results.more,
        "page": results.page,
        "has_next": results.has_next,
        "functions": [
            {"title": function.title, "url": function.url, "summary": function.summary}
            for function in results.functions
        ],
        "facets": {name: [_facet(facet) for facet in found] for name, found in facets.items()},
        "results": [_hit(hit) for hit in results.hits],
    }


def _facet(facet: Facet) -> dict[str, Any]:
    return {"value": facet.value, "title": facet.title, "count": facet.count}


def _hit(hit: Hit) -> dict[str, Any]:
    entry = hit.entry
    return {
        "title": entry.title,
        "url": entry.url,
        "kind": entry.kind,
        "kind_title": hit.kind_title,
        "channel": entry.chip,
        "unit": entry.unit.code if entry.unit else None,
        "unit_name": entry.unit.name if entry.unit else None,
        "published_on": entry.published_on,
        "validity": hit.mark,
        "passage": "".join(part for part, _ in hit.passage),
    }
