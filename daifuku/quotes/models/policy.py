"""How this firm quotes: when somebody has to approve, who may, how long an offer holds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


def shipped_approvers() -> list[str]:
    return ["manager", "president"]


class Policy(models.Model):
    """One row, or none while nobody has changed anything. A limit that is None is not asked for. `approvers` are
    keys of
    roles; nobody approves what he asked for himself."""

    discount_limit = models.DecimalField(
        _("承認が必要な値引率"), max_digits=5, decimal_places=1, null=True, blank=True, default=20
    )
    margin_limit = models.DecimalField(
        _("承認が必要な粗利率"), max_digits=5, decimal_places=1, null=True, blank=True, default=10
    )
    amount_limit = models.BigIntegerField(_("承認が必要な金額"), null=True, blank=True)
    approvers = models.JSONField(_("承認する役割"), default=shipped_approvers)
    valid_days = models.PositiveSmallIntegerField(_("有効期限までの日数"), default=30)
    payment = models.CharField(_("支払条件"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    FIELDS: ClassVar[tuple[str, ...]] = (
        "discount_limit", "margin_limit", "amount_limit", "approvers", "valid_days", "payment",
    )  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


def policy() -> Policy:
    """As it stands now."""
    return Policy.objects.first() or Policy()
