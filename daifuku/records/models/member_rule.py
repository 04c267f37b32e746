"""What members of a record may do with it: one row for the firm."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberRule(models.Model):
    """`may_edit`: members change the record as whoever is in charge does; else they read it."""

    may_edit = models.BooleanField(_("メンバーは記録を編集できる"), default=True)

    def __str__(self) -> str:
        return str(_("メンバーの権限"))

    @classmethod
    def members_may_edit(cls) -> bool:
        kept = cls.objects.values_list("may_edit", flat=True).first()
        return True if kept is None else kept
