"""What this room tells on the sheet: who they are, how large, who matters there, on which terms, which files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers import panels
from daifuku.customers.objects import choices
from daifuku.customers.sheet import MOST, Item, Items, Section, register
from daifuku.records.actions import filing
from daifuku.records.catalogue import vocabulary
from daifuku.records.showing import show
from daifuku.staff.viewer import Viewer

WHO = {
    "account": (
        "kana", "code", "level", "parent", "status", "rank", "representative", "corporate_number",
        "invoice_number", "phone", "fax", "email", "website",
    ),
    "lead": (
        "company", "company_kana", "department", "title", "status", "rating", "source", "interest",
        "representative", "phone", "direct_phone", "mobile", "email", "website", "fax",
    ),
}  # fmt: skip
ADDRESS = ("postal_code", "prefecture", "city", "street", "building")
SIZE = (
    "industry", "business_type", "annual_sales", "employees", "products", "strengths", "trade_area",
)  # fmt: skip
TERMS = ("closing_day", "payment_terms", "traded_since", "first_contact_on", "note")
OURS = ("owner", "team")


def register_sections() -> None:
    register(
        Section("who", _("どんなお客様か"), who, 10, values=True),
        Section("size", _("規模・仕事の内容"), size, 20, values=True, empty=_("規模や業種はまだ登録されていません。")),
        Section("people", _("担当者・キーパーソン"), people, 30, objects=("account",),
                empty=_("担当者はまだ登録されていません。"), ahead=people_of_many),
        Section("terms", _("取引条件"), terms, 40, values=True,
                empty=_("締め日や支払条件はまだ登録されていません。")),
        Section("own", _("追加項目"), own_fields, 45, values=True),
        Section("files", pgettext_lazy("many", "ファイル"), files, 90, ahead=files_of_many),
    )  # fmt: skip


def who(record: Any, viewer: Viewer, today: date) -> list[Item]:
    items = _values(record, viewer, WHO[record.object_key])
    fields = vocabulary.fields_for(viewer, record.object_key)
    address = "".join(str(getattr(record, key)) for key in ADDRESS[1:] if key in fields)
    if address:
        code = record.postal_code if "postal_code" in fields else ""
        items.append(Item(str(_("住所")), f"〒{code} {address}" if code else address))
    return items + _values(record, viewer, OURS)


def size(record: Any, viewer: Viewer, today: date) -> list[Item]:
    return _values(record, viewer, SIZE)


def terms(record: Any, viewer: Viewer, today: date) -> list[Item]:
    return _values(record, viewer, TERMS)


def own_fields(record: Any, viewer: Viewer, today: date) -> list[Item]:
    """The firm's own fields, as far as they are filled."""
    fields = vocabulary.fields_for(viewer, record.object_key)
    return _values(record, viewer, [key for key, field in fields.items() if field.custom])


def people(record: Any, viewer: Viewer, today: date) -> Sequence[Item] | None:
    """Who decides first, then who is asked first."""
    return _people(panels.people(record, viewer), viewer)


def people_of_many(records: Sequence[Any], viewer: Viewer) -> Items:
    known = panels.known_of(records, viewer) if viewer.may("contact", "view") else {}

    def items(record: Any, viewer: Viewer, today: date) -> Sequence[Item] | None:
        return _people(panels.people(record, viewer, known.get(record.pk)), viewer)

    return items


def _people(found: dict[str, Any] | None, viewer: Viewer) -> Sequence[Item] | None:
    if found is None:
        return None
    seen = vocabulary.fields_for(viewer, "contact")
    rows = [
        row for row in found["rows"] if not (row.post and row.post.ending) and row.contact.status != "left"
    ]
    order = [option.key for option in choices.CONTACT_ROLES]
    rows.sort(key=lambda row: order.index(row.contact.role) if _ranked(row, order) else len(order))
    return [
        Item(
            str(row.contact),
            row.words,
            row.contact.get_absolute_url(),
            row.chips,
            " ".join(
                getattr(row.contact, key) for key in ("phone", "mobile", "email") if key in seen
            ).strip(),
        )
        for row in rows[: MOST * 2]
    ]


def _ranked(row: panels.Row, order: Sequence[str]) -> bool:
    """A role counts only where the viewer sees it."""
    return bool(row.chips) and row.contact.role in order


def files(record: Any, viewer: Viewer, today: date) -> list[Item]:
    return _files(record, filing.files_of(record).order_by("-pk")[:MOST])


def files_of_many(records: Sequence[Any], viewer: Viewer) -> Items:
    found: dict[int, list[Any]] = {record.pk: [] for record in records}
    for each in filing.files_of_many(records, MOST):
        found[each.record_id].append(each)
    return lambda record, viewer, today: _files(record, found[record.pk])


def _files(record: Any, found: Iterable[Any]) -> list[Item]:
    return [
        Item(
            each.name,
            date_format(localtime(each.current.at), "Y/n/j") if each.current else "",
            f"{record.get_absolute_url()}files/{each.uid}/{each.current.number if each.current else 1}/",
        )
        for each in found
    ]


def _values(record: Any, viewer: Viewer, keys: Iterable[str]) -> list[Item]:
    """What is filled and may be seen."""
    fields = vocabulary.fields_for(viewer, record.object_key)
    shown = [show(fields[key], record, viewer) for key in keys if key in fields]
    return [Item(each.field.name, each.text, each.link) for each in shown if not each.empty]
