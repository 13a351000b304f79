"""What of this app can be found."""

from portal.search.choices import Chip
from portal.search.functions import offer
from portal.search.kinds import declare

declare("poll", "投票调查", Chip.TALK)
offer("投票和调查", "polls:home", "参加民意调查和网上投票。", "投票调查 问卷调查 网上调查 民意调查 我要投票")
