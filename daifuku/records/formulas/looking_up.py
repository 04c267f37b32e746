"""From the names that people write in brackets to fields and back; links are followed over one or two steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from daifuku.foundation.japanese import fold
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import RecordLink
from daifuku.records.formulas.sources import kind_of
from daifuku.records.formulas.syntax import Binary, Call, Kind, Node, Reference, Unary, Wrong

Fields = Mapping[str, Mapping[str, Field]]


@dataclass(frozen=True)
class Look:
    """The fields of every object, seen from one of them."""

    fields: Fields
    object: str

    def find(self, object_key: str, name: str) -> Field | None:
        """By its key, or by its label without regard to width and kana."""
        fields = self.fields[object_key]
        if name in fields:
            return fields[name]
        folded = fold(name)
        return next((field for field in fields.values() if folded and fold(field.name) == folded), None)

    def way(self, reference: Reference) -> list[tuple[str, Field]]:
        """Each step with the object on which it stands. Raises Wrong for what is not there or leads nowhere."""
        found: list[tuple[str, Field]] = []
        object_key = self.object
        for number, step in enumerate(reference.steps):
            field = self.find(object_key, step)
            if field is None:
                raise Wrong(reference.place, _("「%(name)s」という項目はありません。") % {"name": step[:60]})
            found.append((object_key, field))
            if number + 1 < len(reference.steps):
                if not isinstance(field.type, RecordLink):
                    sentence = _("「%(name)s」は他の記録へのリンクではないので、「.」で続けられません。")
                    raise Wrong(reference.place, sentence % {"name": field.name})
                object_key = field.type.target
        return found

    def kind(self, reference: Reference) -> Kind:
        field = self.way(reference)[-1][1]
        kind = kind_of(field)
        if kind is not None:
            return kind
        if isinstance(field.type, RecordLink):
            sentence = _(
                "「%(name)s」はリンクです。[%(name)s].[項目] のように、リンク先の項目まで書いてください。"
            )
        else:
            sentence = _("「%(name)s」は計算には使えません。")
        raise Wrong(reference.place, sentence % {"name": field.name})

    def keys(self, node: Node) -> Node:
        """The same formula with the fields' keys, which stay when fields are renamed."""
        if isinstance(node, Reference):
            return replace(node, steps=tuple(field.key for _object, field in self.way(node)))
        if isinstance(node, Unary):
            return replace(node, operand=self.keys(node.operand))
        if isinstance(node, Binary):
            return replace(node, left=self.keys(node.left), right=self.keys(node.right))
        if isinstance(node, Call):
            return replace(node, arguments=tuple(self.keys(each) for each in node.arguments))
        return node

    def labels(self, steps: tuple[str, ...]) -> tuple[str, ...]:
        """How people know these fields; the key where there is none, or where the label would mean another field."""
        names: list[str] = []
        object_key: str | None = self.object
        for step in steps:
            field = self.fields[object_key].get(step) if object_key else None
            found = self.find(object_key, field.name) if field and object_key else None
            names.append(field.name if field and found and found.key == step else step)
            object_key = field.type.target if field and isinstance(field.type, RecordLink) else None
        return tuple(names)
