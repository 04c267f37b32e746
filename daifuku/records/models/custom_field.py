"""Fields that the administrator added, and the number that tells every process that the vocabulary changed."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.sql.prepared import Prepared


class CustomField(models.Model):
    """A field of an object; its values stand in the record's `custom` under `key`.

    `options` belong to the type (longest text, decimal places, linked object). A retired field keeps its values, so
    retiring can be undone. `indexed` is what is wanted, `index_state` what is there. On the day `review_on` the firm
    looks whether it still needs the field.
    """

    class IndexState(models.TextChoices):
        NONE = "none", _("なし")
        BUILDING = "building", _("作成中")
        READY = "ready", _("あり")
        FAILED = "failed", _("失敗")

    object = models.CharField(max_length=30)
    key = models.SlugField(max_length=63)
    type = models.CharField(max_length=20)
    label = models.CharField(_("項目名"), max_length=60)
    label_en = models.CharField(_("項目名（英語）"), max_length=60, blank=True)
    help = models.CharField(_("説明"), max_length=200, blank=True)
    section = models.CharField(max_length=40, default="custom")
    position = models.PositiveIntegerField(default=0)
    required = models.BooleanField(_("必須"), default=False)
    default = models.JSONField(null=True, blank=True)
    options = models.JSONField(default=dict, blank=True)
    hidden_from_roles = models.JSONField(default=list, blank=True)
    indexed = models.BooleanField(_("索引をつける"), default=False)
    index_state = models.CharField(max_length=10, choices=IndexState.choices, default=IndexState.NONE)
    review_on = models.DateField(_("見直し日"), null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["object", "key"], name="custom_field_key_once")]

    def __str__(self) -> str:
        return self.label


class CatalogueVersion(models.Model):
    """One row; another number after every change of fields or choices."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def read(cls) -> int:
        return NUMBER.first() or 0

    @classmethod
    def bump(cls) -> None:
        """Call inside the transaction that changed the vocabulary.

        Drawn by lot and not counted up: a number that a refused transaction had would come again with other words.
        """
        number = secrets.randbits(62)
        if not cls.objects.filter(pk=1).update(number=number):
            cls.objects.create(pk=1, number=number)


NUMBER = Prepared(lambda: CatalogueVersion.objects.filter(pk=1).values_list("number", flat=True))
