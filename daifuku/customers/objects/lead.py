"""見込み客 as an object."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers.models import Lead
from daifuku.customers.models.lead import CONVERTED
from daifuku.customers.objects import choices, synonyms
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
from daifuku.foundation.errors import FieldProblem
from daifuku.foundation.japanese import company_key, person_key, sort_key
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    CorporateNumber,
    Date,
    DateTime,
    Email,
    Integer,
    Kana,
    LongText,
    Money,
    RecordLink,
    Text,
    Url,
    YesNo,
)
from daifuku.staff.viewer import Viewer

SECTIONS = (
    ("basic", _("基本情報")),
    ("company", _("会社")),
    ("reach", _("連絡先")),
    ("address", _("住所")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
FIELDS = (
    Field(
        "family_name", _("姓"), Text(80), required=True, sort_by="sort_key", folded="name_key", personal=True,
        quick=True, listed=True,
    ),
    Field("given_name", _("名"), Text(80), personal=True, quick=True),
    Field("family_kana", _("セイ"), Kana(80), personal=True),
    Field("given_kana", _("メイ"), Kana(80), personal=True),
    Field("company", _("会社名"), Text(200), quick=True, listed=True, help=_("個人のお客様のときは空欄でかまいません")),
    Field("private", _("個人のお客様"), YesNo(), quick=True),
    Field("department", _("部署"), Text(120)),
    Field("title", _("役職"), Text(120), listed=True),
    Field("source", _("きっかけ"), Choice(choices.LEAD_SOURCES), quick=True, listed=True),
    Field("status", _("状況"), Choice(choices.LEAD_STATUSES), listed=True, default="new"),
    Field("rating", _("見込み度"), Choice(choices.LEAD_RATINGS), listed=True),
    Field("interest", _("興味のある商品"), LongText(), sortable=False),
    Field("first_contact_on", _("最初の接点"), Date()),
    Field(
        "ask_again_on", _("いつまた声をかけるか"), Date(), help=_("この日になると「放置」と「今日」に出ます")
    ),
    Field(
        "ask_again_note", _("また声をかける理由"), Text(200), personal=True, sortable=False,
        help=_("例: 来年度の予算が決まるころ"),
    ),
    Field("alone", _("放置"), Choice(choices.LEAD_ALONE), editable=False),
    Field("alone_since", _("放置になった日"), Date(), editable=False),
    Field("note", _("備考"), LongText(), personal=True, sortable=False),
    Field("company_kana", _("会社名カナ"), Kana(200), "company"),
    Field("corporate_number", _("法人番号"), CorporateNumber(13), "company", help=_("13桁の数字")),
    Field("representative", _("代表者"), Text(80), "company", personal=True),
    Field("industry", _("業種"), Choice(choices.INDUSTRIES), "company"),
    Field("employees", _("従業員数"), Integer(), "company"),
    Field("annual_sales", _("売上高・年商"), Money(), "company"),
    Field("website", _("Webサイト"), Url(500), "company"),
    Field("email", _("メール"), Email(254), "reach", personal=True, quick=True, help=_("できるだけ入力してください")),
    phone("phone", _("代表電話"), quick=True),
    phone("direct_phone", _("担当者電話"), personal=True),
    phone("mobile", _("携帯電話"), personal=True),
    phone("fax", _("FAX")),
    *address_fields(personal=True),
    *keeping_fields("lead"),
    Field(
        "converted_at", _("取引を開始した日時"), DateTime(), "keeping", editable=False,
        help=_("入っているものは、ふだんの一覧には出ません"),
    ),
    Field(
        "earlier", _("前回の見込み客"), RecordLink("lead"), "keeping", editable=False, sort_by="earlier_id",
        help=_("取引が途切れて、もう一度見込み客になったとき"),
    ),
)  # fmt: skip


def prepare(lead: Lead, changed: frozenset[str]) -> None:
    if changed & {"family_name", "given_name", "family_kana", "given_kana"} or not lead.sort_key:
        lead.name_key = person_key(lead.family_name, lead.given_name)[:200]
        kana = f"{lead.family_kana} {lead.given_kana}".strip()
        lead.sort_key = sort_key(kana or str(lead))[:200]


def company_or_private(lead: Lead, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """Only somebody who buys for himself has no company."""
    if not lead.company and not lead.private:
        yield FieldProblem(
            "company", _("会社名を入力するか、「個人のお客様」を「はい」にしてください。"), code="required"
        )


def search_text(lead: Lead) -> SearchText:
    return SearchText(
        f"{lead.family_name}{lead.given_name}",
        f"{lead.family_kana}{lead.given_kana}",
        (
            lead.company,
            lead.company_kana,
            lead.corporate_number,
            lead.phone,
            lead.direct_phone,
            lead.mobile,
            lead.email,
        ),
    )


def keys(lead: Lead) -> Iterable[tuple[str, str]]:
    """None of whoever is a customer now: account and contact are found in its place."""
    if lead.converted_at is not None:
        return
    yield "person", lead.name_key
    yield "name", company_key(lead.company)
    if lead.corporate_number:
        yield "number", lead.corporate_number
    yield from phone_keys(lead.phone, lead.direct_phone, lead.mobile)
    yield from mail_keys(lead.email)


def subtitle(lead: Lead, viewer: Viewer) -> str:
    return in_short(lead, viewer, ("company", "department", "title"))


LEAD = ObjectType(
    key="lead", slug="leads", model=Lead, place=30, label=_("見込み客"),
    label_many=pgettext_lazy("many", "見込み客"), icon="lead", sections=SECTIONS,
    fields=synonyms.with_synonyms(FIELDS, synonyms.LEAD),
    search=search_text, lookup="family_name", name_label=_("氏名"), order="family_name", subtitle=subtitle,
    prepare=prepare, keys=keys,
    headline=("status", "rating", "source", "owner"), quick_filters=("status", "source", "rating"),
    about_person=True, aside="converted_at", still=~CONVERTED, checks=[company_or_private],
    form_scripts=FORM_SCRIPTS, form_extra=FORM_EXTRA,
)  # fmt: skip
