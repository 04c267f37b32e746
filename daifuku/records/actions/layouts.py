"""How the page of a kind of record is laid out: applied, put back to the shipped one; a draft of it kept meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Stale
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.layout_details import clean_layout
from daifuku.records.actions.layout_fields import bring_home, held, homes_of, write
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.arranging import Arrangement
from daifuku.records.models import Layout, LayoutDraft
from daifuku.staff.models import Person


def apply_layout(
    object_key: str, content: Mapping[str, Any], *, by: Person, version: int | None = None
) -> Layout:
    """Lays out page and form of these records so, for everybody, at once. What is not named follows in its section.

    Raises Invalid, Stale (somebody else applied another one meanwhile), Forbidden, NotFound.
    """
    need_settings(by)
    arrangement = clean_layout(object_key, content)
    with ledger.writing():
        return _put(object_key, arrangement.json(), by, "layout.applied", version=version)


def reset_layout(object_key: str, *, by: Person, version: int | None = None) -> Layout:
    """Back to how the program brings it; fields of one's own keep their sections. Raises Stale, Forbidden, NotFound."""
    need_settings(by)
    with ledger.writing():
        return _put(object_key, {}, by, "layout.reset", version=version)


def undo_put(event: Event, by: Person) -> Undone:
    """Raises Conflict where the layout was changed since."""
    need_settings(by)
    with ledger.writing():
        row = held(event.data["object"])
        if row.content != event.data["new"]:
            raise ChangedSince
        _put(row.object, event.data["old"], by, event.kind, homes=event.data["homes"], undoes=event)
    return Undone(1)


def keep_draft(object_key: str, arrangement: Arrangement, *, by: Person, base: int) -> None:
    """What somebody is arranging, for his eyes only, until he applies or drops it. No line: nothing happened yet."""
    need_settings(by)
    values = {"content": arrangement.json()}
    with ledger.writing():
        LayoutDraft.objects.update_or_create(
            object=object_key, person=by, defaults=values, create_defaults={**values, "base": base}
        )


def drop_draft(object_key: str, *, by: Person) -> None:
    need_settings(by)
    with ledger.writing():
        LayoutDraft.objects.filter(object=object_key, person=by).delete()


def _put(
    object_key: str, content: dict[str, Any], by: Person, kind: str, *, version: int | None = None,
    homes: Iterable[tuple[str, str]] | None = None, undoes: Event | None = None,
) -> Layout:  # fmt: skip
    row = held(object_key)
    if version is not None and version != row.version:
        sentence = _("ページの配置は別の人が変更しました。開き直してください。")
        raise Stale(sentence, context={"version": row.version})
    LayoutDraft.objects.filter(object=object_key, person=by).delete()
    if row.content == content and undoes is None:
        return row
    old, before = row.content, homes_of(object_key)
    write(row, content)
    bring_home(object_key, homes if homes is not None else _placed(content))
    vocabulary.changed()
    ledger.record(
        kind, by=by, undoes=undoes,
        data={
            "object": object_key, "name": registry.get(object_key).name, "old": old, "new": content,
            "homes": before,
        },
    )  # fmt: skip
    return row


def _placed(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(field, section) in the order of the page."""
    return [(key, each["key"]) for each in content.get("sections", ()) for key in each["fields"]]
