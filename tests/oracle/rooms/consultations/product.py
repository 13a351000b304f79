"""Public comment through its public actions; what is public is read from the pages."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from functools import partial
from itertools import count
from typing import Any

import time_machine
from django.urls import reverse

from consultations import actions
from consultations.models import Comment, PublicConsultation
from portal.core.actors import GUEST
from portal.core.errors import NotFound
from portal.publishing import takedown
from tests.oracle.rooms.product import Cast, Desk, answered_late, month_figures
from tests.oracle.rooms.staff import HOUSING
from tests.oracle.rooms.terms import day_of

_keys = count(1)
TEXT, COMMENT = (
    re.compile(r"第(?:<del>(\d+)</del>)?(?:<ins>)?(\d*)(?:</ins>)?稿"),
    re.compile(r"意见标记(\d+)号"),
)
NAMES = {
    "submit": "submit_draft", "recall": "recall_draft", "review": "review_draft", "clear": "clear_draft",
    "send_back": "return_draft", "sign": "announce", "return_feedback": "return_feedback",
    "review_feedback": "review_feedback", "clear_feedback": "clear_feedback", "feed_back": "feed_back", "cancel": "cancel",
}  # fmt: skip
BACK = ("take_down", "submit_return", "review_return", "clear_return", "restore", "refuse_return")
WORD = {
    "send_back": {"comment": "请补充"},
    "return_feedback": {"comment": "请补充"},
    "cancel": {"reason": "上位法已修改"},
    "take_down": {"reason": "内容有误"},
    "refuse_return": {"comment": "仍有错误"},
}
LAW = "玉溪市城市供水管理办法\n\n第一条　为了保障城市供水，制定本办法。\n\n第二条　本办法适用于本市，系第{}稿。\n"


class ConsultationProduct(Desk):
    """One consultation of the housing bureau."""

    def __init__(
        self, cast: Cast, now: datetime, writer: str, kind: str, opens_on: date, closes_on: date, display: str
    ) -> None:
        own = {name[3:]: getattr(self, name) for name in dir(self) if name.startswith("do_")}
        own |= {verb: partial(self._plain, getattr(actions, name), verb) for verb, name in NAMES.items()}
        own |= {verb: partial(self._plain, getattr(takedown, verb), verb) for verb in BACK}
        super().__init__(cast, own)
        self.began, self.texts = day_of(now), 1
        answers = {
            "title": "城市供水管理办法征求意见", "policy_kind": kind, "background": "现行办法已施行十年，需要修订。",
            "contact_name": "供水科", "contact_phone": "0877-12345", "contact_email": "water@example.org",
            "contact_address": "玉溪市红塔区", "opens_on": opens_on, "closes_on": closes_on, "shorter_reason": "",
            "access": "anyone", "display": display,
        }  # fmt: skip
        actor = self.actor(writer, self.began)
        case = actions.open_draft(answers=answers, unit=cast.units[HOUSING], actor=actor, at=now)
        self.pk, self.public_id = case.pk, case.public_id
        self._write(writer, now, 1)

    def case(self) -> PublicConsultation:
        """The consultation as it stands."""
        return PublicConsultation.objects.get(pk=self.pk)

    def _plain(self, call: Any, verb: str, who: str, now: datetime) -> None:
        call(case=self.case(), actor=self.actor(who, day_of(now)), at=now, **WORD.get(verb, {}))

    def _write(self, who: str, now: datetime, number: int) -> None:
        actions.add_version(case=self.case(), title="玉溪市城市供水管理办法", text=LAW.format(number),
                            actor=self.actor(who, day_of(now)), at=now)  # fmt: skip

    def do_write(self, who: str, now: datetime) -> None:
        self._write(who, now, self.texts + 1)
        self.texts += 1

    def do_comment(self, who: str, now: datetime) -> None:
        number = self.case().comments.count() + 1
        actions.comment(case=self.case(), clause="", attitude="change", writer="person", name="", email="",
                        text=f"意见标记{number}号：停水应当提前告知，{'甲乙丙丁戊己庚辛壬癸'[number % 10] * 8}。",
                        key=f"oracle-comment-{next(_keys):08d}", actor=GUEST, at=now)  # fmt: skip

    def _one(self, number: int) -> Comment:
        found: Comment | None = (
            Comment.objects.filter(consultation=self.pk).order_by("pk")[number - 1 : number].first()
        )
        if found is None:
            raise NotFound("没有这条意见")
        return found

    def do_withdraw_comment(self, who: str, now: datetime, number: int) -> None:
        row = self._one(number)
        if row.withdrawn_at is not None:
            raise NotFound("已经撤回")
        actions.withdraw_comment(comment_id=row.pk, at=now)

    def do_moderate(self, who: str, now: datetime, number: int, decision: str) -> None:
        actions.moderate(case=self.case(), comments=[self._one(number)], decision=decision, reason="与征集无关",
                         actor=self.actor(who, day_of(now)), at=now)  # fmt: skip

    def do_prolong(self, who: str, now: datetime, closes_on: date) -> None:
        actions.prolong(
            case=self.case(),
            closes_on=closes_on,
            reason="应公众要求",
            actor=self.actor(who, day_of(now)),
            at=now,
        )

    def do_night(self, who: str, now: datetime) -> None:
        actions.close_ended(at=now)

    def do_dispose(self, who: str, now: datetime) -> None:
        rows = list(Comment.objects.filter(consultation=self.pk, withdrawn_at__isnull=True).order_by("pk"))
        actions.dispose(case=self.case(), comments=rows, outcome="rejected", reason="现有条款已作规定。", target=None,
                        actor=self.actor(who, day_of(now)), at=now)  # fmt: skip

    def do_submit_feedback(self, who: str, now: datetime) -> None:
        actions.submit_feedback(
            case=self.case(), summary="意见均已研究。", actor=self.actor(who, day_of(now)), at=now
        )

    # seen -----------------------------------------------------------------------------------------------

    def seen(self, now: datetime) -> dict[str, Any]:
        """What is compared after each step, in the model's words."""
        case, day = self.case(), day_of(now)
        return {
            "state": case.state,
            "due": case.due_on,
            "told": self.told({}),
            "public": self._public(now),
            "staff page": self.looked(lambda who: self._opens(who, day)),
        }

    def _opens(self, who: str, day: date) -> bool:
        from consultations.queries import staff

        try:
            staff.find_handled(self.actor(who, day), self.public_id)
        except NotFound:
            return False
        return True

    def _get(self, name: str, **query: Any) -> Any:
        return self.browser().get(reverse(f"consultations:{name}", args=[self.public_id]), query)

    def _public(self, now: datetime) -> dict[str, Any]:
        with time_machine.travel(now, tick=False):
            page = self._get("detail")
            looks = {
                "page": lambda: (page.status_code, found(TEXT, page) if page.status_code == 200 else set()),
                "listed": lambda: (
                    str(self.public_id) in self.browser().get(reverse("consultations:home")).content.decode()
                ),
                "api": lambda: (
                    str(self.public_id) in json.dumps(self.browser().get(reverse("api-consultations")).json())
                ),
                "comments": lambda: found(COMMENT, self._get("comments")),
                "table": lambda: found(COMMENT, self._get("feedback")),
                "compared": lambda: found(TEXT, self._get("compare")),
            }
            quiet = [*list(looks)[self.turn % 3 :: 3], "page"]
            loud = self.last_verb in (
                "sign",
                "feed_back",
                "take_down",
                "restore",
                "night",
                "moderate",
                "cancel",
            )
            return {name: looks[name]() for name in (looks if loud else quiet)}

    def finally_seen(self, now: datetime) -> dict[str, Any]:
        """The figures of every month."""
        day = day_of(now)
        return {
            "figures": month_figures("consultation", self.began, day),
            "judged, late ones": answered_late("consultation", self.began, day),
        }


def found(mark: re.Pattern[str], page: Any) -> set[int]:
    """The numbers of the texts or comments that stand there."""
    hits = mark.finditer(page.content.decode())
    return {int(number) for hit in hits for number in hit.groups() if number}
