"""Somebody asks for a new field: what it is for, who decides with it, who fills it; and who else would like it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7
from daifuku.records.models.custom_field import CustomField


class FieldRequest(models.Model):
    """`choices` are the wanted labels of a field with choices; `field` is what came of it, once it is there.

    `reason` is why it was declined; it stays empty while nobody did.
    """

    class State(models.TextChoices):
        OPEN = "open", _("申請中")
        APPROVED = "approved", _("承認済み")
        DECLINED = "declined", _("見送り")
        DONE = "done", _("追加済み")
        WITHDRAWN = "withdrawn", _("取り下げ")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    object = models.CharField(max_length=30)
    label = models.CharField(_("項目名"), max_length=60)
    type = models.CharField(_("種類"), max_length=20)
    choices = models.JSONField(_("選択肢"), default=list, blank=True)
    purpose = models.TextField(_("目的"))
    decider = models.CharField(_("判断する人"), max_length=200)
    enterer = models.CharField(_("入力する人と時期"), max_length=200)
    review_on = models.DateField(_("見直し日"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.TextField(blank=True, default="")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    field = models.ForeignKey(CustomField, on_delete=models.SET_NULL, null=True, related_name="requests")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="field_request_by_state")]

    def __str__(self) -> str:
        return self.label

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class FieldRequestSupport(models.Model):
    """A colleague who would like the field as well."""

    request = models.ForeignKey(FieldRequest, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "person"], name="field_request_support_once")
        ]

    def __str__(self) -> str:
        return f"{self.request} / {self.person}"
