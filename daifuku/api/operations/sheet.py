"""A customer on one page, for those who were not there."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.routing import fixed
from daifuku.customers import sheet
from daifuku.ledger import reads
from daifuku.records.catalogue import registry
from daifuku.staff.viewer import Viewer


class SheetWord(Schema):
    label: str
    colour: str


class SheetItem(Schema):
    label: str
    text: str
    url: str
    words: list[SheetWord]
    note: str
    late: bool


class SheetSection(Schema):
    """`values`: label and value each; otherwise a list of things."""

    key: str
    label: str
    values: bool
    items: list[SheetItem]


class Sheet(Schema):
    label: str
    sections: list[SheetSection]


@fixed.get(
    "/accounts/{uid}/sheet", operation_id="sheet_account", summary=noop("お客様シート"), response=Sheet
)
def account_sheet(request: Asked, uid: str) -> Answer:
    """Only what the caller may see."""
    return _sheet(request, "accounts", uid)


@fixed.get("/leads/{uid}/sheet", operation_id="sheet_lead", summary=noop("お客様シート"), response=Sheet)
def lead_sheet(request: Asked, uid: str) -> Answer:
    """Only what the caller may see."""
    return _sheet(request, "leads", uid)


def _sheet(request: Asked, slug: str, uid: str) -> Answer:
    viewer = request.auth.viewer
    return sheet_answer(record_of(viewer, object_of(viewer, slug), uid), viewer)


def sheet_answer(record: Any, viewer: Viewer) -> Answer:
    """Of a person it is a line in the ledger that somebody read it."""
    object_type = registry.of(record)
    if object_type.about_person:
        reads.looked(
            object_type.event("opened"), by=viewer.person, object=object_type.key, record_id=record.pk
        )
    sections = sheet.sections_of(record, viewer, timezone.localdate())
    return Answer({"label": str(record), "sections": [_section(section) for section in sections]})


def _section(section: sheet.Filled) -> dict[str, Any]:
    items = [
        {
            "label": item.label, "text": item.text, "url": item.url, "note": item.note, "late": item.late,
            "words": [{"label": label, "colour": colour} for label, colour in item.words],
        }
        for item in section.items
    ]  # fmt: skip
    return {"key": section.key, "label": section.label, "values": section.values, "items": items}
