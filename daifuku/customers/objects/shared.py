"""Fields that accounts, contacts and leads have in common, and the keys by which doubles are found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import (
    Choice,
    DateTime,
    Members,
    Option,
    PersonLink,
    Phone,
    PostalCode,
    TeamLink,
    Text,
)
from daifuku.records.models import Record
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

# Help while one types: doubles, address and postal code, reading.
FORM_EXTRA = "customers/parts/form_extra.html"
FORM_SCRIPTS = ("customers/js/same.js", "customers/js/place.js", "customers/js/reading.js")
MEMBER_ROLES = (
    Option("second", _("副担当"), "blue"),
    Option("engineer", _("技術"), "green"),
    Option("clerk", _("事務"), "teal"),
    Option("supervisor", _("監督"), "purple"),
)
PRIVACIES = (
    Option("team", _("チーム内のみ"), "orange"),
    Option("private", _("担当者のみ"), "red"),
)


def address_fields(*, personal: bool) -> list[Field]:
    """都道府県 to 建物; 住所 in one piece is cut into them by the import."""
    return [
        Field("postal_code", _("郵便番号"), PostalCode(8), "address", personal=personal),
        Field("prefecture", _("都道府県"), Text(10), "address", personal=personal, listed=not personal),
        Field("city", _("市区町村"), Text(60), "address", personal=personal, listed=not personal),
        Field("street", _("町域・番地"), Text(200), "address", personal=personal),
        Field("building", _("建物"), Text(200), "address", personal=personal),
    ]


def phone(
    key: str, label: object, *, personal: bool = False, quick: bool = False, listed: bool = False
) -> Field:
    return Field(key, label, Phone(40), "reach", personal=personal, quick=quick, listed=listed)


def keeping_fields(with_members: str = "", *, privacy: Any = "") -> list[Field]:
    """Who is in charge, who may see it, when it was made and changed; of this object, who else works on it. `privacy`
    says what besides decides who may see it."""
    members = [members_field(with_members)] if with_members else []
    return [
        Field("owner", _("営業担当"), PersonLink(), "keeping", listed=True, quick=True, sort_by="owner_id"),
        Field("team", _("チーム"), TeamLink(), "keeping", sort_by="team_id"),
        *members,
        Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", help=privacy),
        Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
        Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
        Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False, listed=True),
    ]


def members_field(object: str) -> Field:
    return Field(
        "members", _("メンバー"), Members(object, MEMBER_ROLES), "keeping", sortable=False,
        synonyms=("メンバー", "関係者", "副担当者", "チームメンバー"),
        help=_("営業担当のほかに対応する人。例: 山田 太郎（技術）、佐藤 花子（副担当）"),
    )  # fmt: skip


def in_short(record: Any, viewer: Viewer, names: Iterable[str], between: str = " ") -> str:
    """A few values in one line under a name: hidden fields and accounts that the person does not see are left out."""
    fields = vocabulary.fields_for(viewer, record.object_key)
    values = [fields[name].get(record) for name in names if name in fields]
    known = [each for each in values if each and (not isinstance(each, Record) or sees(viewer, each, "view"))]
    return between.join(str(each) for each in known)


def phone_keys(*numbers: str) -> Iterable[tuple[str, str]]:
    """Digits alone, so that hyphens and spaces make no difference; an extension does not count."""
    for number in numbers:
        digits = re.sub(r"\D", "", re.split(r"(?i)内線|ext|x|#", number)[0])
        if len(digits) >= 9:
            yield "phone", digits


def mail_keys(*addresses: str) -> Iterable[tuple[str, str]]:
    for address in addresses:
        if address:
            yield "email", address.lower()
