"""One customer of a hand-over: to whom, what the predecessor has to say, whether the successor has received it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.reversing import url_of
from daifuku.foundation.uuid7 import uuid7
from daifuku.records.catalogue import registry


class Item(models.Model):
    """`state` is what has happened with the customer himself; `why` says why he stays. `shared` is that the
    predecessor was let in for some days, because his role would not show him the customer any more."""

    class State(models.TextChoices):
        WAITING = "waiting", _("これから")
        MOVED = "moved", _("引き継ぎ済み")
        LEFT = "left", _("そのまま")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    handover = models.ForeignKey("handover.Handover", on_delete=models.CASCADE, related_name="items")
    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    successor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(max_length=200, blank=True)
    note = models.TextField(_("前任からの伝言"), blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "object", "record_id"], name="handover_of_customer_once"
            )
        ]
        indexes = [
            models.Index(fields=["object", "record_id"], name="handover_by_customer"),
            models.Index(
                fields=["successor", "id"], name="handover_to_receive",
                condition=Q(state="moved", acknowledged_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.object} {self.record_id}"

    def get_absolute_url(self) -> str:
        return url_of("handover:item", self.uid)

    @property
    def customer(self) -> Any:
        """The firm or the lead, whoever may see it."""
        return registry.get(self.object).model.plain.filter(pk=self.record_id).first()
