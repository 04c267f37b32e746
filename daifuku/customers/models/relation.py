"""How accounts stand to each other, and which likenesses are deliberate."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models.account import Account


class Relation(models.Model):
    """`source` is the `kind` of `target`: the supplier of, in one group with, introduced by."""

    class Kind(models.TextChoices):
        SUPPLIER = "supplier", _("仕入先")
        GROUP = "group", _("グループ会社")
        INTRODUCED = "introduced", _("紹介元")
        PARTNER = "partner", _("協力会社")
        BILLING = "billing", _("請求先")

    source = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="relations")
    target = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="relations_to")
    kind = models.CharField(_("関係"), max_length=12, choices=Kind.choices)
    note = models.CharField(_("メモ"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="relation_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="relation_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.target}"


class Separation(models.Model):
    """Two records that look alike and are meant to stay two: never proposed as doubles again.

    `first_id` is the smaller key of the two.
    """

    object = models.CharField(max_length=30)
    first_id = models.BigIntegerField()
    second_id = models.BigIntegerField()
    reason = models.CharField(_("理由"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["object", "first_id", "second_id"], name="separation_once"),
            models.CheckConstraint(condition=Q(first_id__lt=F("second_id")), name="separation_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.object}: {self.first_id} ≠ {self.second_id}"
