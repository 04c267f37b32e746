"""An input for each kind of field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from daifuku.records.actions.filing import files_of
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types.address import PARTS
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.models import Attachment
from daifuku.records.scope import sees
from daifuku.records.showing import hidden_name
from daifuku.staff.models import Person, Team

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer

EMPTY = ("", "")
# What a form sends back for a linked record that the person may not see.
HIDDEN = "uid:hidden"
PART_LABELS = {
    "postal_code": _("郵便番号"),
    "prefecture": _("都道府県"),
    "city": _("市区町村"),
    "street": _("町域・番地"),
    "building": _("建物"),
}


def widget_for(field: Field, viewer: Viewer) -> forms.Widget:
    """The input of this field; `viewer` decides which records and people are offered."""
    make = WIDGETS.get(field.type.widget, _text)
    widget: forms.Widget = make(field, viewer)
    return widget


def _text(field: Field, viewer: Viewer) -> forms.Widget:
    longest = getattr(field.type, "longest", None)
    # Longer input is refused with a sentence instead of being cut silently while it is pasted.
    return forms.TextInput(
        {"autocomplete": "off", "data-longest": longest} if longest else {"autocomplete": "off"}
    )


def _long_text(field: Field, viewer: Viewer) -> forms.Widget:
    return forms.Textarea({"rows": 3})


def _typed(kind: str, **attributes: Any) -> Any:
    def make(field: Field, viewer: Viewer) -> forms.Widget:
        return forms.TextInput({"type": kind, "autocomplete": "off", **attributes})

    return make


def _date(field: Field, viewer: Viewer) -> forms.Widget:
    return DateInput()


def _choice(field: Field, viewer: Viewer) -> forms.Widget:
    return ChoiceSelect(field)


def _yes_no(field: Field, viewer: Viewer) -> forms.Widget:
    return forms.Select(choices=[EMPTY, ("yes", _("はい")), ("no", _("いいえ"))])


def _checks(field: Field, viewer: Viewer) -> forms.Widget:
    offered = field.type.offered()  # type: ignore[attr-defined]
    return Checks(choices=[(option.key, option.name) for option in offered])


def _person(field: Field, viewer: Viewer) -> forms.Widget:
    people = Person.objects.working()
    return KeepingSelect(choices=[EMPTY, *((str(each.uid), str(each)) for each in people)])


def _team(field: Field, viewer: Viewer) -> forms.Widget:
    return KeepingSelect(choices=[EMPTY, *((str(team.pk), str(team)) for team in Team.objects.all())])


def _relation(field: Field, viewer: Viewer) -> forms.Widget:
    return RelationInput(field.type.target, viewer)  # type: ignore[attr-defined]


def _address(field: Field, viewer: Viewer) -> forms.Widget:
    return AddressInput()


class DateInput(forms.TextInput):
    """Reads 2026/11/24, 令和8年11月24日 and 11/24; a button opens the device's calendar."""

    template_name = "records/widgets/date.html"

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off", "placeholder": "2026/11/24", "data-date-target": "text"})

    def format_value(self, value: Any) -> str | None:
        return value.replace("-", "/") if isinstance(value, str) and value[:4].isdigit() else value


class ChoiceSelect(forms.Select):
    """Offers the active choices, and the record's own one when it is offered no more."""

    def __init__(self, field: Field) -> None:
        self.field = field
        offered = field.type.offered()  # type: ignore[attr-defined]
        super().__init__(choices=[EMPTY, *((option.key, option.name) for option in offered)])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        if value and value not in {key for key, _label in self.choices}:
            label = self.field.type.display(value)
            self.choices = [*self.choices, (value, label)]
        return super().get_context(name, value, attrs)


class KeepingSelect(forms.Select):
    """A select that keeps a value which is no longer among the choices (somebody who left)."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        if value and str(value) not in {str(key) for key, _label in self.choices}:
            self.choices = [*self.choices, (value, self._name_of(value))]
        return super().get_context(name, value, attrs)

    def _name_of(self, value: Any) -> str:
        uid = as_uid(value)
        person = Person.objects.filter(uid=uid).first() if uid else None
        return str(person or value)


class FileSelect(KeepingSelect):
    """One of the files that hang on the record; a new record has none yet."""

    def offer(self, record: Any) -> None:
        files = files_of(record) if record is not None and record.pk else ()
        empty = EMPTY if files else ("", _("先にファイルを追加してください"))
        self.choices = [empty, *((str(each.uid), each.name) for each in files)]

    def _name_of(self, value: Any) -> str:
        uid = as_uid(value)
        found = Attachment.objects.select_related("current").filter(uid=uid).first() if uid else None
        return found.name if found else str(value)


class Checks(forms.CheckboxSelectMultiple):
    """Several choices; one hidden empty value says that none is meant, too."""

    template_name = "records/widgets/checks.html"
    option_template_name = "django/forms/widgets/checkbox_option.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [value for value in data.getlist(name) if value] if name in data else None


class RelationInput(forms.TextInput):
    """Another record: one types its name and picks; what was typed without picking is looked up by name.

    A record that `viewer` may not see has neither name nor number here; `HIDDEN` stands for it, and untouched it stays
    linked, whichever it is by then.
    """

    template_name = "records/widgets/relation.html"

    def __init__(self, target: str, viewer: Viewer | None = None) -> None:
        super().__init__({"autocomplete": "off"})
        self.target, self.viewer = target, viewer

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        text, uid, label = (data.get(key) for key in (name, f"{name}.uid", f"{name}.label"))
        if text is None:
            return None
        return uid if uid and text.strip() == (label or "").strip() else text

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        from daifuku.records.catalogue import registry

        context = super().get_context(name, value, attrs)
        slug = registry.get(self.target).slug
        context["widget"] |= self._shown(value) | {"address": reverse("records:choose", args=[slug])}
        return context

    def _shown(self, value: Any) -> dict[str, Any]:
        """`value` is a record when the form opens, what was typed or a uid when it comes back refused."""
        from daifuku.records.catalogue import registry

        if isinstance(value, str) and value != HIDDEN:
            uid = as_uid(value)
            if not uid:
                return {"uid": "", "label": "", "value": value}
            value = registry.get(self.target).model.plain.filter(uid=uid).first()
            value = value if self._sees(value) else None
        if value is None:
            return {"uid": "", "label": "", "value": ""}
        if value == HIDDEN or not self._sees(value):
            return {"uid": HIDDEN, "label": hidden_name(self.target), "value": hidden_name(self.target)}
        return {"uid": str(value.uid), "label": str(value), "value": str(value)}

    def _sees(self, record: Any) -> bool:
        return record is not None and self.viewer is not None and sees(self.viewer, record, "view")

    def format_value(self, value: Any) -> Any:
        return value


class AddressInput(forms.Widget):
    """An address in its five parts."""

    template_name = "records/widgets/address.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, dict) else {}
        context["widget"]["parts"] = [
            {"name": f"{name}.{part}", "label": PART_LABELS[part], "value": given.get(part, "")}
            for part in PARTS
        ]
        return context

    def format_value(self, value: Any) -> Any:
        return value

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if not any(f"{name}.{part}" in data for part in PARTS):
            return None
        return {part: data.get(f"{name}.{part}", "") for part in PARTS}


WIDGETS: dict[str, Any] = {
    "text": _text,
    "textarea": _long_text,
    "number": _typed("text", inputmode="decimal"),
    "percent": _typed("text", inputmode="decimal"),
    "money": _typed("text", inputmode="numeric"),
    "date": _date,
    "datetime": _typed("datetime-local"),
    "select": _choice,
    "checks": _checks,
    "yes_no": _yes_no,
    "email": _typed("email"),
    "tel": _typed("tel"),
    "url": _typed("url"),
    "postal": _typed("text", inputmode="numeric"),
    "relation": _relation,
    "person": _person,
    "team": _team,
    "address": _address,
    "file": lambda field, viewer: FileSelect(),
}
