"""The record itself: uploaded, searched, blackened, proven, reviewed with the reply, handed over."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pypdfium2

from portal.documents.render.worker import render_pdf
from portal.jobs.outbox import run_due
from portal.publishing.inspection.page_html import Block, page_html
from portal.records import actions as records
from portal.records import queries as held
from portal.records.actions import Details, Upload
from portal.records.choices import Disposition, Ground
from portal.records.finding import spots
from portal.records.models import Record
from portal.records.public import public_entries
from portal.search.queries import search
from requests_app import actions
from requests_app.actions.release import suggested_text
from requests_app.actions.reply import ReplyText
from requests_app.choices import ReplyKind
from requests_app.models import DisclosureRequest
from requests_app.queries.proposals import proposal
from requests_app.walkthrough.stage import Walk, WalkthroughFailed, answer_it, at, finish, handled, stage

NAME, TELEPHONE = "王芳", "13987701234"
LINES = (
    "一、2025年度共改造老旧小区12个，涉及住户3460户，总投资1.86亿元。",
    f"二、北苑小区楼栋长{NAME}，联系电话{TELEPHONE}，改造投资860万元。",
    f"三、文化巷小区投资720万元，联系人同为{NAME}。",
)


def records_path(walk: Walk) -> None:
    """What was found goes out as a new copy without what is withheld, and no reader finds it."""
    with stage(walk) as unit:
        case = handled(walk, unit, "walkthrough-records-key")
        record = _added(walk, case)
        _blackened(walk, case, record)
        found = proposal(case)
        walk.expect(found is not None and found.kind == ReplyKind.PARTIAL, "no partial reply is proposed")
        assert found is not None
        walk.say(f"            系统拟写：部分公开；{found.withheld.splitlines()[0]}")
        text = ReplyText(
            found.kind, found.body, ground=found.ground, interest=found.interest, withheld=found.withheld
        )
        answer_it(walk, case, date(2026, 3, 4), text)
        _handed(walk, case)
        _released(walk, case)
        finish(walk, case, papers=5)


def _added(walk: Walk, case: DisclosureRequest) -> Record:
    clerk, day = walk.people["clerk"], date(2026, 3, 2)
    blocks = [Block("paragraph", line) for line in LINES]
    pdf = render_pdf(page_html("老旧小区改造项目清单", blocks))
    added = records.add_uploads(
        case=case,
        uploads=[Upload("清单.pdf", pdf), Upload("批复.ofd", b"OFD")],
        details=Details("老旧小区改造项目清单"),
        actor=clerk,
        at=at(day),
    )
    walk.line(day, "李经办", "添加信息", case)
    walk.say(f"            未能添加：{added.refused[0][1]}")
    run_due()
    record = added.records[0]
    record.refresh_from_db()
    record.case = case
    walk.expect(record.is_ready and record.pages >= 1, f"not ready: {record.problem}")
    return record


def _blackened(walk: Walk, case: DisclosureRequest, record: Record) -> None:
    clerk, day = walk.people["clerk"], date(2026, 3, 3)
    for word in (NAME, TELEPHONE):
        places = spots(case, word)
        walk.expect(len(places) == (2 if word == NAME else 1), f"{word} found {len(places)} times")
        records.mark_word(case=case, word=word, ground=Ground.PRIVACY, actor=clerk, at=at(day))
    walk.line(day, "李经办", "查找并遮盖", case)
    record.refresh_from_db()
    record.case = case
    records.judge_record(record=record, disposition=Disposition.PART, actor=clerk, at=at(day, 11))
    records.make_copy(record=record, actor=clerk, at=at(day, 12))
    run_due()
    copy = held.present_copy(record)
    if copy is None or not copy.is_proven:
        raise WalkthroughFailed(f"no proven copy: {copy.problem if copy is not None else ''}")
    walk.line(day, "李经办", "制作副本", case)
    walk.say(f"            核验：{'、'.join(copy.readers)}均未读出隐去的{len(copy.withheld)}处")


def _handed(walk: Walk, case: DisclosureRequest) -> None:
    day = date(2026, 3, 11)
    handed = records.hand_over(case=case, copy=None, by="applicant", at=at(day))
    with zipfile.ZipFile(io.BytesIO(handed.data)) as archive:
        names = archive.namelist()
        data = archive.read(names[0])
    with pypdfium2.PdfDocument(data) as document:
        words = "".join(page.get_textpage().get_text_range() for page in document)
    bare = "".join(words.split())
    walk.expect(NAME not in bare and TELEPHONE not in bare, "the copy tells what is withheld")
    walk.expect("总投资1.86亿元" in bare, "the copy lost what is given")
    walk.out.mkdir(parents=True, exist_ok=True)
    path = walk.out / names[0]
    path.write_bytes(data)
    walk.line(day, "申请人", "下载附件", case)
    walk.say(f"附件  {names[0]}  →  {path}")


def _released(walk: Walk, case: DisclosureRequest) -> None:
    """The public copy with what was handed over, blackened and proven for everyone."""
    people, day = walk.people, date(2026, 3, 17)
    record = public_entries(case)[0].record
    records.share_record(record=record, wanted=True, actor=people["clerk"], at=at(day))
    records.make_public_copy(record=record, actor=people["clerk"], at=at(day))
    run_due()
    entry = public_entries(case)[0]
    walk.expect(not entry.problem, f"no copy for everyone: {entry.problem}")
    walk.line(day, "李经办", "制作公众副本", case)
    actions.propose_release(case=case, text=suggested_text(case), actor=people["clerk"], at=at(day, 11))
    actions.clear_release(case=case, actor=people["secrecy_reviewer"], at=at(day, 12))
    released = actions.release(case=case, actor=people["publisher"], at=at(day, 14))
    walk.line(day, "周发布", "公开答复", case)
    run_due()
    rows = list(released.files.all())
    told = [NAME, TELEPHONE, *case.personal_values()]
    walk.expect(len(rows) == 1, "the public copy carries no file")
    walk.expect(
        not [words for words in told if words in rows[0].words], "the file tells everyone what is withheld"
    )
    found = search("老旧小区 住户3460户")
    walk.expect(
        any(hit.entry.key == f"release:{released.public_id}" for hit in found.hits), "search does not find it"
    )
    walk.say(f"{day}  公众    公开答复附有：{rows[0].title}（{rows[0].pages}页），检索其中的文字命中")
