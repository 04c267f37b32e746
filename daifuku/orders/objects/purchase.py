"""発注 as an object. It comes into being by `actions.buy` alone; afterwards only the promised day may be told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.catalog.openness import take_customer
from daifuku.customers.objects.shared import PRIVACIES, in_short
from daifuku.orders.actions.issuing import refuse_by_hand
from daifuku.orders.models import Purchase
from daifuku.orders.objects import choices
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    LongText,
    Money,
    PersonLink,
    RecordLink,
    TeamLink,
    Text,
)
from daifuku.staff.viewer import Viewer

SECTIONS = (("basic", _("基本情報")), ("custom", _("追加項目")), ("keeping", _("管理")))
FIELDS = (
    Field("number", _("発注番号"), Text(40), listed=True, editable=False),
    Field("account", _("仕入先"), RecordLink("account"), listed=True, editable=False, sort_by="account_id"),
    Field("title", _("件名"), Text(200), listed=True, editable=False),
    Field("state", _("状況"), Choice(choices.PURCHASE_STATES), listed=True, editable=False, default="open"),
    Field("issued_on", _("発注日"), Date(), listed=True, editable=False),
    Field("wanted_on", _("希望納期"), Date(), listed=True, editable=False),
    Field("promised_on", _("回答納期"), Date(), listed=True, help=_("仕入先が答えた納期")),
    Field("arrived_on", _("入荷日"), Date(), listed=True, editable=False),
    Field("net", _("税抜金額"), Money(), editable=False),
    Field("tax", _("消費税額"), Money(), editable=False),
    Field("total", _("合計金額"), Money(), listed=True, editable=False),
    Field("place", _("納品先"), LongText(1000), editable=False, sortable=False),
    Field("payment_terms", _("支払条件"), Text(200), editable=False),
    Field("note", _("備考"), LongText(4000), editable=False, sortable=False),
    Field("cancelled_on", _("取消日"), Date(), editable=False),
    Field("cancel_reason", _("取り消しの理由"), Text(200), editable=False),
    Field("owner", _("発注担当"), PersonLink(), "keeping", listed=True, sort_by="owner_id"),
    Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip


def search_text(purchase: Purchase) -> SearchText:
    return SearchText(f"{purchase.number} {purchase.title}", "", (purchase.account.name,))


def subtitle(purchase: Purchase, viewer: Viewer) -> str:
    return in_short(purchase, viewer, ("account",))


PURCHASE = ObjectType(
    key="purchase", slug="purchases", model=Purchase, label=_("発注"), label_many=pgettext_lazy("many", "発注"),
    icon="shopping-cart", sections=SECTIONS, fields=FIELDS, search=search_text, lookup="number",
    name_label=_("発注"), order="-issued_on", subtitle=subtitle, prepare=take_customer,
    headline=("state", "account", "issued_on", "promised_on", "total"), quick_filters=("state", "account"),
    related=("account",), in_charge=False, checks=[refuse_by_hand],
)  # fmt: skip
