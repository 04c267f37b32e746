"""A post that somebody holds or held: one person may work for several accounts, and moves between them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models.account import Account
from daifuku.customers.models.contact import Contact


class Affiliation(models.Model):
    """From `started_on` to `ended_on` (both may be unknown); `ending` says how it ended."""

    class Ending(models.TextChoices):
        NONE = "", _("在籍中")
        MOVED = "moved", _("異動")
        LEFT = "left", _("退職")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="affiliations")
    account = models.ForeignKey(
        Account, verbose_name=_("取引先"), on_delete=models.PROTECT, related_name="affiliations"
    )
    department = models.CharField(_("部署"), max_length=120, blank=True)
    title = models.CharField(_("役職"), max_length=120, blank=True)
    started_on = models.DateField(_("開始日"), null=True, blank=True)
    ended_on = models.DateField(_("終了日"), null=True, blank=True)
    ending = models.CharField(_("状態"), max_length=8, choices=Ending.choices, default="", blank=True)
    main = models.BooleanField(_("主な所属"), default=False)

    class Meta:
        ordering: ClassVar = ["-main", "ending", "-started_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact"], condition=models.Q(main=True), name="affiliation_one_main"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact} / {self.account}"
