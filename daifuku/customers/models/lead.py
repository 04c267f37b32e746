"""見込み客: somebody with whom nothing has been traded yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models.account import PRESENT
from daifuku.customers.models.place import Place
from daifuku.foundation.sql import Binary
from daifuku.records.models import HasMembers, Record

CONVERTED = Q(converted_at__isnull=False)
STILL_A_LEAD = Q(trashed_at__isnull=True, converted_at__isnull=True)


class Lead(Record, HasMembers, Place):
    """Holds all that stands on a name card. `phone` is the firm's, `direct_phone` the person's own.

    Without an owner it lies in the queue of `team`. `converted_at` is when trading began with it: from then on the
    account and the contact made of it are worked with. `earlier` is the lead that it was before trading paused.
    `alone` says why somebody should look at it, since when.
    """

    object_key: ClassVar[str] = "lead"

    family_name = models.CharField(_("姓"), max_length=80)
    given_name = models.CharField(_("名"), max_length=80, blank=True)
    family_kana = models.CharField(_("セイ"), max_length=80, blank=True)
    given_kana = models.CharField(_("メイ"), max_length=80, blank=True)
    private = models.BooleanField(_("個人のお客様"), null=True, blank=True)
    company = models.CharField(_("会社名"), max_length=200, blank=True)
    company_kana = models.CharField(_("会社名カナ"), max_length=200, blank=True)
    corporate_number = models.CharField(_("法人番号"), max_length=13, blank=True)
    department = models.CharField(_("部署"), max_length=120, blank=True)
    title = models.CharField(_("役職"), max_length=120, blank=True)
    email = models.CharField(_("メール"), max_length=254, blank=True)
    direct_phone = models.CharField(_("担当者電話"), max_length=40, blank=True)
    mobile = models.CharField(_("携帯電話"), max_length=40, blank=True)
    website = models.CharField(_("Webサイト"), max_length=500, blank=True)
    representative = models.CharField(_("代表者"), max_length=80, blank=True)
    industry = models.CharField(_("業種"), max_length=40, blank=True)
    employees = models.BigIntegerField(_("従業員数"), null=True, blank=True)
    annual_sales = models.BigIntegerField(_("売上高・年商"), null=True, blank=True)
    source = models.CharField(_("きっかけ"), max_length=40, blank=True)
    status = models.CharField(_("状況"), max_length=40, blank=True)
    rating = models.CharField(_("見込み度"), max_length=40, blank=True)
    interest = models.TextField(_("興味のある商品"), blank=True)
    first_contact_on = models.DateField(_("最初の接点"), null=True, blank=True)
    ask_again_on = models.DateField(_("いつまた声をかけるか"), null=True, blank=True)
    ask_again_note = models.CharField(_("また声をかける理由"), max_length=200, blank=True)
    alone = models.CharField(_("放置"), max_length=20, blank=True, editable=False)
    alone_since = models.DateField(_("放置になった日"), null=True, editable=False)
    note = models.TextField(_("備考"), blank=True)
    converted_at = models.DateTimeField(_("取引を開始した日時"), null=True, blank=True, editable=False)
    earlier = models.ForeignKey(
        "self", verbose_name=_("前回の見込み客"), on_delete=models.PROTECT, null=True, blank=True, editable=False,
        related_name="again", db_index=False,
    )  # fmt: skip
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    sort_key = models.CharField(max_length=200, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("見込み客")
        indexes: ClassVar = [
            models.Index(Binary("sort_key"), "id", name="lead_by_name", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="lead_by_change", condition=PRESENT),
            models.Index("owner", Binary("sort_key"), "id", name="lead_by_owner", condition=PRESENT),
            models.Index(fields=["team", "-created_at"], name="lead_queue", condition=Q(owner__isnull=True)),
            models.Index(fields=["-converted_at", "-id"], name="lead_converted", condition=CONVERTED),
            models.Index(fields=["earlier"], name="lead_by_earlier", condition=Q(earlier__isnull=False)),
            models.Index(
                fields=["owner", "alone_since"], name="lead_alone", condition=PRESENT & ~Q(alone="")
            ),
            models.Index(
                fields=["ask_again_on", "id"],
                name="lead_ask_again",
                condition=PRESENT & Q(ask_again_on__isnull=False),
            ),
            models.Index(fields=["trashed_at"], name="lead_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()
