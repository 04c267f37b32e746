"""A record opened to one person or one team beyond what their roles reach; with a `role` he is a member of it.

With `with_talks` the talks and plans with that customer are open along with it, to read.
"""

from __future__ import annotations

from collections.abc import Callable
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
    role = models.CharField(max_length=40, blank=True, default="")
    with_talks = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["person", "object", "record_id"], name="share_member", condition=~Q(role=""))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["object", "record_id", "person"],
                condition=Q(person__isnull=False, role=""),
                name="share_person_once",
            ),
            models.UniqueConstraint(
                fields=["object", "record_id", "person"], condition=~Q(role=""), name="share_member_once"
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
    return mine.values_list("object", "record_id", "may_edit", "role", "with_talks")


MINE = Prepared(_shared_with)


def shared_ids(viewer: Viewer, object: str, action: str) -> list[int]:
    """The keys of records of this object that are opened to the viewer; one query for all objects."""
    return _ids(viewer, object, action, lambda role, with_talks: True)


def member_ids(viewer: Viewer, object: str, action: str) -> list[int]:
    """The keys of those of which the viewer is a member: what happened with them is open to him as well."""
    return _ids(viewer, object, action, lambda role, with_talks: bool(role))


def opened_ids(viewer: Viewer, object: str) -> list[int]:
    """The keys of those whose talks and plans are open to him."""
    return _ids(viewer, object, "view", lambda role, with_talks: bool(role) or with_talks)


def _ids(viewer: Viewer, object: str, action: str, meant: Callable[[str, bool], bool]) -> list[int]:
    if action not in {"view", "edit"}:
        return []
    memo = viewer.memo
    if "shares" not in memo:
        memo["shares"] = MINE(viewer.pk)
    shares = cast("list[tuple[str, int, bool, str, bool]]", memo["shares"])
    return sorted(
        {
            key
            for name, key, may_edit, role, with_talks in shares
            if name == object and (may_edit or action == "view") and meant(role, with_talks)
        }
    )


def followed_ids(viewer: Viewer, model: Any, action: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """By column: the customers of which the viewer is a member, where the records of this model follow a customer;
    and those that were opened to him with their talks, where the model is shown to guests.

    He sees what happened with them; to change what others wrote there he needs a role that may change everybody's.
    """
    if action != "view" and not viewer.reach(model.object_key, action).everyone:
        return ()
    guest = model.shown_to_guests and action == "view"
    found = (
        (name, tuple(opened_ids(viewer, object) if guest else member_ids(viewer, object, action)))
        for name, object in model.follows
    )
    return tuple((name, keys) for name, keys in found if keys)
