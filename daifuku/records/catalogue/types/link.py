"""Links: to a person of the firm, to a team, to another record."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Expression, F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.foundation.sql import JsonNumber
from daifuku.foundation.whole import whole
from daifuku.records.catalogue.types.base import EMPTINESS, FieldType, Refused
from daifuku.staff.models import Person, Team

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer


def _written(raw: Any) -> str:
    """What was typed for a name; no name has a NUL in it, and PostgreSQL cannot even look for one."""
    return str(raw).replace("\0", "").strip()


def as_uid(raw: Any) -> uuid.UUID | None:
    if isinstance(raw, uuid.UUID):
        return raw
    try:
        return uuid.UUID(str(raw))
    except ValueError:
        return None


def _first(people: Any) -> Person | None:
    person: Person | None = people.first()
    return person


class _Link(FieldType):
    """In the ledger and in `custom` a link is `{"id": key, "uid": ..., "label": ...}`: readable for ever."""

    widget, empty = "relation", None
    operators: ClassVar[tuple[str, ...]] = ("any_of", "none_of", *EMPTINESS)

    def to_json(self, value: Any) -> Any:
        if value is None:
            return None
        return {"id": value.pk, "uid": str(getattr(value, "uid", "")), "label": str(value)}

    def form_value(self, value: Any) -> str:
        return "" if value is None else str(value.uid)

    def same(self, left: Any, right: Any) -> bool:
        return bool(getattr(left, "pk", None) == getattr(right, "pk", None))

    def json_expression(self, key: str, column: str = "custom") -> Expression:
        return JsonNumber(F(column), key, "id")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uuid"}


class PersonLink(_Link):
    """A person of the firm; read by uid, e-mail or full name."""

    key, label, widget = "person", pgettext_lazy("field type", "社員"), "person"

    def clean(self, raw: Any, viewer: Viewer | None = None) -> Person | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, Person):
            return raw
        if isinstance(raw, dict):
            raw = raw.get("uid") or raw.get("id")
        found = self._find(raw)
        if found is None:
            raise Refused(
                _("「%(value)s」という社員は見つかりません。") % {"value": str(raw)[:60]}, "unknown"
            )
        return found

    def _find(self, raw: Any) -> Person | None:
        if isinstance(raw, int):
            return _first(Person.objects.filter(pk=raw))
        if uid := as_uid(raw):
            return _first(Person.objects.filter(uid=uid))
        text = _written(raw)
        if "@" in text:
            return _first(Person.objects.filter(email=text.lower()))
        words = text.replace("　", " ").split()
        named = Person.objects.filter(family_name=words[0]) if words else Person.objects.none()
        if len(words) > 1:
            named = named.filter(given_name=words[1])
        people = list(named[:2])
        return people[0] if len(people) == 1 else None

    def from_json(self, value: Any) -> Person | None:
        return Person.objects.filter(pk=value["id"]).first() if value else None


class TeamLink(_Link):
    key, label, widget = "team", _("チーム"), "team"

    def clean(self, raw: Any, viewer: Viewer | None = None) -> Team | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, Team):
            return raw
        if isinstance(raw, dict):
            raw = raw.get("id")
        text = _written(raw)
        key = whole(text)
        found = Team.objects.filter(name=text) if key is None else Team.objects.filter(pk=key)
        team = found.first()
        if team is None:
            raise Refused(_("「%(value)s」というチームは見つかりません。") % {"value": text[:60]}, "unknown")
        return team

    def form_value(self, value: Any) -> str:
        return "" if value is None else str(value.pk)

    def from_json(self, value: Any) -> Team | None:
        return Team.objects.filter(pk=value["id"]).first() if value else None


class RecordLink(_Link):
    """Another record; only what the person sees can be chosen. `target` is the object's key."""

    key, label = "record", _("他の記録")

    def __init__(self, target: str) -> None:
        self.target = target

    def clean(self, raw: Any, viewer: Viewer | None = None) -> Any:
        if raw is None or raw == "":
            return None
        model = self._model()
        if isinstance(raw, model):
            return raw
        if isinstance(raw, dict):
            raw = raw.get("uid") or raw.get("id")
        rows = model.objects.visible_to(viewer) if viewer else model.objects.unrestricted(reason="undo")
        if isinstance(raw, int):
            found = rows.filter(pk=raw).first()
        elif uid := as_uid(raw):
            found = rows.filter(uid=uid).first() or self._merged_into(rows, uid)
        else:
            found = self._by_name(rows, _written(raw))
        if found is None:
            raise Refused(self._not_there(raw), "unknown")
        return found

    def _merged_into(self, rows: Any, uid: uuid.UUID) -> Any:
        """What stands for a record that went into another one: for views, drafts and what a phone has kept."""
        from daifuku.records.absorbing import survivor_key

        key = survivor_key(self.target, uid=uid)
        return None if key is None else rows.filter(pk=key).first()

    def _not_there(self, raw: Any) -> str:
        """Chosen by its number: it was there, and its name may not be told."""
        from daifuku.records.catalogue import registry

        if isinstance(raw, int) or as_uid(raw):
            sentence = _(
                "選んだ%(object)sは、削除されたか、表示できなくなっています。ほかから選んでください。"
            )
            return sentence % {"object": registry.get(self.target).name}
        return _("「%(value)s」は見つかりません。") % {"value": str(raw)[:60]}

    def to_json(self, value: Any) -> Any:
        """People are named by their records alone: a name kept here as well would outlive their erasure."""
        from daifuku.records.catalogue import registry

        kept = super().to_json(value)
        if kept is not None and registry.get(self.target).about_person:
            kept["label"] = registry.get(self.target).name
        return kept

    def _by_name(self, rows: Any, text: str) -> Any:
        """Only one match counts: two records of the same name must be told apart by the person."""
        from daifuku.records.catalogue import registry

        lookup = registry.get(self.target).lookup
        found = list(rows.filter(**{lookup: text})[:2])
        if len(found) > 1:
            raise Refused(
                _("「%(value)s」が複数あります。一覧から選んでください。") % {"value": text[:60]}, "ambiguous"
            )
        return found[0] if found else None

    def _model(self) -> Any:
        from daifuku.records.catalogue import registry

        return registry.get(self.target).model

    def from_json(self, value: Any) -> Any:
        return self._model().plain.filter(pk=value["id"]).first() if value else None
