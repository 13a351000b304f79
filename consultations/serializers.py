"""Shapes of the API of public comment."""

from __future__ import annotations

from rest_framework import serializers

from consultations.choices import Attitude, Writer


class ConsultationLineSerializer(serializers.Serializer[object]):
    """One consultation in the list."""

    id = serializers.UUIDField(source="public_id")
    number = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField(source="unit.name")
    policy_kind = serializers.CharField()
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    state = serializers.CharField()
    feedback_due_on = serializers.DateField(source="due_on", allow_null=True)


class ConsultationClauseSerializer(serializers.Serializer[object]):
    """One clause of the text, and how many comments stand beside it."""

    ref = serializers.CharField()
    kind = serializers.CharField()
    citation = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field called label, as the text calls it
    heading = serializers.CharField()
    text = serializers.CharField()
    comments = serializers.IntegerField()


class ConsultationDetailSerializer(ConsultationLineSerializer):
    """One consultation with its text."""

    background = serializers.CharField()
    shorter_reason = serializers.CharField()
    is_open = serializers.BooleanField()
    received = serializers.IntegerField()
    clauses = ConsultationClauseSerializer(many=True)


class ConsultationCommentSerializer(serializers.Serializer[object]):
    """One comment that is shown; words that are hidden are an empty text with the reason."""

    number = serializers.IntegerField()
    clause = serializers.CharField(allow_blank=True)
    attitude = serializers.CharField(allow_blank=True)
    writer = serializers.CharField()
    came_on = serializers.DateField()
    text = serializers.CharField(allow_blank=True)
    hidden_reason = serializers.CharField(allow_blank=True)


class ConsultationCommentInput(serializers.Serializer[object]):
    """A comment to be made."""

    clause = serializers.CharField(required=False, allow_blank=True, default="", max_length=60)
    attitude = serializers.ChoiceField(Attitude.choices, required=False, allow_blank=True, default="")
    writer = serializers.ChoiceField(Writer.choices, required=False, default=Writer.PERSON)
    text = serializers.CharField(max_length=3000)
    name = serializers.CharField(required=False, allow_blank=True, default="", max_length=50)
    email = serializers.EmailField(required=False, allow_blank=True, default="")


class ConsultationCommentReceipt(serializers.Serializer[object]):
    """The answer to a comment: its number, and the page where its writer sees what became of it."""

    number = serializers.IntegerField()
    own_page = serializers.CharField()


class ConsultationFeedbackSerializer(serializers.Serializer[object]):
    """One line of the table of adoption."""

    number = serializers.IntegerField()
    clause = serializers.CharField()
    text = serializers.CharField()
    senders = serializers.IntegerField()
    outcome = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    target = serializers.CharField(allow_blank=True)
