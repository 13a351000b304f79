"""What one can do at the front door, as the finder offers it."""

from portal.search.functions import offer

offer(
    "机构和电话",
    "contact",
    "各机关的地址、电话和办公时间。",
    "机构电话 联系电话 办公电话 办公地址 联系方式 单位电话 部门电话 几点上班 办公时间 在哪里办公 怎么联系",
)
offer(
    "期限计算",
    "deadline",
    "算一算到期日：跳过周末和节假日，计入调休上班的日子。",
    "算期限 算日子 工作日计算 答复期限 到期日 几个工作日",
)
offer("核验文书", "verify", "扫描文书上的二维码，或者填写核验码。", "验证文书 文书真假 核验码 真伪 防伪 验真")
offer("公开指南", "guide", "怎样获取政府信息，每一步的期限。", "信息公开指南 公开指南 使用帮助 怎么使用")
offer("无障碍说明", "accessibility", "大字版、朗读和键盘操作。", "大字版 适老化 无障碍浏览 字体放大 读屏")
