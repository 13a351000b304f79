"""The shapes of the API of disclosure on application."""

from __future__ import annotations

from typing import Any

from django import forms
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


class HandedSerializer(serializers.Serializer):
    """A file that goes with an answer; `in_part` where something of it is withheld."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    document_number = serializers.CharField(allow_blank=True)
    pages = serializers.IntegerField()
    sha256 = serializers.CharField()
    in_part = serializers.BooleanField()


class LastDaySerializer(serializers.Serializer):
    """The last day of one remedy; `matter` is empty where it is against the whole reply."""

    way = serializers.CharField()
    matter = serializers.CharField(allow_blank=True)
    day = serializers.DateField()
    provisional = serializers.BooleanField()


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
    remedies = LastDaySerializer(many=True)


def sentences(form: forms.Form) -> dict[str, Any]:
    """A form's refusals by field, as the API shows them; those of the whole form under "form"."""
    shown = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
    if "__all__" in shown:
        shown["form"] = shown.pop("__all__")
    return shown


class StaffCaseSerializer(serializers.Serializer):
    """A request for its unit."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    version = serializers.IntegerField()
    received_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    due_provisional = serializers.BooleanField()
    internal_due_on = serializers.DateField(allow_null=True)
    internal_due_for = serializers.CharField(allow_blank=True)
    closed_on = serializers.DateField(allow_null=True)
    applicant = serializers.ListField(child=serializers.DictField())
    steps = serializers.ListField(child=serializers.DictField())
    said = serializers.CharField(required=False)


class ConsultationSerializer(serializers.Serializer):
    """What somebody is consulted about; the applicant is not in it."""

    unit = serializers.CharField()
    kind = serializers.CharField()
    asked = serializers.CharField()
    received_on = serializers.DateField(allow_null=True)
    answer_by = serializers.DateField(allow_null=True)
    state = serializers.CharField()
    opinion = serializers.CharField(allow_blank=True)
