"""Shapes of the API of what is published."""

from __future__ import annotations

from rest_framework import serializers


class PublishedItemSerializer(serializers.Serializer[object]):
    """One item in a list."""

    id = serializers.UUIDField(source="article.public_id")
    title = serializers.CharField()
    summary = serializers.CharField()
    unit = serializers.CharField(source="article.unit.name")
    unit_code = serializers.CharField(source="article.unit.code")
    column = serializers.CharField(source="article.column.title")
    holds = serializers.CharField(source="article.column.holds")
    doc_number = serializers.CharField(source="article.doc_number")
    made_on = serializers.DateField(source="article.made_on")
    published_at = serializers.DateTimeField(source="publish_at")
    validity = serializers.CharField(source="article.validity")
    sha256 = serializers.CharField()


class PublishedItemDetailSerializer(PublishedItemSerializer):
    """One item with its words."""

    index_number = serializers.CharField(source="article.index_number")
    issuer = serializers.CharField(source="article.issuer")
    subject = serializers.CharField(source="article.subject")
    version = serializers.IntegerField(source="number")
    body = serializers.CharField()
