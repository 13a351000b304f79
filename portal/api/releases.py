"""The public copies and the units, read only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import AllowAny

from portal.core.errors import NotFound
from portal.publishing import queries
from portal.publishing.models import Release, ReleaseFile
from portal.units.models import Unit
from portal.units.queries import receiving_units


class NewestFirst(CursorPagination):
    """Keyset pages; the newest comes first."""

    page_size = 20
    ordering = ("-published_at", "-id")


class ReleaseFileSerializer(serializers.ModelSerializer):
    """A file beside a public copy."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = ReleaseFile
        fields = ("number", "title", "document_number", "made_on", "maker", "pages", "sha256", "url")
        read_only_fields = fields

    def get_url(self, row: ReleaseFile) -> str:
        """Where it is downloaded."""
        return reverse("releases:file", args=[row.release.public_id, row.number])


class ReleaseSerializer(serializers.ModelSerializer):
    """A public copy."""

    id = serializers.UUIDField(source="public_id")
    unit = serializers.CharField(source="unit.name")
    unit_code = serializers.CharField(source="unit.code")
    files = ReleaseFileSerializer(many=True, read_only=True)

    class Meta:
        model = Release
        fields = (
            "id",
            "title",
            "unit",
            "unit_code",
            "kind",
            "kind_label",
            "received_on",
            "answered_on",
            "published_at",
            "question",
            "answer",
            "files",
        )
        read_only_fields = fields


class UnitSerializer(serializers.ModelSerializer):
    """A unit that takes requests."""

    class Meta:
        model = Unit
        fields = ("code", "name", "short_name", "kind", "address", "postcode", "phone")
        read_only_fields = fields


class ReleaseList(generics.ListAPIView):
    """Released replies, newest first; filtered by unit, year and kind."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []
    serializer_class = ReleaseSerializer
    pagination_class = NewestFirst
    queryset = Release.objects.none()

    @extend_schema(parameters=[OpenApiParameter(name, str) for name in ("unit", "year", "kind")])
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """A page of released replies."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Release]:
        """Published at this moment."""
        chosen = {name: self.request.query_params.get(name, "") for name in ("unit", "year", "kind")}
        return queries.filtered(timezone.now(), **chosen).prefetch_related("files__release")


class ReleaseDetail(generics.RetrieveAPIView):
    """One released reply."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []
    serializer_class = ReleaseSerializer
    queryset = Release.objects.none()
    lookup_field = "public_id"

    def get_object(self) -> Release:
        """The reply; 404 if it is not public now."""
        wanted: UUID = self.kwargs["public_id"]
        found = queries.published(timezone.now()).filter(public_id=wanted).first()
        if found is None:
            raise NotFound("没有找到。")
        return found


class UnitList(generics.ListAPIView):
    """Units that take requests, in the official order."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []
    serializer_class = UnitSerializer
    pagination_class = None
    queryset = Unit.objects.none()

    def get_queryset(self) -> QuerySet[Unit]:
        """Active units."""
        return receiving_units()
