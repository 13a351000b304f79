"""Making a poll: its particulars, its questions, the tokens for it."""

from __future__ import annotations

import secrets
from copy import deepcopy
from datetime import datetime
from itertools import count as counting
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.polls import questionnaire as q
from consultations.polls.choices import KIND, WITH_OPTIONS, PollKind, Secrecy, State, Who
from consultations.polls.models import Poll, PollToken
from consultations.polls.printing import token_letters
from consultations.polls.queries import content_digest, token_digest
from portal.cases.numbers import take_case_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.numbering import CODE_ALPHABET
from portal.publishing.screening import refuse_personal
from portal.units.choices import Role
from portal.units.models import Unit

PREFIX = "T"
MOST_DAYS = 180
MOST_TOKENS = 5000
TOKEN_LENGTH = 12
FIELDS = (
    "title",
    "poll_kind",
    "intro",
    "opens_on",
    "closes_on",
    "who",
    "secrecy",
    "changeable",
    "shows_running",
    "entries_from",
    "entries_until",
    "most_chosen",
)
OPTIONAL = {"entries_from": None, "entries_until": None, "most_chosen": 1}


def check_fields(answers: dict[str, Any]) -> None:
    """Raise InvalidInput for particulars that do not go together."""
    if answers["closes_on"] < answers["opens_on"]:
        raise InvalidInput("截止日不能早于开始日", "closes_on")
    if (answers["closes_on"] - answers["opens_on"]).days > MOST_DAYS:
        raise InvalidInput(f"投票调查最长{MOST_DAYS}日", "closes_on")
    _check_stages(answers)
    refuse_personal({"title": answers["title"], "intro": answers["intro"]})
    if answers["secrecy"] == Secrecy.NAMED and answers["who"] not in (Who.ACCOUNT, Who.VERIFIED):
        raise InvalidInput("实名的投票调查须由注册用户参加", "secrecy")
    if answers["secrecy"] == Secrecy.ANONYMOUS and answers["changeable"]:
        raise InvalidInput("完全匿名的选票没有关联，不能修改", "changeable")
    if answers["secrecy"] == Secrecy.ANONYMOUS and answers["shows_running"]:
        raise InvalidInput("完全匿名的，截止前不能显示结果：从变化中可以看出刚刚投的票", "shows_running")


def _check_stages(answers: dict[str, Any]) -> None:
    first, last = answers.get("entries_from"), answers.get("entries_until")
    if answers["poll_kind"] != PollKind.CONTEST:
        if first or last:
            raise InvalidInput("只有评选才征集作品", "entries_from")
        return
    if not first or not last:
        raise InvalidInput("评选须填写征集作品的起止日期", "entries_from" if not first else "entries_until")
    if not first <= last < answers["opens_on"]:
        raise InvalidInput("作品征集须在投票开始前结束", "entries_until")


@transaction.atomic
def open_poll(*, answers: dict[str, Any], unit: Unit, actor: Actor, at: datetime) -> Poll:
    """Begin a poll of the unit. Raises InvalidInput for particulars that do not go together."""
    check_fields(answers)
    case = Poll(
        unit=unit, officer_id=actor.account_id, definition={"pages": [{"title": "", "questions": []}]}
    )
    for name in FIELDS:
        setattr(case, name, answers[name] if name not in OPTIONAL else answers.get(name, OPTIONAL[name]))
    year = timezone.localdate(at).year
    case.number = take_case_number(PREFIX, KIND, year)
    open_case(case, "open_poll", actor=actor, at=at, poll_kind=case.poll_kind)
    return case


@transaction.atomic
def edit_poll(
    *, case: Poll, answers: dict[str, Any], actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Change the particulars before it is signed."""
    check_fields(answers)
    values = {
        name: answers[name] if name not in OPTIONAL else answers.get(name, OPTIONAL[name]) for name in FIELDS
    }
    _change(case, values, "要素", actor, at, seen_version)


def _change(
    case: Poll, values: dict[str, Any], what: str, actor: Actor, at: datetime, seen_version: int | None
) -> None:
    for name, value in values.items():
        setattr(case, name, value)
    digest = content_digest(case)
    take_step(
        case, "edit_poll", actor=actor, at=at, seen_version=seen_version, what=what, content_sha256=digest
    )
    for name, value in values.items():
        setattr(case, name, value)
    case.save(update_fields=list(values))


@transaction.atomic
def put_question(
    *,
    case: Poll,
    question: dict[str, Any],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> str:
    """Add a question at the end of its page (`page`, from 1), or put it in the place of the one of its id.

    Gives its id. Raises InvalidInput for a question that could not be asked.
    """
    definition = deepcopy(case.definition)
    entry = dict(question)
    page = max(int(entry.pop("page", 1) or 1), 1)
    numbered = [int(old["id"][1:]) for p in definition["pages"] for old in p["questions"]]
    entry["id"] = entry.get("id") or f"q{max(numbered, default=0) + 1}"
    before = _find(definition, entry["id"])
    _refuse_personal(entry)
    entry["options"] = (
        _listed(entry.get("options"), "o", before.get("options")) if entry["kind"] in WITH_OPTIONS else []
    )
    entry["rows"] = _listed(entry.get("rows"), "r", before.get("rows")) if entry["kind"] == q.MATRIX else []
    if not _replace(definition, entry):
        while len(definition["pages"]) < page:
            definition["pages"].append({"title": "", "questions": []})
        definition["pages"][page - 1]["questions"].append(entry)
    problem = q.definition_problem(definition)
    if problem:
        raise InvalidInput(problem, "title")
    _change(case, {"definition": definition}, f"题目{entry['id']}", actor, at, seen_version)
    return str(entry["id"])


def _refuse_personal(entry: dict[str, Any]) -> None:
    options, rows = ("\n".join(entry.get(name) or []) for name in ("options", "rows"))
    refuse_personal({"title": str(entry.get("title", "")), "options": options, "rows": rows})


def _find(definition: dict[str, Any], question: str) -> dict[str, Any]:
    """The question of that id as it was; an empty one if there is none."""
    rows = [entry for page in definition["pages"] for entry in page["questions"]]
    return next((entry for entry in rows if entry["id"] == question), {})


def _listed(texts: Any, prefix: str, before: Any = None) -> list[dict[str, str]]:
    """The options with their ids. An option keeps its id wherever it moves, so that a condition on it stays a condition on it;
    a line that took another's place, all others being the same, is that option reworded; the rest are new."""
    words = [text.strip() for text in (texts or []) if text.strip()]
    olds = list(before or [])
    known = {row["text"]: row["id"] for row in olds}
    ids = [known.pop(text, "") for text in words]
    if len(words) == len(olds):
        left = set(known.values())
        ids = [key or (old["id"] if old["id"] in left else "") for key, old in zip(ids, olds, strict=True)]
    taken = [int(row["id"].removeprefix(prefix)) for row in olds]
    fresh = counting(max(taken, default=0) + 1)
    return [
        {"id": key or f"{prefix}{next(fresh)}", "text": text} for key, text in zip(ids, words, strict=True)
    ]


def _replace(definition: dict[str, Any], entry: dict[str, Any]) -> bool:
    for page in definition["pages"]:
        for index, old in enumerate(page["questions"]):
            if old["id"] == entry["id"]:
                page["questions"][index] = entry
                return True
    return False


@transaction.atomic
def remove_question(
    *, case: Poll, question_id: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take a question out. Raises InvalidInput while another one depends on it."""
    definition = deepcopy(case.definition)
    for page in definition["pages"]:
        page["questions"] = [entry for entry in page["questions"] if entry["id"] != question_id]
    _settle(case, definition, f"删除题目{question_id}", actor, at, seen_version)


@transaction.atomic
def move_question(
    *, case: Poll, question_id: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Move a question one place up on its page."""
    definition = deepcopy(case.definition)
    for page in definition["pages"]:
        rows = page["questions"]
        place = next((i for i, entry in enumerate(rows) if entry["id"] == question_id), 0)
        if place:
            rows[place - 1], rows[place] = rows[place], rows[place - 1]
    _settle(case, definition, f"移动题目{question_id}", actor, at, seen_version)


def _settle(
    case: Poll, definition: dict[str, Any], what: str, actor: Actor, at: datetime, seen_version: int | None
) -> None:
    definition["pages"] = [page for page in definition["pages"] if page["questions"]] or [
        {"title": "", "questions": []}
    ]
    problem = q.definition_problem(definition)
    if problem and any(page["questions"] for page in definition["pages"]):
        raise InvalidInput(problem)
    _change(case, {"definition": definition}, what, actor, at, seen_version)


@transaction.atomic
def make_tokens(*, case: Poll, count: int, actor: Actor, at: datetime | None = None) -> list[str]:
    """Make so many tokens, to be printed on letters; only their digests are kept, so this list is the only one.

    Before the review only: their number is signed with the questions and published with the result. Raises StepRefused for
    anybody but the unit's clerk, for a poll that takes none, or once it was submitted.
    """
    if not actor.has_role(case.unit_id, Role.CLERK) or case.who != Who.TOKEN:
        raise StepRefused("只有凭参与码参加的投票调查，由本单位经办人生成参与码。")
    if case.state != State.DRAFTING:
        raise StepRefused("参与码须在送审前生成，数量随题目一并审核、签发；现在不能生成。")
    if not 1 <= count <= MOST_TOKENS:
        raise InvalidInput(f"一次生成1至{MOST_TOKENS}个", "count")
    tokens = ["".join(secrets.choice(CODE_ALPHABET) for _ in range(TOKEN_LENGTH)) for _ in range(count)]
    PollToken.objects.bulk_create(
        [PollToken(poll=case, digest=token_digest(case, token)) for token in tokens]
    )
    last = case.events.order_by("-seq").values_list("at", flat=True).first()
    moment = at or last or case.created_at  # a caller that names no moment: after whatever was written last
    take_step(case, "make_tokens", actor=actor, at=moment, made=count, total=case.tokens.count())
    return tokens


@transaction.atomic
def make_token_letters(*, case: Poll, count: int, actor: Actor, at: datetime | None = None) -> bytes:
    """The same as letters in one PDF; if they cannot be drawn, no token is made."""
    return token_letters(case, make_tokens(case=case, count=count, actor=actor, at=at))
