"""A record opened to one person or one team beyond what their roles reach."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.db import models
from django.db.models import Q

from daifuku.foundation.sql.prepared import Prepared
from daifuku.staff.models import Membership
from daifuku.staff.viewer import Viewer


class Share(models.Model):
    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    team = models.ForeignKey("staff.Team", on_delete=models.CASCADE, null=True, related_name="+")
    may_edit = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object", "record_id", "person"],
                condition=Q(person__isnull=False),
                name="share_person_once",
            ),
            models.UniqueConstraint(
                fields=["object", "record_id", "team"],
                condition=Q(team__isnull=False),
                name="share_team_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, team__isnull=True)
                | Q(person__isnull=True, team__isnull=False),
                name="share_with_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object}:{self.record_id}"


def _shared_with(person: int) -> models.QuerySet[Share, Any]:
    teams = Membership.objects.filter(person_id=person).values("team_id")
    mine = Share.objects.filter(Q(person_id=person) | Q(team_id__in=teams))
    return mine.values_list("object", "record_id", "may_edit")


MINE = Prepared(_shared_with)


def shared_ids(viewer: Viewer, object: str, action: str) -> list[int]:
    """The keys of records of this object that are opened to the viewer; one query for all objects."""
    if action not in {"view", "edit"}:
        return []
    memo = viewer.memo
    if "shares" not in memo:
        memo["shares"] = MINE(viewer.pk)
    shares = cast("list[tuple[str, int, bool]]", memo["shares"])
    return sorted(
        {key for name, key, may_edit in shares if name == object and (may_edit or action == "view")}
    )
