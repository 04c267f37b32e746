"""The file of an import as a table again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.staff.viewer import Viewer
from daifuku.transfers.mapping import OWN_HEADINGS, heading_key, synonyms_of
from daifuku.transfers.models import Import
from daifuku.transfers.reading.refused import refused
from daifuku.transfers.reading.table import Table, read_table
from daifuku.transfers.storing import content_of
from daifuku.transfers.targets import targets_for


def open_table(
    imported: Import, viewer: Viewer, *, encoding: str = "", sheet: str = "", header_line: int | None = None
) -> Table:
    """Raises Invalid when it cannot be read in this encoding or has no such sheet."""
    if imported.of_notes:
        raise no_columns()
    known = synonyms_of(targets_for(viewer, imported.object))

    def knows(heading: str) -> bool:
        return heading in OWN_HEADINGS or heading_key(heading) in known

    return read_table(
        content_of(imported.file), imported.form, knows=knows, encoding=encoding or imported.encoding,
        sheet=sheet or imported.sheet, header_line=header_line,
    )  # fmt: skip


def no_columns() -> Exception:
    return refused(_("ノートには列がありません。ノートの行き先を選んでください。"), "no_columns")


def reopen(imported: Import, viewer: Viewer) -> Table:
    """As it was read when the columns were chosen."""
    return open_table(imported, viewer, header_line=imported.header_line)
