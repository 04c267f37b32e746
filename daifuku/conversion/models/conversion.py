"""One lead that became a customer: what was made and filled, so that it can be told and taken back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from daifuku.customers.models import Account, Contact, Lead
from daifuku.deals.models import Deal
from daifuku.foundation.uuid7 import uuid7


class Conversion(models.Model):
    """`made` names which of the three are new. `filled` is what was changed in those that were there, `{object: {field:
    [old, new]}}`; `carried` what followed, `{kind: [[key, {column: [old, new]}]]}`. Both are emptied when a person is
    erased: then it cannot be taken back any more (`sealed`). A lead has one that was not taken back, whoever comes at
    the same moment.
    """

    OBJECTS: ClassVar = ("account", "contact", "deal")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="conversions")
    account: Any = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="conversions")
    contact: Any = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="conversions")
    deal: Any = models.ForeignKey(Deal, on_delete=models.PROTECT, null=True, related_name="conversions")
    made = models.JSONField(default=list)
    filled = models.JSONField(default=dict)
    carried = models.JSONField(default=dict)
    mapping = models.PositiveIntegerField(default=1)
    via = models.CharField(max_length=12, default="page")
    event = models.OneToOneField("ledger.Event", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed = models.BooleanField(default=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lead"], condition=Q(undone_at__isnull=True), name="conversion_of_lead_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="conversion_latest")]

    def __str__(self) -> str:
        return str(self.lead_id)

    def record(self, object_key: str) -> Any:
        return getattr(self, object_key)
