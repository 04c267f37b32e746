"""One lead passed on to sales, and the answer: taken, or given back with a reason."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Lead
from daifuku.foundation.uuid7 import uuid7


class State(models.TextChoices):
    WAITING = "waiting", _("返事待ち")
    ACCEPTED = "accepted", _("引き受けた")
    RETURNED = "returned", _("戻した")
    WITHDRAWN = "withdrawn", _("取り消した")


class Reason(models.TextChoices):
    EARLY = "early", _("まだ時期が早い")
    NO_NEED = "no_need", _("ニーズ・予算がない")
    SILENT = "silent", _("連絡がとれない")
    WRONG = "wrong", _("担当・地域が違う")
    KNOWN = "known", _("すでに取引・担当がある")
    MISSING = "missing", _("情報が足りない")
    OTHER = "other", _("その他")


class Handing(models.Model):
    """`person` or, in a queue, `team` must answer; `before` and `team_before` had it and get it back. `minutes` are
    working minutes until the answer. `line` is the line of the ledger that takes it back. `note` is what whoever passed
    it on says, `answer` what whoever answered says; both go when the person is erased."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    before = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    team_before = models.ForeignKey(
        "staff.Team", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    team = models.ForeignKey(
        "staff.Team", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    note = models.CharField(_("申し送り"), max_length=500, blank=True)
    state = models.CharField(_("状況"), max_length=9, choices=State, default=State.WAITING)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    minutes = models.PositiveIntegerField(null=True)
    reason = models.CharField(_("戻す理由"), max_length=8, choices=Reason, blank=True)
    answer = models.CharField(_("理由の詳細"), max_length=500, blank=True)
    escalated_at = models.DateTimeField(null=True)
    line = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lead"], condition=Q(state="waiting"), name="handing_waits_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["lead", "-id"], name="handing_of_lead"),
            models.Index(fields=["-at", "-id"], name="handing_latest"),
            models.Index(fields=["person", "at"], name="handing_of_person", condition=Q(state="waiting")),
            models.Index(fields=["team", "at"], name="handing_of_team", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return str(self.lead_id)

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING
