"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class RequestsAppConfig(AppConfig):
    name = "requests_app"
    label = "requests_app"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        from portal.cases.registry import CaseKind, register_kind
        from portal.core.telephone import mobile
        from portal.publishing.registry import Desk, register_desk
        from portal.records.choices import PUBLIC_WRITES, WRITES
        from portal.records.rooms import register_room
        from portal.units.choices import Role
        from portal.web.deciding import register_screen
        from portal.web.rules import RuleTable, register_rules
        from requests_app.actions.files import tell_of_rejected
        from requests_app.actions.intake import assign
        from requests_app.actions.release import reply_words
        from requests_app.actions.takeover import take_over
        from requests_app.choices import KIND, State
        from requests_app.deciding import DECIDER
        from requests_app.models import AfterPaymentRule, DisclosureRequest, ReviewFirst
        from requests_app.queries import awaiting_release
        from requests_app.records import ROOM

        register_desk(Desk(KIND, "reply", ("draft_reply", "drop_item", *WRITES)))
        register_desk(
            Desk(
                KIND,
                "release",
                ("propose_release", *PUBLIC_WRITES),
                (Role.SECRECY_REVIEWER, Role.PUBLISHER),
            )
        )
        register_kind(
            CaseKind(
                code=KIND,
                title="依申请公开",
                model=DisclosureRequest,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_requests:detail",
                signed_on="workbench:decide",
                citizen_url="requests:detail",
                state_labels=dict(State.choices),
                turns={
                    "signed": (Role.PUBLISHER, Role.CLERK),
                    "sending": (Role.PUBLISHER, Role.CLERK),
                    "awaiting_correction": (),
                    "awaiting_payment": (),
                },
                follow_up=awaiting_release,
                take_over=take_over,
                reply_words=reply_words,
                typed_title=True,
                tell_of_rejected=tell_of_rejected,
                contact=lambda case: (case.email, mobile(case.phone)),
                give_officer=assign,
            )
        )
        register_room(ROOM)
        register_screen(DECIDER)
        register_rules(
            RuleTable(
                "review_first",
                "复议前置情形",
                ReviewFirst,
                (("title", "答复类型"), ("review_first", "复议前置"), ("source", "依据")),
                ("review_first", "source"),
                "修改只影响以后制发的答复。",
            )
        )
        register_rules(
            RuleTable(
                "after_payment",
                "缴费后的答复期限",
                AfterPaymentRule,
                (("after_payment", "缴费后的答复期限"), ("source", "依据")),
                ("after_payment", "source"),
                "修改只影响以后登记的缴费。",
            )
        )
