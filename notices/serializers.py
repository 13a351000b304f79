"""Shapes of the API of what is published: every value from the published version."""

from __future__ import annotations

from rest_framework import serializers


class PublishedItemSerializer(serializers.Serializer[object]):
    """One item in a list."""

    id = serializers.UUIDField(source="article.public_id")
    title = serializers.CharField()
    summary = serializers.CharField()
    unit = serializers.CharField(source="article.unit.name")
    unit_code = serializers.CharField(source="article.unit.code")
    column = serializers.CharField(source="column.title")
    holds = serializers.CharField(source="column.holds")
    doc_number = serializers.CharField()
    made_on = serializers.DateField()
    published_at = serializers.DateTimeField(source="publish_at")
    first_published_at = serializers.DateTimeField(source="first_at")
    validity = serializers.CharField(source="article.validity")
    sha256 = serializers.CharField()


class PublishedItemDetailSerializer(PublishedItemSerializer):
    """One item with its words."""

    index_number = serializers.CharField(source="fields.index_number")
    issuer = serializers.CharField(source="fields.issuer")
    subject = serializers.CharField()
    change_note = serializers.CharField(source="fields.change_note", default="")
    version = serializers.IntegerField(source="number")
    body = serializers.CharField()
