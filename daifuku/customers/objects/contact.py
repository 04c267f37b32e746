"""担当者 as an object."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers.models import Contact
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
from daifuku.foundation.japanese import person_key, sort_key
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import Choice, Date, Email, Kana, LongText, RecordLink, Text
from daifuku.staff.viewer import Viewer

SECTIONS = (
    ("basic", _("基本情報")),
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
    Field("family_kana", _("セイ"), Kana(80), personal=True, quick=True),
    Field("given_kana", _("メイ"), Kana(80), personal=True, quick=True),
    Field("account", _("取引先"), RecordLink("account"), sort_by="account_id", quick=True, listed=True),
    Field("department", _("部署"), Text(120), quick=True, listed=True),
    Field("title", _("役職"), Text(120), quick=True, listed=True),
    Field("role", _("商談での役割"), Choice(choices.CONTACT_ROLES)),
    Field("influence", _("影響力"), Choice(choices.INFLUENCES)),
    Field("status", _("在籍"), Choice(choices.CONTACT_STATUSES), default="present"),
    Field("left_on", _("退職・異動日"), Date()),
    phone("phone", _("電話番号"), personal=True, quick=True, listed=True),
    phone("mobile", _("携帯電話"), personal=True),
    Field("email", _("メール"), Email(254), "reach", personal=True, quick=True, listed=True),
    Field("other_email", _("メール（予備）"), Email(254), "reach", personal=True),
    phone("fax", _("FAX")),
    *address_fields(personal=True),
    Field("birthday", _("誕生日"), Date(), "basic", personal=True),
    Field("note", _("備考"), LongText(), "basic", personal=True, sortable=False),
    *keeping_fields(),
)  # fmt: skip


def prepare(contact: Contact, changed: frozenset[str]) -> None:
    if changed & {"family_name", "given_name", "family_kana", "given_kana"} or not contact.sort_key:
        contact.name_key = person_key(contact.family_name, contact.given_name)[:200]
        kana = f"{contact.family_kana} {contact.given_kana}".strip()
        contact.sort_key = sort_key(kana or contact.full_name)[:200]


def search_text(contact: Contact) -> SearchText:
    company = contact.account.name if contact.account else ""
    return SearchText(
        f"{contact.family_name}{contact.given_name}",
        f"{contact.family_kana}{contact.given_kana}",
        (
            company,
            contact.department,
            contact.title,
            contact.phone,
            contact.mobile,
            contact.email,
            contact.other_email,
        ),
    )


def keys(contact: Contact) -> Iterable[tuple[str, str]]:
    yield "person", contact.name_key
    yield from phone_keys(contact.phone, contact.mobile)
    yield from mail_keys(contact.email, contact.other_email)


def subtitle(contact: Contact, viewer: Viewer) -> str:
    return in_short(contact, viewer, ("account", "department", "title"))


CONTACT = ObjectType(
    key="contact", slug="contacts", model=Contact, place=20, label=_("担当者"),
    label_many=pgettext_lazy("many", "担当者"), icon="person", sections=SECTIONS,
    fields=synonyms.with_synonyms(FIELDS, synonyms.CONTACT),
    search=search_text, lookup="family_name", name_label=_("氏名"), order="family_name", subtitle=subtitle,
    prepare=prepare, keys=keys,
    headline=("account", "title", "phone", "email"), quick_filters=("status", "role", "influence"),
    related=("account",), about_person=True, form_scripts=FORM_SCRIPTS, form_extra=FORM_EXTRA,
)  # fmt: skip
