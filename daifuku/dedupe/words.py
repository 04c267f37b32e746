"""What a fact is called: what agrees, what differs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.dedupe.matching.scoring import COMMON, START, Line
from daifuku.dedupe.models import Way

FIELDS: dict[str, Any] = {
    "name": gettext_lazy("会社名"), "form": gettext_lazy("法人格"), "office": gettext_lazy("支店・営業所"),
    "phone": gettext_lazy("電話番号"),
    "fax": gettext_lazy("電話番号とFAX"), "mail": gettext_lazy("メール・ドメイン"), "site": gettext_lazy("住所"),
    "building": gettext_lazy("建物"), "number": gettext_lazy("法人番号"), "head": gettext_lazy("代表者"),
    "firm": gettext_lazy("会社名"), "mobile": gettext_lazy("携帯電話"), "born": gettext_lazy("誕生日"),
    "kana": gettext_lazy("カナ"), "department": gettext_lazy("部署"), "title": gettext_lazy("役職"),
    "former": gettext_lazy("旧姓"), "work": gettext_lazy("勤務先"),
}  # fmt: skip
PERSONS_NAME = gettext_lazy("氏名")
HOW: dict[str, Any] = {
    "same": gettext_lazy("同じ"), "differ": gettext_lazy("違う"), "near": gettext_lazy("ほぼ同じ"),
    "close": gettext_lazy("1文字違い程度"), "sound": gettext_lazy("読みが同じ"),
    "part": gettext_lazy("一方が他方を含む"),
    "sister": gettext_lazy("グループ会社らしい名前"), "one": gettext_lazy("一方だけにある"),
    "area": gettext_lazy("市外局番まで同じ"), "mail": gettext_lazy("もう一方の姓がメールアドレスにある"),
    "letter": gettext_lazy("2文字のうち1文字が違う"), "form": gettext_lazy("法人格だけが違う"),
    "shared": gettext_lazy("同じ（他の人も使えるアドレス）"), "local": gettext_lazy("@の前が同じ"),
    "private": gettext_lazy("私用のアドレスが違う"),
    "host": gettext_lazy("もう一方の会社名がメールのドメインにある"),
    "domain": gettext_lazy("ドメインが同じ"), "colleague": gettext_lazy("同じ会社の別のアドレス"),
    "renamed": gettext_lazy("市区町村の変更と思われる"), "lot": gettext_lazy("町まで同じ"),
    "town": gettext_lazy("市区町村まで同じ"), "city": gettext_lazy("市区町村が違う"),
    "far": gettext_lazy("都道府県が違う"), "swapped": gettext_lazy("姓と名が逆"),
    "family": gettext_lazy("姓が同じ（名は一方だけ）"), "other family": gettext_lazy("名が同じで姓が違う"),
    "other given": gettext_lazy("姓が同じで名が違う"), "missing": gettext_lazy("なし"),
}  # fmt: skip


def field_of(fact: str, way: Way | str) -> str:
    field = fact.partition(":")[0]
    return str(PERSONS_NAME if field == "name" and way == Way.PERSON else FIELDS[field])


# What of a record each fact is made of: it is not told to whoever may not see that.
MADE_OF = {
    "phone": {"phone", "mobile", "direct_phone", "fax"}, "fax": {"phone", "fax"}, "department": {"department"},
    "title": {"title"}, "former": {"email", "other_email"},
    "work": {"email", "other_email", "account", "company"},
    "mobile": {"mobile", "direct_phone", "phone"},
    "mail": {"email", "other_email", "website"}, "site": {"prefecture", "city", "street", "postal_code"},
    "building": {"building"}, "number": {"corporate_number", "invoice_number"}, "head": {"representative"},
    "firm": {"account", "company"}, "born": {"birthday"}, "kana": {"family_kana", "given_kana"},
    "name": {"name", "kana", "company", "company_kana", "family_name", "given_name", "family_kana", "given_kana"},
    "form": {"name", "company"}, "office": {"name", "company"},
}  # fmt: skip


def may_be_told(fact: str, hidden: Collection[str]) -> bool:
    """Neither whether a field that one may not see agrees, nor what that counts, is told."""
    return MADE_OF.get(fact.partition(":")[0], set()).isdisjoint(hidden)


def agrees(line: Line) -> bool:
    """Whether it tells of the two, and not of how common such names are."""
    return line.fact not in {START, COMMON}


def said(line: Line, way: Way | str) -> str:
    """会社名: 読みが同じ."""
    if line.fact == START:
        return _("もともとの確率（どの2件でも同じ）")
    if line.fact == COMMON:
        return _("同じ名前が%(count)s件ある") % {"count": line.count}
    field, _colon, how = line.fact.partition(":")
    return _("%(field)s: %(how)s") % {"field": field_of(line.fact, way), "how": HOW[how]}
