"""A value of one kind of field read as another kind: 「1,200」 as a number, a choice as its word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    FieldType,
    MultiChoice,
    Option,
    Refused,
    build,
)
from daifuku.records.catalogue.types.kept import read_kept
from daifuku.records.models import Choice as ChoiceRow
from daifuku.records.models import CustomField

MOST_NEW_CHOICES = 100


def kind_of(row: CustomField, type_key: str, options: dict[str, Any]) -> FieldType:
    """A type for the row, with the row's choices where it has any."""
    kind = build(type_key, options)
    if not isinstance(kind, Choice):
        return kind
    rows = ChoiceRow.objects.filter(object=row.object, field=row.key)
    return kind.with_options(tuple(Option(r.key, r.label, r.colour, r.label_en, r.active) for r in rows))


class Converter:
    """From the JSON of one type to the JSON of another. Words that are no choice yet become one, up to a limit."""

    def __init__(self, old: FieldType, new: FieldType, *, makes_choices: bool = False) -> None:
        self.old, self.new, self.makes_choices = old, new, makes_choices
        self.made: list[Option] = []

    def convert(self, value: Any) -> Any:
        """The new JSON. Raises Refused where nothing of it can be read."""
        read = read_kept(self.old, value)
        if self.old.is_empty(read):
            return self._already_new(value)
        raw = self._raw(read)
        if self.makes_choices and isinstance(self.new, Choice):
            self._make_choices(raw)
        cleaned = self.new.clean(raw, None)
        if self.new.is_empty(cleaned):
            raise Refused(_("値がありません。"), "empty")
        return self.new.to_json(cleaned)

    def _already_new(self, value: Any) -> Any:
        """Somebody typed it after the type had changed, or an earlier attempt converted it."""
        if self.new.is_empty(read_kept(self.new, value)):
            raise Refused(_("読み取れない値です。"))
        return value

    def _raw(self, read: Any) -> Any:
        if isinstance(self.old, Choice) and isinstance(self.new, Choice):
            return self._keys(read)
        if isinstance(self.old, Date | DateTime) and isinstance(self.new, Date | DateTime):
            return read
        return self.old.form_value(read) if self.old.numeric else self.old.display(read)

    def _keys(self, read: Any) -> Any:
        keys = read if isinstance(read, list) else [read]
        if isinstance(self.new, MultiChoice):
            return keys
        if len(keys) > 1:
            raise Refused(_("複数の値があります。"), "several")
        return keys[0]

    def _make_choices(self, raw: Any) -> None:
        assert isinstance(self.new, Choice)
        for word in self._words(raw):
            try:
                self.new.find(word)
            except Refused:
                if len(self.made) >= MOST_NEW_CHOICES or not 0 < len(word) <= 60 or ";" in word:
                    continue
                number = len(self.new.options) + 1
                taken = {option.key for option in self.new.options}
                while f"c{number}" in taken:
                    number += 1
                self.made.append(Option(f"c{number}", word))
                self.new = self.new.with_options((*self.new.options, self.made[-1]))

    def _words(self, raw: Any) -> Sequence[str]:
        if not isinstance(raw, str):
            return []
        if isinstance(self.new, MultiChoice):
            return [part.strip() for part in raw.replace("、", ";").replace(",", ";").split(";")]
        return [raw.strip()]
