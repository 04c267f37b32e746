"""Views of lists that people keep, and what each person does with them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7


class View(models.Model):
    """A list as somebody wants to find it again. `columns` is [{"field", "width"}], `condition` the JSON of conditions,
    `look` what `records.look` writes.

    Without `shared` nobody but the owner and the guests knows of it.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    object = models.CharField(max_length=30)
    name = models.CharField(_("ビューの名前"), max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="views")
    shared = models.BooleanField(_("全員に共有"), default=False)
    condition = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    sort = models.CharField(max_length=80, blank=True)
    look = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    trashed_at = models.DateTimeField(null=True)

    mine: bool = False

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "name", "id"]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["object", "owner"], name="view_of_owner", condition=Q(trashed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return str(self.uid)


class ViewGuest(models.Model):
    """A person, or everybody of a team, to whom somebody's view was shown; with `may_change` they may overwrite it."""

    view = models.ForeignKey(View, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    team = models.ForeignKey("staff.Team", on_delete=models.CASCADE, null=True, related_name="+")
    may_change = models.BooleanField(_("変更もできる"), default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, team__isnull=True)
                | Q(person__isnull=True, team__isnull=False),
                name="view_guest_is_one",
            ),
            models.UniqueConstraint(fields=["view", "person"], name="view_guest_person_once"),
            models.UniqueConstraint(fields=["view", "team"], name="view_guest_team_once"),
        ]

    def __str__(self) -> str:
        return f"{self.view} / {self.person or self.team}"


class ViewUse(models.Model):
    """What one person does with a view, a kept one (its uid) or one that comes with the program (its word)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    object = models.CharField(max_length=30)
    view = models.CharField(max_length=36)
    pinned = models.BooleanField(null=True)
    opens = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["person", "object", "view"], name="view_use_once"),
            models.UniqueConstraint(
                fields=["person", "object"], condition=Q(opens=True), name="view_use_opens_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.object} {self.view}"
