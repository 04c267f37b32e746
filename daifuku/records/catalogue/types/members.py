"""Several people on one record, each with a role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.types.base import EMPTINESS, FieldType, Refused
from daifuku.records.catalogue.types.choice import HasOptions, Option
from daifuku.records.catalogue.types.link import PersonLink

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer

MOST = 50
BETWEEN = re.compile(r"[;；、,，\n]+")
WITH_ROLE = re.compile(r"^(?P<who>[^(（]+)[(（](?P<role>[^)）]*)[)）]$")


class Members(HasOptions, FieldType):
    """Kept as `[{"id": key, "uid": ..., "label": name, "role": key of the option}]`, each person once.

    Files bring 「山田 太郎（技術）、佐藤 花子」; without a role it is the first that is offered.
    """

    key, label, widget = "members", _("メンバー"), "text"
    empty: ClassVar[Any] = None
    operators: ClassVar[tuple[str, ...]] = ("any_of", "none_of", *EMPTINESS)

    def __init__(self, object: str, options: tuple[Option, ...] = ()) -> None:
        super().__init__(options)
        self.object = object

    def with_options(self, options: tuple[Option, ...]) -> Members:
        return Members(self.object, options)

    def clean(self, raw: Any, viewer: Viewer | None = None) -> list[dict[str, Any]]:
        if raw is None or raw == "":
            return []
        parts = [part for part in BETWEEN.split(raw) if part.strip()] if isinstance(raw, str) else raw
        if not isinstance(parts, list | tuple):
            raise Refused(_("「山田 太郎（技術）、佐藤 花子（副担当）」のように入力してください。"), "type")
        if len(parts) > MOST:
            raise Refused(_("メンバーは%(most)s人までです。") % {"most": MOST}, "too_many")
        found: dict[int, dict[str, Any]] = {}
        for part in parts:
            member = self._member(part)
            found.setdefault(member["id"], member)
        return list(found.values())

    def _member(self, raw: Any) -> dict[str, Any]:
        who, role = raw, ""
        if isinstance(raw, dict):
            who = raw.get("uid") or raw.get("person") or raw.get("id")
            role = raw.get("role") or ""
        elif isinstance(raw, str) and (split := WITH_ROLE.match(raw.strip())):
            who, role = split["who"].strip(), split["role"].strip()
        if not isinstance(who, str | int) or isinstance(who, bool):
            raise Refused(_("メンバーにする社員を選んでください。"), "required")
        person = PersonLink().clean(who)
        if person is None:
            raise Refused(_("メンバーにする社員を選んでください。"), "required")
        key = self.find(role) if role else self._first()
        return {"id": person.pk, "uid": str(person.uid), "label": str(person), "role": key}

    def _first(self) -> str:
        offered = self.offered()
        return offered[0].key if offered else ""

    def with_role(self, value: Any, old: str, new: str) -> list[dict[str, Any]]:
        """The same people; whoever had the role `old` has `new`."""
        return [
            each | {"role": new or self._first()} if each["role"] == old else each for each in value or ()
        ]

    def for_column(self, value: Any) -> Any:
        return value or []

    def from_json(self, value: Any) -> Any:
        return value or []

    def display(self, value: Any) -> str:
        return str(_("、")).join(self._words(each) for each in value or ())

    def _words(self, member: dict[str, Any]) -> str:
        role = self.option(member["role"]).name
        return str(_("%(name)s（%(role)s）") % {"name": member["label"], "role": role})

    def form_value(self, value: Any) -> str:
        return value if isinstance(value, str) else self.display(value)

    def export(self, value: Any) -> Any:
        return self.display(value)

    def schema(self) -> dict[str, Any]:
        role = {"type": "string", "enum": [option.key for option in self.options]}
        one = {"type": "object", "properties": {"uid": {"type": "string"}, "role": role}}
        return {"type": "array", "items": one}
