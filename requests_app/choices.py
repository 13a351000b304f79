"""Closed lists of disclosure on application."""

from django.db import models

KIND = "disclosure"
# The papers that end a request without an answer: by a decision that may be contested, or because it was taken back.
DECIDED_UNANSWERED = ("lapse_notice", "unpaid_notice", "termination_notice")
ENDED_UNANSWERED = (*DECIDED_UNANSWERED, "withdrawal_note")


class State(models.TextChoices):
    """The states of a disclosure request."""

    NEW = "new", "未提交"
    SUBMITTED = "submitted", "已提交，待登记"
    REGISTERED = "registered", "已登记，待分办"
    HANDLING = "handling", "办理中"
    AWAITING_CORRECTION = "awaiting_correction", "待申请人补正"
    AWAITING_PAYMENT = "awaiting_payment", "待申请人缴费"
    REVIEWING = "reviewing", "答复审核中"
    CLEARING = "clearing", "保密审查中"
    SIGNING = "signing", "待签发"
    SIGNED = "signed", "已签发，待发出"
    SENDING = "sending", "文书已制发，待送达"
    ANSWERED = "answered", "已答复"
    WITHDRAWN = "withdrawn", "申请人已撤回"
    ABANDONED = "abandoned", "视为放弃，不再处理"
    ENDED = "ended", "终止办理"


class ApplicantKind(models.TextChoices):
    """Who asks."""

    CITIZEN = "citizen", "公民"
    ORGANISATION = "organisation", "法人或其他组织"


class PartyIs(models.TextChoices):
    """What somebody who is consulted is: papers say 您 to a person, 贵单位 to an organisation."""

    PERSON = "person", "个人"
    ORGANISATION = "organisation", "单位"


ADDRESSED_AS = {
    ApplicantKind.CITIZEN.value: "您",
    PartyIs.PERSON.value: "您",
    PartyIs.ORGANISATION.value: "贵单位",
}


class OrganisationKind(models.TextChoices):
    """The kinds of organisation of the annual report's table (国办公开办函〔2021〕30号)."""

    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    CHARITY = "charity", "社会公益组织"
    LEGAL = "legal", "法律服务机构"
    OTHER = "other", "其他"


class IdentityKind(models.TextChoices):
    """Identity documents of a person."""

    RESIDENT = "resident", "居民身份证"
    PASSPORT = "passport", "护照"
    HK_MACAO = "hk_macao", "港澳居民来往内地通行证"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证"
    HK_MACAO_RESIDENCE = "hk_macao_residence", "港澳居民居住证"
    TAIWAN_RESIDENCE = "taiwan_residence", "台湾居民居住证"
    FOREIGN_PERMANENT = "foreign_permanent", "外国人永久居留身份证"


class Channel(models.TextChoices):
    """How the request came in; the receipt date depends on it (条例第三十一条)."""

    ONLINE = "online", "网上提交"
    IN_PERSON = "in_person", "当面提交"
    REGISTERED_POST = "registered_post", "挂号信、特快专递"
    ORDINARY_POST = "ordinary_post", "平常信函"
    FAX = "fax", "传真"
    ORAL = "oral", "口头提出，由经办人代为填写"


class FormWanted(models.TextChoices):
    """In which form the information is wanted (条例第二十九条)."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子"
    OTHER = "other", "其他"


class Delivery(models.TextChoices):
    """How the reply is to reach the applicant."""

    ONLINE = "online", "网上获取"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    IN_PERSON = "in_person", "当面领取"


class ReplyKind(models.TextChoices):
    """The kinds of reply (条例第三十六条)."""

    DISCLOSE = "disclose", "予以公开"
    ALREADY_PUBLIC = "already_public", "已主动公开"
    PARTIAL = "partial", "部分公开"
    REFUSE = "refuse", "不予公开"
    NOT_HELD = "not_held", "政府信息不存在"
    NOT_OURS = "not_ours", "非本机关公开"
    NEEDS_CREATION = "needs_creation", "没有现成信息，需另行制作"
    UNCLEAR = "unclear", "补正后申请内容仍不明确"
    INQUIRY = "inquiry", "属于行政查询事项"
    NOT_PROCESSED = "not_processed", "不予处理"


class RefusalGround(models.TextChoices):
    """Why information is withheld (条例第十四条至第十六条)."""

    STATE_SECRET = "state_secret", "属于国家秘密"
    FORBIDDEN = "forbidden", "其他法律、行政法规禁止公开"
    SECURITY = "security", "可能危及国家安全、公共安全、经济安全、社会稳定"
    THIRD_PARTY = "third_party", "保护第三方合法权益（商业秘密、个人隐私）"
    INTERNAL = "internal", "属于三类内部事务信息"
    PROCESS = "process", "属于四类过程性信息"
    ENFORCEMENT_FILE = "enforcement_file", "属于行政执法案卷"


class ProtectedInterest(models.TextChoices):
    """Whose interest art. 15 protects: which of the two, or both (条例第十五条)."""

    TRADE_SECRET = "trade_secret", "商业秘密"
    PRIVACY = "privacy", "个人隐私"
    BOTH = "both", "商业秘密和个人隐私"


class NotProcessedReason(models.TextChoices):
    """Why a request is not processed (条例第三十五条、第三十六条、第三十九条; 国办公开办函〔2021〕30号表二)."""

    PETITION = "petition", "信访、举报、投诉类申请"
    DUPLICATE = "duplicate", "重复申请"
    PUBLICATION = "publication", "要求提供公开出版物"
    EXCESSIVE = "excessive", "无正当理由大量反复申请"
    CONFIRMATION = "confirmation", "要求确认或重新出具已获取信息"


class Decision(models.TextChoices):
    """What became of a request for an extension."""

    PENDING = "pending", "待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    SPENT = "spent", "期限已重新起算，不再适用"


class ConsultKind(models.TextChoices):
    """Who is asked, and what the answer means."""

    THIRD_PARTY = "third_party", "第三方（条例第三十二条）"
    JOINT_MAKER = "joint_maker", "共同制作机关（条例第三十四条）"
    ASSISTANT = "assistant", "协助办理的单位"


class ConsultState(models.TextChoices):
    """How far a consultation is."""

    WAITING = "waiting", "等待意见"
    ANSWERED = "answered", "已提出意见"
    SILENT = "silent", "逾期未提出意见"
    UNREACHABLE = "unreachable", "无法送达"
    CANCELLED = "cancelled", "不再征求"


# An opinion may still come, late ones of those who were silent included.
HEARD = (ConsultState.WAITING, ConsultState.SILENT)


class Opinion(models.TextChoices):
    """What the party consulted says."""

    AGREE = "agree", "同意公开"
    PARTLY = "partly", "部分同意公开"
    REFUSE = "refuse", "不同意公开"


class SendBy(models.TextChoices):
    """How a paper reaches somebody (国办公开办函〔2016〕235号; 网上送达 by the applicant's own choice)."""

    ONLINE = "online", "网上送达"
    POST = "post", "邮寄送达（邮政企业）"
    IN_PERSON = "in_person", "直接送达"
    AGENCY = "agency", "委托其他行政机关送达"


class Tariff(models.TextChoices):
    """The two ways of charging, never both (国办函〔2020〕109号)."""

    BY_PIECE = "by_piece", "按件计收"
    BY_PAGE = "by_page", "按量计收"


class FeeState(models.TextChoices):
    """What became of a fee notice."""

    WAITING = "waiting", "待缴费"
    PAID = "paid", "已缴费"
    UNPAID = "unpaid", "逾期未缴费"
    CANCELLED = "cancelled", "已撤回"


class Verdict(models.TextChoices):
    """Whether the reasons given for many requests are reasonable (条例第三十五条)."""

    PENDING = "pending", "待说明"
    GIVEN = "given", "已说明，待认定"
    REASONABLE = "reasonable", "理由合理"
    UNREASONABLE = "unreasonable", "理由不合理"
    SILENT = "silent", "逾期未说明"


class FixDecision(models.TextChoices):
    """What becomes of a wish to correct a record about oneself (条例第四十一条)."""

    PENDING = "pending", "待处理"
    CORRECTED = "corrected", "已更正"
    PASSED_ON = "passed_on", "转送有权机关处理并告知"
    TOLD_WHERE = "told_where", "告知向有权机关提出"
    REFUSED = "refused", "经核实记录准确，不予更正"


class RemedyKind(models.TextChoices):
    """Where an applicant turned (国办公开办函〔2021〕30号表三)."""

    RECONSIDERATION = "reconsideration", "行政复议"
    LAWSUIT = "lawsuit", "行政诉讼（未经复议直接起诉）"
    LAWSUIT_AFTER = "lawsuit_after", "行政诉讼（复议后起诉）"


class RemedyResult(models.TextChoices):
    """How it ended (国办公开办函〔2021〕30号表三)."""

    PENDING = "pending", "尚未审结"
    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


class EndReason(models.TextChoices):
    """Why a request ends without an answer and without being taken back."""

    DEATH = "death", "申请人死亡，无人承继"
    DISSOLUTION = "dissolution", "申请单位终止，无人承继"


class ReopenGround(models.TextChoices):
    """Why a request that ended without an answer goes on."""

    MISTAKE = "mistake", "登记有误，恢复办理"
    GOOD_REASON = "good_reason", "申请人有正当理由（条例第三十条）"
    REVIEW = "review", "行政复议决定、法院裁判要求继续办理"


class AnewGround(models.TextChoices):
    """Why a request that was answered is answered anew."""

    REVIEW = "review", "行政复议决定、法院裁判责令重新答复"
    VOID = "void", "答复文书已经作废"
    MISTAKE = "mistake", "本机关自行纠正"


class AfterPayment(models.TextChoices):
    """What the period does once the fee is paid."""

    RESTART = "restart", "自缴费次日起重新计算"
    RESUME = "resume", "自缴费次日起继续计算"


class SuccessionReason(models.TextChoices):
    """Why somebody else goes on with a request."""

    DEATH = "death", "申请人死亡，由近亲属继续申请"
    MERGER = "merger", "申请单位合并、分立或者变更，由承继单位继续申请"
    NAME = "name", "申请人名称变更"
