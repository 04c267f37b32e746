"""見積 as an object."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.catalog.openness import take_customer
from daifuku.customers.objects.shared import PRIVACIES, in_short
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.documents.line_types import Costs, Lines
from daifuku.documents.models.issuer import issuer
from daifuku.ledger.channel import moment
from daifuku.quotes import counting
from daifuku.quotes.models import Quote
from daifuku.quotes.models.policy import policy
from daifuku.quotes.objects import checks, choices, synonyms
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    Integer,
    LongText,
    Money,
    Percent,
    PersonLink,
    RecordLink,
    TeamLink,
    Text,
    YesNo,
)
from daifuku.records.catalogue.types.moment import TOKYO
from daifuku.staff.viewer import Viewer

COST = (("quote", "costs"),)
SECTIONS = (
    ("basic", _("基本情報")),
    ("lines", _("明細")),
    ("terms", _("取引条件")),
    ("sums", _("金額")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)


def _follows(key: str, label: Any, kind: Any, section: str = "sums", **options: Any) -> Field:
    """Worked out from what was typed or happened; nobody types it."""
    return Field(key, label, kind, section, editable=False, **options)


FIELDS = (
    Field("title", _("件名"), Text(200), required=True, quick=True, listed=True),
    Field("account", _("取引先"), RecordLink("account"), required=True, quick=True, listed=True, sort_by="account_id"),
    Field("contact", _("先方の担当者"), RecordLink("contact"), quick=True, sort_by="contact_id"),
    Field("deal", _("商談"), RecordLink("deal"), quick=True, sort_by="deal_id"),
    _follows("number", _("見積番号"), Text(40), "basic", listed=True),
    _follows("state", _("状態"), Choice(choices.STATES), "basic", listed=True),
    _follows("edition", _("版"), Integer(), "basic"),
    Field("day", _("見積日"), Date(), quick=True, listed=True, help=_("空欄なら今日")),
    Field("valid_until", _("有効期限"), Date(), quick=True, listed=True, help=_("空欄なら設定の日数あと")),
    Field(
        "lines", _("明細"), Lines(object="quote", suggest="quotes:products", costs="costs"), "lines", quick=True,
        sortable=False,
    ),
    Field("costs", _("明細の原価"), Costs(), "lines", quick=True, sortable=False),
    Field("delivery", _("納期"), Text(100), "terms", help=_("例: ご発注後2週間")),
    Field("place", _("納入場所"), Text(200), "terms"),
    Field("payment", _("支払条件"), Text(200), "terms", help=_("空欄なら取引先か設定のもの")),
    Field("note", _("備考"), LongText(), "terms", sortable=False, help=_("見積書に印刷します。空欄なら設定の定型文")),
    Field("included", _("単価は税込み"), YesNo(), "terms", help=_("空欄なら設定のもの")),
    Field("memo", _("社内メモ"), LongText(), "terms", sortable=False, help=_("見積書には印刷しません")),
    _follows("net", _("税抜金額"), Money()),
    _follows("tax", _("消費税額"), Money()),
    _follows("total", _("合計金額"), Money(), listed=True),
    _follows("discount_rate", _("値引率"), Percent()),
    _follows("cost", _("原価の合計"), Money(), sources=COST),
    _follows("margin", _("粗利"), Money(), sources=COST),
    _follows("margin_rate", _("粗利率"), Percent(), sources=COST),
    _follows("issued_on", _("発行日"), Date(), "keeping"),
    _follows("answered_on", _("回答日"), Date(), "keeping"),
    _follows("answer_note", _("お客様の回答"), LongText(), "keeping", personal=True, sortable=False),
    Field("owner", _("営業担当"), PersonLink(), "keeping", listed=True, quick=True, sort_by="owner_id"),
    Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip


def prepare(quote: Quote, changed: frozenset[str]) -> None:
    """Days, terms and rounding as the firm has them, where nobody said otherwise; sums."""
    if quote.pk is not None and "deal" in changed:
        quote.left_deal = Quote.plain.filter(pk=quote.pk).values_list("deal_id", flat=True).first()
    if quote.is_open:
        _fill(quote)
        checks.approval_falls(quote, changed)
        counting.count(quote)
    unsaid = quote.account_id is None
    if unsaid and quote.contact is not None and quote.contact.account is not None:
        quote.account = quote.contact.account
    take_customer(quote, changed)


def _fill(quote: Quote) -> None:
    rules, of = policy(), issuer()
    kept, unsaid = quote.pk is not None, quote.included is None
    quote.day = quote.day or moment().astimezone(TOKYO).date()
    if quote.valid_until is None:
        quote.valid_until = quote.day + timedelta(days=rules.valid_days)
    if unsaid:
        quote.included = of.included
    quote.rounding = of.rounding
    if kept:
        return
    if not quote.payment:
        quote.payment = (quote.account.payment_terms if quote.account_id else "") or rules.payment
    if not quote.note:
        quote.note = of.texts.get("quote", "")


def search_text(quote: Quote) -> SearchText:
    goods = " ".join(line["name"] for line in quote.lines if "name" in line)
    return SearchText(quote.title, "", (quote.number, goods, quote.memo))


def subtitle(quote: Quote, viewer: Viewer) -> str:
    return in_short(quote, viewer, ("account", "contact"))


QUOTE = ObjectType(
    key="quote", slug="quotes", model=Quote, label=_("見積"), label_many=pgettext_lazy("many", "見積"),
    icon="file", sections=SECTIONS, fields=with_synonyms(FIELDS, synonyms.QUOTE), search=search_text,
    lookup="title", order="-day",
    subtitle=subtitle, prepare=prepare,
    headline=("state", "total", "day", "valid_until", "margin_rate", "owner"),
    quick_filters=("state", "owner", "account"), related=("account", "contact", "deal"),
    open_sections=("terms",), form_scripts=("documents/js/lines.js",),
    checks=[checks.not_after_issue, checks.makes_sense, checks.of_the_customer],
)  # fmt: skip
