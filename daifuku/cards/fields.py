"""What stands on a card, as fields of a lead, and how it becomes fields of a contact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daifuku.foundation import address
from daifuku.foundation.japanese import split_name
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.staff.viewer import Viewer

# In the order of a card, which is the order of the form.
NAMES = (
    "company", "company_kana", "department", "title", "family_name", "given_name", "family_kana", "given_kana",
    "postal_code", "prefecture", "city", "street", "building", "phone", "direct_phone", "mobile", "fax", "email",
    "website", "representative", "corporate_number", "note",
)  # fmt: skip
# What is compared when a card is typed a second time.
COMPARED = tuple(name for name in NAMES if name not in {"company_kana", "representative", "note"})
OF_CONTACT = (
    "family_name", "given_name", "family_kana", "given_kana", "department", "title", "postal_code",
    "prefecture", "city", "street", "building", "mobile", "fax", "email", "note",
)  # fmt: skip
# What the reader calls it, where that is other than the form does.
READ_AS = {"tel": "phone", "url": "website"}
LONGEST = 4000


def on_form(viewer: Viewer) -> dict[str, Field]:
    """The fields that this person may fill in."""
    editable = vocabulary.editable_for(viewer, "lead")
    return {name: editable[name] for name in NAMES if name in editable}


def as_typed(raw: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, to be kept as it is: whether it is right is said when it is finished."""
    return {
        name: str(raw[name]).replace("\x00", "").strip()[:LONGEST]
        for name in NAMES
        if str(raw.get(name) or "").strip()
    }


def of_contact(values: Mapping[str, Any]) -> dict[str, Any]:
    """A contact has one number: his own, else his firm's."""
    found = {name: values[name] for name in OF_CONTACT if values.get(name)}
    number = values.get("direct_phone") or values.get("phone")
    return found | ({"phone": number} if number else {})


def proposed(fields: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What the reader found, by the fields of the form: the address in its parts, the name in its two."""
    found: dict[str, dict[str, Any]] = {}
    fields = {key: {**each, "value": printable(each["value"])} for key, each in fields.items()}
    for key, each in fields.items():
        if not each["value"]:
            continue
        if key == "address":
            _put_parts(found, address.split(each["value"]), each)
        elif key == "name":
            family, given = split_name(each["value"])
            _put_parts(found, {"family_name": family, "given_name": given}, each)
        elif key == "kana":
            family, _blank, given = each["value"].replace("　", " ").partition(" ")
            _put_parts(found, {"family_kana": family, "given_kana": given}, each)
        elif READ_AS.get(key, key) in NAMES:
            found[READ_AS.get(key, key)] = each
    return found | {key: each for key, each in fields.items() if key in NAMES and each["value"]}


def printable(text: str) -> str:
    """Without what no database keeps and no page can send: NUL, halves of a sign."""
    return "".join(char for char in text if char.isprintable() or char in "\n\u3000")


def _put_parts(found: dict[str, dict[str, Any]], parts: Mapping[str, str], each: Mapping[str, Any]) -> None:
    for name, value in parts.items():
        if value and name not in found:
            found[name] = {**each, "value": value}
