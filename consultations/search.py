"""What of this app can be found, and what one can do here."""

from portal.search.choices import Chip
from portal.search.functions import offer
from portal.search.kinds import declare

declare("consultation", "意见征集", Chip.TALK)
offer(
    "征集调查",
    "consultations:home",
    "重大决策和规范性文件出台前，公开征求您的意见。",
    "意见征集 征求意见 提意见 我要提意见 民意征集 公众参与",
)
