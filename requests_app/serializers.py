"""The shapes of the API of disclosure on application."""

from __future__ import annotations

from rest_framework import serializers


class SubmitSerializer(serializers.Serializer):
    """A request as JSON: one object for each page of the guided form."""

    unit = serializers.DictField()
    who = serializers.DictField()
    person = serializers.DictField(required=False)
    organisation = serializers.DictField(required=False)
    contact = serializers.DictField()
    information = serializers.DictField()
    receive = serializers.DictField()


class ReceiptSerializer(serializers.Serializer):
    """The receipt of a submission."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    query_code = serializers.CharField()
    confirm_by = serializers.DateField()
    expected_due_on = serializers.DateField()


class StatusQuery(serializers.Serializer):
    """Number and query code."""

    number = serializers.CharField(max_length=30, error_messages={"required": "请填写登记编号"})
    code = serializers.CharField(max_length=40, error_messages={"required": "请填写查询码"})


class StatusSerializer(serializers.Serializer):
    """Where a request stands."""

    number = serializers.CharField()
    unit = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    received_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    due_provisional = serializers.BooleanField()
    closed_on = serializers.DateField(allow_null=True)
