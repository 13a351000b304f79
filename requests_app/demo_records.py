"""A demo request with what was found for it: a list with names and numbers, partly blackened, its copy being made."""

from __future__ import annotations

from datetime import date

from portal.records import actions as records
from portal.records.actions import Details
from portal.records.choices import Disposition, Ground
from portal.records.finding import spots
from requests_app import actions
from requests_app.models import DisclosureRequest
from requests_app.scene import Scene

TITLE = "2025年度城区老旧小区改造项目清单"
LINES = """一、2025年度中心城区共改造老旧小区3个，涉及住户286户，总投资2140万元。
二、北苑小区：改造外墙、管网，投资860万元，2025年9月完工。楼栋长王芳，联系电话13987700011。
三、文化巷小区：加装电梯6部，投资720万元，2025年11月完工。楼栋长李建国，联系电话13987700022。
四、聂耳路小区：改造供水、停车位，投资560万元，2025年12月完工。楼栋长杨秀英，联系电话13987700033。
五、未列入改造范围的住户意见由各社区另行答复。"""


def recorded(scene: Scene, case: DisclosureRequest, day: date) -> None:
    """In a clerk's hands: one number is blackened, the other names and numbers are proposed by the portal."""
    at = scene.at(scene.days.add(day, 2))
    search = actions.record_search(
        case=case,
        searched_on=at.date(),
        place="公文系统、档案室2025年全部卷宗",
        words="“老旧小区改造”“项目清单”",
        result="查到项目清单一份",
        found=True,
        actor=scene.clerk,
        at=at,
    )
    details = Details(
        TITLE, "玉政办发〔2025〕46号", date(2025, 12, 30), scene.unit.name, "公文系统", search.pk
    )
    record = records.add_text(case=case, text=LINES, details=details, actor=scene.clerk, at=at)
    records.prepare(record_id=record.pk, at=at)
    record.refresh_from_db()
    record.case = case
    words = [{"text": "13987700011", "ground": Ground.PRIVACY.value}]
    boxes = [
        {"page": spot.page, "box": list(spot.box), "ground": Ground.PRIVACY.value}
        for spot in spots(case, "王芳")
    ]
    records.save_marks(
        record=record, marks={"words": words, "boxes": boxes}, seen=0, actor=scene.clerk, at=at
    )
    records.judge_record(record=record, disposition=Disposition.PART, actor=scene.clerk, at=at)
    records.make_copy(record=record, actor=scene.clerk, at=at)
