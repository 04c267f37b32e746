"""What counts as an actual figure in this firm, and how far the sums have been made."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Setting(models.Model):
    """One row. `basis` is the source that pages begin with. `filled` tells for each source up to which record the sums
    were made when the program was new here; "done" once all are."""

    basis = models.CharField(_("実績の基準"), max_length=12, default="ordered")
    filled = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)


def setting() -> Setting:
    """As it is now, unsaved where nobody has said anything yet."""
    return Setting.objects.first() or Setting()
