"""An invitation by mail or by a link: one use, limited time, the secret is kept only as a hash."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    email = models.EmailField(_("メールアドレス"))
    family_name = models.CharField(_("姓"), max_length=40, blank=True)
    given_name = models.CharField(_("名"), max_length=40, blank=True)
    roles = models.ManyToManyField("staff.Role", verbose_name=_("役割"), blank=True)
    team = models.ForeignKey(
        "staff.Team", verbose_name=_("チーム"), on_delete=models.SET_NULL, null=True, blank=True
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email
