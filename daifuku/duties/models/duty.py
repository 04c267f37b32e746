"""入力の約束: one entry that is expected of somebody until a time, and what became of it."""

from __future__ import annotations

from datetime import datetime
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


class State(models.TextChoices):
    """`missing` is never stored: an open duty is missing from its due time on, whoever looks."""

    OPEN = "open", _("これから")
    ON_TIME = "on_time", _("期限内")
    LATE = "late", _("遅れ")
    MISSING = "missing", _("入力漏れ")
    EXCUSED = "excused", _("免除")


OPEN = Q(state=State.OPEN)
BY_THE_PROGRAM = {
    "away": _("不在（期間未定）"),
    "plan_deleted": _("予定の削除"),
    "talk_deleted": _("取引の削除"),
}


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, viewer: Viewer) -> DutyQuerySet:
        """One's own and those that one stands in for; of the teams that somebody leads, those of all their people."""
        people = people_seen(viewer)
        if people is None:
            return self
        return self.filter(Q(owner_id__in=people) | Q(substitute_id=viewer.pk))

    def waiting(self) -> DutyQuerySet:
        """Nothing was entered yet, be it due or not."""
        return self.filter(OPEN)

    def missing(self, now: datetime) -> DutyQuerySet:
        return self.filter(OPEN, due_at__lte=now)

    def of(self, person: int) -> DutyQuerySet:
        """What this person has to do: his own, and what others left to him."""
        return self.filter(Q(owner_id=person, substitute__isnull=True) | Q(substitute_id=person))


class Duty(models.Model):
    """`owner` is measured by it, a `substitute` does it for him. `key` makes it once: "plan:<id>:<time>".

    `origin` says where it comes from ("plan", "talk", "rule:<uid>"), `kind` is its first word. `first_due_at` is the
    time that the rule gives, `due_at` what is left of it after holidays and absence. `done_at` is when the entry
    arrived here, `entered_at` when it was typed into a phone without signal, which counts. With weight 0 it is
    asked for and not counted. What it is called follows from its subject when it is read: nothing about a customer
    stands here but what people gave as a reason.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=30)
    origin = models.CharField(max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    subject_object = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    facts = models.JSONField(default=dict)

    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    reason = models.CharField(max_length=300, blank=True)
    excused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    plea = models.CharField(max_length=300, blank=True)
    pleaded_at = models.DateTimeField(null=True)
    declined = models.CharField(max_length=300, blank=True)
    snoozed_until = models.DateField(null=True)
    snooze_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[DutyQuerySet] = DutyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("入力の約束")
        indexes: ClassVar = [
            models.Index(fields=["owner", "due_on", "kind", "state", "weight", "due_at"], name="duty_rate"),
            models.Index(fields=["due_on", "kind", "state", "owner"], name="duty_by_day"),
            models.Index(fields=["owner", "due_at", "id"], name="duty_open", condition=OPEN),
            models.Index(
                fields=["substitute", "due_at", "id"], name="duty_handed",
                condition=OPEN & Q(substitute__isnull=False),
            ),
            models.Index(fields=["subject_object", "subject_id"], name="duty_subject"),
            models.Index(
                fields=["pleaded_at"], name="duty_pleas", condition=Q(pleaded_at__isnull=False) & OPEN
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label or self.key

    def state_at(self, now: datetime) -> State:
        """As it stands at this moment."""
        if self.state == State.OPEN and self.due_at <= now:
            return State.MISSING
        return State(self.state)

    @property
    def entered(self) -> datetime | None:
        """When it was entered, as it counts: the phone's own time where it had no signal."""
        return self.entered_at or self.done_at

    @property
    def why(self) -> str:
        """Why it is excused, in words; reasons of the program itself are kept as keys."""
        return str(BY_THE_PROGRAM.get(self.reason, self.reason))

    @property
    def doer_id(self) -> int:
        return self.substitute_id or self.owner_id

    def get_absolute_url(self) -> str:
        return url_of("duties:duty", self.uid)
