"""The shapes of the API of disclosure on application."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from requests_app import wizard


class SubmitSerializer(serializers.Serializer):
    """A request as JSON: one object for each page of the guided form; unknown fields are refused."""

    unit = serializers.DictField()
    who = serializers.DictField()
    person = serializers.DictField(required=False)
    organisation = serializers.DictField(required=False)
    contact = serializers.DictField()
    information = serializers.DictField()
    receive = serializers.DictField()

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Run the guided form's own checks over every part."""
        parts: dict[str, Any] = super().to_internal_value(data)
        strange = set(data) - set(self.fields)
        errors: dict[str, Any] = {name: ["未知字段"] for name in strange}
        answers: dict[str, dict[str, Any]] = {"who": parts["who"]}
        for step in wizard.path_of(answers):
            if step == "files":
                continue
            form = wizard.form_for(step, {**parts, **answers}, parts.get(step, {}))
            extra = set(parts.get(step, {})) - set(form.fields)
            if form.is_valid() and not extra:
                answers[step] = form.cleaned_data
            else:
                errors[step] = {**{n: list(m) for n, m in form.errors.items()}, **{n: ["未知字段"] for n in extra}}
        if errors:
            raise serializers.ValidationError(errors)
        return answers


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
