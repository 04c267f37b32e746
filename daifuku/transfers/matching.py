"""Which record a row of a file updates: the one with the same value in the field that was chosen for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import CharField
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.japanese import company_key
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import Refused
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.models import DuplicateKey
from daifuku.staff.viewer import Viewer
from daifuku.transfers.targets import UID

Normalise = Callable[[str], str]
NORMALISED: dict[str, tuple[str, Normalise]] = {
    "email": ("email", str.lower),
    "corporate_number": ("number", str),
    "invoice_number": ("number", lambda value: value.removeprefix("T")),
}


class Matcher:
    """`key` is a field, or the record's number. Names match without regard to width and company form."""

    def __init__(self, object_key: str, key: str, viewer: Viewer) -> None:
        self.object_type, self.viewer, self.key = registry.get(object_key), viewer, key
        fields = vocabulary.fields_for(viewer, object_key)
        self.field = fields.get(key)
        self.folded = bool(self.field and self.field.folded and "given_name" not in fields)
        model = self.object_type.model
        self.links = [f.name for f in model._meta.concrete_fields if f.is_relation]

    def value(self, raw: Any) -> str:
        """The row's key in its clean form, or nothing where it has none or cannot be read."""
        if raw is None or raw == "":
            return ""
        if self.key == UID:
            return str(as_uid(raw) or "")
        try:
            value = self.field.type.clean(raw, self.viewer) if self.field else ""
        except Refused:
            return ""
        return "" if value in (None, "") else str(value)

    def same(self, value: str) -> str:
        """Two rows with equal results mean the same record."""
        return company_key(value) if self.folded else value

    def find(self, values: Sequence[str]) -> dict[str, list[Any]]:
        """For every value the records that have it; an exact one counts more than a similar one."""
        wanted = {value for value in values if value}
        if not wanted:
            return {}
        found: dict[str, list[Any]] = {}
        for record in self._candidates(wanted).select_related(*self.links):
            found.setdefault(self.same(self._value_of(record)), []).append(record)
        result = {}
        for value in wanted:
            same = found.get(self.same(value), [])
            exact = [record for record in same if self._value_of(record) == value]
            result[value] = exact if len(exact) == 1 else same
        return result

    def _value_of(self, record: Any) -> str:
        if self.key == UID:
            return str(record.uid)
        return str(self.field.get(record)) if self.field else ""

    def _candidates(self, wanted: set[str]) -> Any:
        rows = self.object_type.model.objects.visible_to(self.viewer)
        if self.key == UID:
            return rows.filter(uid__in=wanted)
        if self.folded:
            return rows.filter(pk__in=self._holders("name", {company_key(v)[:120] for v in wanted}))
        if self.key in NORMALISED:
            kind, normalise = NORMALISED[self.key]
            return rows.filter(pk__in=self._holders(kind, {normalise(value) for value in wanted}))
        if self.field is None:
            return rows.none()
        if self.field.custom:
            return rows.alias(_key=self.field.expression).filter(_key__in=wanted)
        return self._with_text(rows, self.field.attribute, wanted)

    def _with_text(self, rows: Any, column: str, wanted: set[str]) -> Any:
        """Indexes of codes leave out those that are empty: a question that does not say so reads all records."""
        found = rows.filter(**{f"{column}__in": wanted})
        is_text = isinstance(self.object_type.model._meta.get_field(column), CharField)
        return found.exclude(**{column: ""}) if is_text else found

    def _holders(self, kind: str, keys: set[str]) -> list[int]:
        rows = DuplicateKey.objects.filter(object=self.object_type.key, kind=kind, key__in=keys)
        return list(rows.values_list("record_id", flat=True))


def no_match(value: str) -> str:
    if not value:
        return str(_("突き合わせる項目が空欄です。"))
    return str(_("「%(value)s」の記録が見つかりません。") % {"value": value[:60]})


def several_match(value: str) -> str:
    return str(_("「%(value)s」の記録が複数あります。記録番号で指定してください。") % {"value": value[:60]})


def same_key_again(value: str, line: int) -> str:
    sentence = _("「%(value)s」は%(line)s行目にもあります。どちらか一方にしてください。")
    return str(sentence % {"value": value[:60], "line": line})
