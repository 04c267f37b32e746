"""What a kind of field knows: to clean what was typed, to keep it, to show it, to be compared and exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Expression, F
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.sql import Binary, JsonText

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer


class Refused(ValueError):
    """What was typed cannot be this kind of value; the sentence says what to do."""

    def __init__(self, message: Any, code: str = "invalid") -> None:
        super().__init__(message)
        self.message, self.code = message, code


class FieldType:
    """The base. `raw` values come from forms, files and JSON; a clean value is what Python code works with."""

    key: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    operators: ClassVar[tuple[str, ...]] = ()
    numeric: ClassVar[bool] = False
    widget: ClassVar[str] = "text"
    empty: ClassVar[Any] = None
    # So few different values that an index of them holds the order of lists as well.
    few: ClassVar[bool] = False
    # A panel of the record's page shows such values: they do not stand among the fields as well.
    in_panel: ClassVar[bool] = False
    # Its words are among those by which a record is found: whoever does not see the field does not find by them.
    searched: ClassVar[bool] = False

    def clean(self, raw: Any, viewer: Viewer | None = None) -> Any:
        """The clean value, or `empty`; raises Refused."""
        raise NotImplementedError

    def is_empty(self, value: Any) -> bool:
        return value is None or (isinstance(value, str | list) and not value)

    def for_column(self, value: Any) -> Any:
        return self.empty if self.is_empty(value) else value

    def to_json(self, value: Any) -> Any:
        return None if self.is_empty(value) else value

    def from_json(self, value: Any) -> Any:
        return self.empty if value is None else value

    def display(self, value: Any) -> str:
        return str(value)

    def found_by(self, value: Any) -> str:
        """The words by which it is found, where it is `searched`."""
        return "" if self.is_empty(value) else str(value)

    def form_value(self, value: Any) -> str:
        """What stands in the input when the form opens."""
        return "" if self.is_empty(value) else str(value)

    def export(self, value: Any) -> Any:
        """What stands in a cell: text, int, Decimal, date."""
        return None if self.is_empty(value) else self.display(value)

    def json_expression(self, key: str, column: str = "custom") -> Expression:
        """How SQL reads a custom field of this kind: compared, sorted and indexed by code point on both engines."""
        return Binary(JsonText(F(column), key))

    def schema(self) -> dict[str, Any]:
        """JSON schema of the value in the API."""
        return {"type": "string"}

    def same(self, left: Any, right: Any) -> bool:
        return bool(self.to_json(left) == self.to_json(right))


NOT_TEXT = _("文字で入力してください。")
EMPTINESS = ("empty", "filled")
