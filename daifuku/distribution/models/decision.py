"""What was decided about one lead and why; who was passed over, item by item."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers.models import Lead
from daifuku.foundation.uuid7 import uuid7

KEPT = timedelta(days=730)
# With whom trading has begun, or who is in the trash, waits for nobody; taken back, he does again.
OF_A_LEAD = Q(lead__trashed_at__isnull=True, lead__converted_at__isnull=True)


class State(models.TextChoices):
    WAITING = "waiting", _("順番待ち")
    GIVEN = "given", _("最初の連絡待ち")
    TOUCHED = "touched", _("対応開始")
    RETURNED = "returned", _("戻した")
    CLOSED = "closed", _("終了")


class Reason(models.TextChoices):
    RELATION = "relation", pgettext_lazy("reason", "同じ会社の担当者")
    RULE = "rule", _("ルール")
    TURN = "turn", _("順番")
    LOAD = "load", _("手持ちが少ない")
    QUEUE = "queue", _("渡せる人がいない")
    OUTSIDE = "outside", _("受付時間外")
    TAKEN = "taken", _("自分で引き受けた")


class Decision(models.Model):
    """`steps` are [{"step": key, ...}] in the order in which they were looked at; no word about the customer stands in
    them. `waits_from` is when the working hours of whoever has it, or of the queue, begin to count.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State)
    reason = models.CharField(max_length=8, choices=Reason)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    before = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    team = models.ForeignKey("staff.Team", on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    rule = models.ForeignKey(
        "distribution.Rule", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    steps = models.JSONField(default=list)
    run = models.BigIntegerField(null=True)
    touched_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["lead", "-id"], name="decision_of_lead"),
            models.Index(fields=["person", "-at"], name="decision_of_person"),
            models.Index(fields=["-at", "-id"], name="decision_latest"),
            models.Index(fields=["run"], name="decision_run", condition=Q(run__isnull=False)),
            models.Index(
                fields=["state", "at"], name="decision_open", condition=Q(state__in=["waiting", "given"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.reason}"


class Passed(models.Model):
    """Somebody was passed over: `why` with the figures that decided (`facts`)."""

    class Why(models.TextChoices):
        RATE = "rate", _("入力率")
        AWAY = "away", _("不在・休み")
        OPEN = "open", _("対応中の上限")
        DAY = "day", _("1日の上限")
        BEFORE = "before", _("前の担当者")
        LEFT = "left", _("退職")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="passed")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    why = models.CharField(max_length=8, choices=Why)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="passed_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.why}"
