"""What one can do here, as the finder offers it, and what a clerk finds a request by."""

from __future__ import annotations

from portal.search.casebook import Said, tell_said
from portal.search.functions import offer
from requests_app.choices import KIND
from requests_app.models import DisclosureRequest, Reply

offer(
    "依申请公开",
    "requests:start",
    "没有主动公开的政府信息，可以向制作或者保存它的机关申请。",
    "申请公开 信息公开申请 申请信息公开 申请政府信息公开 政府信息公开申请 要求公开 公开申请表",
)
offer(
    "查询办理进度",
    "requests:track",
    "准备好登记编号和查询码，不用登录就能查询。",
    "查询进度 办理进度 进度查询 办到哪一步 申请进度 查进度 办件查询",
)


def said(case: DisclosureRequest) -> Said:
    """Who asked, and the words of the request and of the reply."""
    reply = Reply.objects.filter(request=case).prefetch_related("items").first()
    items = list(reply.items.all()) if reply else []
    answers = [words for item in items for words in (item.body, item.withheld)]
    return Said(whole=case.applicant_values(), texts=(case.title, case.description, *answers))


tell_said(KIND, said)
