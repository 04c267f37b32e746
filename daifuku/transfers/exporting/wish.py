"""What somebody wants to take out: which list, which columns, in which form."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid, NotFound
from daifuku.records import list_state
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.list_state import ListState
from daifuku.records.models.record import scope_of
from daifuku.records.views.list_frame import list_of
from daifuku.staff.viewer import Viewer

FORMS = {"xlsx": _("Excel（.xlsx）"), "csv": _("CSV")}
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ENCODINGS = {
    "utf-8-sig": _("UTF-8（BOM付き。今のExcelでそのまま開けます）"),
    "cp932": _("Shift_JIS（CP932。古いソフト向け）"),
    "utf-8": _("UTF-8（BOMなし。ほかのシステム向け）"),
}
COLUMNS = {"view": _("一覧に表示している項目"), "all": _("すべての項目")}


@dataclass(frozen=True)
class Wish:
    """`query` holds the parameters of the list's address: view, condition, search, sort, columns."""

    object: str
    query: str = ""
    form: str = "xlsx"
    encoding: str = "utf-8-sig"
    columns: str = "view"
    again: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def check(self, viewer: Viewer) -> None:
        """Raises NotFound, Forbidden, Invalid."""
        if not registry.has(self.object) or not viewer.may(self.object, "view"):
            raise NotFound
        if not viewer.may(self.object, "export"):
            raise Forbidden
        chosen = (("form", FORMS), ("encoding", ENCODINGS), ("columns", COLUMNS))
        problems = [
            FieldProblem(name, _("一覧から選んでください。"), code="choice")
            for name, offered in chosen
            if getattr(self, name) not in offered
        ]
        if problems:
            raise Invalid(problems)

    def state(self, viewer: Viewer) -> ListState:
        return list_state.read(registry.get(self.object), viewer, QueryDict(self.query))

    def fields(self, state: ListState, viewer: Viewer) -> list[Field]:
        """Only what this person may see; with all columns those that nobody fills come last."""
        if self.columns == "view":
            return [column.field for column in state.columns]
        fields = list(vocabulary.fields_for(viewer, self.object).values())
        return sorted(fields, key=lambda field: not field.editable)


def listing_of(wish: Wish, viewer: Viewer) -> tuple[ListState, list[Field], Any]:
    """The list with the rows that this person may take out, which can be fewer than he sees."""
    state = wish.state(viewer)
    fields = wish.fields(state, viewer)
    listed = list_of(state, viewer)
    listed.columns = fields
    return state, fields, listed.narrowed(scope_of(viewer, wish.object, "export"))
