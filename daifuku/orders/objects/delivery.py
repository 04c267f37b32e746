"""納品 as an object. It comes into being by `actions.deliver` alone; afterwards only who took it may be told."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.catalog.openness import take_customer
from daifuku.customers.objects.shared import PRIVACIES, in_short
from daifuku.foundation.errors import FieldProblem
from daifuku.orders.actions.issuing import refuse_by_hand
from daifuku.orders.models import Delivery
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

SECTIONS = (
    ("basic", _("基本情報")),
    ("receipt", _("受領")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
FIELDS = (
    Field("number", _("納品書番号"), Text(40), listed=True, editable=False),
    Field("order", _("受注"), RecordLink("order"), listed=True, editable=False, sort_by="order_id"),
    Field("account", _("取引先"), RecordLink("account"), listed=True, editable=False, sort_by="account_id"),
    Field("title", _("件名"), Text(200), listed=True, editable=False),
    Field("delivered_on", _("納品日"), Date(), listed=True, editable=False),
    Field("net", _("税抜金額"), Money(), editable=False),
    Field("tax", _("消費税額"), Money(), editable=False),
    Field("total", _("合計金額"), Money(), listed=True, editable=False),
    Field("place", _("納品先"), LongText(1000), editable=False, sortable=False),
    Field("carrier", _("運送会社・伝票番号"), Text(120), "receipt", listed=True),
    Field("received_on", _("受領日"), Date(), "receipt", listed=True),
    Field("received_by", _("受領者"), Text(80), "receipt", personal=True, help=_("受領印やサインの名前")),
    Field("corrects", _("訂正する納品"), RecordLink("delivery"), editable=False, sort_by="corrects_id"),
    Field("reason", _("返品・訂正の理由"), Text(200), editable=False),
    Field("note", _("備考"), LongText(4000), editable=False, sortable=False),
    Field("owner", _("営業担当"), PersonLink(), "keeping", editable=False, sort_by="owner_id"),
    Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip


def received_after_delivered(
    delivery: Delivery, changed: frozenset[str], viewer: Viewer
) -> Iterable[FieldProblem]:
    day = delivery.received_on
    if "received_on" in changed and day is not None and day < delivery.delivered_on:
        yield FieldProblem(
            "received_on", _("受領日が納品日より前です。日付を確認してください。"), code="before"
        )


def search_text(delivery: Delivery) -> SearchText:
    return SearchText(
        f"{delivery.number} {delivery.title}",
        "",
        (delivery.account.name, delivery.order.number, delivery.carrier),
    )


def subtitle(delivery: Delivery, viewer: Viewer) -> str:
    return in_short(delivery, viewer, ("account",))


DELIVERY = ObjectType(
    key="delivery", slug="deliveries", model=Delivery, label=_("納品"), label_many=pgettext_lazy("many", "納品"),
    icon="truck", sections=SECTIONS, fields=FIELDS, search=search_text, lookup="number", name_label=_("納品"),
    order="-delivered_on", subtitle=subtitle, prepare=take_customer,
    headline=("order", "account", "delivered_on", "total", "received_on"), quick_filters=("account",),
    related=("account", "order"), in_charge=False, checks=[refuse_by_hand, received_after_delivered],
)  # fmt: skip
