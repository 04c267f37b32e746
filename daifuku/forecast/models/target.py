"""目標: what somebody, a team or the whole firm is to reach in a month, of everything or of one group of products."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.records.models import Record


class Target(Record):
    """Of the person in `owner`, else of the `team`, else of the firm. `month` is its first day. `key` says all of it
    once, so that nothing has two targets for the same month."""

    object_key: ClassVar[str] = "target"

    month = models.DateField(_("月"))
    group = models.CharField(_("商品グループ"), max_length=40, blank=True)
    amount = models.BigIntegerField(_("目標金額"), default=0)
    note = models.CharField(_("メモ"), max_length=200, blank=True)
    name = models.CharField(_("目標"), max_length=200, blank=True, editable=False)
    key = models.CharField(max_length=120, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("目標")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], name="target_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="target_amount"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["month", "id"], name="target_by_month"),
            models.Index(fields=["-updated_at", "-id"], name="target_by_change"),
            models.Index(fields=["trashed_at"], name="target_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name
