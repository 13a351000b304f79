"""A demo course, through the real actions."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from consultations.courses import actions
from consultations.courses.models import Course
from consultations.polls.demo import Desk
from portal.units.models import Account

QUIZ = (
    (
        "申请公开政府信息，机关一般应当在多少个工作日内答复？",
        ("15个工作日", "20个工作日", "30个工作日"),
        (2,),
    ),
    ("延长答复期限最多多少个工作日？", ("10个工作日", "20个工作日", "60个工作日"), (2,)),
    ("哪些人可以提出申请？", ("公民", "法人", "其他组织"), (1, 2, 3)),
)
MATERIAL = """# 谁可以申请
公民、法人和其他组织都可以向行政机关申请公开政府信息，不需要说明用途。
# 怎样申请
写明姓名或者名称、身份证明、联系方式、所需信息的名称或者特征、获取信息的方式。可以在网上填写，也可以当面或者邮寄提交。
# 什么时候答复
机关能当场答复的当场答复；不能的，自收到申请之日起20个工作日内答复。需要延长的，经同意并告知申请人，最多延长20个工作日。
# 不满意怎么办
可以依法申请行政复议或者提起行政诉讼，也可以向政府信息公开工作主管部门投诉、举报。"""


def seed(today: date) -> int:
    """Make the course once; gives how many (0 the second time, or without the demo people)."""
    if Course.objects.exists() or not Account.objects.filter(email="clerk@demo.invalid").exists():
        return 0
    desk = Desk(today)
    clerk = desk.people["clerk"]
    answers = {
        "title": "怎样申请公开政府信息",
        "intro": "十分钟了解申请的条件、步骤和期限。",
        "material": MATERIAL,
        "opens_on": today - timedelta(days=10),
        "closes_on": today + timedelta(days=80),
        "pass_mark": 60,
    }
    with transaction.atomic():
        case = actions.open_course(answers=answers, unit=desk.unit, actor=clerk, at=desk.at(14, 9))
        for title, options, correct in QUIZ:
            actions.put_question(
                case=case,
                title=title,
                options=list(options),
                correct=list(correct),
                actor=clerk,
                at=desk.at(14, 10),
            )
        actions.submit_course(case=case, actor=clerk, at=desk.at(13))
        actions.clear_course(case=case, actor=desk.people["secrecy"], at=desk.at(12))
        actions.offer_course(case=case, actor=desk.people["approver"], at=desk.at(12))
    return 1
