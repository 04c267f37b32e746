"""Teams as a tree: department, section, branch."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    name = models.CharField(_("名前"), max_length=60)
    parent = models.ForeignKey(
        "self", verbose_name=_("上位のチーム"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="children",
    )  # fmt: skip
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="staff.Membership", related_name="teams"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody belongs to a team; whoever leads it sees the teams below as well."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    leads = models.BooleanField(_("責任者"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "team"], name="staff_membership_once")]

    def __str__(self) -> str:
        return f"{self.person} / {self.team}"
