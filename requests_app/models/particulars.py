"""Who an applicant is and how to reach him or her: as it stands in the request, and as it stood before a change."""

from __future__ import annotations

from django.db import models

from portal.privacy import personal
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import ADDRESS, EMAIL, NAME, PHONE, Personal, Shape


class Particulars(models.Model):
    """The fields, sealed. What each tells of a person is declared here and nowhere else."""

    name = SealedTextField("姓名或名称", personal=NAME)
    identity_number = SealedTextField("证件号码或统一社会信用代码", personal=Personal(Shape.IDENTITY))
    representative = SealedTextField(
        "法定代表人或负责人", blank=True, personal=Personal(Shape.NAME, ends=True)
    )
    contact_person = SealedTextField(
        "联系人", blank=True, personal=Personal(Shape.NAME, contact=True, ends=True)
    )
    phone = SealedTextField("联系电话", blank=True, personal=PHONE)
    email = SealedTextField("电子邮箱", blank=True, personal=EMAIL)
    address = SealedTextField("通信地址", blank=True, personal=ADDRESS)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    agent_name = SealedTextField("代理人姓名", blank=True, personal=Personal(Shape.NAME, ends=True))
    agent_identity_number = SealedTextField(
        "代理人证件号码", blank=True, personal=Personal(Shape.IDENTITY, ends=True)
    )
    agent_phone = SealedTextField(
        "代理人电话", blank=True, personal=Personal(Shape.PHONE, contact=True, ends=True)
    )

    class Meta:
        abstract = True

    def naming_values(self) -> tuple[str, ...]:
        """Every sealed value that names or reaches this applicant, the organisation's people and the agent; "" left out."""
        return personal.naming_values(self)


PARTICULARS = tuple(field.name for field in Particulars._meta.local_fields)
