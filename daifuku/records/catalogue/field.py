"""A field, said once: its name, kind, place and rules, for pages, import, export, search and API alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Expression, F
from django.utils.translation import get_language

from daifuku.records.catalogue.types.base import FieldType
from daifuku.records.catalogue.types.kept import read_kept


@dataclass(frozen=True)
class Field:
    """`column` is the model's attribute; a custom field has none and stands in the record's `custom`.

    `synonyms` are the headings under which files of other systems bring it. `personal` values leave the ledger when a
    person is erased. `sort_by` names another column that gives the order (kana for a name), `folded` the column that
    text conditions compare, without regard to kana, width and company form. `quick` fields are asked in quick create,
    `listed` ones are columns of a new list. A `computed` field ("formula", "rollup") nobody types: `sources` are all
    fields, (object, key), that its value tells of; it is `broken` when one of them is gone. One that is not `on_page`
    the firm leaves out of the record's page and form; it is everywhere else. A `momentary` one is said with a change
    and stands in its line alone: the record does not keep it, and undoing passes it over.
    """

    key: str
    label: Any
    type: FieldType
    section: str = "basic"
    required: bool = False
    help: Any = ""
    default: Any = None
    column: str | None = None
    synonyms: tuple[str, ...] = ()
    sort_by: str | None = None
    folded: str | None = None
    sortable: bool = True
    personal: bool = False
    quick: bool = False
    listed: bool = False
    editable: bool = True
    custom: bool = False
    indexed: bool = False
    hidden_from_roles: tuple[str, ...] = ()
    computed: str = ""
    formula: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    broken: bool = False
    on_page: bool = True
    momentary: bool = False
    # In each language: a record's page says forty of them.
    _names: dict[str | None, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def attribute(self) -> str:
        return self.column or self.key

    @property
    def name(self) -> str:
        """The label in the language of whoever asks now."""
        language = get_language()
        if language not in self._names:
            self._names[language] = str(getattr(self.label, "name", self.label))
        return self._names[language]

    def get(self, record: Any) -> Any:
        """The record's value as Python: str, Decimal, date, list of choice keys, Person ... or None."""
        if self.custom:
            fetched = record.__dict__.get("linked", {})
            if self.key in fetched:
                return fetched[self.key]
            return read_kept(self.type, record.custom.get(self.key))
        return getattr(record, self.attribute)

    def put(self, record: Any, value: Any) -> None:
        if not self.custom:
            setattr(record, self.attribute, self.type.for_column(value))
            return
        record.__dict__.get("linked", {}).pop(self.key, None)
        if self.type.is_empty(value):
            record.custom.pop(self.key, None)
        else:
            record.custom[self.key] = self.type.to_json(value)

    def json(self, record: Any) -> Any:
        """The value as it stands in the ledger and in the API."""
        return self.type.to_json(self.get(record))

    def text(self, record: Any) -> str:
        """The value as a person reads it."""
        value = self.get(record)
        return "" if self.type.is_empty(value) else self.type.display(value)

    @property
    def expression(self) -> Expression | F:
        """What a condition compares, and what an index of a custom field is made of."""
        return self.expression_at("")

    def expression_at(self, prefix: str) -> Expression | F:
        """The same of a record behind a link: the prefix is `account__`."""
        if self.custom:
            return self.type.json_expression(self.key, f"{prefix}custom")
        return F(f"{prefix}{self.attribute}")

    @property
    def order(self) -> Expression | F:
        return F(self.sort_by) if self.sort_by else self.expression
