"""Closed lists of the letter box of the Party secretary, the mayor and heads of units (书记市长信箱)."""

from django.db import models

KIND = "letter"
OFFICE = "city-office"
PRACTICE = "通行做法，待核"
RELEASE_KIND = "letter_"


class State(models.TextChoices):
    """The states of a letter."""

    NEW = "new", "未提交"
    SUBMITTED = "submitted", "已提交，待审核"
    ACCEPTED = "accepted", "已受理，待交办"
    DECLINED = "declined", "不予受理"
    HANDED_OVER = "handed_over", "已告知其他办理渠道"
    ASSIGNED = "assigned", "已交办，待签收"
    RETURNED = "returned", "承办单位退办，待重新交办"
    HANDLING = "handling", "办理中"
    AWAITING_SUPPLEMENT = "awaiting_supplement", "待来信人补充"
    DRAFTED = "drafted", "答复已拟写，待送审"
    REVIEWING = "reviewing", "答复审核中"
    SIGNING = "signing", "待签发"
    CHECKING = "checking", "已签发，待信箱办公室核查"
    MERGED = "merged", "并入同一事项办理"
    ANSWERED = "answered", "已答复"
    WITHDRAWN = "withdrawn", "来信人已撤回"


class Addressee(models.TextChoices):
    """To whom a letter is written."""

    SECRETARY = "secretary", "市委书记"
    MAYOR = "mayor", "市长"
    HEAD = "head", "单位负责人"


class LetterKind(models.TextChoices):
    """What a letter is about (rules.md section 5)."""

    INQUIRY = "inquiry", "咨询"
    HELP = "help", "求助"
    COMPLAINT = "complaint", "投诉"
    REPORT = "report", "举报"
    SUGGESTION = "suggestion", "建议"
    THANKS = "thanks", "感谢"


class Place(models.TextChoices):
    """Where it happened: the counties of Yuxi."""

    HONGTA = "hongta", "红塔区"
    JIANGCHUAN = "jiangchuan", "江川区"
    CHENGJIANG = "chengjiang", "澄江市"
    TONGHAI = "tonghai", "通海县"
    HUANING = "huaning", "华宁县"
    YIMEN = "yimen", "易门县"
    ESHAN = "eshan", "峨山彝族自治县"
    XINPING = "xinping", "新平彝族傣族自治县"
    YUANJIANG = "yuanjiang", "元江哈尼族彝族傣族自治县"
    CITY = "city", "全市或者不涉及具体地点"


class Channel(models.TextChoices):
    """How a letter came in."""

    WEB = "web", "网上提交"
    MAIL = "mail", "电子邮件"
    PHONE = "phone", "电话"
    PAPER = "paper", "来信、来访"


class Complexity(models.TextChoices):
    """How long an answer may take; the number of days is in the table of terms under the value."""

    SIMPLE = "reply_simple", "简单事项"
    COMPLEX = "reply_complex", "复杂事项"


class DeclineReason(models.TextChoices):
    """Why a letter is not accepted. A disclosure request is handed over, not declined."""

    NOT_GOVERNMENT = "not_government", "不属于党委、政府职责范围"
    IN_COURT = "in_court", "已进入或者依法应当通过诉讼、仲裁、行政复议解决"
    PETITION = "petition", "信访事项正在办理或者已有处理意见"
    DISCLOSURE = "disclosure", "属于政府信息公开申请"
    ABUSE = "abuse", "内容为辱骂、恐吓"
    ANONYMOUS_SLANDER = "anonymous_slander", "匿名诬告、诽谤"
    ADVERTISEMENT = "advertisement", "广告、推销"
    NO_MATTER = "no_matter", "没有具体事项"


class Part(models.TextChoices):
    """What a unit has to do with a letter."""

    MAIN = "main", "主办"
    ASSIST = "assist", "协办"


class AssignmentState(models.TextChoices):
    """How far a unit's part is."""

    WAITING = "waiting", "待办"
    SIGNED = "signed", "已签收"
    CONTRIBUTED = "contributed", "已反馈"
    RETURNED = "returned", "已退办"
    CANCELLED = "cancelled", "已取消"
    DONE = "done", "已办结"


class Decision(models.TextChoices):
    """What became of a request for an extension."""

    PENDING = "pending", "待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"


class Rung(models.TextChoices):
    """The rungs of the reminder ladder."""

    YELLOW = "yellow", "黄色提醒"
    ORANGE = "orange", "橙色提醒"
    RED = "red", "催办"
    LEADER = "leader", "督办"


class Verdict(models.TextChoices):
    """What supervisors found about a letter that was twice answered without satisfying."""

    PROPER = "proper", "办理适当，已向来信人说明"
    ORDERED = "ordered", "责成承办单位整改"


CONTRIBUTING = (AssignmentState.WAITING, AssignmentState.SIGNED)
SEEING = (
    AssignmentState.WAITING,
    AssignmentState.SIGNED,
    AssignmentState.CONTRIBUTED,
    AssignmentState.DONE,
)
OPEN_STATES = (
    State.SUBMITTED,
    State.ACCEPTED,
    State.ASSIGNED,
    State.RETURNED,
    State.HANDLING,
    State.AWAITING_SUPPLEMENT,
    State.DRAFTED,
    State.REVIEWING,
    State.SIGNING,
    State.CHECKING,
    State.MERGED,
)
IN_UNIT = (State.HANDLING, State.DRAFTED, State.REVIEWING, State.SIGNING)
AFTER_SCREENING = tuple(state for state in OPEN_STATES if state != State.SUBMITTED)
