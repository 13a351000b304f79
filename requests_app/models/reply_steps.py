"""The steps of the reply: drafted, reviewed by three other people."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION, YUXI_SITES
from portal.units.choices import Role
from requests_app.choices import State

FOUR_EYES = "拟稿、审核、保密审查、签发须由不同人员办理，您已参与本轮其他环节。"


def signed(actor: Actor, signers: frozenset[int], content_sha256: str) -> StepFacts:
    """One person's agreement to a text. Raises StepRefused for somebody who has signed the round already."""
    if actor.account_id in signers:
        raise StepRefused(FOUR_EYES)
    return StepFacts(public={"content_sha256": content_sha256})


class ReplySteps:
    """Mixed into the request; a text is bound to its digest from the moment it is submitted."""

    @step(
        source=(State.REGISTERED, State.HANDLING),
        target=None,
        label="记录检索",
        basis=f"{REGULATION}第三十六条第（四）项",
        by=(Role.CLERK,),
    )
    def record_search(
        self, *, actor: Actor, at: datetime, searched_on: date, place: str, words: str, result: str
    ) -> StepFacts:
        """Where the information was looked for, with which words, and what was found."""
        for field, text, sentence in (
            ("place", place, "请写明检索范围"),
            ("words", words, "请写明检索词或者方法"),
            ("result", result, "请写明检索结果"),
        ):
            if not text.strip():
                raise InvalidInput(sentence, field)
        if searched_on > timezone.localdate(at):
            raise InvalidInput("检索日期不能晚于今天", "searched_on")
        return StepFacts(public={"searched_on": searched_on})

    @step(
        source=State.HANDLING,
        target=None,
        label="拟写答复",
        basis=f"{REGULATION}第三十六条",
        by=(Role.CLERK,),
    )
    def draft_reply(
        self, *, actor: Actor, at: datetime, position: int, reply_kind: str, content_sha256: str
    ) -> StepFacts:
        """A clerk writes the reply to one matter of the request, or writes it anew."""
        return StepFacts(
            public={"position": position, "reply_kind": reply_kind, "content_sha256": content_sha256}
        )

    @step(
        source=State.HANDLING,
        target=None,
        label="删除一项答复",
        basis=f"{REGULATION}第三十六条",
        by=(Role.CLERK,),
    )
    def drop_item(
        self, *, actor: Actor, at: datetime, position: int, reply_kind: str, content_sha256: str
    ) -> StepFacts:
        """One matter is no longer answered on its own; at least one stays."""
        return StepFacts(
            public={"position": position, "reply_kind": reply_kind, "content_sha256": content_sha256}
        )

    @step(
        source=State.HANDLING,
        target=State.REVIEWING,
        label="送审",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.CLERK,),
    )
    def submit_reply(
        self, *, actor: Actor, at: datetime, content_sha256: str, waiting: int, objections: int
    ) -> StepFacts:
        """The draft goes to review, bound to its digest; nobody's opinion is outstanding or passed over."""
        if waiting:
            raise StepRefused(f"还有{waiting}份征求意见没有结果，收到意见或者结束征求后再送审。")
        if objections:
            raise StepRefused(
                f"有{objections}个第三方不同意公开：请改为不予公开、部分公开，或者按条例第三十二条批准不采纳其意见。"
            )
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=State.REVIEWING,
        target=State.CLEARING,
        label="审核通过",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.REVIEWER,),
    )
    def review_reply(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The legal review agrees."""
        return signed(actor, signers, content_sha256)

    @step(
        source=State.CLEARING,
        target=State.SIGNING,
        label="保密审查通过",
        basis=f"{REGULATION}第十七条",
        by=(Role.SECRECY_REVIEWER,),
    )
    def clear_reply(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy review agrees."""
        return signed(actor, signers, content_sha256)

    @step(
        source=State.SIGNING,
        target=State.SIGNED,
        label="签发",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.APPROVER,),
    )
    def sign_reply(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str, lacking: str
    ) -> StepFacts:
        """The leader in charge signs; not while the unit lacks what the paper must name (行政复议法第二十二条等)."""
        if lacking:
            raise StepRefused(lacking)
        return signed(actor, signers, content_sha256)

    @step(
        source=(State.REVIEWING, State.CLEARING, State.SIGNING),
        target=State.HANDLING,
        label="退回修改",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_reply(self, *, actor: Actor, at: datetime, signers: frozenset[int], comment: str) -> StepFacts:
        """Whoever reviews sends the draft back, saying why."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())
