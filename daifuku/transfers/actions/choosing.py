"""Which columns are taken in and how: chosen by the person, checked, and remembered for the next such file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Refused
from daifuku.records.catalogue.types.choice import Choice
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of
from daifuku.transfers.actions.opening import no_columns
from daifuku.transfers.actions.uploading import look_into, require_import
from daifuku.transfers.converting import raw_value
from daifuku.transfers.mapping import check_mapping, remember
from daifuku.transfers.models import Import
from daifuku.transfers.targets import UID, is_link, key_fields, targets_for

LONGEST_CONSTANT = 2000


def read_again(
    imported: Import, *, by: Person, encoding: str = "", sheet: str = "", header_line: int | None = None
) -> Import:
    """Reads the file in another encoding, from another sheet or with its headings in another line. Raises Invalid."""
    require_open(imported)
    imported.encoding, imported.sheet = encoding or imported.encoding, sheet or imported.sheet
    look_into(imported, viewer_of(by), header_line)
    imported.state, imported.counts, imported.differences = Import.State.UPLOADED, {}, []
    with ledger.writing():
        imported.save()
    return imported


def choose_columns(
    imported: Import,
    targets: Sequence[str],
    *,
    by: Person,
    mode: str = Import.Mode.CREATE,
    key: str = "",
    blanks: str = Import.Blanks.KEEP,
    doubles: str = Import.Doubles.TAKE,
    new_choices: Sequence[str] = (),
    constants: Mapping[str, str] | None = None,
    name: str = "",
) -> Import:
    """Keeps the choice and remembers it under `name`. Raises Invalid, Conflict (it was begun already)."""
    viewer = viewer_of(by)
    require_import(viewer, imported.object)
    require_open(imported)
    check_mapping(targets, imported.headers, imported.object, viewer)
    imported.targets = list(targets)
    if constants is not None:
        imported.constants = checked_constants(constants, imported.object, viewer)
    imported.mode, imported.key, imported.blanks, imported.doubles = mode, key, blanks, doubles
    imported.new_choices = _choices_to_add(new_choices, targets, imported.object, viewer)
    _check_options(imported, viewer)
    imported.state, imported.counts, imported.differences = Import.State.UPLOADED, {}, []
    with ledger.writing():
        imported.save()
        remember(imported, name, by=by)
    return imported


def checked_constants(given: Mapping[str, str], object_key: str, viewer: Viewer) -> dict[str, str]:
    """Values for fields of all rows, as a file would write them; empty ones are left out. Raises Invalid."""
    known, kept, problems = targets_for(viewer, object_key), dict[str, str](), []
    for key, value in given.items():
        target, text = known.get(key), str(value).strip()
        if not text:
            continue
        if target is None or target.field is None:
            problems.append(
                FieldProblem(f"constant-{key}", _("取り込めない項目です。"), code="unknown_field")
            )
            continue
        try:
            if not is_link(target.field):
                target.field.type.clean(raw_value(target.field, text), viewer)
        except Refused as error:
            message = f"{target.label}: {error.message}"
            problems.append(FieldProblem(f"constant-{key}", message, code=error.code))
        kept[key] = text[:LONGEST_CONSTANT]
    if problems:
        raise Invalid(problems)
    return kept


def require_open(imported: Import) -> None:
    if imported.of_notes:
        raise no_columns()
    if not imported.open:
        raise Conflict(
            _("この取り込みはもう始まっています。新しく取り込み直してください。"), code="already_begun"
        )


def _choices_to_add(
    wanted: Sequence[str], targets: Sequence[str], object_key: str, viewer: Viewer
) -> list[str]:
    """Only who edits the settings adds choices; of others the rows with unknown choices are refused."""
    if not viewer.has_power("settings"):
        return []
    fields = vocabulary.editable_for(viewer, object_key)
    return [
        key for key in wanted if key in targets and key in fields and isinstance(fields[key].type, Choice)
    ]


def _check_options(imported: Import, viewer: Viewer) -> None:
    problems = []
    for name, choices in (("mode", Import.Mode), ("blanks", Import.Blanks), ("doubles", Import.Doubles)):
        if getattr(imported, name) not in choices.values:
            problems.append(FieldProblem(name, _("一覧から選んでください。"), code="choice"))
    if not problems and imported.mode != Import.Mode.CREATE:
        problems += _check_key(imported, viewer)
    if problems:
        raise Invalid(problems)


def _check_key(imported: Import, viewer: Viewer) -> list[FieldProblem]:
    if imported.key not in key_fields(viewer, imported.object):
        return [FieldProblem("key", _("突き合わせる項目を選んでください。"), code="required")]
    if imported.key not in imported.targets:
        sentence = _("突き合わせる項目の列がありません。列の対応で選んでください。")
        return [FieldProblem("key", sentence, code="not_mapped")]
    return []


def default_key(imported: Import, viewer: Viewer) -> str:
    """The record's number where the file has it, else a code, a number, a mail address, the name."""
    known = key_fields(viewer, imported.object)
    for key in (UID, "code", "corporate_number", "email", "name"):
        if key in known and key in imported.targets:
            return key
    return ""
