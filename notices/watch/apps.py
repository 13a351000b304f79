"""App configuration: tells the docket of the duty logs."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "notices.watch"
    label = "watch"
    verbose_name = "值班读网"

    def ready(self) -> None:
        from notices.actions.checking import CHECKS
        from notices.watch.choices import KIND, State
        from notices.watch.models import DutyLog
        from notices.watch.queries.morning import dead_links_of
        from portal.cases.registry import CaseKind, register_kind
        from portal.units.choices import Role

        register_kind(
            CaseKind(
                code=KIND,
                title="值班日志",
                model=DutyLog,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_watch:log",
                citizen_url="workbench_watch:log",
                state_labels=dict(State.choices),
                turns={"open": (), "signed": (Role.APPROVER,)},
            )
        )
        CHECKS.append(dead_links_of)
