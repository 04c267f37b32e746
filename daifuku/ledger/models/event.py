"""A line of the ledger and the records it speaks of."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone


def new_salt() -> str:
    return secrets.token_hex(16)


class EventQuerySet(models.QuerySet["Event"]):
    """Readings of the ledger that have to be quick in a firm of many years."""

    def within(self, start: datetime, end: datetime, kinds: Collection[str]) -> EventQuerySet:
        """Lines of these kinds from `start` until before `end`, found by their moment alone.

        A day has some thousand lines, a kind or a person millions: SQLite, which does not know how long the span
        is, would walk those. An expression keeps it from that.
        """
        by_moment = self.alias(of_kind=Coalesce("kind", Value("")))
        return by_moment.filter(at__gte=start, at__lt=end, of_kind__in=kinds)

    def new(self) -> EventQuerySet:
        """What undoes nothing: most lines, so that no index helps."""
        return self.alias(back=F("undoes_id") + 0).filter(back__isnull=True)

    def by_people(self, keys: Collection[int]) -> EventQuerySet:
        """What these people did, of lines that are found by something else."""
        return self.alias(of_actor=F("actor_id") + 0).filter(of_actor__in=keys)

    def on_its_own(self) -> EventQuerySet:
        """What followed from nothing else; most lines likewise."""
        return self.alias(because=F("cause_id") + 0).filter(because__isnull=True)


class Event(models.Model):
    """Who did what, when, through which door and because of what.

    `data` holds the values: `{"changes": {field: [old, new]}, ...}`. They are sealed under `salt`; when a person is
    erased the values and the salt go, the fact and the chain stay.
    """

    txid = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="events"
    )
    via = models.CharField(max_length=12, default="system")
    cause = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="effects")
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    data = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, default=new_salt)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["txid", "id"], name="ledger_event_order"),
            models.Index(fields=["kind", "id"], name="ledger_event_kind"),
            models.Index(fields=["at"], name="ledger_event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"

    @property
    def changes(self) -> dict[str, list[Any]]:
        """Old and new value of each field: `{field: [old, new]}`."""
        changes: dict[str, list[Any]] = self.data.get("changes", {})
        return changes

    @property
    def erased(self) -> bool:
        return not self.salt


class Subject(models.Model):
    """A record that a line speaks of: the timeline of a record is one walk along this index.

    MERGED points to the line from the record into which another one went. Such a pointer comes and goes with the merge;
    what the line says, and what is sealed of it, does not change.
    """

    MAIN, RELATED, MERGED = "main", "related", "merged"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="subjects")
    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    role = models.CharField(max_length=10, default=MAIN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object", "record_id", "event"], name="ledger_subject_timeline")
        ]

    def __str__(self) -> str:
        return f"{self.object}:{self.record_id}"
