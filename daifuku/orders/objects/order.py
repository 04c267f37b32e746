"""受注 as an object."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.catalog.openness import keep_as_open, take_customer
from daifuku.customers.objects.shared import PRIVACIES, in_short
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.documents.models.issuer import issuer
from daifuku.foundation.errors import FieldProblem
from daifuku.orders.models import Order
from daifuku.orders.models.order import OVER
from daifuku.orders.objects import choices, synonyms
from daifuku.orders.objects.goods import GATHERED, Goods, need_goods
from daifuku.quotes.models.quote import DECLINED, ISSUED, REPLACED, VOID
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
    ("delivery", _("納品と支払い")),
    ("sums", _("金額と状況")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
FIELDS = (
    Field("number", _("受注番号"), Text(40), listed=True, help=_("空欄なら自動で付けます")),
    Field("account", _("取引先"), RecordLink("account"), required=True, quick=True, listed=True, sort_by="account_id"),
    Field("contact", _("先方の担当者"), RecordLink("contact"), quick=True, sort_by="contact_id"),
    Field("deal", _("商談"), RecordLink("deal"), sort_by="deal_id"),
    Field("quote", _("元の見積"), RecordLink("quote"), sort_by="quote_id"),
    Field("title", _("件名"), Text(200), quick=True, listed=True),
    Field("ordered_on", _("受注日"), Date(), required=True, quick=True, listed=True),
    Field("due_on", _("納期"), Date(), required=True, quick=True, listed=True),
    Field(
        "customer_number", _("先方の注文番号"), Text(80), quick=True, help=_("お客様の注文書の番号")
    ),
    Field(
        "goods", _("受注商品"), Goods(), sortable=False, momentary=True, on_page=False,
        help=_("登録のときの明細。登録したあとは、受注明細で変更します"),
    ),
    Field("place", _("納品先"), LongText(1000), "delivery", sortable=False, help=_("空欄なら取引先の住所")),
    Field("payment_terms", _("支払条件"), Text(200), "delivery", help=_("空欄なら取引先の支払条件")),
    Field("note", _("備考"), LongText(4000), "delivery", sortable=False, help=_("注文請書に印刷されます")),
    Field("state", _("状況"), Choice(choices.STATES), "sums", listed=True, editable=False, default="open"),
    Field("net", _("税抜金額"), Money(), "sums", listed=True, editable=False),
    Field("tax", _("消費税額"), Money(), "sums", editable=False),
    Field("total", _("合計金額"), Money(), "sums", listed=True, editable=False),
    Field("issued_on", _("注文請書の発行日"), Date(), "sums", editable=False),
    Field("delivered_on", _("最後の納品日"), Date(), "sums", editable=False),
    Field("cancelled_on", _("取消日"), Date(), "sums", editable=False),
    Field("cancel_reason", _("取り消しの理由"), Text(200), "sums", editable=False),
    Field("owner", _("営業担当"), PersonLink(), "keeping", listed=True, quick=True, sort_by="owner_id",
          help=_("入金まで責任を持つ人")),
    Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip


def prepare(order: Order, changed: frozenset[str]) -> None:
    """The customer's own terms, where nothing else is said; the firm's way of counting, once."""
    new = order.pk is None
    if new:
        of = issuer()
        order.rounding, order.included = of.rounding, of.included
        order.payment_terms = order.payment_terms or order.account.payment_terms
    order.state = order.state or "open"
    if not new and "deal" in changed:
        order.left_deal = Order.plain.filter(pk=order.pk).values_list("deal_id", flat=True).first()
    take_customer(order, changed)


def due_after_ordered(order: Order, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if changed & {"due_on", "ordered_on"} and order.due_on < order.ordered_on:
        sentence = _("納期が受注日より前です。どちらかの日付を直してください。")
        yield FieldProblem("due_on", sentence, code="due_before")


def stays_as_confirmed(order: Order, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """What was issued or delivered names this number and this customer."""
    fixed = changed & {"number", "account"}
    if order.pk is not None and fixed and (order.issued_on or order.delivered_on):
        sentence = _("注文請書か納品書を発行したため、変更できません。取り消して、新しく登録してください。")
        yield FieldProblem(min(fixed), sentence, code="issued")


def contact_of_account(order: Order, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    contact = order.contact
    if "contact" in changed and contact is not None and contact.account_id not in (None, order.account_id):
        from daifuku.catalog.prices import firms_above

        if contact.account_id not in {each.pk for each in firms_above(order.account)}:
            yield FieldProblem(
                "contact",
                _("この担当者は別の取引先の人です。取引先か担当者を選び直してください。"),
                code="other_firm",
            )


def of_an_offer_that_holds(order: Order, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """What was offered is ordered while the offer holds, on whatever way the order comes in."""
    quote = order.quote
    if "quote" not in changed or quote is None:
        return
    if quote.state in {DECLINED, REPLACED, VOID}:
        sentence = _("この見積は、断られたか、取り消したか、新しい版があります。見積を選び直してください。")
        yield FieldProblem("quote", sentence, code="over")
    elif quote.state == ISSUED and quote.is_over(order.ordered_on):
        sentence = _("受注日が見積の有効期限（%(day)s）を過ぎています。見積の新しい版を発行してください。")
        yield FieldProblem("quote", sentence % {"day": f"{quote.valid_until:%Y/%m/%d}"}, code="over")


def search_text(order: Order) -> SearchText:
    return SearchText(f"{order.number} {order.title}", "", (order.account.name, order.customer_number))


def subtitle(order: Order, viewer: Viewer) -> str:
    return in_short(order, viewer, ("account",))


ORDER = ObjectType(
    key="order", slug="orders", model=Order, label=_("受注"), label_many=pgettext_lazy("many", "受注"),
    icon="clipboard-list", sections=SECTIONS, fields=with_synonyms(FIELDS, synonyms.ORDER), search=search_text,
    lookup="number", name_label=_("受注"), order="-ordered_on", subtitle=subtitle, prepare=prepare,
    headline=("state", "account", "ordered_on", "due_on", "total", "owner"),
    quick_filters=("state", "account", "owner"), related=("account", "contact", "deal", "quote"), in_charge=True,
    still=~Q(state__in=OVER), unique=("number",), entered_at="orders:enter", open_sections=("delivery",),
    gathered=GATHERED, after_save=[keep_as_open],
    checks=[due_after_ordered, stays_as_confirmed, contact_of_account, of_an_offer_that_holds, need_goods],
)  # fmt: skip
