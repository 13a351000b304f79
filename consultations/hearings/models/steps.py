"""The steps of a hearing."""

from __future__ import annotations

from datetime import date, datetime

from consultations.hearings.choices import BASIS, DECISIONS, State, Subject
from portal.cases.transitions import SYSTEM, StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.units.choices import Role

REPORT = f"{DECISIONS}第十七条"
FOUR_EYES = "拟稿、审核、签发须由不同人员办理，您已参与本轮其他环节。"


class HearingSteps:
    """Mixed into the hearing."""

    sign_up_until: date
    held_on: date
    subject: str
    papers: str
    papers_on: date | None
    seed: str
    seed_shown: str
    announced_at: datetime | None
    minutes: str
    report: str
    reported_at: datetime | None
    cancel_reason: str
    outcome: str

    @step(source=State.NEW, target=State.DRAFTING, label="建立听证会", basis=BASIS, by=(Role.CLERK,))
    def open_hearing(self, *, actor: Actor, at: datetime, seats: dict[str, int]) -> StepFacts:
        """A clerk of the unit begins, with the seats of each interest group."""
        return StepFacts(public={"seats": seats})

    @step(source=State.DRAFTING, target=State.DRAFTING, label="修改听证会", basis=BASIS, by=(Role.CLERK,))
    def edit_hearing(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """A clerk changes what is going to be announced, also after it was sent back."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=(State.REVIEWING, State.APPROVING),
        target=State.DRAFTING,
        label="撤回送审",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def recall_hearing(self, *, actor: Actor, at: datetime) -> StepFacts:
        """The clerk calls the submission back; the round of review ends."""
        return StepFacts()

    @step(source=State.DRAFTING, target=State.REVIEWING, label="送审", basis=BASIS, by=(Role.CLERK,))
    def submit_hearing(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """To review."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.REVIEWING, target=State.APPROVING, label="审核通过", basis=BASIS, by=(Role.REVIEWER,))
    def review_hearing(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """Another person agrees."""
        return self._agreed(actor, signers, content_sha256)

    @step(source=State.APPROVING, target=State.ANNOUNCED, label="签发公告", basis=BASIS, by=(Role.APPROVER,))
    def announce_hearing(
        self,
        *,
        actor: Actor,
        at: datetime,
        signers: frozenset[int],
        content_sha256: str,
        commitment: str,
        problem: str,
    ) -> StepFacts:
        """The leader signs; the commitment to the seed of the draw is published with the notice."""
        if problem:
            raise StepRefused(f"{problem}，请退回修改日期。")
        agreed = self._agreed(actor, signers, content_sha256)
        self.announced_at = at
        return StepFacts(public={**agreed.public, "commitment": commitment})

    @step(
        source=(State.REVIEWING, State.APPROVING),
        target=State.DRAFTING,
        label="退回修改",
        basis=BASIS,
        by=(Role.REVIEWER, Role.APPROVER),
    )
    def return_hearing(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], comment: str
    ) -> StepFacts:
        """Whoever reviews sends it back, saying why."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    @step(
        source=State.ANNOUNCED,
        target=None,
        label="固定报名名单",
        basis=BASIS,
        by=(SYSTEM, Role.CLERK),
    )
    def fix_list(
        self,
        *,
        actor: Actor,
        at: datetime,
        today: date,
        numbers: dict[str, list[int]],
        withdrawn: list[int],
        fixed: bool,
    ) -> StepFacts:
        """Sign-up has ended: the numbers that will be drawn from are recorded and shown before the seed is."""
        if today <= self.sign_up_until:
            raise StepRefused("报名还没有截止。")
        if fixed:
            raise StepRefused("报名名单已经固定。")
        return StepFacts(public={"numbers": numbers, "withdrawn": withdrawn})

    @step(source=State.ANNOUNCED, target=State.DRAWN, label="公开抽选", basis=BASIS, by=(Role.CLERK,))
    def draw_seats(
        self, *, actor: Actor, at: datetime, today: date, seed: str, result: dict[str, list[int]]
    ) -> StepFacts:
        """After sign-up the seed is shown and the draw recorded; anybody can do it again."""
        if today <= self.sign_up_until:
            raise StepRefused("报名还没有截止。")
        self.seed_shown = seed
        return StepFacts(public={"seed": seed, "result": result})

    @step(source=State.DRAWN, target=None, label="送达听证会材料", basis=BASIS, by=(Role.CLERK,))
    def send_papers(self, *, actor: Actor, at: datetime, today: date, papers: str, told: int) -> StepFacts:
        """Those who take part get the papers; of a major decision at least 7 days before (calendar days)."""
        term = limit("hearing.papers", on=today)
        if self.papers_on is not None:
            raise StepRefused("听证会材料已经送达。")
        if not papers.strip():
            raise InvalidInput("请写明听证会材料", "papers")
        if self.subject == Subject.DECISION and (self.held_on - today).days < term.days:
            raise StepRefused(
                f"距举行已不足{term.text}：重大行政决策的听证会材料须于召开{term.text}前送达，请取消后另行公告。"
            )
        self.papers, self.papers_on = papers.strip(), today
        return StepFacts(public={"told": told, "sent_on": today})

    @step(source=State.DRAWN, target=State.HELD, label="登记笔录", basis=BASIS, by=(Role.CLERK,))
    def hold_hearing(
        self, *, actor: Actor, at: datetime, today: date, minutes: str, present: int
    ) -> StepFacts:
        """It was held; what was said is in the record."""
        if today < self.held_on:
            raise StepRefused("听证会还没有举行。")
        if self.subject == Subject.DECISION and self.papers_on is None:
            raise StepRefused(
                f"重大行政决策的听证会材料须于召开{limit('hearing.papers', on=today).text}前送达参加人，没有送达的不能举行，请取消后另行公告。"
            )
        if not minutes.strip():
            raise InvalidInput("请填写听证笔录", "minutes")
        self.minutes = minutes.strip()
        return StepFacts(public={"present": present})

    @step(
        source=State.HELD, target=State.REPORT_CLEARING, label="听证报告送签", basis=REPORT, by=(Role.CLERK,)
    )
    def submit_report(self, *, actor: Actor, at: datetime, report: str, content_sha256: str) -> StepFacts:
        """The report: what was said, what was adopted and why the rest was not."""
        if not report.strip():
            raise InvalidInput("请填写听证报告", "report")
        self.report = report.strip()
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=State.REPORT_CLEARING,
        target=State.REPORT_APPROVING,
        label="听证报告保密审查通过",
        basis=REPORT,
        by=(Role.SECRECY_REVIEWER,),
    )
    def clear_report(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy reviewer finds nothing against the report and the record."""
        return self._agreed(actor, signers, content_sha256)

    @step(
        source=State.REPORT_APPROVING,
        target=State.REPORTED,
        label="公布听证报告",
        basis=REPORT,
        by=(Role.APPROVER,),
    )
    def publish_report(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The leader signs; everyone may read it."""
        agreed = self._agreed(actor, signers, content_sha256)
        self.reported_at, self.outcome = at, "reported"
        return agreed

    @step(
        source=(State.REPORT_CLEARING, State.REPORT_APPROVING),
        target=State.HELD,
        label="退回修改报告",
        basis=REPORT,
        by=(Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_report(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], comment: str
    ) -> StepFacts:
        """The leader sends the report back, saying why."""
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    @step(
        source=(State.DRAFTING, State.REVIEWING, State.APPROVING, State.ANNOUNCED, State.DRAWN),
        target=State.CANCELLED,
        label="取消听证会",
        basis=BASIS,
        by=(Role.APPROVER,),
    )
    def cancel_hearing(self, *, actor: Actor, at: datetime, reason: str) -> StepFacts:
        """The leader calls it off; the reason stays on the page."""
        if not reason.strip():
            raise InvalidInput("请写明取消的理由，理由会显示在页面上", "reason")
        self.cancel_reason, self.outcome = reason.strip(), "cancelled"
        return StepFacts(public={"reason": reason.strip()})

    def _agreed(self, actor: Actor, signers: frozenset[int], content_sha256: str) -> StepFacts:
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        return StepFacts(public={"content_sha256": content_sha256})
