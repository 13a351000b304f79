"""The unit's API: a request with the steps that may be taken now, and each step by its verb."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.errors import NotFound
from portal.web.access import actor_of, may_work
from requests_app import queries
from requests_app.serializers import StaffCaseSerializer, sentences
from requests_app.verbs import VERBS, Verb


class WorksForAUnit(BasePermission):
    """Somebody who handles cases or supervises, with the second factor where it is asked for."""

    message = "没有权限。"

    def has_permission(self, request: Request, view: APIView) -> bool:
        """As on the staff pages."""
        return may_work(request._request)


def fields_of(entry: Verb, case: Any) -> list[dict[str, Any]]:
    """The fields that a step takes: name, label, whether it must be given, and what may be chosen."""
    shown = []
    for name, field in entry.form_for(case, None).fields.items():
        choices = getattr(field, "choices", None)
        listed = [{"value": str(value), "label": str(label)} for value, label in choices or () if value != ""]
        shown.append(
            {"name": name, "label": str(field.label or ""), "required": field.required, "choices": listed}
        )
    return shown


def as_json(case: Any, actor: Any) -> dict[str, Any]:
    """A request for its unit; personal values stay masked."""
    view = queries.staff_view(case, actor, timezone.localdate())
    return {
        "id": case.public_id,
        "number": case.number,
        "title": case.title,
        "unit": case.unit.name,
        "state": case.state,
        "state_label": case.state_label(),
        "version": case.version,
        "received_on": case.received_on,
        "due_on": case.due_on,
        "due_provisional": case.due_provisional,
        "internal_due_on": case.internal_due_on,
        "internal_due_for": case.internal_due_for,
        "closed_on": case.closed_on,
        "applicant": [
            {"field": name, "label": label, "masked": value} for name, label, value in view.applicant
        ],
        "steps": [
            {"verb": verb, "label": VERBS[verb].label, "fields": fields_of(VERBS[verb], case)}
            for verb in view.verbs
            if verb in VERBS
        ],
    }


class CaseView(APIView):
    """One request."""

    permission_classes = [WorksForAUnit]
    authentication_classes = [SessionAuthentication]

    @extend_schema(responses=StaffCaseSerializer)
    def get(self, request: Request, public_id: uuid.UUID) -> Response:
        """Where it stands, and what this account may do now with which fields."""
        actor = actor_of(request._request)
        case = queries.find_handled(actor, public_id)
        return Response(StaffCaseSerializer(as_json(case, actor)).data)


class StepView(APIView):
    """One step of a request."""

    permission_classes = [WorksForAUnit]
    authentication_classes = [SessionAuthentication]

    @extend_schema(request=OpenApiTypes.OBJECT, responses=StaffCaseSerializer)
    def post(self, request: Request, public_id: uuid.UUID, verb: str) -> Response:
        """Take the step with its fields and the `version` that was seen; 409 if somebody acted in between."""
        entry = VERBS.get(verb)
        if entry is None:
            raise NotFound("没有这个步骤。")
        actor = actor_of(request._request)
        case = queries.find_handled(actor, public_id)
        sent = request.data if isinstance(request.data, dict) else {}
        if not isinstance(sent.get("version"), int):
            raise ValidationError({"version": ["请提供所见页面的版本号 version"]})
        form = entry.form_for(case, sent)
        unknown = set(sent) - set(form.fields)
        if unknown:
            raise ValidationError({name: ["未知字段"] for name in sorted(unknown)})
        if not form.is_valid():
            raise ValidationError(sentences(form))
        said = entry.run(case, form, actor)
        if not queries.is_handled_by(case, actor):
            return Response({"said": said})
        return Response(StaffCaseSerializer(as_json(case, actor) | {"said": said}).data)
