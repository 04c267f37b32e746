"""入力漏れの台帳の一行: an entry that was missing, or a clean week that takes a point back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.duties.whose import people_seen
from daifuku.foundation.reversing import url_of
from daifuku.foundation.uuid7 import uuid7
from daifuku.staff.viewer import Viewer


class EntryKind(models.TextChoices):
    MISS = "miss", _("入力漏れ")
    CLEAN = "clean", _("入力漏れのない週")


class EntryState(models.TextChoices):
    STANDS = "stands", _("記帳")
    OBJECTED = "objected", _("異議を確認中")
    WAIVED = "waived", _("免除")
    WITHDRAWN = "withdrawn", _("取り消し")


COUNTS = Q(state=EntryState.STANDS)


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, viewer: Viewer) -> EntryQuerySet:
        """One's own; of whoever one leads; all for whoever keeps the people."""
        people = people_seen(viewer)
        return self if people is None else self.filter(person_id__in=people)

    def counting(self) -> EntryQuerySet:
        return self.filter(COUNTS)


class Entry(models.Model):
    """`amount` and `points` as they were worked out on that day; changed terms change nothing afterwards. An objection
    holds an entry up until it is decided; withdrawn by the program is what is not missing after all."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=6, choices=EntryKind, default=EntryKind.MISS)
    duty = models.OneToOneField("duties.Duty", on_delete=models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    points = models.SmallIntegerField(default=1)
    amount = models.IntegerField(default=0)
    mode = models.CharField(max_length=10)
    why_less = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.STANDS)
    objection = models.CharField(max_length=300, blank=True)
    objected_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["day", "id"]
        indexes: ClassVar = [models.Index(fields=["person", "day"], name="penalties_by_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "day"], name="penalties_clean_week_once", condition=Q(kind="clean")
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"

    def get_absolute_url(self) -> str:
        return url_of("penalties:entry", self.uid)
