"""担当者: somebody at a customer's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models.account import PRESENT, Account
from daifuku.customers.models.place import Place
from daifuku.foundation.sql import Binary
from daifuku.records.models import Record


class Contact(Record, Place):
    """`account`, `department` and `title` are those of the post that counts now; all posts are `affiliations`."""

    object_key: ClassVar[str] = "contact"

    family_name = models.CharField(_("姓"), max_length=80)
    given_name = models.CharField(_("名"), max_length=80, blank=True)
    family_kana = models.CharField(_("セイ"), max_length=80, blank=True)
    given_kana = models.CharField(_("メイ"), max_length=80, blank=True)
    account = models.ForeignKey(
        Account,
        verbose_name=_("取引先"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
    )
    department = models.CharField(_("部署"), max_length=120, blank=True)
    title = models.CharField(_("役職"), max_length=120, blank=True)
    mobile = models.CharField(_("携帯電話"), max_length=40, blank=True)
    email = models.CharField(_("メール"), max_length=254, blank=True)
    other_email = models.CharField(_("メール（予備）"), max_length=254, blank=True)
    role = models.CharField(_("商談での役割"), max_length=40, blank=True)
    influence = models.CharField(_("影響力"), max_length=40, blank=True)
    status = models.CharField(_("在籍"), max_length=40, blank=True)
    left_on = models.DateField(_("退職・異動日"), null=True, blank=True)
    birthday = models.DateField(_("誕生日"), null=True, blank=True)
    note = models.TextField(_("備考"), blank=True)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    sort_key = models.CharField(max_length=200, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("担当者")
        indexes: ClassVar = [
            models.Index(Binary("sort_key"), "id", name="contact_by_name", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="contact_by_change", condition=PRESENT),
            models.Index("owner", Binary("sort_key"), "id", name="contact_by_owner", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="contact_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()
