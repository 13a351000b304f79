"""The letter box through its public actions, queries and pages."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from itertools import count
from typing import Any

import time_machine
from django.urls import reverse

from mailbox import actions
from mailbox.models import Letter
from mailbox.queries import choosing, citizen, scope
from portal.core.actors import GUEST, Actor, ActorKind
from portal.core.errors import NotFound
from portal.documents.queries import documents_of
from portal.publishing.models import Release
from tests.oracle.rooms.product import PHONE, Cast, Desk, answered_late, month_figures
from tests.oracle.rooms.terms import day_of

_keys = count(1)
NAME, BODY, TITLE = "梁䶮", "该路口2盏路灯已修复。", "路口夜间照明不足的答复"
PAPERS = {
    "mailbox_receipt": "acceptance",
    "mailbox_decline": "refusal",
    "mailbox_extension": "extension",
    "mailbox_reply": "answer",
}
COPY = {"title": TITLE, "question": "某路口的路灯不亮，夜间行人很不安全。", "answer": BODY}
WORD = {
    "return_letter": {"reason": "不属于本单位职责"},
    "return_reply": {"comment": "请补充"},
    "return_check": {"comment": "请补充"},
    "reject_release": {"comment": "不宜公开"},
    "retract_release": {"comment": "内容有误"},
    "propose_release": COPY,
    "draft_reply": {"body": BODY},
}
PLAIN = ("hand_over", "sign_for", "return_letter", "continue_without", "draft_reply", "submit_reply", "review_reply",
         "sign_reply", "return_reply", "return_check", "answer", "extend", "refuse_extension", "propose_release",
         "clear_release", "release", "reject_release", "retract_release")  # fmt: skip


class LetterProduct(Desk):
    """One letter."""

    def __init__(self, cast: Cast, now: datetime, kind: str, confidential: bool, writer: str) -> None:
        own = {name[3:]: getattr(self, name) for name in dir(self) if name.startswith("do_")}
        super().__init__(cast, own | {verb: partial(self._plain, verb) for verb in PLAIN})
        self.writer, self.began = writer, day_of(now)
        self.looked_at, self.looked_like = (0, ""), ""
        answers = {
            "addressee": "mayor", "addressed_unit": "", "letter_kind": kind, "place": "hongta",
            "topic": "某路口夜间照明不足", "text": "红塔区某路口的路灯不亮，夜间行人很不安全，请尽快修复。",
            "name": NAME, "phone": PHONE, "email": "", "residence": "", "confidential": confidential,
            "consent_to_publish": False,
        }  # fmt: skip
        actor = self._writer(now) if writer else GUEST
        key = f"oracle-letter-key-{next(_keys):08d}"
        sent = actions.submit(answers=answers, key=key, actor=actor, at=now)
        self.pk, self.code = sent.case.pk, sent.code

    def case(self) -> Letter:
        """The letter as it stands."""
        return Letter.objects.select_related("unit", "main_unit").get(pk=self.pk)

    def _writer(self, now: datetime) -> Actor:
        if not self.writer:
            return actions.WRITER
        return Actor(ActorKind.CITIZEN, "来信人", self.cast.accounts[self.writer].pk)

    def by(self, who: str, now: datetime) -> Actor:
        """The actor of that name."""
        return self._writer(now) if who == "writer" else self.actor(who, day_of(now))

    # steps ----------------------------------------------------------------------------------------------

    def _plain(self, verb: str, who: str, now: datetime) -> None:
        getattr(actions, verb)(case=self.case(), actor=self.by(who, now), at=now, **WORD.get(verb, {}))

    def do_accept(self, who: str, now: datetime, complexity: str) -> None:
        actions.accept(case=self.case(), complexity=f"reply_{complexity}", actor=self.by(who, now), at=now)

    def do_decline(self, who: str, now: datetime, reason: str) -> None:
        actions.decline(case=self.case(), reason=reason, note="已在法院审理", actor=self.by(who, now), at=now)

    def do_assign(self, who: str, now: datetime, unit: str) -> None:
        actions.assign(case=self.case(), unit=self.cast.units[unit], actor=self.by(who, now), at=now)

    def do_rule_unit(self, who: str, now: datetime, unit: str) -> None:
        actions.rule_unit(
            case=self.case(), unit=self.cast.units[unit], comment="职责所在", actor=self.by(who, now), at=now
        )

    def do_ask_assistance(self, who: str, now: datetime, unit: str) -> None:
        due = date.fromordinal(day_of(now).toordinal() + 7)
        actions.ask_assistance(case=self.case(), unit=self.cast.units[unit], asked="道路权属", due_on=due,
                               actor=self.by(who, now), at=now)  # fmt: skip

    def do_contribute(self, who: str, now: datetime, unit: str) -> None:
        actions.contribute(case=self.case(), text="该路段由我单位管理。", actor=self.by(who, now), at=now)

    def do_cancel_assistance(self, who: str, now: datetime, unit: str) -> None:
        case = self.case()
        part = choosing.assisting_parts(case).filter(unit=self.cast.units[unit]).first()
        if part is None:
            raise NotFound("没有协办")
        actions.cancel_assistance(case=case, part=part, comment="不再需要", actor=self.by(who, now), at=now)

    def do_ask_supplement(self, who: str, now: datetime, answer_by: date) -> None:
        actions.ask_supplement(
            case=self.case(), asked="具体位置", answer_by=answer_by, actor=self.by(who, now), at=now
        )

    def do_supplement(self, who: str, now: datetime) -> None:
        actions.supplement(case=self.case(), text="在路口东北角。", actor=self.by(who, now), at=now)

    def do_request_extension(self, who: str, now: datetime, days: int) -> None:
        actions.request_extension(
            case=self.case(), days=days, reason="需要现场勘察", actor=self.by(who, now), at=now
        )

    def do_withdraw(self, who: str, now: datetime) -> None:
        actions.withdraw(case=self.case(), actor=self.by(who, now), at=now)

    def _invitation(self) -> Any:
        found = citizen.invitation_of(self.case())
        if found is None:
            raise NotFound("没有可以评价的答复")
        return found

    def do_rate(self, who: str, now: datetime, solved: int) -> None:
        if who != "writer":
            raise NotFound("没有链接")
        actions.rate(invitation=self._invitation(), solved=solved, attitude=3, at=now)

    def do_object(self, who: str, now: datetime) -> None:
        if who != "writer":
            raise NotFound("没有链接")
        actions.object_to_answer(invitation=self._invitation(), reason="路灯仍然不亮", at=now)

    def do_conclude(self, who: str, now: datetime) -> None:
        actions.conclude_supervision(
            case=self.case(), verdict="proper", note="已说明", actor=self.by(who, now), at=now
        )

    def do_morning(self, who: str, now: datetime) -> None:
        actions.send_late_notices(at=now)
        actions.send_reminders(at=now)

    # seen -----------------------------------------------------------------------------------------------

    def seen(self, now: datetime) -> dict[str, Any]:
        """What is compared after each step, in the model's words."""
        case, day = self.case(), day_of(now)
        papers = [PAPERS[paper.kind] for paper in documents_of(case) if paper.kind in PAPERS]
        own = {PHONE: "writer"}
        told = {"writer" if name == self.writer else name for name in self.told(own)}
        return {
            "state": case.state,
            "holder": self.cast.unit_names[case.unit_id],
            "due": case.due_on,
            "told": told,
            "papers": sorted(papers),
            "public": self._public(now),
            "staff page": self.looked(lambda who: self._opens(case, who, day)),
            "knows who wrote": self.looked(
                lambda who: scope.may_know_writer(case, self.actor(who, day)), self.writer
            ),
        }

    def _opens(self, case: Letter, who: str, day: date) -> bool:
        actor = self.actor(who, day)
        return scope.is_handled_by(case, actor) and case.applicant_id != actor.account_id

    def _public(self, now: datetime) -> str:
        """Whether the pages show a public copy: in the list and at its address, at its address as taken down, nowhere."""
        copy = Release.objects.filter(case=self.pk).order_by("-pk").first()
        if copy is None:
            return "nowhere"
        if (copy.pk, copy.state) == self.looked_at and self.turn % 4:
            return self.looked_like
        self.looked_at, self.looked_like = (copy.pk, copy.state), self._page(copy, now)
        return self.looked_like

    def _page(self, copy: Release, now: datetime) -> str:
        with time_machine.travel(now, tick=False):
            page = self.browser().get(reverse("mailbox:published_detail", args=[copy.public_id]), follow=True)
            listed = TITLE in self.browser().get(reverse("mailbox:published")).content.decode()
        words = page.content.decode()
        if page.status_code == 200 and listed and BODY in words:
            return "listed"
        if page.status_code == 404 and not listed:
            return "nowhere"
        if page.status_code == 410 and not listed and BODY not in words and TITLE not in words:
            return "gone"
        return f"{page.status_code}, listed {listed}, words {BODY in words}, title {TITLE in words}"

    def finally_seen(self, now: datetime) -> dict[str, Any]:
        """The figures of every month."""
        day = day_of(now)
        return {
            "figures": month_figures("letter", self.began, day),
            "judged, late ones": answered_late("letter", self.began, day),
        }
