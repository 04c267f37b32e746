"""取引先 as an object: fields, order, what it is found by, when two may be the same."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers.models import Account
from daifuku.customers.objects import choices, synonyms
from daifuku.customers.objects.checks import no_ring
from daifuku.customers.objects.shared import (
    FORM_EXTRA,
    FORM_SCRIPTS,
    address_fields,
    in_short,
    keeping_fields,
    mail_keys,
    phone,
    phone_keys,
)
from daifuku.foundation.japanese import company_key, sort_key
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import Along, ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    CorporateNumber,
    Date,
    Email,
    Integer,
    InvoiceNumber,
    Kana,
    LongText,
    Money,
    RecordLink,
    Text,
    Url,
)
from daifuku.staff.viewer import Viewer

SECTIONS = (
    ("basic", _("基本情報")),
    ("reach", _("連絡先")),
    ("address", _("住所")),
    ("profile", _("企業プロフィール")),
    ("terms", _("取引条件")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
FIELDS = (
    Field(
        "name",
        _("会社名"),
        Text(200),
        required=True,
        sort_by="sort_key",
        folded="name_key",
        quick=True,
        listed=True,
    ),
    Field(
        "kana",
        _("カナ"),
        Kana(200),
        sort_by="sort_key",
        quick=True,
        help=_("空欄なら会社名から読みを提案します"),
    ),
    Field("code", _("得意先コード"), Text(40)),
    Field("level", _("区分"), Choice(choices.LEVELS)),
    Field("parent", _("上位組織"), RecordLink("account"), sort_by="parent_id"),
    Field("status", _("取引状態"), Choice(choices.ACCOUNT_STATUSES), listed=True, default="prospect"),
    Field("rank", _("ランク"), Choice(choices.RANKS), listed=True),
    Field("corporate_number", _("法人番号"), CorporateNumber(13), help=_("13桁の数字")),
    Field("invoice_number", _("インボイス登録番号"), InvoiceNumber(14), help=_("Tと13桁の数字")),
    phone("phone", _("電話番号"), quick=True, listed=True),
    phone("fax", _("FAX")),
    Field("email", _("メール"), Email(254), "reach"),
    Field("website", _("Webサイト"), Url(500), "reach"),
    *address_fields(personal=False),
    Field("representative", _("代表者"), Text(80), "profile", personal=True),
    Field("industry", _("業種"), Choice(choices.INDUSTRIES), "profile"),
    Field("business_type", _("業態"), Choice(choices.BUSINESS_TYPES), "profile"),
    Field("annual_sales", _("売上高・年商"), Money(), "profile"),
    Field("employees", _("従業員数"), Integer(), "profile"),
    Field("products", _("取扱商品"), LongText(), "profile", sortable=False),
    Field("strengths", _("得意分野"), LongText(), "profile", sortable=False),
    Field("trade_area", _("商圏"), Text(200), "profile"),
    Field("closing_day", _("締め日"), Choice(choices.CLOSING_DAYS), "terms"),
    Field("payment_terms", _("支払条件"), Text(200), "terms"),
    Field("traded_since", _("取引開始日"), Date(), "terms"),
    Field("note", _("備考"), LongText(), "terms", sortable=False),
    *keeping_fields("account"),
)


def prepare(account: Account, changed: frozenset[str]) -> None:
    if "name" in changed or "kana" in changed or not account.sort_key:
        account.name_key = company_key(account.name)[:200]
        account.sort_key = sort_key(account.kana or account.name)[:200]


def search_text(account: Account) -> SearchText:
    return SearchText(
        account.name,
        account.kana,
        (
            account.code, account.corporate_number, account.phone, account.email, account.representative,
            f"{account.prefecture}{account.city}{account.street}",
        ),
    )  # fmt: skip


def keys(account: Account) -> Iterable[tuple[str, str]]:
    yield "name", account.name_key
    yield from phone_keys(account.phone)
    yield from mail_keys(account.email)
    if account.corporate_number:
        yield "number", account.corporate_number
    if account.invoice_number:
        yield "number", account.invoice_number.removeprefix("T")


def subtitle(account: Account, viewer: Viewer) -> str:
    return in_short(account, viewer, ("prefecture", "city", "street", "building"), between="")


ACCOUNT = ObjectType(
    key="account", slug="accounts", model=Account, place=10, label=_("取引先"),
    label_many=pgettext_lazy("many", "取引先"), icon="company", sections=SECTIONS,
    fields=synonyms.with_synonyms(FIELDS, synonyms.ACCOUNT),
    search=search_text, lookup="name", order="name", subtitle=subtitle, prepare=prepare, keys=keys,
    headline=("status", "rank", "owner", "phone"), quick_filters=("status", "rank", "industry", "prefecture"),
    checks=[no_ring], form_scripts=FORM_SCRIPTS, form_extra=FORM_EXTRA, open_sections=("address",),
    along=Along(
        "contact", "account", ("family_name", "given_name", "department", "title", "phone", "email"),
        label=_("担当者（先方）"), same=("owner", "team", "privacy"),
    ),
)  # fmt: skip
