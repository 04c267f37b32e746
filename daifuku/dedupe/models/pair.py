"""Two records that the scan found to be alike, and what people said about two that look alike."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """As what two records are compared."""

    FIRM = "firm", _("会社として")
    PERSON = "person", _("人として")


class Verdict(models.TextChoices):
    SURE = "sure", _("確実")
    PERHAPS = "perhaps", _("候補")


class Reason(models.TextChoices):
    """Why two that look alike stay two."""

    NOT_SAME = "not_same", _("同じではない")
    DECIDER = "decider", _("別決裁者")
    BRANCH = "branch", _("支店・部署が違う")
    BILLING = "billing", _("請求先違い")
    OTHER = "other", _("そのほか")


class Pair(models.Model):
    """Found by the scan `scan`; the first of the two is the one whose (object, id) is smaller. `facts` are what they
    have in common and in what they differ, without any value; `common` how many are called so."""

    way = models.CharField(max_length=8, choices=Way)
    first_object = models.CharField(max_length=30)
    first_id = models.BigIntegerField()
    second_object = models.CharField(max_length=30)
    second_id = models.BigIntegerField()
    score = models.FloatField()
    verdict = models.CharField(max_length=8, choices=Verdict)
    facts = models.JSONField(default=list)
    common = models.PositiveIntegerField(default=1)
    scan = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first_object", "first_id", "second_object", "second_id", "way"], name="pair_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-score", "-id"], name="pair_by_score"),
            models.Index(fields=["second_object", "second_id"], name="pair_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_object}:{self.first_id} = {self.second_object}:{self.second_id}"


class Apart(models.Model):
    """Said by a person: these two of different kinds stay two. Two of one kind are in `customers.Separation`."""

    first_object = models.CharField(max_length=30)
    first_id = models.BigIntegerField()
    second_object = models.CharField(max_length=30)
    second_id = models.BigIntegerField()
    reason = models.CharField(_("理由"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first_object", "first_id", "second_object", "second_id"], name="apart_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_object}:{self.first_id} ≠ {self.second_object}:{self.second_id}"


class Decision(models.Model):
    """What somebody decided about two that look alike, as an example to learn from: facts alone, nothing personal."""

    way = models.CharField(max_length=8, choices=Way)
    facts = models.JSONField(default=list)
    common = models.PositiveIntegerField(default=1)
    same = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["way", "id"], name="decision_way")]

    def __str__(self) -> str:
        return f"{self.way} {self.same}"


def touching(object_key: str, record: int) -> Q:
    """Rows about this record, on either side."""
    return Q(first_object=object_key, first_id=record) | Q(second_object=object_key, second_id=record)
