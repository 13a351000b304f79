"""What one can do here, as the finder offers it, and what a clerk finds a letter by."""

from mailbox.choices import KIND
from mailbox.models import Letter
from portal.search.casebook import Said, tell_said
from portal.search.functions import offer

offer(
    "书记市长信箱",
    "mailbox:home",
    "向市委书记、市长和各县（市、区）、各部门反映咨询、求助、投诉和建议。",
    "市长信箱 书记信箱 市长热线 给市长写信 写信 信箱 我要写信 我要投诉 我要举报 我要反映 反映问题 投诉建议 咨询投诉 领导信箱 政民互动 12345",
)
offer("来信选登", "mailbox:published", "公开的来信和答复。", "公开来信 来信 群众来信 答复选登")
offer(
    "查询来信进度", "mailbox:track", "凭编号和查询码查看来信办到哪一步。", "来信进度 信件查询 投诉进度 查来信"
)


def said(letter: Letter) -> Said:
    """Who wrote, and the words of the letter; nothing of a confidential one, which only named persons read."""
    if letter.confidential or letter.identity_closed:
        return Said()
    return Said(whole=(letter.name, letter.phone, letter.email), texts=(letter.topic, letter.text))


tell_said(KIND, said)
