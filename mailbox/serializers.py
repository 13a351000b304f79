"""Shapes of the API of letters."""

from __future__ import annotations

from rest_framework import serializers

from mailbox.choices import Addressee, LetterKind, Place
from mailbox.rules import MOST_TEXT
from portal.web.fields import MOST_TELEPHONE

CHOOSE = "请从列表中选择"


class LetterLineSerializer(serializers.Serializer[object]):
    """A published letter in the list; the words are those of the public copy."""

    id = serializers.UUIDField(source="public_id")
    title = serializers.CharField()
    unit = serializers.CharField(source="unit.name")
    unit_code = serializers.CharField(source="unit.code")
    letter_kind = serializers.CharField(source="letter.letter_kind")
    place = serializers.CharField(source="letter.place")
    asked = serializers.IntegerField(source="letter.asked")
    received_on = serializers.DateField()
    answered_on = serializers.DateField()
    published_at = serializers.DateTimeField()


class LetterDetailSerializer(LetterLineSerializer):
    """A published letter with its answer."""

    question = serializers.CharField()
    answer = serializers.CharField()


class LetterInput(serializers.Serializer[object]):
    """A letter to be submitted; files are handed in on the page only."""

    addressee = serializers.ChoiceField(Addressee.choices, error_messages={"invalid_choice": CHOOSE})
    addressed_unit = serializers.CharField(required=False, allow_blank=True, default="", max_length=60)
    letter_kind = serializers.ChoiceField(LetterKind.choices, error_messages={"invalid_choice": CHOOSE})
    place = serializers.ChoiceField(Place.choices, error_messages={"invalid_choice": CHOOSE})
    topic = serializers.CharField(max_length=60)
    text = serializers.CharField(max_length=MOST_TEXT)
    name = serializers.CharField(max_length=50)
    phone = serializers.CharField(required=False, allow_blank=True, default="", max_length=MOST_TELEPHONE)
    email = serializers.EmailField(required=False, allow_blank=True, default="")
    residence = serializers.CharField(required=False, allow_blank=True, default="", max_length=120)
    confidential = serializers.BooleanField(required=False, default=False)
    consent_to_publish = serializers.BooleanField(required=False, default=False)


class LetterReceiptSerializer(serializers.Serializer[object]):
    """The receipt of a letter: the number and the query code open it again."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    query_code = serializers.CharField()


class LetterStatusQuery(serializers.Serializer[object]):
    """Number and query code."""

    number = serializers.CharField(max_length=30, error_messages={"required": "请填写来信编号"})
    code = serializers.CharField(max_length=40, error_messages={"required": "请填写查询码"})


class LetterStatusSerializer(serializers.Serializer[object]):
    """Where a letter stands, in the words of its writer's page."""

    number = serializers.CharField()
    state_label = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    due_provisional = serializers.BooleanField()
    closed_on = serializers.DateField(allow_null=True)
