"""How cards come in, by whom and until when they are entered; the mailbox to which they are sent."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

SECURITIES = (("ssl", _("SSL/TLS（993番）")), ("starttls", _("STARTTLS（143番）")), ("none", _("暗号化なし")))


class Setup(models.Model):
    """One row, or none while nobody has set anything. Without `clerks` whoever has the role 営業事務 enters.
    `password` is sealed (`foundation.sealed`). `uidvalidity` is the server's word for the numbers of its messages,
    `last_uid` up to which all are accounted for."""

    clerks = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("入力の担当"), related_name="+", blank=True
    )
    due_hours = models.PositiveSmallIntegerField(_("入力の期限（時間）"), default=24)
    target_seconds = models.PositiveSmallIntegerField(_("1枚の目標（秒）"), default=60)
    check_percent = models.PositiveSmallIntegerField(_("確かめる割合（%）"), default=5)
    talk_days = models.PositiveSmallIntegerField(_("最初の連絡までの日数"), default=2)
    mail_on = models.BooleanField(_("メールで受け取る"), default=False)
    mail_address = models.CharField(_("受け取り用のアドレス"), max_length=254, blank=True)
    host = models.CharField(_("IMAPサーバー"), max_length=200, blank=True)
    port = models.PositiveIntegerField(_("ポート"), default=993)
    security = models.CharField(_("暗号化"), max_length=10, choices=SECURITIES, default="ssl")
    user = models.CharField(_("ユーザー名"), max_length=200, blank=True)
    password = models.TextField(blank=True)
    folder = models.CharField(_("フォルダー"), max_length=100, default="INBOX")
    strict = models.BooleanField(_("差出人を確認できないメールは保留にする"), default=False)
    uidvalidity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    polled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    on_server = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    PLAIN: ClassVar[tuple[str, ...]] = (
        "due_hours", "target_seconds", "check_percent", "talk_days", "mail_on", "mail_address", "host", "port",
        "security", "user", "folder", "strict",
    )  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


def setup() -> Setup:
    """As it stands now."""
    return Setup.objects.first() or Setup()
