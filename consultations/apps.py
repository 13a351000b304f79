"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    label = "consultations"
    verbose_name = "征集调查"

    def ready(self) -> None:
        from consultations.actions.feedback import is_public, reindex, search_key, shown_digest
        from consultations.choices import KIND, State
        from consultations.models import ConsultationTerm, HeldWords, PublicConsultation
        from consultations.records import ROOM
        from portal.cases.registry import CaseKind, register_kind
        from portal.publishing.registry import Desk, Face, register_desk, register_face
        from portal.records.choices import WRITES
        from portal.records.rooms import register_room
        from portal.web.rules import RuleTable, register_rules

        register_desk(
            Desk(
                KIND,
                "consultation",
                ("open_draft", "edit_draft", "add_version", "attach_paper", "remove_paper", *WRITES),
            )
        )
        register_room(ROOM)
        register_face(Face(KIND, is_public, shown_digest, search_key, reindex))
        register_desk(Desk(KIND, "feedback", ("add_version", "dispose", "submit_feedback")))
        register_kind(
            CaseKind(
                code=KIND,
                title="意见征集",
                prefix="Z",
                model=PublicConsultation,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_consultations:detail",
                citizen_url="consultations:detail",
                state_labels=dict(State.choices),
                turns={"announced": ()},
            )
        )
        register_rules(
            RuleTable(
                "consultation_terms",
                "意见征集、投票、听证期限",
                ConsultationTerm,
                (
                    ("title", "期限"),
                    ("days", "天数"),
                    ("unit", "单位"),
                    ("may_be_shorter", "说明理由的可以缩短"),
                    ("source", "来源"),
                ),
                ("days", "unit", "may_be_shorter", "source"),
            )
        )
        register_rules(
            RuleTable(
                "held_words",
                "意见含有即须人工查看的词语",
                HeldWords,
                (("title", "名称"), ("words", "词语"), ("source", "来源")),
                ("words", "source"),
                "每行一个词，不分全角半角、大小写和中间的空格、符号。含有任何一个的意见不即时显示，由人工审核；修改只影响以后提交的意见。",
            )
        )
