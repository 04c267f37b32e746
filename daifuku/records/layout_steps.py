"""One step at a time while a page is laid out: up, down, into the next section or column, out of the page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from daifuku.records.catalogue import arranging
from daifuku.records.catalogue.arranging import COLUMNS, PANEL_COLUMNS, Arrangement, Section
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType


@dataclass
class Desk:
    """The arrangement taken apart: lists that things are moved between."""

    object_type: ObjectType
    catalogue: dict[str, Field]
    sections: dict[str, Section]
    columns: dict[str, list[str]]
    fields: dict[str, list[str]]
    left_out: list[str]
    panels: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Arrangement, object_type: ObjectType, catalogue: dict[str, Field]) -> Desk:
        return cls(
            object_type, catalogue, {each.key: each for each in found.sections},
            {column: [each.key for each in found.sections if each.column == column] for column in COLUMNS},
            {each.key: list(each.fields) for each in found.sections}, list(found.left_out),
            {column: [key for key, place in found.panels if place == column] for column in PANEL_COLUMNS},
        )  # fmt: skip

    def arrangement(self) -> Arrangement:
        sections = [
            replace(self.sections[key], column=column, fields=tuple(self.fields[key]))
            for column in COLUMNS
            for key in self.columns[column]
        ]
        panels = [(key, column) for column in PANEL_COLUMNS for key in self.panels[column]]
        return Arrangement(tuple(sections), tuple(self.left_out), tuple(panels))

    def take(self, step: str) -> str:
        """`up field name`: does it and says in a sentence what was done; nothing where there is no such step."""
        verb, kind, key = [*step.split(" ", 2), "", ""][:3]
        if kind == "field" and key in self.catalogue:
            return self._field(verb, key)
        if kind == "section" and key in self.sections:
            if verb == "remove":
                return self._remove(key)
            return self._moved(verb, key, self.columns, self.sections[key].name)
        if kind == "panel":
            labels = {panel.key: str(panel.label) for panel in self.object_type.panels}
            return self._moved(verb, key, self.panels, labels.get(key, key))
        return ""

    def add(self, name: str) -> str:
        if name in {each for key, found in self.sections.items() for each in (key, found.name)}:
            return _("「%(name)s」という区分はすでにあります。") % {"name": name}
        self.sections[name] = Section(name, name)
        self.columns["fields"].append(name)
        self.fields[name] = []
        return _("区分「%(name)s」を左の列に追加しました。") % {"name": name}

    def _field(self, verb: str, key: str) -> str:
        name = self.catalogue[key].name
        if verb == "out" and key not in self.left_out:
            if not arranging.may_be_left_out(self.object_type, self.catalogue[key]):
                return _("「%(name)s」は必須のため、ページから外せません。") % {"name": name}
            self._lift(key)
            self.left_out.append(key)
            return _("「%(name)s」をページから外しました。") % {"name": name}
        if verb == "in" and key in self.left_out:
            self.left_out.remove(key)
            home = self.catalogue[key].section
            home = home if home in self.fields else self._in_order()[0]
            self.fields[home].append(key)
            return self._says(name, self.sections[home].name, self.fields[home], key)
        order = self._in_order()
        return self._moved(verb, key, {each: self.fields[each] for each in order}, name)

    def _moved(self, verb: str, key: str, lists: dict[str, list[str]], name: str) -> str:
        """By one within its list; at its end into the next one."""
        holder = next((each for each, keys in lists.items() if key in keys), None)
        if holder is None or verb not in {"up", "down"}:
            return ""
        keys, names = lists[holder], list(lists)
        place, back = keys.index(key), verb == "up"
        to = place + (-1 if back else 1)
        if 0 <= to < len(keys):
            keys[place], keys[to] = keys[to], keys[place]
            return self._says(name, self._name_of(holder), keys, key)
        other = names.index(holder) + (-1 if back else 1)
        if not 0 <= other < len(names):
            return ""
        keys.remove(key)
        goal = lists[names[other]]
        goal.insert(len(goal) if back else 0, key)
        return self._says(name, self._name_of(names[other]), goal, key)

    def _remove(self, key: str) -> str:
        """Its fields go to the section before it, so that none gets lost."""
        order = self._in_order()
        if len(order) == 1:
            return _("区分を1つ以上残してください。")
        place = order.index(key)
        heir = order[place - 1] if place else order[1]
        moved = self.fields.pop(key)
        self.fields[heir] = [*self.fields[heir], *moved] if place else [*moved, *self.fields[heir]]
        gone = self.sections.pop(key)
        for keys in self.columns.values():
            if key in keys:
                keys.remove(key)
        return _("区分「%(name)s」を外し、項目を「%(heir)s」に移しました。") % {
            "name": gone.name, "heir": self.sections[heir].name,
        }  # fmt: skip

    def _in_order(self) -> list[str]:
        return [key for column in COLUMNS for key in self.columns[column]]

    def _lift(self, key: str) -> None:
        for keys in self.fields.values():
            if key in keys:
                keys.remove(key)

    def _name_of(self, holder: str) -> str:
        names = column_names()
        return names[holder] if holder in names and holder not in self.fields else self.sections[holder].name

    def _says(self, name: str, where: str, keys: list[str], key: str) -> str:
        place = keys.index(key) + 1
        return _("「%(name)s」を「%(where)s」の%(place)s番目に移しました。") % {
            "name": name, "where": where, "place": place,
        }  # fmt: skip


def column_names() -> dict[str, str]:
    return {"fields": _("左の列"), "main": _("中央の列"), "side": _("右の列")}
