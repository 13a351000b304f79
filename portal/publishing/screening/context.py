"""What stands around a number: eleven digits that are money, a quantity or a file's number are nobody's telephone."""

from __future__ import annotations

import re

BEFORE, AFTER = 40, 12
_CUE = re.compile(
    r"(?:电话|手机|联系|致电|来电|拨打|微信|短信|号码|机主|tel|mobile|phone|call)[^0-9。；\n]{0,6}$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?:\.[0-9]{1,4})?[ ]?[多余]?[万亿千百]{0,2}(?:人民币|美|欧|港|日)?(?:元|圆|平方|立方|公顷|亩|吨|公斤|千克|千瓦|度(?!假)|人次|公里|株|册|字节|[KMGT]B)"
)
_COUNTED = re.compile(
    r"[ ]?[多余]?[万亿千百]{0,2}(?:[元户人件个家所项条次亩吨米年月日号%‰台套辆头只株座处块份期名级分]|平方|公里)"
)
_MONEY = re.compile(
    r"(?:收入|支出|金额|预算|资金|合计|总计|总额|总价|价款|标价|成交价|报价|限价|控制价|造价|决算|余额|投资|产值|税收|人民币|结余|结转|拨款|"
    r"费用|经费|贷款|存款|面积|产量|总量|[￥¥])(?:为|是|共|约|计|达|人民币|\(元\))*:?[ ￥¥]{0,2}$"
)
_LABEL = re.compile(
    r"(?:编号|编码|代码|项目号|计划号|合同号|订单号|单号|流水号|批号|案号|序列号|备案号|证书?号|标段号?|文号|登记号|受理号|条形?码|"
    r"(?:采购|招标|投标|项目)(?:项目|计划|公告|文件|备案|合同|意向)?)(?:为|是)?[:]?[ ]?[A-Za-z0-9\-/()\[\]〔〕第_ ]{0,24}$"
)
_LISTED = re.compile(r"(?:分别|依次|各)[为是有]?[^。；\n]{0,12}$|(?:合计|共计|共|约|计|为)[ ]?$")


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - BEFORE) : start], text[end : end + AFTER]


def has_cue(text: str, start: int) -> bool:
    """True if a word for a telephone stands just before."""
    return bool(_CUE.search(text[max(0, start - BEFORE) : start]))


def is_no_telephone(text: str, start: int, end: int) -> bool:
    """True for digits that their neighbours call money, a quantity, or the number of a file."""
    before, after = _around(text, start, end)
    if _CUE.search(before):
        return False
    numbered = after.startswith("号") and not after.startswith("号码")
    return bool(numbered or _QUANTITY.match(after) or _MONEY.search(before) or _LABEL.search(before))


def is_a_list(text: str, start: int, end: int) -> bool:
    """True for groups of digits that read as a list of figures."""
    before, after = _around(text, start, end)
    return not _CUE.search(before) and bool(_COUNTED.match(after) or _LISTED.search(before))
