"""The rules of disclosure on application as pure functions."""

from __future__ import annotations

import re
from datetime import date

from portal.core.identity import (
    check_digit_holds,
    credit_code_holds,
    normal_identity,
    resident_number_holds,
)
from portal.core.limits import Limit, limit
from portal.core.workdays import WorkdayCalendar
from requests_app.choices import (
    Channel,
    ConsultKind,
    Delivery,
    FormWanted,
    IdentityKind,
    NotProcessedReason,
    ProtectedInterest,
    RefusalGround,
    ReplyKind,
)

GROUND_ARTICLES = {
    RefusalGround.STATE_SECRET: "第十四条",
    RefusalGround.FORBIDDEN: "第十四条",
    RefusalGround.SECURITY: "第十四条",
    RefusalGround.THIRD_PARTY: "第十五条",
    RefusalGround.INTERNAL: "第十六条第一款",
    RefusalGround.PROCESS: "第十六条第二款",
    RefusalGround.ENFORCEMENT_FILE: "第十六条第二款",
}

GROUND_PHRASES = {
    RefusalGround.STATE_SECRET: "属于国家秘密",
    RefusalGround.FORBIDDEN: "属于其他法律、行政法规禁止公开的信息",
    RefusalGround.SECURITY: "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
    RefusalGround.THIRD_PARTY: "涉及商业秘密、个人隐私，公开会对第三方合法权益造成损害",
    RefusalGround.INTERNAL: "属于人事管理、后勤管理、内部工作流程等内部事务信息",
    RefusalGround.PROCESS: "属于讨论记录、过程稿、磋商信函、请示报告等过程性信息",
    RefusalGround.ENFORCEMENT_FILE: "属于行政执法案卷信息",
}

# Registered letters and parcels (two letters and 11 digits, or 9 digits and CN), express mail (13 digits).
POSTAL_NUMBER = r"[A-Z]{2}\d{11}|[A-Z]{2}\d{9}[A-Z]{2}|\d{13}"

INTEREST_PHRASES = {
    ProtectedInterest.TRADE_SECRET: "涉及商业秘密，公开会对第三方合法权益造成损害",
    ProtectedInterest.PRIVACY: "涉及个人隐私，公开会对第三方合法权益造成损害",
    ProtectedInterest.BOTH: "涉及商业秘密和个人隐私，公开会对第三方合法权益造成损害",
}

NOT_PROCESSED_TEXTS = {
    NotProcessedReason.PETITION: "{you}以政府信息公开申请的形式进行信访、投诉、举报等活动。根据《中华人民共和国政府信息公开条例》"
    "第三十九条第一款规定，本机关不作为政府信息公开申请处理，{you}可以通过相应渠道提出",
    NotProcessedReason.DUPLICATE: "本机关此前已就{you}提出的同一政府信息公开申请作出答复。根据《中华人民共和国政府信息公开条例》"
    "第三十六条第（六）项规定，本机关不予重复处理",
    NotProcessedReason.PUBLICATION: "{you}申请的内容为要求提供政府公报、报刊、书籍等公开出版物。根据《中华人民共和国政府信息公开"
    "条例》第三十九条第二款规定，本机关不作为政府信息公开申请处理，现告知获取的途径",
    NotProcessedReason.EXCESSIVE: "{you}申请公开政府信息的数量、频次明显超过合理范围，说明的理由不合理。根据《中华人民共和国政府"
    "信息公开条例》第三十五条规定，本机关不予处理",
    NotProcessedReason.CONFIRMATION: "{you}要求对已获取的政府信息进行确认或者重新出具，不属于申请获取政府信息，本机关不予处理",
}

IDENTITY_SHAPES = {
    IdentityKind.PASSPORT: (r"[A-Z0-9]{5,17}", "护照号码应为5至17位字母或数字"),
    IdentityKind.HK_MACAO: (r"[HM]\d{8,10}", "通行证号码应以H或M开头，后接8至10位数字"),
    IdentityKind.TAIWAN: (r"\d{8}|\d{10}[A-Z]?", "通行证号码应为8位数字"),
    IdentityKind.FOREIGN_PERMANENT: (
        r"[A-Z]{3}\d{12}|9\d{16}[\dX]",
        "永久居留身份证号码应为3位字母加12位数字，或者以9开头的18位",
    ),
}
RESIDENT_HEADS = {
    IdentityKind.RESIDENT: ("[1-7]", "居民身份证号码应为18位，最后一位可以是X"),
    IdentityKind.HK_MACAO_RESIDENCE: ("8[12]", "港澳居民居住证号码应为18位，以81或82开头，最后一位可以是X"),
    IdentityKind.TAIWAN_RESIDENCE: ("83", "台湾居民居住证号码应为18位，以83开头，最后一位可以是X"),
}
OTHER_CARDS = {"8": "以8开头的是港澳台居民居住证号码", "9": "以9开头的是外国人永久居留身份证号码"}


def opinion_limit(kind: str, on: date) -> Limit:
    """How long who is asked has for an opinion, by the law of that day (条例第三十二条、第三十四条)."""
    third_party = kind == ConsultKind.THIRD_PARTY
    return limit("disclosure.third_party" if third_party else "disclosure.joint_maker", on=on)


def identity_problem(kind: str, number: str) -> str:
    """ "" if the number fits the document, else a sentence.

    Resident cards, residence permits and the permanent resident card of 2023 have the check digit of ISO 7064
    mod 11-2 (GB 11643); which place a number names is not judged.
    """
    number = normal_identity(number)
    if kind not in IdentityKind.values:
        return "请选择证件类型"
    chosen = IdentityKind(kind)
    if chosen in RESIDENT_HEADS:
        return _resident_problem(chosen, number)
    shape, sentence = IDENTITY_SHAPES[chosen]
    if not re.fullmatch(shape, number, re.ASCII):
        return sentence
    if chosen == IdentityKind.FOREIGN_PERMANENT and number[0] == "9" and not check_digit_holds(number):
        return "永久居留身份证号码校验不通过，请核对是否有误"
    return ""


def _resident_problem(kind: IdentityKind, number: str) -> str:
    head, sentence = RESIDENT_HEADS[kind]
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return sentence
    if not re.match(head, number):
        return f"{OTHER_CARDS[number[0]]}，请改选证件类型" if _is_other_card(kind, number) else sentence
    return "" if resident_number_holds(number) else f"{kind.label}号码校验不通过，请核对是否有误"


def _is_other_card(kind: IdentityKind, number: str) -> bool:
    return kind == IdentityKind.RESIDENT and number[0] in OTHER_CARDS and check_digit_holds(number)


def credit_code_problem(code: str) -> str:
    """ "" if the unified social credit code holds (GB 32100, mod 31), else a sentence."""
    code = normal_identity(code)
    if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", code):
        return "统一社会信用代码应为18位数字或大写字母，没有字母I、O、S、V、Z"
    return "" if credit_code_holds(code) else "统一社会信用代码校验不通过，请核对是否有误"


def renaming_problem(former: str, number: str) -> str:
    """ "" if a change of name keeps the number of the document or the credit code, else a sentence: that is somebody else."""
    if not former:
        return "本件没有登记证件号码，请先由签发人办理“更正申请人信息”"
    if former == number:
        return ""
    return "只变更名称的，证件号码（统一社会信用代码）不变；由他人继续申请的，请选择其他变更原因"


def contact_problem(phone: str, email: str, address: str) -> str:
    """ "" if the applicant can be reached in one way at least, else a sentence (条例第二十九条: 联系方式)."""
    if phone.strip() or email.strip() or address.strip():
        return ""
    return "联系电话、电子邮箱、通信地址至少填写一项"


def delivery_problem(delivery: str, *, email: str, address: str) -> str:
    """ "" if the way in which the information is wanted can be gone, else a sentence."""
    if delivery == Delivery.POST and not address.strip():
        return "选择邮寄的，请填写通信地址"
    if delivery == Delivery.EMAIL and not email.strip():
        return "选择电子邮件的，请填写电子邮箱"
    return ""


def form_problem(form_wanted: str, delivery: str) -> str:
    """ "" if what is wanted in that form can go that way, else a sentence: paper does not go by mail.

    Online is where the reply itself is opened; the paper is then fetched or sent as agreed.
    """
    if form_wanted == FormWanted.PAPER and delivery == Delivery.EMAIL:
        return "纸质的不能用电子邮件发送；需要电子邮件的，信息形式请选择“电子”"
    return ""


def receipt_day_problem(
    channel: str, received_on: date, submitted_on: date, today: date, *, entered: bool = False
) -> str:
    """ "" if the receipt day is possible for the channel, else a sentence (条例第三十一条).

    What a clerk has `entered` came before it was entered: a fax counts from the day on which both sides confirmed it.
    """
    if received_on > today:
        return "收到日不能晚于今天"
    confirmed = channel == Channel.ONLINE or (channel == Channel.FAX and not entered)
    if confirmed and received_on < submitted_on:
        return "网上提交或传真的，收到日为双方确认之日，不能早于提交之日"
    if channel in (Channel.IN_PERSON, Channel.ORAL) and received_on > submitted_on:
        return "当面提交或口头提出的，收到日为当天，不能晚于提交之日"
    return ""


def extension_problem(days: int, most: int, due_on: date | None, today: date, already: bool) -> str:
    """ "" if the reply period may be extended by that many working days, at most `most`, else a sentence (条例第三十三条)."""
    if already:
        return "答复期限只能延长一次"
    if not 1 <= days <= most:
        return f"延长期限应在1至{most}个工作日之间"
    if due_on is not None and today > due_on:
        return "原答复期限已过，不能再延长；应尽快答复"
    return ""


def expected_due(submitted_on: date, calendar: WorkdayCalendar) -> tuple[date, date]:
    """The day by which a request submitted online is to be confirmed, and the reply then due."""
    confirmed = calendar.add(submitted_on, limit("disclosure.registration", on=submitted_on).days)
    return confirmed, calendar.add(confirmed, limit("disclosure.reply", on=confirmed).days)


def ground_phrase(ground: str, interest: str) -> str:
    """Why information is withheld, as a paper says it; matters of before name no interest."""
    if interest:
        return INTEREST_PHRASES[ProtectedInterest(interest)]
    return GROUND_PHRASES[RefusalGround(ground)]


def postal_number_problem(number: str) -> str:
    """ "" if it is a number of 邮政企业 (13 signs), else a sentence: couriers may not carry such papers."""
    bare = number.strip().upper().replace(" ", "")
    if not bare:
        return "邮寄送达的，请填写邮件号"
    if re.fullmatch(POSTAL_NUMBER, bare):
        return ""
    return "邮件号应为邮政企业的13位邮件号；答复文书只能通过邮政企业寄送，不得通过其他快递企业寄送"


GIVING = frozenset({ReplyKind.DISCLOSE, ReplyKind.ALREADY_PUBLIC, ReplyKind.PARTIAL})


def overall_kind(kinds: list[str]) -> str:
    """What a reply of several matters counts as (国办公开办函〔2021〕30号: 区分处理的只计“部分公开”).

    All given: disclosed (or already public, if every one was). Some given, some not: partly disclosed. None given:
    the first matter's kind.
    """
    if len(set(kinds)) == 1:
        return kinds[0]
    given = [kind in GIVING for kind in kinds]
    if all(given) and ReplyKind.PARTIAL not in kinds:
        return ReplyKind.DISCLOSE
    return ReplyKind.PARTIAL if any(given) else kinds[0]
