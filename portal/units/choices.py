"""Kinds of unit and roles of people."""

from django.db import models


class UnitKind(models.TextChoices):
    """What sort of body a unit is."""

    GOVERNMENT = "government", "人民政府"
    OFFICE = "office", "政府办公室"
    DEPARTMENT = "department", "工作部门"
    COUNTY = "county", "县（市、区）人民政府"
    TOWNSHIP = "township", "乡镇（街道）"


class Role(models.TextChoices):
    """What a person is appointed to do in a unit."""

    CLERK = "clerk", "经办人"
    REVIEWER = "reviewer", "审核人"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查员"
    APPROVER = "approver", "签发人"
    PUBLISHER = "publisher", "发布员"
    SUPERVISOR = "supervisor", "监督员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


HANDLING_ROLES = (Role.CLERK, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER, Role.PUBLISHER)
ADMIN_ROLES = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
CITY_WIDE_ROLES = (Role.SUPERVISOR, *ADMIN_ROLES)
EVERY_UNIT = 0
