"""Publishing through its public actions; what is public is read from the pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import time_machine
from django.urls import reverse

from notices import actions
from notices.models import Article, Column
from notices.queries import staff
from portal.core.errors import NotFound
from portal.search.models import SearchEntry
from tests.oracle.rooms.product import Cast, Desk, answered_late, month_figures
from tests.oracle.rooms.staff import HOUSING
from tests.oracle.rooms.terms import day_of

LOUD = {"publish_item", "publish_urgently", "withdraw_item"}  # after these every page is looked at
TEXT = re.compile(r"第(\d+)稿")
WORD = {
    "return_item": {"comment": "请补充"},
    "revise": {"reason": "时间有变"},
    "reopen_item": {"reason": "已经更正"},
    "withdraw_item": {"reason": "内容有误"},
    "set_validity": {"validity": "repealed", "document": "玉政办发〔2026〕9号"},
    "drop_item": {"ground": "pending", "reason": "正在讨论"},
    "publish_urgently": {"reason": "突发险情"},
}
PLAIN = ("submit_item", "recall_item", "review_item", "clear_item", "approve_item", "approve_higher", "return_item",
         "publish_urgently", "review_after", "revise", "give_up_revision", "reopen_item", "withdraw_item", "set_validity",
         "drop_item", "discard_item")  # fmt: skip


class Columns(Cast):
    """Everybody, and the columns that the units keep."""

    def __init__(self) -> None:
        super().__init__()
        actions.load_catalogue()


class ItemProduct(Desk):
    """One item."""

    def __init__(self, cast: Cast, now: datetime, route: str, made_on: date, writer: str) -> None:
        own = {"edit_item": self.edit, "publish_item": self.publish}
        super().__init__(cast, own | {verb: partial(self._plain, verb) for verb in PLAIN})
        self.began, self.route, self.made_on, self.texts = day_of(now), route, made_on, 1
        self.columns = {
            entry: Column.objects.get(unit=cast.units[HOUSING], entry=entry)
            for entry in ("notices", "documents")
        }
        case = actions.open_item(
            answers=self._answers("notices"), actor=self.actor(writer, self.began), at=now
        )
        self.pk, self.public_id = case.pk, case.public_id

    def _answers(self, column: str) -> dict[str, Any]:
        repost = self.route == "repost"
        return {
            "title": f"关于第{self.texts}稿停水的通告", "column": self.columns[column], "route": self.route,
            "doc_number": "", "issuer": "玉溪市住房和城乡建设局", "made_on": self.made_on, "subject": "construction",
            "openness": "proactive", "summary": f"第{self.texts}稿的摘要。",
            "body": f"# 一、停水范围\n红塔区某片区，第{self.texts}稿。\n# 二、恢复时间\n预计当日18时恢复供水。",
            "source": "云南省人民政府门户网站" if repost else "", "source_url": "https://www.yn.gov.cn/" if repost else "",
            "interprets": None, "outlets": [],
        }  # fmt: skip

    def case(self) -> Article:
        """The item as it stands."""
        return Article.objects.get(pk=self.pk)

    def _plain(self, verb: str, who: str, now: datetime) -> None:
        getattr(actions, verb)(
            case=self.case(), actor=self.actor(who, day_of(now)), at=now, **WORD.get(verb, {})
        )

    def edit(self, who: str, now: datetime, column: str) -> None:
        """Another text in that column."""
        self.texts += 1
        try:
            actions.edit_item(
                case=self.case(), answers=self._answers(column), actor=self.actor(who, day_of(now)), at=now
            )
        except Exception:
            self.texts -= 1
            raise

    def publish(self, who: str, now: datetime, publish_at: datetime | None) -> None:
        """Now, or at a time ahead."""
        actions.publish_item(
            case=self.case(), actor=self.actor(who, day_of(now)), at=now, publish_at=publish_at
        )

    # seen -----------------------------------------------------------------------------------------------

    def seen(self, now: datetime) -> dict[str, Any]:
        """What is compared after each step, in the model's words."""
        case, day = self.case(), day_of(now)
        told = self.told({})
        return {
            "state": case.state,
            "act by": case.act_by,
            "told": told,
            "public": self._public(now),
            "staff page": self.looked(lambda who: self._opens(who, day)),
        }

    def _opens(self, who: str, day: date) -> bool:
        try:
            staff.find_handled(self.actor(who, day), self.public_id)
        except NotFound:
            return False
        return True

    def _public(self, now: datetime) -> dict[str, Any]:
        actions.sweep_index(at=now)
        actions.index_article(article_id=self.pk, at=now)
        with time_machine.travel(now, tick=False):
            client = self.browser()
            page = client.get(reverse("notices:article", args=[self.public_id]))
            words = page.content.decode()
            looks: dict[str, Callable[[], Any]] = {
                "list": lambda: found(client.get(reverse("notices:list")).content.decode()),
                "feed": lambda: found(client.get(reverse("notices:feed")).content.decode()),
                "api": lambda: found(
                    json.dumps(client.get(reverse("api-notices")).json(), ensure_ascii=False)
                ),
                "search": lambda: found(" ".join(SearchEntry.objects.values_list("title", flat=True))),
                "notices": lambda: self._column(client, "notices"),
                "documents": lambda: self._column(client, "documents"),
            }
            chosen = list(looks)[self.turn % 4 :: 4] if self.last_verb not in LOUD else list(looks)
            return {
                "page": (page.status_code, found(words)),
                "repealed": page.status_code == 200 and "废止" in words,
                **{name: looks[name]() for name in chosen},
            }

    def _column(self, client: Any, entry: str) -> set[int]:
        return found(client.get(reverse("notices:column", args=[self.columns[entry].pk])).content.decode())

    def finally_seen(self, now: datetime) -> dict[str, Any]:
        """The figures of every month."""
        day = day_of(now)
        return {
            "figures": month_figures("article", self.began, day),
            "judged, late ones": answered_late("article", self.began, day),
        }


def found(words: str) -> set[int]:
    """The numbers of the texts that stand there."""
    return {int(number) for number in TEXT.findall(words)}
