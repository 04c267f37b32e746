"""A paper as it was issued: its bytes, its figures, its hash. It never changes; a mistake is mended by a new paper."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7


class SealedQuerySet(models.QuerySet["Sealed"]):
    """Rows are added and read. 電子帳簿保存法施行規則 第4条第1項第3号: what cannot be corrected or deleted needs
    no time stamp."""

    def update(self, **changes: Any) -> NoReturn:
        raise TypeError("a sealed copy does not change")

    def delete(self) -> NoReturn:
        raise TypeError("a sealed copy is kept")


class Sealed(models.Model):
    """`object` and `record_id` name the record, `partner` the customer as printed, `partner_id` his account's key.

    Found by day, amount and partner (電子帳簿保存法施行規則 第2条第6項第5号). `data` is all that was printed, so
    that a product that
    is deleted later still stands there as it was. `replaces` names the paper that this one corrects.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    number = models.CharField(_("番号"), max_length=40)
    year = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()
    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    issued_on = models.DateField(_("発行日"))
    partner = models.CharField(_("取引先"), max_length=200)
    partner_id = models.BigIntegerField(null=True)
    amount = models.BigIntegerField(_("金額"))
    data = models.JSONField()
    stored = models.CharField(max_length=100, db_index=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SealedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number"], name="sealed_number_once"),
            models.UniqueConstraint(fields=["kind", "year", "place"], name="sealed_place_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["object", "record_id", "id"], name="sealed_record"),
            models.Index(fields=["issued_on", "id"], name="sealed_day"),
            models.Index(fields=["amount", "id"], name="sealed_amount"),
            models.Index(fields=["partner_id", "issued_on", "id"], name="sealed_partner"),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *arguments: Any, **options: Any) -> None:
        stored = self.pk is not None
        if stored:
            raise TypeError("a sealed copy does not change")
        super().save(*arguments, **options)

    def delete(self, *arguments: Any, **options: Any) -> NoReturn:
        raise TypeError("a sealed copy is kept")
