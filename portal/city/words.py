"""What the people of the seeded city ask and what they are answered; all of it made up."""

from __future__ import annotations

from random import Random

SURNAMES = "李王张普杨刘陈赵黄周吴马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢刀白孔"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉文建国志红云春晓燕海波斌辉宇浩琳雪梅琴凤林"
PLACES = (
    "红塔区玉兴街道",
    "红塔区玉带街道",
    "红塔区凤凰街道",
    "红塔区北城街道",
    "红塔区大营街街道",
    "江川区星云街道",
    "江川区前卫镇",
    "澄江市凤麓街道",
    "澄江市龙街街道",
    "通海县秀山街道",
    "通海县河西镇",
    "华宁县宁州街道",
    "华宁县盘溪镇",
    "易门县龙泉街道",
    "峨山县双江街道",
    "峨山县小街街道",
    "新平县桂山街道",
    "新平县戛洒镇",
    "元江县澧江街道",
    "元江县曼来镇",
)
COUNTIES = {
    "红塔": "hongta",
    "江川": "jiangchuan",
    "澄江": "chengjiang",
    "通海": "tonghai",
    "华宁": "huaning",
    "易门": "yimen",
    "峨山": "eshan",
    "新平": "xinping",
    "元江": "yuanjiang",
}
# (unit code, matters that people write to it about)
MATTERS: dict[str, tuple[str, ...]] = {
    "housing": (
        "老旧小区改造",
        "公共租赁住房分配",
        "住宅专项维修资金",
        "小区电梯维修",
        "商品房预售监管",
        "物业服务收费",
    ),
    "human-resources": ("社会保险补缴", "农民工工资支付", "失业保险待遇", "事业单位招聘", "职业技能补贴"),
    "natural-resources": ("土地征收补偿安置", "不动产登记", "建设用地规划许可", "宅基地审批", "采矿权出让"),
    "education": ("义务教育入学划片", "校外培训机构管理", "学校食堂供餐", "教师招聘", "学生资助"),
    "public-security": ("居住证办理", "道路交通信号设置", "户口迁移", "停车秩序整治", "养犬管理"),
    "transport": ("公交线路调整", "农村公路养护", "出租汽车管理", "客运站搬迁", "高速公路征地"),
    "health": ("社区卫生服务", "计划生育奖励", "医院收费", "疫苗接种安排", "托育机构备案"),
    "ecology": ("噪声污染", "河道水质监测", "企业排污许可", "环境影响评价", "秸秆焚烧"),
    "agriculture": ("高标准农田建设", "农业补贴发放", "耕地地力保护", "农机购置补贴", "蔬菜大棚用地"),
    "water": ("饮水工程建设", "抚仙湖流域治理", "取水许可", "河道采砂管理", "水库除险加固"),
    "finance": ("专项资金安排", "政府采购项目", "部门预算", "惠农补贴", "政府债务"),
    "civil-affairs": ("低保审核", "养老机构补贴", "殡葬服务收费", "婚姻登记", "社会组织登记"),
    "market-regulation": ("食品安全抽检", "个体工商户登记", "特种设备检验", "价格投诉", "药店监管"),
    "urban-management": ("夜市占道经营", "建筑垃圾清运", "户外广告设置", "路灯维修", "绿化管护"),
    "city-office": ("政务服务大厅办事", "市政府常务会议", "重大建设项目", "市政府规章", "民生实事项目"),
}
WANTED = (
    "资金使用明细",
    "实施方案",
    "批复文件",
    "公示材料",
    "验收报告",
    "会议纪要",
    "补助名单",
    "中标合同",
    "检查结果",
    "办理依据",
)
WISHES = (
    ("inquiry", "咨询{place}{matter}的办理条件", "请问{place}办理{matter}需要什么条件和材料，到哪里办理？"),
    ("help", "{place}{matter}问题请求解决", "{place}的{matter}问题已经反映多次，一直没有解决，请帮助协调。"),
    (
        "complaint",
        "反映{place}{matter}办理迟缓",
        "今年在{place}申请{matter}，超过承诺时间仍没有结果，请督促。",
    ),
    ("suggestion", "关于改进{place}{matter}的建议", "建议{place}在{matter}方面公开进度，方便群众了解。"),
    ("report", "{place}{matter}存在违规情况", "{place}在{matter}中有人不按规定办理，请核查。"),
)
ANSWERS = (
    "一、核实情况：经到{place}现场核实，您反映的{matter}情况属实。\n二、处理意见：已列入本月工作安排，由专人负责，完成后在公示栏公布。",
    "一、核实情况：{place}的{matter}按照现行规定办理，所需材料和条件已经公开。\n二、答复意见：请携带身份证件到所在地政务服务大厅办理，也可以在网上提交。",
    "一、核实情况：{place}的{matter}因资料不全未能按时办结。\n二、处理意见：已与您联系补齐资料，承诺十个工作日内办结。",
    "一、核实情况：您提出的意见有利于改进{place}的{matter}。\n二、答复意见：已采纳，今后每季度公开一次进度，接受监督。",
)
NEWS = ("推进会召开", "工作检查情况", "实施情况公告", "有关事项通知", "服务指南更新", "项目进展")
SUBJECTS = ("economy", "construction", "agriculture", "governance", "industry")


def person(rng: Random) -> str:
    """A name."""
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))


def place(rng: Random) -> str:
    """A street or a town."""
    return rng.choice(PLACES)


def county(name: str) -> str:
    """The county's code of a place."""
    return COUNTIES[name[:2]]


def matter(rng: Random, unit: str) -> str:
    """What a unit is asked about."""
    return rng.choice(MATTERS.get(unit) or MATTERS["city-office"])
