"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "consultations.courses"
    label = "courses"
    verbose_name = "网上培训"

    def ready(self) -> None:
        from consultations.courses.actions import is_public, reindex, search_key
        from consultations.courses.choices import KIND, State
        from consultations.courses.models import Course
        from consultations.courses.queries import content_digest
        from portal.cases.registry import CaseKind, register_kind
        from portal.publishing.registry import Desk, Face, register_desk, register_face
        from portal.units.choices import Role

        register_face(Face(KIND, is_public, content_digest, search_key, reindex))
        register_desk(
            Desk(
                KIND,
                "course",
                ("open_course", "edit_course", "edit_quiz"),
                (Role.SECRECY_REVIEWER, Role.APPROVER),
            )
        )
        register_kind(
            CaseKind(
                code=KIND,
                title="网上培训",
                prefix="P",
                model=Course,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_courses:detail",
                citizen_url="courses:detail",
                state_labels=dict(State.choices),
                turns={"offered": ()},
            )
        )
