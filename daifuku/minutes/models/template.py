"""議事録のひな形: the headings of one kind of meeting; each change is an edition, and old minutes keep theirs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7


class Template(models.Model):
    """`method` and `content` are what a talk of this kind usually is; an `internal` one is for meetings without a
    customer; a retired one is not offered any more."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(_("名前"), max_length=60)
    method = models.CharField(_("対応方法"), max_length=40, default="visit", blank=True)
    content = models.CharField(_("対応内容"), max_length=40, default="other", blank=True)
    order = models.PositiveSmallIntegerField(default=50)
    internal = models.BooleanField(_("社内の会議"), default=False)
    retired = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("議事録のひな形")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> Edition:
        """The newest."""
        return self.editions.latest("number")

    def get_absolute_url(self) -> str:
        from daifuku.foundation.reversing import url_of

        return url_of("minutes:template", self.uid)


class Edition(models.Model):
    """`headings`: `{"name", "hint", "slots"}` each, in their order; `slots`: `{"name", "type", "options"}` each, and
    none where a heading has no blanks."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(default=1)
    headings = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="minutes_edition_once")]

    def __str__(self) -> str:
        return f"{self.template} {self.number}"

    @property
    def names(self) -> list[str]:
        return [heading["name"] for heading in self.headings]

    @property
    def skeleton(self) -> str:
        """What new minutes begin with."""
        return "\n".join(f"【{each['name']}】\n{_blanks(each)}" for each in self.headings)


def _blanks(heading: dict[str, Any]) -> str:
    return "".join(f"{slot['name']}: \n" for slot in heading.get("slots", ()))
