"""The choices of a field, as the administrator has edited them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

COLOURS = ("grey", "red", "orange", "yellow", "green", "teal", "blue", "indigo", "purple", "pink")


class Choice(models.Model):
    """A choice keeps its `key` when it is renamed, so records that have it keep it. A row with the key of a shipped
    choice replaces that one."""

    object = models.CharField(max_length=30)
    field = models.CharField(max_length=63)
    key = models.SlugField(max_length=40)
    label = models.CharField(_("表示名"), max_length=60)
    label_en = models.CharField(_("表示名（英語）"), max_length=60, blank=True)
    colour = models.CharField(_("色"), max_length=10, default="grey")
    position = models.PositiveIntegerField(default=0)
    active = models.BooleanField(_("選択できる"), default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["object", "field", "key"], name="choice_key_once")]

    def __str__(self) -> str:
        return self.label
