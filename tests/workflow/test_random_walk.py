"""A request walked at random: only lawful steps, one final reply, the clock is the fold, numbers without gaps.

The machine takes whatever step the house offers to whoever may take it, with lawful and unlawful facts alike, on days
that only go forward. After every step the invariants are held.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from portal.cases.ledger import verify_cases
from portal.cases.models import Case
from portal.cases.steps import available_steps, clock_of
from portal.cases.transitions import transitions_of
from portal.core.actors import PARTY
from portal.core.clock import FactKind, fold
from portal.core.errors import PortalError
from portal.core.workdays import WorkdayCalendar, YearNotice
from portal.documents.models import OfficialDocument
from portal.holidays.calendars import calendar
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.actions.reply import ReplyText
from requests_app.actions.sending import Handover
from requests_app.choices import (
    Channel,
    ConsultState,
    FixDecision,
    Opinion,
    RefusalGround,
    RemedyResult,
    ReplyKind,
    State,
    Verdict,
)
from requests_app.models import CaseArchive, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import submitted

# The walks are the same on both engines; PostgreSQL takes the first of them.
STEPS_PER_WALK, WALKS = 90, {"sqlite": 60, "postgresql": 25}
PLAIN = WorkdayCalendar.build((), 2025, 2028)
AFTER = ["rate", "fix", "remedy", "deliver", "archive"]
HANDLING = [
    *["draft"] * 3,
    *["submit"] * 2,
    "consult",
    "party_received",
    "party_says",
    "stop_asking",
    "override",
    "search",
    "drop",
    "charge",
    "request_correction",
    "reasons",
    "flag",
    "ask_for_time",
    "decide_on_time",
    "withdraw",
    "terminate",
]
FITTING = {
    State.SUBMITTED: ["register"],
    State.REGISTERED: ["assign", "assign", "flag", "search"],
    State.HANDLING: HANDLING,
    State.AWAITING_CORRECTION: ["correct", "correct", "lapse", "withdraw"],
    State.AWAITING_PAYMENT: ["fee_received", "pay", "cancel_fee", "lapse", "party_says"],
    State.REVIEWING: ["review", "review", "review", "send_back", "ask_for_time", "decide_on_time"],
    State.CLEARING: ["clear", "clear", "clear", "send_back", "withdraw"],
    State.SIGNING: ["sign", "sign", "sign", "send_back"],
    State.SIGNED: ["send", "send", "put_on_paper"],
    State.SENDING: ["post", "post", "deliver"],
    **dict.fromkeys((State.ANSWERED, State.WITHDRAWN, State.ABANDONED, State.ENDED), AFTER),
}
EVERYTHING = {name for names in FITTING.values() for name in names}
DECLARED = {
    (entry.source, target, entry.name)
    for entry in transitions_of(DisclosureRequest)
    for target in getattr(entry.target, "allowed_states", [entry.target])
}
CLOSED = {State.ANSWERED, State.WITHDRAWN, State.ABANDONED, State.ENDED}
taken = {"steps": 0, "refused": 0}


class Walk(RuleBasedStateMachine):
    """One request from the day it came in; `team`, `office` and `citizen` are given by the test."""

    team: dict[str, Person]
    office: Unit
    citizen: Person

    @initialize()
    def come_in(self) -> None:
        self.day, self.moved = date(2026, 2, 9), True
        self.case = submitted(self.office, on="2026-02-09", actor=self.citizen.actor)

    # what may be done ---------------------------------------------------------------------------------

    @property
    def clerk(self) -> Any:
        return self.team["clerk"].actor

    def at(self) -> Any:
        return moment(self.day)

    def back(self, r: Random, most: int) -> date:
        """Today or a few days before."""
        return self.day - timedelta(days=r.randint(0, most))

    def one_asked(self, r: Random) -> list[Any]:
        """One of those consulted, if there is any."""
        return r.sample(rows, 1) if (rows := list(self.case.consultations.all())) else []

    def fresh(self) -> DisclosureRequest:
        self.case = DisclosureRequest.objects.get(pk=self.case.pk)
        return self.case

    def take(self, action: Callable[..., Any], who: Any, **facts: Any) -> None:
        """One action; a refusal must leave everything as it was."""
        before = Case.objects.values().get(pk=self.case.pk)
        try:
            with transaction.atomic():
                action(case=self.fresh(), actor=who, at=self.at(), **facts)
            taken["steps"] += 1
            self.moved = True
        except PortalError:
            taken["refused"] += 1
            assert Case.objects.values().get(pk=self.case.pk) == before

    @rule(days=st.integers(0, 6))
    def wait(self, days: int) -> None:
        """Time passes."""
        self.day = min(self.day + timedelta(days=days), date(2026, 12, 1))

    @rule(pick=st.integers(0, 99), facts=st.randoms(use_true_random=False))
    def go_on(self, pick: int, facts: Random) -> None:
        """Something that fits the state."""
        fitting = FITTING[State(self.fresh().state)]
        getattr(self, fitting[pick % len(fitting)])(facts)

    @rule(pick=st.integers(0, 99), facts=st.randoms(use_true_random=False))
    def also_go_on(self, pick: int, facts: Random) -> None:
        """The same again: what fits is chosen twice as often as what does not."""
        self.go_on(pick, facts)

    @rule(name=st.sampled_from(sorted(EVERYTHING)), facts=st.randoms(use_true_random=False))
    def do_anything(self, name: str, facts: Random) -> None:
        """Something that may not fit at all."""
        getattr(self, name)(facts)

    def register(self, r: Random) -> None:
        facts = {"received_on": self.back(r, 3), "channel": r.choice(list(Channel)), "evidence": "凭据"}
        self.take(actions.register, self.clerk, **facts)

    def assign(self, r: Random) -> None:
        self.take(actions.assign, self.clerk, officer=self.team["clerk"].account)

    def request_correction(self, r: Random) -> None:
        facts = {"unclear": "请明确", "correct_by": self.day + timedelta(days=r.randint(0, 20))}
        self.take(actions.request_correction, self.clerk, **facts)

    def correct(self, r: Random) -> None:
        self.take(actions.correct, self.citizen.actor, text="2025年度")

    def lapse(self, r: Random) -> None:
        self.take(r.choice([actions.lapse, actions.lapse_fee]), self.clerk)

    def ask_for_time(self, r: Random) -> None:
        self.take(actions.request_extension, self.clerk, days=r.randint(1, 22), reason="情况复杂")

    def decide_on_time(self, r: Random) -> None:
        verb = r.choice([actions.extend, actions.refuse_extension, actions.postpone])
        self.take(verb, self.team["approver"].actor)

    def consult(self, r: Random) -> None:
        kind = r.choice(["third_party", "joint_maker", "assistant"])
        self.take(actions.consult, self.clerk, party=Party(kind, "某公司", "合同", "online", "p@example.org"))

    def party_received(self, r: Random) -> None:
        for asked in self.one_asked(r):
            facts = {"received_on": self.back(r, 4), "evidence": "签收"}
            self.take(actions.record_party_receipt, PARTY, consultation=asked, **facts)

    def party_says(self, r: Random) -> None:
        for asked in self.one_asked(r):
            opinion = r.choice(list(Opinion))
            self.take(actions.take_opinion, PARTY, consultation=asked, opinion=opinion, reason="理由")

    def stop_asking(self, r: Random) -> None:
        for asked in self.one_asked(r):
            result = r.choice([ConsultState.SILENT, ConsultState.UNREACHABLE, ConsultState.CANCELLED])
            facts = {"result": result, "reason": "情况"}
            self.take(actions.close_consultation, self.clerk, consultation=asked, **facts)

    def override(self, r: Random) -> None:
        for asked in self.one_asked(r):
            self.take(actions.propose_override, self.clerk, consultation=asked, reason="公共利益")
            self.take(actions.approve_override, self.team["approver"].actor, consultation=asked)

    def charge(self, r: Random) -> None:
        facts = {"tariff": r.choice(["by_page", "by_piece"]), "count": r.randint(1, 300), "earlier": 0}
        self.take(actions.charge_fee, self.clerk, reason="数量较多", ways="缴款码", **facts)

    def fee_received(self, r: Random) -> None:
        self.take(actions.record_fee_receipt, self.clerk, received_on=self.back(r, 4))

    def pay(self, r: Random) -> None:
        self.take(actions.pay_fee, self.clerk, paid_on=self.back(r, 4), evidence="缴款书")

    def cancel_fee(self, r: Random) -> None:
        self.take(actions.cancel_fee, self.clerk, comment="有误")

    def reasons(self, r: Random) -> None:
        self.take(actions.ask_reasons, self.clerk, finding="46件", answer_by=self.day + timedelta(days=5))
        self.take(actions.give_reasons, self.citizen.actor, text="研究")
        facts = {"verdict": r.choice(list(Verdict)), "note": "意见", "later_days": r.choice([0, 0, 15, 70])}
        self.take(actions.judge_reasons, self.clerk, **facts)

    def flag(self, r: Random) -> None:
        self.take(actions.flag_obvious, self.clerk, ground=r.choice(list(RefusalGround)))

    def search(self, r: Random) -> None:
        facts = {"place": "档案室", "words": "清单", "result": "无", "found": False}
        self.take(actions.record_search, self.clerk, searched_on=self.back(r, 2), **facts)

    def draft(self, r: Random) -> None:
        words = {"reason": "petition", "withheld": "部分", "matter": "事项"}
        words["ground"] = r.choice([RefusalGround.PROCESS, RefusalGround.THIRD_PARTY])
        words["interest"] = r.choice(["", "privacy"])
        text = ReplyText(r.choice(list(ReplyKind)), "内容", position=r.randint(1, 3), **words)
        self.take(actions.draft_reply, self.clerk, text=text)

    def drop(self, r: Random) -> None:
        self.take(actions.drop_item, self.clerk, position=r.randint(1, 3))

    def submit(self, r: Random) -> None:
        self.take(actions.submit_reply, self.clerk)

    def review(self, r: Random) -> None:
        self.take(actions.review_reply, self.team["reviewer"].actor)

    def clear(self, r: Random) -> None:
        self.take(actions.clear_reply, self.team["secrecy"].actor)

    def sign(self, r: Random) -> None:
        self.take(actions.sign_reply, self.team["approver"].actor)

    def send(self, r: Random) -> None:
        self.take(actions.reply, self.clerk)

    def put_on_paper(self, r: Random) -> None:
        self.take(actions.issue_reply, self.clerk)

    def post(self, r: Random) -> None:
        by_post = Handover("post", posted_on=self.back(r, 2), tracking="XA123")
        by_hand = Handover("in_person", self.back(r, 2), signer="梁")
        self.take(actions.send_reply, self.clerk, handover=r.choice([by_post, by_hand]))

    def send_back(self, r: Random) -> None:
        role = r.choice(["reviewer", "secrecy", "approver"])
        self.take(actions.return_reply, self.team[role].actor, comment="修改")

    def withdraw(self, r: Random) -> None:
        if r.random() < 0.1:
            self.take(actions.withdraw, self.citizen.actor, reason="")

    def terminate(self, r: Random) -> None:
        if r.random() < 0.1:
            self.take(actions.terminate, self.clerk, reason="death", evidence="证明")

    def rate(self, r: Random) -> None:
        self.take(actions.rate, self.citizen.actor, mark=r.randint(0, 6), words="")

    def fix(self, r: Random) -> None:
        self.take(actions.ask_fix, self.citizen.actor, wrong="错", evidence="证")
        self.take(actions.decide_fix, self.clerk, decision=FixDecision.CORRECTED, answer="已更正")

    def remedy(self, r: Random) -> None:
        facts = {"kind": "reconsideration", "body": "市政府", "filed_on": self.back(r, 5)}
        self.take(actions.record_remedy, self.clerk, **facts)
        row = self.case.remedies.order_by("-id").first()
        if row is not None:
            ended = {"result": RemedyResult.UPHELD, "ended_on": self.back(r, 2)}
            self.take(actions.close_remedy, self.clerk, remedy=row, **ended)

    def deliver(self, r: Random) -> None:
        papers = OfficialDocument.objects.filter(case=self.case).exclude(number="")
        for paper in papers[:1]:
            handover = Handover("in_person", self.back(r, 3), signer="梁")
            self.take(actions.record_delivery, self.clerk, document=paper, handover=handover)

    def archive(self, r: Random) -> None:
        self.take(actions.archive, self.clerk)

    @invariant()
    def everything_holds(self) -> None:
        """After each step that was taken; a refused one is held against the whole row in take()."""
        if self.moved:
            self.log_is_lawful_and_whole()
            self.due_date_is_the_fold()
            self.pauses_and_holidays_never_bring_the_due_date_forward()
            self.numbers_have_no_gaps()
            self.moved = False

    # what must always hold ----------------------------------------------------------------------------

    def log_is_lawful_and_whole(self) -> None:
        case = self.fresh()
        events = list(case.events.order_by("seq"))
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        state = State.NEW.value
        for event in events:
            assert event.from_state in (state, "")
            assert (state, event.to_state, event.kind) in DECLARED or (state, None, event.kind) in DECLARED
            state = event.to_state
        assert state == case.state
        assert sum(event.kind in ("reply", "send_reply") for event in events) <= 1, "one final reply"
        assert CaseArchive.objects.filter(request=case, number=1).count() <= 1
        if case.state in CLOSED:
            assert not {"draft_reply", "register"} & {
                t.name for t in available_steps(case, self.team["clerk"].actor)
            }

    def due_date_is_the_fold(self) -> None:
        case = self.fresh()
        clock = clock_of(case)
        assert case.due_on == (clock.due_on if clock is not None else None)

    def pauses_and_holidays_never_bring_the_due_date_forward(self) -> None:
        facts = [entry.fact() for entry in self.fresh().clock_entries.all()]
        if not facts:
            return
        whole = fold(facts, calendar())
        bare = fold([f for f in facts if f.kind not in (FactKind.PAUSE, FactKind.RESUME)], calendar())
        if whole.due_on is not None and bare.due_on is not None:
            assert bare.due_on <= whole.due_on
        if whole.due_on is not None:
            extra = YearNotice(2026, "试验", days_off=((whole.due_on, whole.due_on, "假日"),))
            longer = WorkdayCalendar.build((extra,), 2025, 2028)
            assert fold(facts, PLAIN).due_on <= fold(facts, longer).due_on  # type: ignore[operator]

    def numbers_have_no_gaps(self) -> None:
        numbers = OfficialDocument.objects.filter(unit=self.office, ordinal__isnull=False).values_list(
            "ordinal", flat=True
        )
        assert sorted(numbers) == list(range(1, len(numbers) + 1))

    def teardown(self) -> None:
        assert list(verify_cases()) == []


@pytest.mark.slow
def test_random_walks_hold(office: Unit, team: dict[str, Person], citizen: Person) -> None:
    taken.update(steps=0, refused=0)
    Walk.office, Walk.team, Walk.citizen = office, team, citizen

    class InItsOwnTransaction(Walk):
        """Each walk starts from nothing and leaves nothing."""

        def __init__(self) -> None:
            super().__init__()
            self.sheet = transaction.atomic()
            self.sheet.__enter__()

        def teardown(self) -> None:
            super().teardown()
            transaction.set_rollback(True)
            with suppress(Exception):
                self.sheet.__exit__(None, None, None)

    run_state_machine_as_test(
        InItsOwnTransaction,
        settings=settings(
            max_examples=WALKS[connection.vendor],
            stateful_step_count=STEPS_PER_WALK,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert taken["steps"] >= 9 * WALKS[connection.vendor], taken
