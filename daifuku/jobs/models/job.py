"""A piece of work that goes on by itself: an import, a bulk change, an export."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, viewer: Any) -> JobQuerySet:
        """One's own; whoever may read the audit trail sees everybody's and the program's."""
        return self if viewer.has_power("audit") else self.filter(by=viewer.pk)


class Job(models.Model):
    """One piece of work and how far it is.

    `due_at` is when a worker may take it: for a waiting job the time it was wanted or is tried again, for a running
    one the end of the lease, which its worker keeps moving on. `holder` is a word that only this worker knows; whoever
    lost the job cannot write to it any more. `memory` is what the handler wants to find again when it is resumed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待機中")
        RUNNING = "running", _("実行中")
        DONE = "done", _("完了")
        FAILED = "failed", _("失敗")
        CANCELLED = "cancelled", _("中止")

    OPEN = (State.WAITING, State.RUNNING)

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    title = models.CharField(_("内容"), max_length=200)
    key = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(_("状態"), max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    result = models.JSONField(default=dict)
    memory = models.JSONField(default=dict)
    sentence = models.TextField(blank=True, default="")
    error = models.TextField(blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    holder = models.CharField(max_length=32, blank=True, default="")
    cancel_wanted = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("受付"), default=timezone.now)
    started_at = models.DateTimeField(_("開始"), null=True, blank=True)
    finished_at = models.DateTimeField(_("終了"), null=True, blank=True)

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="jobs_job_key_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=["waiting", "running"]), name="jobs_job_open"
            ),
            models.Index(fields=["by", "-id"], name="jobs_job_of_person"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def percent(self) -> int | None:
        """How much is done, where the handler said how much there is."""
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def progress(self) -> str:
        """How far it is, in words; nothing before there is anything to say."""
        numbers = {"done": f"{self.done:,}", "total": f"{self.total or 0:,}"}
        if self.total is not None:
            return gettext("%(total)s件中%(done)s件") % numbers
        return gettext("%(done)s件") % numbers if self.done else ""
