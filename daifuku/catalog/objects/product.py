"""商品 as an object."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.catalog.models import Product
from daifuku.catalog.objects import choices, synonyms
from daifuku.catalog.objects.unit_price import UnitPrice
from daifuku.customers.objects.shared import PRIVACIES, in_short
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.foundation.errors import FieldProblem
from daifuku.foundation.japanese import company_key, sort_key
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    Integer,
    Kana,
    LongText,
    PersonLink,
    RecordLink,
    TeamLink,
    Text,
)
from daifuku.staff.viewer import Viewer

SECTIONS = (
    ("basic", _("基本情報")),
    ("price", _("価格と税")),
    ("supply", _("仕入と納期")),
    ("range", _("後継と上位")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
FIELDS = (
    Field("code", _("商品コード"), Text(40), required=True, quick=True, listed=True),
    Field(
        "name", _("商品名"), Text(200), required=True, sort_by="sort_key", folded="name_key", quick=True,
        listed=True,
    ),
    Field(
        "kana", _("カナ"), Kana(200), sort_by="sort_key", quick=True,
        help=_("一覧の並び順と検索に使います。空欄なら商品名の読みで並びます"),
    ),
    Field("spec", _("規格・型番"), Text(200), quick=True, listed=True),
    Field("group", _("商品グループ"), Choice(choices.GROUPS), quick=True, listed=True),
    Field("unit", _("単位"), Text(20), quick=True, listed=True, help=_("個、箱、m、式など")),
    Field(
        "price", _("標準価格"), UnitPrice(), "price", quick=True, listed=True,
        help=_("1単位あたり、税抜き。取引先ごとの価格は「価格」で決めます"),
    ),
    Field("cost", _("原価"), UnitPrice(), "price", help=_("見ることのできる役割は「役割」で決めます")),
    Field(
        "tax_class", _("税区分"), Choice(choices.TAX_CLASSES), "price", required=True, default="standard",
        quick=True, listed=True,
    ),
    Field("supplier", _("仕入先"), RecordLink("account"), "supply", sort_by="supplier_id"),
    Field("supplier_code", _("仕入先の品番"), Text(80), "supply"),
    Field("lead_days", _("標準納期（日）"), Integer(), "supply", help=_("受注から納品までの営業日数")),
    Field(
        "successor", _("後継の商品"), RecordLink("product"), "range", sort_by="successor_id",
        help=_("この商品の販売を終えたあとに薦めるもの"),
    ),
    Field("higher", _("上位の商品"), RecordLink("product"), "range", sort_by="higher_id"),
    Field("discontinued_on", _("販売終了日"), Date(), "range", help=_("この日のあとは、見積と受注で選べません")),
    Field("note", _("備考"), LongText(), sortable=False),
    Field("owner", _("商品担当"), PersonLink(), "keeping", sort_by="owner_id"),
    Field("team", _("チーム"), TeamLink(), "keeping", sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", help=_("発売前の商品などを、まだ見せないとき")),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False, listed=True),
)  # fmt: skip


def prepare(product: Product, changed: frozenset[str]) -> None:
    if changed & {"name", "kana"} or not product.sort_key:
        product.name_key = company_key(product.name)[:200]
        product.sort_key = sort_key(product.kana or product.name)[:200]


def reckonable(product: Product, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """A tax class that the administrator added would be on documents that nobody can reckon."""
    if "tax_class" in changed and product.tax_class not in {option.key for option in choices.TAX_CLASSES}:
        sentence = _("税区分は、標準税率・軽減税率・免税・非課税・不課税のどれかを選んでください。")
        yield FieldProblem("tax_class", sentence, code="choice")


def not_itself(product: Product, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    for name in ("successor", "higher"):
        if name in changed and product.pk is not None and getattr(product, f"{name}_id") == product.pk:
            yield FieldProblem(name, _("この商品自身は選べません。別の商品を選んでください。"), code="itself")


def in_whole_days(product: Product, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    days = product.lead_days
    if "lead_days" in changed and days is not None and not 0 <= days <= 3650:
        sentence = _("0から%(most)sまでの日数を入力してください。") % {"most": 3650}
        yield FieldProblem("lead_days", sentence, code="range")


def search_text(product: Product) -> SearchText:
    return SearchText(product.name, product.kana, (product.code, product.spec, product.supplier_code))


def keys(product: Product) -> Iterable[tuple[str, str]]:
    """By its name: a list of prices may say the name instead of the code."""
    yield "name", product.name_key


def subtitle(product: Product, viewer: Viewer) -> str:
    return in_short(product, viewer, ("code", "spec"))


PRODUCT = ObjectType(
    key="product", slug="products", model=Product, label=_("商品"), label_many=pgettext_lazy("many", "商品"),
    icon="package", sections=SECTIONS, fields=with_synonyms(FIELDS, synonyms.PRODUCT), search=search_text,
    lookup="name", order="name", subtitle=subtitle, prepare=prepare, keys=keys,
    headline=("code", "price", "unit", "tax_class", "group"),
    quick_filters=("group", "tax_class", "supplier"), in_charge=False, open_sections=("price",),
    unique=("code",), checks=[reckonable, not_itself, in_whole_days],
)  # fmt: skip
