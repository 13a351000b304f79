"""Files of letters that failed their check: the writer is told, and so is the unit that holds the letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mailbox.actions.word import tell_unit, tell_writer
from mailbox.models import Letter
from mailbox.queries.scope import PERSONAL_FILES
from portal.cases.models import CaseFile
from portal.units.choices import Role


def tell_of_rejected(row: CaseFile, at: datetime) -> None:
    """Say that a file cannot be used, and why; its name is not said."""
    case: Any = Letter.objects.select_related("unit").get(pk=row.case_id)
    what = f"file-{row.pk}"
    if row.role == PERSONAL_FILES:
        subject = f"您提交的一个附件未通过安全检查（{case.number}）"
        tell_writer(case, what, subject, f"该附件不能使用：{row.problem}。请更换文件，或者联系受理单位。", at)
    said = f"{row.problem}。已通知来信人。"
    tell_unit(case, case.unit, (Role.CLERK,), what, f"一个附件未通过安全检查（{case.number}）", said, at)
