"""One hand-over: from one person to one or several, from a day, for good or for a while."""

from __future__ import annotations

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
    PLANNED = "planned", _("予定")
    RUNNING = "running", _("実行中")
    STOPPED = "stopped", _("途中で停止")
    DONE = "done", _("完了")
    RETURNING = "returning", _("元に戻しています")
    RETURNED = "returned", _("返却済み")
    UNDONE = "undone", _("取り消し済み")
    CANCELLED = "cancelled", _("中止")


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, viewer: Viewer) -> HandoverQuerySet:
        """Whoever gives, receives or arranged it, and whoever leads the one who gives."""
        seen = people_seen(viewer)
        if seen is None:
            return self
        received = Q(pk__in=self.model.objects.filter(items__successor_id=viewer.pk).values("pk"))
        return self.filter(Q(giver_id__in=seen) | Q(created_by_id=viewer.pk) | received)


class Handover(models.Model):
    """`plan` says how: `successors` [{"person", "condition"}], `kinds` of what moves, `excluded` customers by kind,
    `chosen` ones where only a part moves. `begun` is the line that all that moved names as its cause: by it everything
    is taken back at once. `result` counts what moved and says what did not, and why. `notice` is the wording for
    customers, where it is not the shipped one.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    starts_on = models.DateField(_("引き継ぐ日"))
    returns_on = models.DateField(_("元に戻す日"), null=True, blank=True)
    both_days = models.PositiveSmallIntegerField(_("前任にも見える日数"), default=30)
    plan = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    begun = models.ForeignKey("ledger.Event", on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    notice = models.TextField(_("お知らせの文面"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "starts_on"], name="handover_due"),
            models.Index(fields=["giver", "-id"], name="handover_of_giver"),
        ]

    def __str__(self) -> str:
        return _("%(giver)sさんの引き継ぎ") % {"giver": self.giver}

    def get_absolute_url(self) -> str:
        return url_of("handover:handover", self.uid)

    @property
    def successor_keys(self) -> list[int]:
        return [each["person"] for each in self.plan.get("successors", [])]
