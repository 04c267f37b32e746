"""運用ルール as people read it: the draft that the administrator writes, what was published, who has read it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.sql.prepared import Prepared


class Book(models.Model):
    """One row. `sections`: [{key, title, text, objects}]; below its text a section says the rules of these objects."""

    sections = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "book"


class Edition(models.Model):
    """As it was published, word for word: `content` is [{key, title, text, rules: [{uid, title, sentence}]}]."""

    number = models.PositiveIntegerField(unique=True)
    content = models.JSONField(default=list)
    note = models.CharField(_("変わったこと"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return str(_("第%(number)s版") % {"number": self.number})


class Confirmation(models.Model):
    """This person has read this edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "person"], name="rules_confirmed_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.edition}"


NEWEST = Prepared(lambda: Edition.objects.order_by("-number").values_list("pk", "number")[:1])
CONFIRMED = Prepared(
    lambda edition, person: Confirmation.objects.filter(edition_id=edition, person_id=person).values_list(
        "at", flat=True
    )
)


def unread_edition(person: int) -> int | None:
    """The number of the newest edition, where this person has not confirmed it."""
    found = NEWEST.first()
    if found is None or CONFIRMED.first(found[0], person) is not None:
        return None
    return int(found[1])
