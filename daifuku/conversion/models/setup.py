"""How trading begins in this firm: one row, edited by the administrator."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DealWay(models.TextChoices):
    OPTIONAL = "optional", _("そのつど選ぶ")
    REQUIRED = "required", _("必ず作る")
    HIDDEN = "hidden", _("作らない")


class OwnerWay(models.TextChoices):
    LEAD = "lead", _("見込み客の営業担当を引き継ぐ")
    CONVERTER = "converter", _("取引を開始した人")


class PrivateWay(models.TextChoices):
    CONTACT = "contact", _("取引先を作らず、担当者だけを作る")
    ACCOUNT = "account", _("本人の名前で取引先も作る")


class BranchWay(models.TextChoices):
    ASK = "ask", _("候補を見せて、そのつど選ぶ")
    BRANCH = "branch", _("法人番号が同じ会社の拠点として作る")


class DoubleWay(models.TextChoices):
    ASK = "ask", _("候補を見せて、そのつど選ぶ")
    REASON = "reason", _("理由を書けば、別の記録として新しく作れる")
    USE = "use", _("既存の記録を使う（新しく作れない）")


def qualified() -> dict[str, Any]:
    return {"all": [{"field": "status", "op": "any_of", "value": ["qualified"]}]}


class Setup(models.Model):
    """`carry` says of each kind of thing that hangs on a lead where it goes: {kind: account, contact, deal or stay}.
    `roles` are the keys of those that may begin trading; empty means whoever may change the lead. `unmapped` is what
    the daily look has found: {field of the lead: how many leads have it filled}. `doubles` says what is asked of
    somebody who makes a new record beside one that is certainly the same. With `automatic`, trading begins by itself
    with leads that meet `condition`, in the language of lists, and were entered or changed after `since`.
    """

    on = models.BooleanField(_("見込み客から取引を開始する機能を使う"), default=True)
    leads = models.BooleanField(_("見込み客を使う"), default=True)
    deal = models.CharField(_("商談"), max_length=10, choices=DealWay, default=DealWay.OPTIONAL)
    deal_ticked = models.BooleanField(_("「商談も作る」に最初から印をつける"), default=True)
    deal_name = models.CharField(
        pgettext_lazy("setting", "商談の名前"), max_length=200, default="{会社名} {商品}"
    )
    owner = models.CharField(_("営業担当"), max_length=10, choices=OwnerWay, default=OwnerWay.LEAD)
    owner_open = models.BooleanField(_("開始の画面で営業担当を選べる"), default=True)
    private = models.CharField(
        _("個人のお客様"), max_length=10, choices=PrivateWay, default=PrivateWay.CONTACT
    )
    branches = models.CharField(_("支店・営業所"), max_length=10, choices=BranchWay, default=BranchWay.ASK)
    doubles = models.CharField(
        _("同じと確実な記録があるとき"), max_length=10, choices=DoubleWay, default=DoubleWay.ASK
    )
    automatic = models.BooleanField(_("条件を満たしたら自動で取引を開始する"), default=False)
    condition = models.JSONField(_("自動で開始する条件"), default=qualified)
    since = models.DateTimeField(null=True)
    roles = models.JSONField(_("取引を開始できる役割"), default=list)
    carry = models.JSONField(default=dict)
    unmapped = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "setup"


def setup() -> Setup:
    """The firm's settings; as shipped where nobody has changed anything yet."""
    return Setup.objects.order_by("pk").first() or Setup()
