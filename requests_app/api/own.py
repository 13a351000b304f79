"""The applicant's own steps by number and query code, and the page of somebody consulted, as an API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.cases.intake import find_by_code
from portal.core.actors import GUEST, PARTY, Actor, ActorKind
from portal.core.errors import NotFound
from portal.web.access import address_of
from requests_app import actions, queries
from requests_app.forms.parties import PartyOpinionForm
from requests_app.serializers import ConsultationSerializer, StatusQuery, sentences
from requests_app.verbs.own import OWN


class OwnStepView(APIView):
    """One step of the applicant's own: correct, withdraw, give_reasons, rate, suggest_proactive, ask_fix."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, verb: str) -> Response:
        """Number and code say which request; the other fields are the step's."""
        entry = OWN.get(verb)
        if entry is None:
            raise NotFound("没有这个步骤。")
        asked = StatusQuery(data=request.data)
        asked.is_valid(raise_exception=True)
        found = find_by_code(**asked.validated_data, address=address_of(request._request), at=timezone.now())
        case = queries.find_visible(GUEST, frozenset({found.public_id}), found.public_id)
        data: Any = request.data
        sent = {name: value for name, value in data.items() if name not in ("number", "code")}
        form = entry.form({**entry.initial(case), "version": case.version, **sent})
        unknown = set(sent) - set(form.fields)
        if unknown:
            raise ValidationError({name: ["未知字段"] for name in sorted(unknown)})
        if not form.is_valid():
            raise ValidationError(sentences(form))
        facts: dict[str, Any] = dict(form.cleaned_data)
        version = facts.pop("version")
        # whoever holds number and code acts for the applicant, with an account or without
        actor = GUEST if case.applicant_id is None else Actor(ActorKind.CITIZEN, "申请人", case.applicant_id)
        entry.act(case=case, actor=actor, at=timezone.now(), seen_version=version, **entry.facts(facts))
        return Response({"number": case.number, "state": case.state, "said": entry.said})


TOKEN = OpenApiParameter(
    "Opinion-Token", str, OpenApiParameter.HEADER, required=True, description="征求意见链接中的标识"
)


def _token(request: Request) -> str:
    """The token of a party's link by header, or in the body of a POST: an address stands in logs."""
    data: Any = request.data
    body = data.get("token", "") if request.method == "POST" and isinstance(data, dict) else ""
    return str(request.headers.get("Opinion-Token") or body)[:100]


class OpinionView(APIView):
    """What somebody is consulted about, behind the token in the header Opinion-Token."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []

    @extend_schema(parameters=[TOKEN], responses=ConsultationSerializer)
    def get(self, request: Request) -> Response:
        """What is asked and by when; changes nothing."""
        return _answer(queries.find_consultation(_token(request), timezone.localdate()))

    @extend_schema(parameters=[TOKEN], request=OpenApiTypes.OBJECT, responses=ConsultationSerializer)
    def post(self, request: Request) -> Response:
        """Give the opinion, once."""
        asked = queries.find_consultation(_token(request), timezone.localdate())
        data: Any = request.data
        form = PartyOpinionForm(data)
        if not form.is_valid():
            raise ValidationError(sentences(form))
        given = actions.take_opinion(
            case=asked.request,
            consultation=asked,
            opinion=form.cleaned_data["opinion"],
            reason=form.cleaned_data["reason"],
            actor=PARTY,
            at=timezone.now(),
        )
        return _answer(given)


def _answer(asked: Any) -> Response:
    response = Response(
        ConsultationSerializer(
            {
                "unit": asked.request.unit.name,
                "kind": asked.kind,
                "asked": asked.asked,
                "received_on": asked.received_on,
                "answer_by": asked.answer_by,
                "state": asked.state,
                "opinion": asked.opinion,
            }
        ).data
    )
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response
