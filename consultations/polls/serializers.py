"""Shapes of the API of votes and surveys."""

from __future__ import annotations

from rest_framework import serializers


class PollSerializer(serializers.Serializer[object]):
    """One poll; nothing about its votes."""

    id = serializers.UUIDField(source="public_id")
    number = serializers.CharField()
    title = serializers.CharField()
    poll_kind = serializers.CharField()
    unit = serializers.CharField(source="unit.name")
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    who = serializers.CharField()
    secrecy = serializers.CharField()
    changeable = serializers.BooleanField()
    state = serializers.CharField()
    definition = serializers.JSONField()
    definition_sha256 = serializers.CharField()


class PollResultSerializer(serializers.Serializer[object]):
    """A sealed result."""

    sha256 = serializers.CharField()
    counted_at = serializers.DateTimeField()
    data = serializers.JSONField()  # type: ignore[assignment]  # what the field is called everywhere
