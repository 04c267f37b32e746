"""Who is told of what, when, how deep: what the firm set up, what each person made quieter, whom he follows whole."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Timing(models.TextChoices):
    """From loud to quiet; whoever makes something quieter moves it down this list."""

    AT_ONCE = "at_once", _("すぐに")
    HOURLY = "hourly", _("1時間ごと")
    MORNING = "morning", _("翌朝")
    WEEKLY = "weekly", _("週に一度")
    APP = "app", _("アプリの中だけ")
    NEVER = "never", _("知らせない")


class Depth(models.TextChoices):
    HEADLINE = "headline", _("見出しだけ")
    FULL = "full", _("内容も")


LOUDNESS = {timing: place for place, timing in enumerate(Timing)}


def quiet_from() -> time:
    begin: time = settings.QUIET_HOURS[0]
    return begin


def quiet_until() -> time:
    end: time = settings.QUIET_HOURS[1]
    return end


def quiet_days() -> bool:
    return bool(settings.QUIET_DAYS)


class SharingRule(models.Model):
    """What the administrator wrote into the matrix for a happening and a role, instead of what came with the program.

    `condition` narrows it to some records of the happening's kind.
    """

    happening = models.CharField(max_length=60)
    role = models.ForeignKey("staff.Role", on_delete=models.CASCADE, related_name="+")
    timing = models.CharField(max_length=10, choices=Timing.choices)
    depth = models.CharField(max_length=10, choices=Depth.choices, default=Depth.HEADLINE)
    condition = models.JSONField(default=dict)

    objects: ClassVar = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["happening", "role"], name="messages_rule_once")]

    def __str__(self) -> str:
        return f"{self.happening} -> {self.role_id}"


class OwnTiming(models.Model):
    """What a person wants to hear of later than the firm foresees, or not at all."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=60)
    timing = models.CharField(max_length=10, choices=Timing.choices)

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="messages_own_timing_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.topic} {self.timing}"


class Receiving(models.Model):
    """How somebody wants to be reached. Between `quiet_from` and `quiet_until`, and with `quiet_days` on days off,
    neither mail nor push goes out to him; in the program everything is there at once. Equal times mean no quiet hours.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="receiving", primary_key=True
    )
    quiet_from = models.TimeField(default=quiet_from)
    quiet_until = models.TimeField(default=quiet_until)
    quiet_days = models.BooleanField(default=quiet_days)
    by_mail = models.BooleanField(default=True)
    push_words = models.BooleanField(default=True)

    objects: ClassVar = models.Manager()

    def __str__(self) -> str:
        return f"{self.person_id}"


class Watch(models.Model):
    """Somebody follows a whole customer: the firm with its people, talks, plans, tasks, files and comments."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object", "record_id", "person"], name="messages_watch_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.object}:{self.record_id}"
