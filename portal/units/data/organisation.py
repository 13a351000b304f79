"""The real organisation of Yuxi: government offices, departments, counties.

Names and seats are public facts; telephone numbers are left to the operator, except the city's
service line. Series words follow the usual form of 机关代字 and are set by each office.
"""

from __future__ import annotations

from typing import NamedTuple


class UnitRow(NamedTuple):
    """One unit to load; `parent` is a code."""

    code: str
    name: str
    short_name: str
    kind: str
    parent: str
    series_word: str
    address: str
    postcode: str


CITY = "玉溪市人民政府"
SEAT = "云南省玉溪市红塔区"

CITY_ROWS = (
    UnitRow("yuxi", CITY, "市政府", "government", "", "玉政", SEAT, "653100"),
    UnitRow(
        "city-office", "玉溪市人民政府办公室", "市政府办公室", "office", "yuxi", "玉政办公开", SEAT, "653100"
    ),
)

_DEPARTMENTS = (
    ("development-reform", "发展和改革委员会", "发展改革委", "玉发改公开"),
    ("industry", "工业和信息化局", "工业和信息化局", "玉工信公开"),
    ("education", "教育体育局", "教育体育局", "玉教体公开"),
    ("science", "科学技术局", "科技局", "玉科公开"),
    ("ethnic-affairs", "民族宗教事务局", "民族宗教局", "玉民宗公开"),
    ("public-security", "公安局", "公安局", "玉公公开"),
    ("civil-affairs", "民政局", "民政局", "玉民公开"),
    ("justice", "司法局", "司法局", "玉司公开"),
    ("finance", "财政局", "财政局", "玉财公开"),
    ("human-resources", "人力资源和社会保障局", "人力资源社会保障局", "玉人社公开"),
    ("natural-resources", "自然资源和规划局", "自然资源规划局", "玉自然资公开"),
    ("ecology", "生态环境局", "生态环境局", "玉环公开"),
    ("housing", "住房和城乡建设局", "住房城乡建设局", "玉建公开"),
    ("transport", "交通运输局", "交通运输局", "玉交公开"),
    ("agriculture", "农业农村局", "农业农村局", "玉农公开"),
    ("water", "水利局", "水利局", "玉水公开"),
    ("commerce", "商务局", "商务局", "玉商公开"),
    ("culture-tourism", "文化和旅游局", "文化和旅游局", "玉文旅公开"),
    ("health", "卫生健康委员会", "卫生健康委", "玉卫公开"),
    ("veterans", "退役军人事务局", "退役军人局", "玉退役公开"),
    ("emergency", "应急管理局", "应急局", "玉应急公开"),
    ("audit", "审计局", "审计局", "玉审公开"),
    ("foreign-affairs", "人民政府外事办公室", "外事办", "玉外公开"),
    ("state-assets", "人民政府国有资产监督管理委员会", "国资委", "玉国资公开"),
    ("forestry", "林业和草原局", "林草局", "玉林公开"),
    ("market-regulation", "市场监督管理局", "市场监管局", "玉市监公开"),
    ("statistics", "统计局", "统计局", "玉统公开"),
    ("petitions", "信访局", "信访局", "玉信公开"),
    ("medical-insurance", "医疗保障局", "医保局", "玉医保公开"),
    ("urban-management", "城市管理局", "城市管理局", "玉城管公开"),
    ("government-services", "政务服务管理局", "政务服务局", "玉政服公开"),
    ("lakes", "抚仙湖管理局", "抚仙湖管理局", "玉抚公开"),
    ("rural-revitalisation", "乡村振兴局", "乡村振兴局", "玉乡振公开"),
    ("housing-fund", "住房公积金管理中心", "公积金中心", "玉公积金公开"),
)

DEPARTMENT_ROWS = tuple(
    UnitRow(code, f"玉溪市{name}", f"市{short}", "department", "yuxi", word, SEAT, "653100")
    for code, name, short, word in _DEPARTMENTS
)

# Districts carry the city's name in theirs, counties and 澄江市 do not.
_COUNTIES = (
    ("hongta", "红塔区", "玉红政", "653100"),
    ("jiangchuan", "江川区", "玉江政", "652600"),
    ("chengjiang", "澄江市", "玉澄政", "652500"),
    ("tonghai", "通海县", "玉通政", "652700"),
    ("huaning", "华宁县", "玉华政", "652800"),
    ("yimen", "易门县", "玉易政", "651100"),
    ("eshan", "峨山彝族自治县", "玉峨政", "653200"),
    ("xinping", "新平彝族傣族自治县", "玉新政", "653400"),
    ("yuanjiang", "元江哈尼族彝族傣族自治县", "玉元政", "653300"),
)


def full_name(county: str) -> str:
    """A county's name as its government and court bear it: 玉溪市红塔区, 通海县."""
    return f"玉溪市{county}" if county.endswith("区") else county


COUNTY_ROWS = tuple(
    row
    for code, name, word, postcode in _COUNTIES
    for row in (
        UnitRow(
            code,
            f"{full_name(name)}人民政府",
            name,
            "county",
            "yuxi",
            word,
            f"云南省玉溪市{name}",
            postcode,
        ),
        UnitRow(
            f"{code}-office",
            f"{full_name(name)}人民政府办公室",
            f"{name}政府办",
            "office",
            code,
            f"{word}办公开",
            f"云南省玉溪市{name}",
            postcode,
        ),
    )
)

ROWS = (*CITY_ROWS, *DEPARTMENT_ROWS, *COUNTY_ROWS)

NAMES_NOT_RECEIVING = ("yuxi", *(code for code, *_ in _COUNTIES))


def review_body(row: UnitRow) -> str:
    """The body that reviews the unit's decisions (行政复议法第二十四条): its government, or the one above.

    Departments and the government's office: the government they belong to. A county's office: the
    county government. A government itself: the government above.
    """
    if row.code == "yuxi":
        return "云南省人民政府"
    if row.kind == "county":
        return CITY
    if row.kind == "office" and row.parent != "yuxi":
        return next(r.name for r in ROWS if r.code == row.parent)
    return CITY


# 政府信息公开工作主管部门 of the province: the one above the city's own (条例第三条).
PROVINCE_OFFICE = "云南省人民政府办公厅"

# The Ministry of Justice's platform, which every reconsideration body is joined to; a body's own one goes here.
REVIEW_CHANNEL = "全国行政复议服务平台（https://xzfy.moj.gov.cn）"


def review_also(row: UnitRow) -> str:
    """The other body that the applicant may choose: of a justice bureau, the one above (行政复议法第二十八条).

    No unit here is led by a department above it in the sense of art. 27 (customs, finance, taxes, state security):
    a bureau that is also led by a department of the province stays a department of the city (art. 24).
    """
    return "云南省司法厅" if row.code == "justice" else ""


def court(row: UnitRow) -> str:
    """The court of first instance named in the remedy paragraph; set per unit by the operator."""
    if row.kind in ("government", "county"):
        return "玉溪市中级人民法院"
    if row.kind == "office" and row.parent != "yuxi":
        county = next(r.short_name for r in ROWS if r.code == row.parent)
        return f"{full_name(county)}人民法院"
    return f"{full_name('红塔区')}人民法院"
