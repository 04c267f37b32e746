"""What stands on the page of columns: each heading with samples, what it fills, and how that would be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from daifuku.records.catalogue import registry
from daifuku.records.catalogue.types import Refused
from daifuku.records.catalogue.types.choice import Choice
from daifuku.staff.viewer import Viewer
from daifuku.transfers.actions.choosing import default_key
from daifuku.transfers.actions.opening import reopen
from daifuku.transfers.converting import raw_value
from daifuku.transfers.mapping import remembered
from daifuku.transfers.models import Import
from daifuku.transfers.reading.nature import CARDS, TEXT
from daifuku.transfers.reading.table import Table
from daifuku.transfers.reading.text import ENCODINGS
from daifuku.transfers.targets import Target, is_link, key_fields, targets_for


@dataclass
class Read:
    """One sample: as it stands in the file, as it would be kept, or why not."""

    text: str
    value: str = ""
    problem: str = ""


@dataclass
class ColumnRow:
    number: int
    header: str
    target: str
    reads: list[Read]
    offered: list[tuple[str, str]]
    is_choice: bool = False
    adds_choices: bool = False
    problem: str = ""


def page_context(
    imported: Import, viewer: Viewer, *, problems: Sequence[Any] = (), data: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    table = reopen(imported, viewer)
    saved = remembered(imported.headers, imported.object)
    return {
        "imported": imported,
        "object_type": registry.get(imported.object),
        "columns": columns_of(imported, viewer, table, problems, data or {}),
        "problems": [
            each.message for each in problems if not str(each.field).startswith(("target-", "constant-"))
        ],
        "encodings": ENCODINGS | {imported.encoding: ENCODINGS.get(imported.encoding, imported.encoding)},
        "is_text": imported.form in {TEXT, CARDS},
        "has_headings": imported.form != CARDS,
        "sheets": table.sheets,
        "modes": Import.Mode.choices,
        "blanks": Import.Blanks.choices,
        "doubles": Import.Doubles.choices,
        "keys": key_fields(viewer, imported.object),
        "key": imported.key or default_key(imported, viewer),
        "may_create": viewer.may(imported.object, "create"),
        "adds_choices": viewer.has_power("settings"),
        "constants": constants_of(imported, viewer, problems, data or {}),
        "has_constants": bool(imported.constants)
        or any(str(p.field).startswith("constant-") for p in problems),
        "may_split": imported.object == "talk" and not imported.split,
        "mapping_name": saved.name if saved else "",
    }


@dataclass
class Constant:
    """A field that no column fills, and the value that all rows get; a choice offers its options."""

    key: str
    label: str
    value: str
    options: list[str]
    problem: str = ""


def constants_of(
    imported: Import, viewer: Viewer, problems: Sequence[Any], data: Mapping[str, Any]
) -> list[Constant]:
    wrong = {str(each.field): each.message for each in problems}
    found = []
    for key, target in targets_for(viewer, imported.object).items():
        if target.field is None or key in imported.targets and key not in imported.constants:
            continue
        kind = target.field.type
        options = [str(option.name) for option in kind.options] if type(kind) is Choice else []
        value = str(data.get(f"constant-{key}", imported.constants.get(key, "")))
        found.append(Constant(key, target.label, value, options, wrong.get(f"constant-{key}", "")))
    return found


def columns_of(
    imported: Import, viewer: Viewer, table: Table, problems: Sequence[Any], data: Mapping[str, Any]
) -> list[ColumnRow]:
    wrong = {str(each.field): each.message for each in problems}
    rows = []
    for number, samples in enumerate(table.samples()):
        row = column_at(imported, viewer, number, samples, data)
        row.problem = wrong.get(f"target-{number}", "")
        rows.append(row)
    return rows


def column_at(
    imported: Import, viewer: Viewer, number: int, samples: Sequence[str], data: Mapping[str, Any]
) -> ColumnRow:
    known = targets_for(viewer, imported.object)
    chosen = str(data.get(f"target-{number}", imported.targets[number]))
    target = known.get(chosen)
    is_choice = bool(target and target.field and isinstance(target.field.type, Choice))
    return ColumnRow(
        number=number,
        header=imported.headers[number],
        target=chosen if target else "",
        reads=[_read(sample, target, viewer) for sample in samples],
        offered=[(each.key, each.label) for each in known.values()],
        is_choice=is_choice and viewer.has_power("settings"),
        adds_choices=chosen in imported.new_choices,
    )


def _read(sample: str, target: Target | None, viewer: Viewer) -> Read:
    """Links are looked up in the check; here they stand as they are."""
    if target is None or (target.field and is_link(target.field)):
        return Read(sample)
    if target.composite:
        return Read(sample, " ｜ ".join(part for part in target.composite.split(sample).values() if part))
    if target.field is None:
        return Read(sample)
    kind = target.field.type
    try:
        value = kind.clean(raw_value(target.field, sample), viewer)
    except Refused as error:
        return Read(sample, problem=str(error.message))
    text = "" if kind.is_empty(value) else kind.display(value)
    return Read(sample, text if text != sample else "")
