"""価格 as an object: a line of a price list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.catalog.models import Price
from daifuku.catalog.objects import synonyms
from daifuku.catalog.objects.unit_price import Quantity, UnitPrice
from daifuku.catalog.openness import keep_as_open, take_customer
from daifuku.customers.objects.choices import RANKS
from daifuku.customers.objects.shared import PRIVACIES, in_short
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.foundation.errors import FieldProblem
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    LongText,
    Percent,
    PersonLink,
    RecordLink,
    TeamLink,
    Text,
)
from daifuku.staff.viewer import Viewer

SECTIONS = (("basic", _("基本情報")), ("custom", _("追加項目")), ("keeping", _("管理")))
FIELDS = (
    Field("name", _("価格"), Text(200), editable=False, listed=True),
    Field(
        "product", _("商品"), RecordLink("product"), required=True, quick=True, listed=True, sort_by="product_id"
    ),
    Field(
        "account", _("取引先"), RecordLink("account"), quick=True, listed=True, sort_by="account_id",
        help=_("その取引先と、その支店・部署の価格です"),
    ),
    Field(
        "rank", _("ランク"), Choice(RANKS, of=("account", "rank")), quick=True, listed=True,
        help=_("取引先の代わりに、取引先のランクで決めるとき。どちらも空欄なら、全員の価格です"),
    ),
    Field(
        "quantity", _("数量（以上）"), Quantity(), quick=True, listed=True, default=0,
        help=_("この数量からの価格です。数量によらないときは0"),
    ),
    Field("amount", _("単価"), UnitPrice(), quick=True, listed=True, help=_("1単位あたり、税抜き")),
    Field(
        "rate", _("掛率"), Percent(2), quick=True, listed=True,
        help=_("単価の代わりに、標準価格の何%かで決めるとき（1円未満切り捨て）"),
    ),
    Field("begins_on", _("適用開始日"), Date(), quick=True, listed=True),
    Field("ends_on", _("適用終了日"), Date(), quick=True, listed=True, help=_("この日まで有効です")),
    Field("note", _("備考"), LongText(), sortable=False),
    Field("owner", _("登録の担当"), PersonLink(), "keeping", sort_by="owner_id"),
    Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip


def prepare(price: Price, changed: frozenset[str]) -> None:
    """It is called by its product and from how many and when on it holds; what it says stands in fields of their own,
    which not everybody sees, and so does whose it is."""
    unsaid = price.quantity is None
    if unsaid:
        price.quantity = Decimal(0)
    price.name = name_of(price.product.name, price.quantity, price.begins_on)
    take_customer(price, changed)


def name_of(product: str, quantity: Decimal, begins_on: date | None) -> str:
    """テープ 100以上 2026-04-01から"""
    parts = [product]
    if quantity:
        parts.append(f"{Quantity().display(quantity)}以上")
    if begins_on is not None:
        parts.append(f"{begins_on:%Y-%m-%d}から")
    return " ".join(parts)[:200]


def says_one_price(price: Price, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if price.amount is None and price.rate is None:
        yield FieldProblem("amount", _("単価か掛率を入力してください。"), code="required")
    elif price.amount is not None and price.rate is not None:
        sentence = _("単価と掛率の両方は使えません。どちらかを空欄にしてください。")
        yield FieldProblem("rate", sentence, code="both")
    elif price.rate is not None and not 0 <= price.rate <= 1000:
        yield FieldProblem("rate", _("掛率は0%から1000%までで入力してください。"), code="range")
    elif price.rate is not None and price.product.price is None:
        sentence = _("「%(product)s」には標準価格がありません。掛率の代わりに単価を入力してください。")
        yield FieldProblem("rate", sentence % {"product": price.product}, code="no_price")


def for_one_kind(price: Price, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if price.account_id is not None and price.rank:
        sentence = _("取引先とランクの両方は使えません。どちらかを空欄にしてください。")
        yield FieldProblem("rank", sentence, code="both")


def runs_forward(price: Price, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if price.begins_on and price.ends_on and price.ends_on < price.begins_on:
        sentence = _("適用終了日が開始日より前です。日付を確認してください。")
        yield FieldProblem("ends_on", sentence, code="ends_before")


def search_text(price: Price) -> SearchText:
    account = price.account.name if price.account is not None else ""
    return SearchText(price.name, price.product.kana, (price.product.code, account))


def subtitle(price: Price, viewer: Viewer) -> str:
    return in_short(price, viewer, ("account",)) or whom(price)


def whom(price: Price) -> str:
    """For whom it holds, where that is no single customer."""
    from daifuku.records.catalogue import vocabulary

    if price.rank:
        rank = vocabulary.fields_of("price")["rank"].type.display(price.rank)
        return _now("ランク%(rank)sの取引先") % {"rank": rank}
    return _now("すべての取引先")


PRICE = ObjectType(
    key="price", slug="prices", model=Price, label=_("価格"), label_many=pgettext_lazy("many", "価格"),
    icon="tag", sections=SECTIONS, fields=with_synonyms(FIELDS, synonyms.PRICE), search=search_text,
    lookup="name", order="-updated_at", subtitle=subtitle, prepare=prepare,
    headline=("product", "account", "rank", "quantity", "amount", "rate"),
    quick_filters=("product", "account", "rank"), related=("product", "account"), in_charge=False,
    checks=[says_one_price, for_one_kind, runs_forward], after_save=[keep_as_open],
)  # fmt: skip
