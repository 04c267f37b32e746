"""Who of the customer has a say in a deal: the role, how much it counts, where he stands."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Contact
from daifuku.deals.models.deal import Deal


class DealPerson(models.Model):
    """A contact is on a deal once."""

    class Role(models.TextChoices):
        DECIDER = "decider", _("決裁者")
        APPROVER = "approver", _("承認者")
        INFLUENCER = "influencer", _("影響力のある人")
        USER = "user", _("利用者")
        WINDOW = "window", _("窓口")
        PURCHASING = "purchasing", _("購買")

    class Influence(models.TextChoices):
        HIGH = "high", _("大きい")
        MIDDLE = "middle", _("ふつう")
        LOW = "low", _("小さい")

    class Stance(models.TextChoices):
        FOR = "for", _("賛成")
        NEUTRAL = "neutral", _("中立")
        AGAINST = "against", _("反対")
        UNKNOWN = "unknown", _("わからない")

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="people")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="deal_roles")
    role = models.CharField(_("役割"), max_length=20, choices=Role, default=Role.WINDOW)
    influence = models.CharField(_("影響力"), max_length=20, choices=Influence, default=Influence.MIDDLE)
    stance = models.CharField(_("立場"), max_length=20, choices=Stance, default=Stance.UNKNOWN)
    note = models.CharField(_("メモ"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["deal", "contact"], name="deal_person_once")]

    def __str__(self) -> str:
        return f"{self.deal} {self.contact}"
