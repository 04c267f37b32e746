"""What this firm calls its records: 得意先 instead of 取引先, 案件 instead of 商談."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.custom_fields import known_object
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import vocabulary
from daifuku.records.models import ObjectName
from daifuku.staff.models import Person


def rename_object(
    object_key: str, label: str, *, by: Person, label_en: str = "", undoes: Event | None = None
) -> None:
    """Calls this kind of record so from now on; an empty name is the shipped one again. Raises Invalid, Forbidden."""
    need_settings(by)
    known_object(object_key)
    new = [_clean("label", label), _clean("label_en", label_en)]
    with ledger.writing():
        row = ObjectName.objects.select_for_update().filter(object=object_key).first()
        old = [row.label, row.label_en] if row else ["", ""]
        if old == new and undoes is None:
            return
        if new[0]:
            ObjectName.objects.update_or_create(
                object=object_key, defaults={"label": new[0], "label_en": new[1]}
            )
        elif row:
            row.delete()
        vocabulary.changed()
        ledger.record(
            "object.renamed", by=by, undoes=undoes,
            data={"object": object_key, "name": new[0], "old": old, "new": new},
        )  # fmt: skip


def undo_renamed(event: Event, by: Person) -> Undone:
    row = ObjectName.objects.filter(object=event.data["object"]).first()
    if ([row.label, row.label_en] if row else ["", ""]) != event.data["new"]:
        raise ChangedSince
    label, label_en = event.data["old"]
    rename_object(event.data["object"], label, label_en=label_en, by=by, undoes=event)
    return Undone(1)


def _clean(name: str, text: object) -> str:
    if not isinstance(text, str):
        raise Invalid([FieldProblem(name, _("文字で入力してください。"), code="type")])
    cleaned = clean_text(text)
    if len(cleaned) > 30:
        raise Invalid([FieldProblem(name, _("30文字以内で入力してください。"), code="too_long")])
    return cleaned
