"""The few fields of a record that may be registered along with another one: a firm's first contact."""

from __future__ import annotations

from typing import Any

from daifuku.foundation.errors import DomainError
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.forms.record_form import RecordForm
from daifuku.staff.viewer import Viewer


class AlongForm(RecordForm):
    """Nothing in it must be filled in; `label` stands over it."""

    def __init__(self, object_type: ObjectType, viewer: Viewer, data: Any) -> None:
        along = object_type.along
        assert along is not None
        known = vocabulary.editable_for(viewer, along.object)
        asked = [known[key] for key in along.fields if key in known]
        super().__init__(registry.get(along.object), asked, viewer, data=data, prefix=along.object)
        self.label = along.label
        for bound in self.fields.values():
            bound.required = bound.widget.is_required = False

    def tell(self, error: DomainError) -> None:
        for problem in error.problems:
            name = problem.field.removeprefix(f"{self.prefix}.")
            if name != problem.field:
                self.add_error(name if name in self.fields else None, problem.message)


def along_form(object_type: ObjectType, viewer: Viewer, data: Any) -> AlongForm | None:
    """None for whoever may not register such a record, or not for this one."""
    along = object_type.along
    if along is None or not viewer.may(along.object, "create"):
        return None
    known = vocabulary.editable_for(viewer, along.object)
    needed = {along.link, *(key for key, field in known.items() if field.required)}
    return AlongForm(object_type, viewer, data) if needed <= set(known) else None
