"""A postal address as one custom field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import identifiers
from daifuku.foundation.japanese import clean_text
from daifuku.records.catalogue.types.base import FieldType, Refused

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer

PARTS = ("postal_code", "prefecture", "city", "street", "building")


class Address(FieldType):
    """`{"postal_code", "prefecture", "city", "street", "building"}`; a plain text becomes the street."""

    key, label, widget, empty = "address", _("住所"), "address", None
    operators = ("contains", "not_contains", "empty", "filled")

    def clean(self, raw: Any, viewer: Viewer | None = None) -> dict[str, str] | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            raw = {"street": raw}
        if not isinstance(raw, dict):
            raise Refused(_("住所の形になっていません。"), "type")
        parts = {part: clean_text(str(raw.get(part) or "")) for part in PARTS}
        if max(len(part) for part in parts.values()) > 200:
            raise Refused(_("住所の各欄は200文字以内で入力してください。"), "too_long")
        if parts["postal_code"]:
            try:
                parts["postal_code"] = identifiers.clean_postal_code(parts["postal_code"])
            except ValueError as error:
                raise Refused(_("郵便番号は7桁の数字です。例: 460-0001")) from error
        parts = {name: part for name, part in parts.items() if part}
        return parts or None

    def is_empty(self, value: Any) -> bool:
        return not value

    def display(self, value: Any) -> str:
        postal = f"〒{value['postal_code']} " if value.get("postal_code") else ""
        return (
            postal
            + "".join(value.get(part, "") for part in PARTS[1:4])
            + (f" {value['building']}" if value.get("building") else "")
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "properties": {part: {"type": "string"} for part in PARTS}}
