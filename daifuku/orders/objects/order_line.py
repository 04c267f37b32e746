"""受注明細 as an object: a line of the order ledger."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.catalog.objects.unit_price import Quantity, Trimmed, UnitPrice
from daifuku.catalog.prices import price_for
from daifuku.customers.objects.shared import PRIVACIES, in_short
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.documents.amounts import COUNTED, MOST, Kind, line_amount
from daifuku.documents.tax import CLASSES, STANDARD, checked_rate
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.orders.models import OrderLine
from daifuku.orders.objects import choices, synonyms
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    Integer,
    Money,
    Option,
    Percent,
    PersonLink,
    RecordLink,
    TeamLink,
    Text,
)
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

SECTIONS = (
    ("basic", _("基本情報")),
    ("sums", _("金額と状況")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
TAXES = tuple(Option(key, each.label) for key, each in CLASSES.items())
FIELDS = (
    Field("order", _("受注"), RecordLink("order"), required=True, quick=True, listed=True, sort_by="order_id"),
    Field("account", _("取引先"), RecordLink("account"), listed=True, editable=False, sort_by="account_id"),
    Field("ordered_on", _("受注日"), Date(), listed=True, editable=False),
    Field("place", _("行"), Integer(), quick=True),
    Field("kind", _("種類"), Choice(choices.LINE_KINDS), default="goods"),
    Field("product", _("商品"), RecordLink("product"), quick=True, listed=True, sort_by="product_id"),
    Field("name", _("品名"), Text(200), quick=True, listed=True, help=_("空欄なら商品の名前")),
    Field("spec", _("仕様"), Text(500), quick=True),
    Field("quantity", _("数量"), Quantity(), quick=True, listed=True),
    Field("unit", _("単位"), Text(20), quick=True, listed=True),
    Field(
        "unit_price", _("単価"), UnitPrice(), quick=True, listed=True, help=_("空欄なら価格表の価格")
    ),
    Field("discount", _("値引率"), Percent(2), quick=True),
    Field("cost", _("原価"), UnitPrice()),
    Field("tax_class", _("税区分"), Choice(TAXES), quick=True, help=_("空欄なら商品の税区分")),
    Field("due_on", _("納期"), Date(), quick=True, listed=True, help=_("空欄なら受注の納期")),
    Field("deliver_to", _("納品先"), Text(200), quick=True, help=_("空欄なら受注の納品先")),
    Field("note", _("明細の備考"), Text(200)),
    Field("rate", _("税率"), Trimmed(2), "sums", editable=False),
    Field("amount", _("金額"), Money(), "sums", listed=True, editable=False),
    Field("delivered", _("納品済みの数量"), Quantity(), "sums", listed=True, editable=False),
    Field("purchased", _("発注済みの数量"), Quantity(), "sums", editable=False),
    Field("arrived", _("入荷済みの数量"), Quantity(), "sums", editable=False),
    Field("owner", _("営業担当"), PersonLink(), "keeping", editable=False, sort_by="owner_id"),
    Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip
# What a line takes over from its order.
TAKEN = ("account_id", "ordered_on", "owner_id", "team_id", "privacy", "keeper_id")


def prepare(line: OrderLine, changed: frozenset[str]) -> None:
    """What is not said comes from the product, the price list and the order; the amount is reckoned."""
    for name in TAKEN:
        setattr(line, name, getattr(line.order, name))
    line.kind = line.kind or Kind.GOODS
    unplaced, uncounted = line.place is None, line.quantity is None
    if unplaced:
        last = OrderLine.plain.filter(order=line.order).aggregate(last=Max("place"))["last"]
        line.place = (last or 0) + 10
    line.counts = line.kind in COUNTED and line.order.cancelled_on is None
    if line.kind not in COUNTED:
        line.quantity = line.unit_price = Decimal(0)
        line.tax_class, line.rate, line.amount, line.product = "", Decimal(0), 0, None
        return
    if uncounted:
        line.quantity = Decimal(1)
    _take_product(line, changed)
    if line.kind != Kind.DISCOUNT:
        line.tax_class = line.tax_class or STANDARD
    line.unit_price = line.unit_price or Decimal(0)
    line.discount = line.discount or Decimal(0)
    line.amount = line_amount(line.quantity, line.unit_price, line.discount)
    if line.kind == Kind.DISCOUNT:
        line.amount = -abs(line.amount)


def _take_product(line: OrderLine, changed: frozenset[str]) -> None:
    product = line.product
    if product is None:
        return
    if line.pk is not None and "product" in changed and line.code != product.code:
        if "name" not in changed:
            line.name = ""
        if "unit_price" not in changed:
            line.unit_price = None
        line.spec, line.unit, line.tax_class, line.cost = "", "", "", None
    line.code = product.code
    line.name, line.spec = line.name or product.name, line.spec or product.spec
    line.unit, line.tax_class = line.unit or product.unit, line.tax_class or product.tax_class
    if line.cost is None:
        line.cost = product.cost
    unpriced = line.unit_price is None
    if unpriced:
        line.unit_price = price_for(product, line.order.account, line.quantity, line.ordered_on).amount


def named(line: OrderLine, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if not line.name and line.kind != Kind.SUBTOTAL:
        yield FieldProblem("name", _("商品を選ぶか、品名を入力してください。"), code="required")


def some_of_it(line: OrderLine, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if not line.counts:
        return
    if line.quantity <= 0:
        yield FieldProblem("quantity", _("数量は0より大きい数を入力してください。"), code="range")
    elif abs(line.amount) > MOST:
        yield FieldProblem(
            "quantity", _("金額が大きすぎます。数量と単価を確認してください。"), code="too_large"
        )
    if not 0 <= line.discount <= 100:
        yield FieldProblem("discount", _("値引率は0%から100%までで入力してください。"), code="range")


def not_below_what_happened(
    line: OrderLine, changed: frozenset[str], viewer: Viewer
) -> Iterable[FieldProblem]:
    if line.quantity < line.delivered:
        sentence = _("すでに%(delivered)sを納品しています。それより少なくするには、返品を登録してください。")
        delivered = Quantity().display(line.delivered)
        yield FieldProblem("quantity", sentence % {"delivered": delivered}, code="delivered")
    if line.pk is not None and line.delivered and changed & {"product", "kind", "order"}:
        sentence = _("すでに納品しているため、変更できません。残りを取り消して、新しい行を追加してください。")
        yield FieldProblem(min(changed & {"product", "kind", "order"}), sentence, code="delivered")


def in_time(line: OrderLine, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    due = line.due_on
    if due is not None and due < line.ordered_on:
        yield FieldProblem(
            "due_on", _("納期が受注日より前です。どちらかの日付を直してください。"), code="due_before"
        )


def sold_then(line: OrderLine, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    product = line.product
    if product is None or "product" not in changed or product.is_sold(line.ordered_on):
        return
    after = product.successor
    sentence = _("「%(product)s」は販売を終了しています。別の商品を選んでください。")
    if after is not None and after.trashed_at is None and not after.privacy:
        sentence = _("「%(product)s」は販売を終了しています。後継は「%(successor)s」です。")
    yield FieldProblem("product", sentence % {"product": product, "successor": after}, code="discontinued")


def taxed(line: OrderLine, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """The rate in force on the day on which it is due (消費税法 第28条: when the goods change hands)."""
    if line.kind not in COUNTED or not line.tax_class:
        line.rate = Decimal(0)
        return
    try:
        line.rate = checked_rate(line.tax_class, line.due_on or line.order.due_on, field="tax_class")
    except Invalid as error:
        yield from error.problems


def of_own_order(line: OrderLine, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """Who may not change the order adds nothing to it either; and no line leaves an order, whose sums and papers count
    it."""
    if "order" in changed and line.pk is not None:
        sentence = _("明細は、別の受注に移せません。この行を削除して、もう一方の受注に追加してください。")
        yield FieldProblem("order", sentence, code="moved")
    elif "order" in changed and not sees(viewer, line.order, "edit"):
        yield FieldProblem("order", _("この受注を変更する権限がありません。"), code="forbidden")


def of_open_order(line: OrderLine, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if line.order.cancelled_on is not None:
        yield FieldProblem("order", _("取り消した受注には、行を追加・変更できません。"), code="cancelled")


def search_text(line: OrderLine) -> SearchText:
    return SearchText(line.name, "", (line.code, line.order.number, line.account.name))


def subtitle(line: OrderLine, viewer: Viewer) -> str:
    return in_short(line, viewer, ("order", "account"))


ORDER_LINE = ObjectType(
    key="order_line", slug="order-lines", model=OrderLine, label=_("受注明細"),
    label_many=pgettext_lazy("many", "受注明細"), icon="list", sections=SECTIONS,
    fields=with_synonyms(FIELDS, synonyms.LINE), search=search_text, lookup="name", order="-ordered_on",
    subtitle=subtitle, prepare=prepare, headline=("order", "product", "quantity", "amount", "due_on", "delivered"),
    quick_filters=("product", "account"), related=("order", "account", "product"), in_charge=False, everywhere=False,
    checks=[named, some_of_it, not_below_what_happened, in_time, sold_then, taxed, of_own_order, of_open_order],
)  # fmt: skip
