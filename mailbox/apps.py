"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "mailbox"
    label = "mailbox"
    verbose_name = "书记市长信箱"

    def ready(self) -> None:
        from mailbox.actions.by_mail import fate_of_mail
        from mailbox.actions.files import tell_of_rejected
        from mailbox.actions.recall import change_officer
        from mailbox.actions.release import reply_words
        from mailbox.choices import KIND, State
        from mailbox.deciding import DECIDER
        from mailbox.models import Letter, Term
        from mailbox.queries import follow_up, may_know_writer
        from mailbox.records import ROOM
        from portal.cases.registry import CaseKind, register_kind
        from portal.core.telephone import mobile
        from portal.postbox.preview import register_decider
        from portal.publishing.registry import Desk, register_desk
        from portal.records.choices import PUBLIC_WRITES, WRITES
        from portal.records.rooms import register_room
        from portal.units.choices import Role
        from portal.web.deciding import register_screen
        from portal.web.rules import RuleTable, register_rules

        writes = ("draft_reply", *WRITES)
        register_desk(Desk(KIND, "letter", writes, (Role.REVIEWER, Role.APPROVER), new_text=True))
        publishes = ("propose_release", *PUBLIC_WRITES)
        register_desk(Desk(KIND, "release", publishes, (Role.SECRECY_REVIEWER, Role.PUBLISHER)))
        register_room(ROOM)
        register_screen(DECIDER)
        register_kind(
            CaseKind(
                code=KIND,
                title="书记市长信箱",
                prefix="X",
                model=Letter,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_mailbox:detail",
                signed_on="workbench:decide",
                citizen_url="mailbox:detail",
                state_labels=dict(State.choices),
                turns={"awaiting_supplement": (), "merged": ()},
                follow_up=follow_up,
                reply_words=reply_words,
                typed_title=True,
                tell_of_rejected=tell_of_rejected,
                contact=lambda case: (case.email, mobile(case.phone)),
                knows_person=may_know_writer,
                give_officer=change_officer,
            )
        )
        register_decider(fate_of_mail)
        register_rules(
            RuleTable(
                "letter_terms",
                "书记市长信箱期限",
                Term,
                (("title", "期限"), ("days", "工作日数"), ("source", "来源")),
                ("days", "source"),
            )
        )
