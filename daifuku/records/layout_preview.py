"""What the people of a role would see of a record's page as it is being laid out: hidden fields are gone, closed ones
are marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.arranging import COLUMNS, Arrangement
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.showing import Shown, show
from daifuku.staff.models import Person, Role
from daifuku.staff.viewer import Viewer


class AsRole(Viewer):
    """Somebody with this role alone, as far as fields and kinds of records go."""

    def __init__(self, person: Person, role: Role) -> None:
        super().__init__(person)
        self.__dict__["roles"] = [role]


@dataclass(frozen=True)
class Line:
    """A field on the page; `closed` where the role may read but not change it."""

    name: str
    shown: Shown | None
    closed: bool


@dataclass(frozen=True)
class Preview:
    """`columns`: by column the sections with their lines, and the panels; `hidden`: what the role does not see."""

    columns: dict[str, tuple[list[tuple[str, list[Line]]], list[str]]]
    hidden: list[str]
    left_out: list[str]
    may_view: bool
    may_edit: bool


def preview(
    object_type: ObjectType, arrangement: Arrangement, role: Role, viewer: Viewer, record: Any = None
) -> Preview:
    """Values are those of `record` that the administrator himself may see."""
    as_role, key = AsRole(viewer.person, role), object_type.key
    fields = vocabulary.fields_of(key)
    seen, own = vocabulary.fields_for(as_role, key), vocabulary.fields_for(viewer, key)
    may_edit = as_role.may(key, "edit")
    open_fields = vocabulary.editable_for(as_role, key) if may_edit else {}
    columns: dict[str, tuple[list[tuple[str, list[Line]]], list[str]]] = {
        column: ([], []) for column in COLUMNS
    }
    for section, names in arrangement.with_fields(seen):
        lines = [
            Line(
                fields[name].name,
                show(fields[name], record, viewer) if record is not None and name in own else None,
                name not in open_fields,
            )
            for name in names
        ]
        columns[section.column][0].append((section.name, lines))
    labels = {panel.key: str(panel.label) for panel in object_type.panels}
    for panel, column in arrangement.panels:
        columns[column][1].append(labels.get(panel, panel))
    return Preview(
        columns, [field.name for name, field in fields.items() if name not in seen],
        [fields[name].name for name in arrangement.left_out if name in seen], as_role.may(key, "view"), may_edit,
    )  # fmt: skip
