"""A file is brought in, looked at and kept; nothing is registered yet."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.records.catalogue import registry
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of
from daifuku.transfers.actions.opening import open_table
from daifuku.transfers.mapping import OPTIONS, apply_saved, guess_mapping, remembered
from daifuku.transfers.models import Import, ImportedNote
from daifuku.transfers.notes import looking
from daifuku.transfers.notes.enex import HEAD, is_enex, no_enex
from daifuku.transfers.reading.nature import nature_of
from daifuku.transfers.reading.refused import refused
from daifuku.transfers.storing import keep_file
from daifuku.transfers.targets import UID, key_fields


def require_import(viewer: Viewer, object_key: str) -> None:
    """Raises NotFound for a kind of record that this person does not know, Forbidden without the power."""
    if not registry.has(object_key) or not viewer.may(object_key, "view"):
        raise NotFound
    if not viewer.has_power("import") or not viewer.may_write(object_key):
        raise Forbidden


def upload(file: Any, *, by: Person, object_key: str, encoding: str = "", sheet: str = "") -> Import:
    """Checks and keeps the file (a Django `File`) and proposes the columns. Raises Invalid, Forbidden, NotFound."""
    return keep(read_in(file, by=by, object_key=object_key, encoding=encoding, sheet=sheet))


def upload_notes(file: Any, *, by: Person, object_key: str) -> Import:
    """The same for notes of Evernote, and for nothing else."""
    file.seek(0)
    if file.size and not is_enex(file.read(HEAD)):
        raise no_enex()
    return upload(file, by=by, object_key=object_key)


def keep(imported: Import) -> Import:
    """The import that `read_in` made is there from now on."""
    with ledger.writing():
        imported.save()
        ImportedNote.objects.bulk_create(imported.found, batch_size=500)
    return imported


def read_in(file: Any, *, by: Person, object_key: str, encoding: str = "", sheet: str = "") -> Import:
    """The slow part of `upload`, which holds up nobody: the bytes are safe, the import is not saved yet."""
    viewer = viewer_of(by)
    require_import(viewer, object_key)
    form = nature_of(file, file.size)
    imported = Import(
        object=object_key, by=by, at=moment(), name=shown_name(file.name or ""), form=form, size=file.size,
        encoding=encoding, sheet=sheet,
    )  # fmt: skip
    file.seek(0)
    imported.file = keep_file(file)
    if imported.of_notes:
        looking.look_into(imported, viewer)
    else:
        look_into(imported, viewer)
    return imported


def look_into(imported: Import, viewer: Viewer, header_line: int | None = None) -> None:
    """Reads the whole file once, so that what is wrong in row 20,000 is said now; fills in headings and columns."""
    table = open_table(imported, viewer, header_line=header_line)
    imported.rows = sum(1 for _row in table.rows())
    if imported.rows == 0:
        raise refused(_("見出しの下にデータの行がありません。"), "no_rows")
    imported.encoding, imported.sheet = table.encoding, table.sheet
    imported.headers, imported.header_line = table.headers, table.header_line
    propose_columns(imported, viewer)
    if len(imported.headers) < 2 and not any(imported.targets):
        raise refused(
            _("列が1つしか見つかりません。カンマ（,）かタブで区切られた、見出しのある表を選んでください。"),
            "one_column",
        )


def propose_columns(imported: Import, viewer: Viewer) -> None:
    """As the last time with the same headings, else by what the headings mean."""
    saved = remembered(imported.headers, imported.object)
    if saved is None:
        imported.targets = guess_mapping(imported.headers, imported.object, viewer)
        if UID in imported.targets:
            imported.mode, imported.key = Import.Mode.UPDATE, UID
        elif "code" in imported.targets and _changes_too(imported, viewer):
            # Who keeps codes means the same customer by the same code.
            imported.mode, imported.key = Import.Mode.BOTH, "code"
        return
    imported.targets = apply_saved(saved, imported.headers, viewer)
    for option in OPTIONS:
        setattr(imported, option, saved.options.get(option, getattr(imported, option)))


def _changes_too(imported: Import, viewer: Viewer) -> bool:
    may_both = viewer.may(imported.object, "create") and viewer.may(imported.object, "edit")
    return may_both and "code" in key_fields(viewer, imported.object)


def shown_name(name: str) -> str:
    """The file's own name without folders and control characters; it is only ever shown."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in base if unicodedata.category(c) not in {"Cc", "Cf", "Zl", "Zp"})
    return kept[:200] or "file"
