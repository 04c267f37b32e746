"""Says in which field what was looked for stands, and keeps quiet about records that only a hidden field would give."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from daifuku.foundation.sql.gram_index import Found, Word
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import Kana, RecordLink
from daifuku.records.conditions.path import prefixed
from daifuku.records.models import SearchRow
from daifuku.records.models.record import scope_of
from daifuku.records.scope import sees
from daifuku.records.search.words import bare
from daifuku.staff.viewer import Viewer

LONGEST = 120


def explain(
    record: Any, row: Found | SearchRow, words: tuple[Word, ...], viewer: Viewer
) -> tuple[str, str] | None:
    """The field's name and its value, both empty where the name or its reading has it; None: not for this viewer."""
    sounds = _knows_sounds(record.object_key, viewer)
    elsewhere = [word for word in words if not _in_name(row, word, sounds=sounds)]
    if not elsewhere:
        return "", ""
    texts = _visible_texts(record, viewer)
    everything = "|".join(bare(text) for _name, text in texts) + "|" + _joined(record, texts)
    found = ("", "")
    for word in elsewhere:
        field = next(((name, text) for name, text in texts if word.folded in bare(text)), None)
        if field is None and word.folded not in everything:
            return None
        if field is not None and found == ("", ""):
            found = (field[0], field[1][:LONGEST])
    return found


def wholly_open(object_type: ObjectType, viewer: Viewer) -> Q | None:
    """The rows of which this viewer may see all that the search knows, linked names too. None: every row."""
    seen = vocabulary.fields_for(viewer, object_type.key)
    for key, field in vocabulary.fields_of(object_type.key).items():
        searched = field.type.searched or field.attribute in object_type.related
        if searched and not field.custom and key not in seen:
            return Q(pk__in=())
    rows = None
    for name in object_type.related:
        target = object_type.model._meta.get_field(name).related_model.object_key
        known = Q((f"{name}__isnull", True)) | prefixed(scope_of(viewer, target, "view"), f"{name}__")
        rows = known if rows is None else rows & known
    return rows


def _knows_sounds(object_key: str, viewer: Viewer) -> bool:
    """Whoever may not see how names are read does not find by it either."""
    asked = f"search.sounds.{object_key}"
    if asked not in viewer.memo:
        seen = vocabulary.fields_for(viewer, object_key)
        fields = vocabulary.fields_of(object_key).values()
        kana = [field.key for field in fields if isinstance(field.type, Kana) and not field.custom]
        viewer.memo[asked] = all(key in seen for key in kana)
    return bool(viewer.memo[asked])


def _in_name(row: Found | SearchRow, word: Word, *, sounds: bool) -> bool:
    if word.folded in row.name:
        return True
    if not sounds:
        return False
    return word.folded in row.reading or any(key in row.romaji for key in word.romaji)


def _visible_texts(record: Any, viewer: Viewer) -> list[tuple[str, str]]:
    texts = []
    for field in vocabulary.fields_for(viewer, record.object_key).values():
        if field.custom:
            continue
        if field.type.searched:
            value = field.type.found_by(field.get(record))
        elif isinstance(field.type, RecordLink) and field.attribute in record._state.fields_cache:
            linked = field.get(record)
            value = str(linked) if linked is not None and sees(viewer, linked, "view") else ""
        else:
            continue
        if value:
            texts.append((field.name, value))
    return texts


def _joined(record: Any, texts: list[tuple[str, str]]) -> str:
    """Neighbouring fields read as one line: 愛知県 and 名古屋市."""
    return bare("".join(text for _name, text in texts))
