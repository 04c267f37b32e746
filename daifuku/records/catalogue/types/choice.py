"""Choices: one, several, yes or no."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.types.base import EMPTINESS, FieldType, Refused

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Option:
    """A choice: `key` is kept in the record and never changes, the label may."""

    key: str
    label: Any
    colour: str = "grey"
    label_en: str = ""
    active: bool = True
    # In each language: a list of fifty rows says a hundred of them.
    _names: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def name(self) -> str:
        language = get_language() or "ja"
        if language not in self._names:
            self._names[language] = self.label_en if self.label_en and language != "ja" else str(self.label)
        return self._names[language]


class HasOptions(FieldType):
    """Offers options that the administrator edits; `of` names (object, field) where they are another field's, and kept
    there."""

    def __init__(self, options: tuple[Option, ...] = (), of: tuple[str, str] | None = None) -> None:
        self.options, self.of = options, of
        self._by_key = {option.key: option for option in options}

    def with_options(self, options: tuple[Option, ...]) -> Self:
        return type(self)(options, self.of)

    def offered(self) -> list[Option]:
        return [option for option in self.options if option.active]

    def option(self, key: str) -> Option:
        return self._by_key.get(key) or Option(key, key)

    def find(self, raw: Any) -> str:
        if not isinstance(raw, str):
            raise Refused(_("選択肢から選んでください。"), "type")
        wanted = raw.strip()
        if wanted in self._by_key:
            return wanted
        for option in self.options:
            if wanted in {str(option.label), option.label_en}:
                return option.key
        offered = str(_("、")).join(option.name for option in self.offered()[:8])
        raise Refused(
            _("「%(value)s」は選択肢にありません。選べるもの: %(offered)s")
            % {"value": wanted[:40], "offered": offered},
            "choice",
        )


class Choice(HasOptions):
    """One of the options. Keys and labels are both read, so that files may bring either."""

    key, label, widget = "choice", _("選択（1つ）"), "select"
    empty: ClassVar[Any] = ""
    few: ClassVar[bool] = True
    operators: ClassVar[tuple[str, ...]] = ("any_of", "none_of", *EMPTINESS)

    def clean(self, raw: Any, viewer: Viewer | None = None) -> Any:
        return "" if raw is None or raw == "" else self.find(raw)

    def display(self, value: Any) -> str:
        return self.option(value).name

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": ["", *self._by_key]}


class MultiChoice(Choice):
    """Several of the options, in the order in which they are offered."""

    key, label, widget, empty = "multi_choice", _("選択（複数）"), "checks", None
    few: ClassVar[bool] = False
    operators = ("has_any", "has_all", "has_none", *EMPTINESS)

    def clean(self, raw: Any, viewer: Viewer | None = None) -> list[str]:
        if raw is None or raw == "":
            return []
        parts = raw.replace("、", ";").replace(",", ";").split(";") if isinstance(raw, str) else raw
        if not isinstance(parts, list | tuple):
            raise Refused(_("選択肢から選んでください。"), "type")
        found = {self.find(part) for part in parts if part != ""}
        return [option.key for option in self.options if option.key in found]

    def for_column(self, value: Any) -> Any:
        return value or []

    def from_json(self, value: Any) -> Any:
        return value or []

    def display(self, value: Any) -> str:
        return str(_("、")).join(self.option(key).name for key in value)

    def export(self, value: Any) -> Any:
        return ";".join(self.option(key).name for key in value or ())

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "enum": list(self._by_key)}}


YES = {"yes", "true", "1", "on", "はい", "有", "あり", "○", "◯", "レ", "✓"}
NO = {"no", "false", "0", "off", "いいえ", "無", "なし", "×", "-"}


class YesNo(FieldType):
    key, label, widget, empty = "yes_no", _("はい・いいえ"), "yes_no", None
    few: ClassVar[bool] = True
    operators = ("is_yes", "is_no", *EMPTINESS)

    def clean(self, raw: Any, viewer: Viewer | None = None) -> bool | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, bool):
            return raw
        word = str(raw).strip().lower()
        if word in YES:
            return True
        if word in NO:
            return False
        raise Refused(_("「はい」か「いいえ」を入力してください。"))

    def to_json(self, value: Any) -> Any:
        return None if value is None else ("yes" if value else "no")

    def from_json(self, value: Any) -> Any:
        return None if value is None else value in {"yes", True}

    def is_empty(self, value: Any) -> bool:
        return value is None

    def display(self, value: Any) -> str:
        return str(_("はい") if value else _("いいえ"))

    def form_value(self, value: Any) -> str:
        return "" if value is None else ("yes" if value else "no")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": ["yes", "no"]}
