"""Several records became one: what it was before, so that all of it can be taken back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from daifuku.foundation.reversing import url_of
from daifuku.foundation.uuid7 import uuid7


class Merge(models.Model):
    """`survivor_id` is the record that stays, `sources` are those that went into it, `[key, uid, name]` each.

    `changes` are the survivor's fields, `{key: [old, new]}`; `images` are the rows that were moved, as
    `records.hanging` wants them back; `moved` how many of what, for people. When somebody of them is erased, all of
    this goes, and the merge stays as it is for good (`final`).
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    object = models.CharField(max_length=30)
    survivor_id = models.BigIntegerField()
    sources = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    images = models.JSONField(default=list)
    moved = models.JSONField(default=dict)
    line = models.ForeignKey("ledger.Event", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    final = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["object", "survivor_id", "-id"], name="merge_of_survivor")]

    def __str__(self) -> str:
        return f"{self.object}:{self.survivor_id}"

    def get_absolute_url(self) -> str:
        return url_of("merging:merge", self.uid)

    @property
    def source_keys(self) -> list[int]:
        return [source[0] for source in self.sources]

    @property
    def names(self) -> list[str]:
        return [source[2] for source in self.sources]


class SameParty(models.Model):
    """Two records are one party in the world, and both stay: an executive of two firms, a branch with books of its own.

    They may be of two kinds; (`object`, `first_id`) is the smaller of the two places.
    """

    object = models.CharField(max_length=30)
    first_id = models.BigIntegerField()
    other_object = models.CharField(max_length=30)
    second_id = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["object", "first_id", "other_object", "second_id"], name="same_party_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["other_object", "second_id"], name="same_party_other")]

    def __str__(self) -> str:
        return f"{self.object}:{self.first_id} = {self.other_object}:{self.second_id}"
