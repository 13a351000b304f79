"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "mailbox.responses"
    label = "responses"
    verbose_name = "公开回应"

    def ready(self) -> None:
        from mailbox.responses.actions import is_public, reindex, search_key, shown_digest
        from mailbox.responses.choices import KIND, State
        from mailbox.responses.models import ResponseTask
        from portal.cases.registry import CaseKind, register_kind
        from portal.publishing.registry import Desk, Face, register_desk, register_face

        register_face(Face(KIND, is_public, shown_digest, search_key, reindex))
        register_desk(Desk(KIND, "response", ("draft_response",)))
        register_kind(
            CaseKind(
                code=KIND,
                title="公开回应",
                prefix="R",
                model=ResponseTask,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_responses:detail",
                citizen_url="responses:detail",
                state_labels=dict(State.choices),
            )
        )
